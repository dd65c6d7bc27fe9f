"""Octave lines over and under a keyboard's staves where ledger lines would not be read at sight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from scorestage.music import Family, Line, Note, Pitch, Sign, Staff, StaffSign
from scorestage.timebase import Beat, Beats

_HARD_HIGH, _ALSO_HIGH = 95, 84
"""B6, on five ledger lines in the treble clef; C6, on two."""
_HARD_LOW, _ALSO_LOW = 26, 36
"""D1, on five ledger lines under the bass clef; C2, on two."""
_LONGEST_REST = Beats(4)


@dataclass(frozen=True, slots=True)
class _Chord:
    """What a staff strikes at once: from when to when, its lowest and highest written key."""

    start: Beat
    end: Beat
    low: int
    high: int


def with_octave_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, those of keyboards with octave lines where five ledger lines were wanted.

    A line takes in what stands beside it on two ledger lines or more, and ends before a rest
    longer than a bar of four.
    """
    return tuple(_ruled(line) if _is_keyboard(line) else line for line in lines)


def _is_keyboard(line: Line) -> bool:
    return line.player.instrument.family is Family.KEYBOARD and len(line.staves) == 2


def _ruled(line: Line) -> Line:
    upper, lower = line.staves
    high = _runs(line, upper, above=True)
    low = _runs(line, lower, above=False)
    return replace(line, staves=(_with(upper, high, "down"), _with(lower, low, "up")))


def _runs(line: Line, staff: Staff, *, above: bool) -> Iterator[tuple[Beat, Beat]]:
    """From where to where a line is wanted."""
    run: list[_Chord] = []
    hard = False
    for chord in (*_chords(line, staff), None):
        extreme = chord is not None and (
            chord.low >= _ALSO_HIGH if above else chord.high <= _ALSO_LOW
        )
        near = not run or (chord is not None and chord.start - run[-1].end <= _LONGEST_REST)
        if run and not (extreme and near):
            if hard:
                yield run[0].start, max(one.end for one in run)
            run, hard = [], False
        if chord is not None and extreme:
            run.append(chord)
            hard |= chord.high >= _HARD_HIGH if above else chord.low <= _HARD_LOW


def _chords(line: Line, staff: Staff) -> Iterator[_Chord]:
    """What a staff strikes, in order, at its written keys."""
    pitched = sorted((one for one in staff.notes if one.sounding), key=lambda one: one.onset)
    for start, struck in groupby(pitched, key=lambda one: one.onset):
        here = list(struck)
        down = 12 * line.held_at(start).octave_display
        keys = [pitch.key - down for note in here for pitch in _heads(note)]
        yield _Chord(start, max(note.end for note in here), min(keys), max(keys))


def _heads(note: Note) -> tuple[Pitch, ...]:
    return (*note.sounding, *note.grace)


def _with(staff: Staff, runs: Iterator[tuple[Beat, Beat]], kind: str) -> Staff:
    side = "above" if kind == "down" else "below"
    signs = [
        StaffSign(at, _sign(told, side))
        for start, end in runs
        for at, told in ((start, kind), (end, "stop"))
    ]
    if not signs:
        return staff
    return replace(staff, signs=tuple(sorted((*staff.signs, *signs), key=lambda one: one.at)))


def _sign(kind: str, side: str) -> Sign:
    line = Sign("octave-shift", details=(("number", "1"), ("size", "8"), ("type", kind)))
    inner = (Sign("direction-type", inner=(line,)),)
    return Sign("direction", details=(("placement", side),), inner=inner)
