"""Harmonics as drawn, and what sounds: a node touched on a stopped string, or on an open one.

Artificial ones are two heads of a chord of which the upper is a diamond; what sounds follows from
the interval between them. A natural one is a diamond alone, where an open string is touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scorestage.music.notation import NoteSign, Sign
from scorestage.music.pitch import Interval, Pitch

_SOUNDS = {
    (3, 5): Interval(14, 24),
    (2, 4): Interval(16, 28),
    (2, 3): Interval(18, 31),
    (4, 7): Interval(11, 19),
    (5, 9): Interval(16, 28),
    (7, 12): Interval(7, 12),
}
"""By the interval touched above the stopped note (steps, semitones) how far above it sounds."""
_NODES = (
    (5, Interval(14, 24)),
    (7, Interval(11, 19)),
    (4, Interval(16, 28)),
    (9, Interval(16, 28)),
    (3, Interval(18, 31)),
    (12, Interval(7, 12)),
    (19, Interval(11, 19)),
    (24, Interval(14, 24)),
)
"""Semitones above an open string where it is touched, and what sounds; the clearest meaning first:
who means the octave, which sounds as written, mostly draws a circle."""
_FOURTH = Interval(3, 5)
_DIAMONDS = ("diamond", "inverted triangle")
_CIRCLED = Sign("harmonic", inner=(Sign("artificial"), Sign("sounding-pitch")))
CIRCLE = NoteSign(Sign("technical", inner=(_CIRCLED,)))
"""On a tone as it sounds: to be drawn as an artificial harmonic."""


@dataclass(frozen=True, slots=True)
class Harmonic:
    """One artificial harmonic: the note stopped, the note touched above it, and what sounds."""

    stopped: Pitch
    touched: Pitch
    sounding: Pitch


def harmonics_in(
    pitches: Sequence[object], signs: Sequence[NoteSign]
) -> tuple[tuple[int, int, Harmonic], ...]:
    """The artificial harmonics of a chord, each with the numbers of its two heads.

    The touched head is a diamond, or says `touching-pitch`; it lies a fourth over another head,
    or, where the file speaks of a harmonic, a third, a fifth, a sixth or an octave.

    >>> diamond = NoteSign(Sign("notehead", "diamond"), 1)
    >>> found = harmonics_in((Pitch.parse("E5"), Pitch.parse("A5")), (diamond,))
    >>> [(stop, touch, str(one.sounding)) for stop, touch, one in found]
    [(0, 1, 'E7')]
    """
    if len(pitches) < 2 or not signs:
        return ()
    diamonds = {one.head for one in signs if _is_diamond(one.sign)}
    touching = {one.head for one in signs if one.sign.find("touching-pitch") is not None}
    told = any(leaf.name == "harmonic" for one in signs for leaf in one.sign.leaves())
    found: list[tuple[int, int, Harmonic]] = []
    used: set[int] = set()
    for head in sorted(diamonds | touching):
        touched = pitches[head] if head < len(pitches) else None
        if not isinstance(touched, Pitch):
            continue
        for place, stopped in enumerate(pitches):
            if place in used or place in diamonds | touching or not isinstance(stopped, Pitch):
                continue
            up = stopped.interval_to(touched)
            sounds = _SOUNDS.get((up.steps, int(up.semitones))) if told or up == _FOURTH else None
            if sounds is not None and up.semitones == int(up.semitones):
                found.append((place, head, Harmonic(stopped, touched, stopped.moved(sounds))))
                used.update((place, head))
                break
    return tuple(found)


def natural_harmonic(
    head: Pitch, signs: Sequence[NoteSign], strings: Sequence[Pitch]
) -> Pitch | None:
    """What sounds where a single head says that an open string is touched; None where none does.

    The head is a diamond or says `touching-pitch`; a `string` that is told (1: the highest) goes
    before others.

    >>> violin = [Pitch.parse(name) for name in ("G3", "D4", "A4", "E5")]
    >>> diamond = NoteSign(Sign("notehead", "diamond"))
    >>> str(natural_harmonic(Pitch.parse("G4"), [diamond], violin))
    'D6'
    """
    leaves = [leaf for one in signs for leaf in (one.sign, *one.sign.leaves())]
    kinds = {inner.name for leaf in leaves if leaf.name == "harmonic" for inner in leaf.inner}
    touched = any(map(_is_diamond, leaves)) or "touching-pitch" in kinds
    if not touched or kinds & {"artificial", "base-pitch", "sounding-pitch"}:
        return None
    ordered = sorted(strings, key=lambda one: -one.midi)
    numbers = [int(leaf.text) for leaf in leaves if leaf.name == "string" and leaf.text.isdigit()]
    told = [ordered[number - 1] for number in numbers if 0 < number <= len(ordered)]
    for node, sounds in _NODES:
        for string in told or ordered:
            if head.midi - string.midi == node:
                return string.moved(sounds)
    return None


def _is_diamond(sign: Sign) -> bool:
    return sign.name == "notehead" and sign.text in _DIAMONDS


def touched_fourth(sounding: Pitch) -> tuple[Pitch, Pitch]:
    """What is stopped and what is touched, a fourth above it, for a tone two octaves up.

    >>> [str(one) for one in touched_fourth(Pitch.parse("E7"))]
    ['E5', 'A5']
    """
    stopped = sounding.moved(Interval(-14, -24))
    return stopped, stopped.moved(_FOURTH)


def drawn_signs(signs: Sequence[NoteSign], count: int) -> tuple[NoteSign, ...]:
    """The signs of `count` tones under `CIRCLE` on the heads of their harmonics, two for each."""
    found = [one for one in signs if one != CIRCLE]
    for head in range(0, 2 * count, 2):
        for place, name in ((head, "base-pitch"), (head + 1, "touching-pitch")):
            inner = (Sign("harmonic", inner=(Sign("artificial"), Sign(name))),)
            found.append(NoteSign(Sign("technical", inner=inner), place))
        diamond = Sign("notehead", "diamond", (("filled", "no"),))
        found.append(NoteSign(diamond, head + 1))
    return tuple(found)
