"""Signs carried as they stand in a file: everything that has no field of its own in the model.

The words are MusicXML's: `trill-mark`, `up-bow`, `octave-shift`, `harp-pedals`. What plays or
prints such a sign looks for its name; what does not know it leaves it alone, and a writer gives it
back whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scorestage.music.pitch import Interval, Pitch
from scorestage.timebase import Beat

_SHARPENED = "FCGDAEB"
_ENDING = frozenset(("breath-mark", "caesura", "doit", "falloff", "fermata", "tied"))


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign by name, with its text, its details (`type`, `number`, `placement`) and its parts.

    >>> trill = Sign("ornaments", inner=(Sign("trill-mark"), Sign("accidental-mark", "sharp")))
    >>> [one.name for one in trill.leaves()]
    ['trill-mark', 'accidental-mark']
    """

    name: str
    text: str = ""
    details: tuple[tuple[str, str], ...] = ()
    inner: tuple[Sign, ...] = ()

    def detail(self, name: str, default: str = "") -> str:
        """What one detail says."""
        return next((told for key, told in self.details if key == name), default)

    def leaves(self) -> Iterator[Sign]:
        """The signs proper: its parts, or the sign itself where it has none."""
        if self.inner:
            yield from self.inner
        else:
            yield self

    @property
    def ends(self) -> bool:
        """Whether it belongs to the end of a note: a breath, a fall, the stop of a span.

        >>> Sign("fermata").ends, Sign("glissando", "", (("type", "start"),)).ends
        (True, False)
        """
        begun = {leaf.name for leaf in self.leaves() if leaf.detail("type") == "start"}
        return any(
            leaf.name in _ENDING or (leaf.detail("type") == "stop" and leaf.name not in begun)
            for leaf in self.leaves()
        )

    def find(self, name: str) -> Sign | None:
        """The first part of this name, however deep; None where there is none."""
        for one in self.inner:
            if one.name == name:
                return one
            deeper = one.find(name)
            if deeper is not None:
                return deeper
        return None


@dataclass(frozen=True, slots=True)
class NoteSign:
    """A sign that hangs on a note; `head` counts the heads of a chord as the note names them.

    `sign` is a group (`ornaments technical articulations dynamics`) with its signs inside, or one
    that stands alone: `fermata`, `arpeggiate`, `glissando`, `slide`, `notehead`, `accidental`,
    `stem`, `tied` (let ring), `slur` (from staff to staff).
    """

    sign: Sign
    head: int = 0


@dataclass(frozen=True, slots=True)
class GraceNote:
    """A small note or chord beside a note, as its writer drew it; `after` follows the note.

    `shown` is the drawn value (`eighth`, `16th`); `slash` as printed.
    """

    pitches: tuple[Pitch, ...]
    shown: str = "eighth"
    slash: bool = True
    after: bool = False
    signs: tuple[NoteSign, ...] = ()


@dataclass(frozen=True, slots=True)
class StaffSign:
    """A sign at a point of a staff or, in `Score.signs`, of all of them.

    `sign` is one of: `direction` (pedal, octave line, dashes, bracket, harp pedals, metric
    modulation, words with a jump), `harmony` without a root, `figured-bass`, `fermata` (on a rest),
    `attributes` (staff lines, tuning, measure repeat), `sound`; in a score `barline`, `print` (a
    page or system that its writer began), `time` (how the signature of a bar is drawn).
    """

    at: Beat
    sign: Sign


@dataclass(frozen=True, slots=True)
class ClefChange:
    """A clef set by hand, from `at` on: `G2`, `F4`, `G2_8`, `C3`, `percussion`, `TAB`."""

    at: Beat
    clef: str


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A key signature as it sounds, from `at` on; `staff` 0: all staves of the player.

    `fifths` counts sharps (negative: flats); `mode` in MusicXML's words, empty where untold. A
    signature of its own kind names its `alterations` instead, in their order.
    """

    at: Beat
    fifths: int = 0
    mode: str = ""
    alterations: tuple[tuple[str, Fraction | int], ...] = ()
    staff: int = 0

    def moved(self, interval: Interval) -> KeyChange:
        """The signature an interval away; one of its own kind moves step by step.

        >>> KeyChange(Beat(0), -3).moved(Interval(1, 2)).fifths
        -1
        """
        if self.alterations:
            kept = tuple(_moved_step(step, alter, interval) for step, alter in self.alterations)
            return KeyChange(self.at, 0, self.mode, kept, self.staff)
        fifths = self.fifths + round(7 * interval.semitones - 12 * interval.steps)
        return KeyChange(self.at, fifths, self.mode, (), self.staff)

    def altered(self) -> dict[str, Fraction | int]:
        """What each altered step is altered by.

        >>> KeyChange(Beat(0), -2).altered()
        {'B': -1, 'E': -1}
        """
        if self.alterations:
            return dict(self.alterations)
        order = _SHARPENED if self.fifths >= 0 else _SHARPENED[::-1]
        found: dict[str, Fraction | int] = {}
        for place in range(min(abs(self.fifths), 21)):
            step = order[place % 7]
            found[step] = found.get(step, 0) + (1 if self.fifths >= 0 else -1)
        return found


def _moved_step(step: str, alter: Fraction | int, interval: Interval) -> tuple[str, Fraction | int]:
    moved = Pitch(step, alter, 4).moved(interval)
    return moved.step, moved.alter


@dataclass(frozen=True, slots=True)
class PartGroup:
    """Players bracketed together, from the `first` to the `last` (ids), as `sign` draws it."""

    first: str
    last: str
    sign: Sign
