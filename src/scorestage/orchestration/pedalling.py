"""A harp's pedals on its page: a diagram where it begins, then each change in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from scorestage.music import Line, Note, Pitch, Sign, StaffSign, Words
from scorestage.orchestration.practice import is_harp
from scorestage.timebase import BarGrid, Beat

ORDER = "DCBEFGA"
"""The pedals from the left foot's outermost to the right foot's."""
_DIAGRAM_FROM = 3
"""So many pedals at once are read from a diagram, fewer from their names."""
_BEAT = Fraction(1)
_NEAR = Fraction(4)
_SIGNS = {-1: "♭", 0: "♮", 1: "♯"}


@dataclass(frozen=True, slots=True)
class Moment:
    """Strings struck at once from `start` to `end` in quarters, and what their pedals must be."""

    start: Fraction
    end: Fraction
    pedals: Mapping[str, int]
    glides: bool


def pedalled(lines: Sequence[Line], grid: BarGrid) -> tuple[Line, ...]:
    """The lines, those of harps with their pedals: set at first, changed in time.

    A change is told while the string is silent and another is struck, a beat ahead where there is
    one. Before a glissando all seven pedals are shown: strings that nobody else of the harp's own
    notes sets take the scale of what sounds around.
    """
    every = [(note.onset.quarters, note) for line in lines for note in _notes(line)]
    return tuple(_with_pedals(line, every, grid) if _needs(line) else line for line in lines)


def _notes(line: Line) -> list[Note]:
    return [note for staff in line.staves for note in staff.notes]


def _needs(line: Line) -> bool:
    told = any(_is_diagram(sign) for staff in line.staves for sign in staff.signs)
    harps = all(is_harp(instrument) for instrument in line.player.instruments)
    return harps and not told and not line.is_silent


def _is_diagram(one: StaffSign) -> bool:
    return any(leaf.name == "harp-pedals" for kind in one.sign.inner for leaf in kind.leaves())


def _with_pedals(line: Line, every: Sequence[tuple[Fraction, Note]], grid: BarGrid) -> Line:
    moments = _moments(line, every)
    if not moments:
        return line
    setting = dict.fromkeys(ORDER, 0)
    for moment in reversed(moments):
        setting |= moment.pedals
    signs = [_diagram(moments[0].start, setting)]
    words: list[Words] = []
    shown = dict(setting)
    for place, moment in enumerate(moments):
        changed = {step: to for step, to in moment.pedals.items() if setting[step] != to}
        setting |= changed
        if moment.glides and setting != shown:
            signs.append(_diagram(moment.start, setting, "below"))
        elif len(changed) >= _DIAGRAM_FROM:
            signs.append(_diagram(_told_at(moments, place, changed, grid), setting))
        elif changed:
            at = _told_at(moments, place, changed, grid)
            words.append(Words(Beat(at), _names(changed)))
            continue
        else:
            continue
        shown = dict(setting)
    lowest = line.staves[-1]
    staff = replace(
        lowest,
        signs=_in_order((*lowest.signs, *signs)),
        words=tuple(sorted((*lowest.words, *words), key=lambda one: one.at)),
    )
    return replace(line, staves=(*line.staves[:-1], staff))


def _in_order(signs: Sequence[StaffSign]) -> tuple[StaffSign, ...]:
    return tuple(sorted(signs, key=lambda one: one.at))


def _moments(line: Line, every: Sequence[tuple[Fraction, Note]]) -> list[Moment]:
    """What the harp strikes, in order; a glissando wants all pedals."""
    ordered = sorted(_notes(line), key=lambda note: note.onset)
    found = []
    for start, struck in groupby(ordered, key=lambda note: note.onset.quarters):
        together = list(struck)
        pedals = {
            pitch.step: int(pitch.alter)
            for note in together
            for pitch in note.sounding
            if pitch.alter in _SIGNS
        }
        end = max(note.end.quarters for note in together)
        found.append(Moment(start, end, pedals, any(map(_glides, together))))
    return [
        replace(moment, pedals=_whole(found, place, every)) if moment.glides else moment
        for place, moment in enumerate(found)
    ]


def _glides(note: Note) -> bool:
    signs = (leaf for hung in note.signs for leaf in (hung.sign, *hung.sign.leaves()))
    return any(one.name == "glissando" and one.detail("type") == "start" for one in signs)


def _whole(
    moments: Sequence[Moment], place: int, every: Sequence[tuple[Fraction, Note]]
) -> dict[str, int]:
    """All pedals for a glissando: what is struck near it, else what sounds around it."""
    at = moments[place].start
    found = _scale_around(every, at)
    near = [one for one in moments if abs(one.start - at) <= _NEAR]
    for moment in sorted(near, key=lambda one: -abs(one.start - at)):
        found |= moment.pedals
    return found | dict(moments[place].pedals)


def _scale_around(every: Sequence[tuple[Fraction, Note]], at: Fraction) -> dict[str, int]:
    """Of each letter its commonest alteration among the notes near."""
    used: Counter[tuple[str, int]] = Counter()
    for start, note in every:
        if abs(start - at) <= _NEAR:
            used.update(
                (pitch.step, int(pitch.alter))
                for pitch in note.sounding
                if isinstance(pitch, Pitch) and pitch.alter in _SIGNS
            )
    found: dict[str, int] = {}
    for (step, alter), _ in sorted(used.items(), key=lambda one: (-one[1], one[0])):
        found.setdefault(step, alter)
    return found


def _told_at(
    moments: Sequence[Moment], place: int, changed: Mapping[str, int], grid: BarGrid
) -> Fraction:
    """Where a change is written: the strings are silent, and a beat is left where there is one."""
    needed = moments[place].start
    last = max(
        (number for number in range(place) if changed.keys() & moments[number].pedals.keys()),
        default=-1,
    )
    if last == place - 1:
        earliest = min(needed, moments[last].end) if last >= 0 else needed
    else:
        earliest = moments[last + 1].start
    choices = [one.start for one in moments[last + 1 : place]]
    choices += [min(one.end, needed) for one in moments[max(0, place - 1) : place]]
    choices = [at for at in choices if at >= earliest]
    ahead = [at for at in choices if at <= needed - _BEAT]
    at = max(ahead, default=min(choices, default=needed))
    if needed - at > _NEAR:
        head = grid.starts[grid.index_at(Beat(needed))].quarters
        return head if earliest <= head < needed else needed
    return at


def _names(changed: Mapping[str, int]) -> str:
    """Pedals by name, the left foot's first: `B♭ F♯`."""
    return " ".join(f"{step}{_SIGNS[changed[step]]}" for step in ORDER if step in changed)


def _diagram(at: Fraction, setting: Mapping[str, int], side: str = "above") -> StaffSign:
    tunings = tuple(
        Sign(
            "pedal-tuning",
            inner=(Sign("pedal-step", step), Sign("pedal-alter", str(setting[step]))),
        )
        for step in ORDER
    )
    kind = Sign("direction-type", inner=(Sign("harp-pedals", inner=tunings),))
    sign = Sign("direction", "", (("placement", side),), (kind,))
    return StaffSign(Beat(at), sign)
