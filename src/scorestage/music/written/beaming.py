"""Beams: which short notes are joined, level by level, so that the beats can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from scorestage.music.written.pieces import Piece
from scorestage.music.written.values import Beam, NoteValue
from scorestage.timebase import Meter

_QUARTER = Fraction(1)
_EIGHTH = Fraction(1, 2)


def beams_of(
    meter: Meter, pieces: Sequence[Piece], silent: Sequence[bool]
) -> tuple[tuple[Beam, ...], ...]:
    """The beams of every piece of a voice in a bar; rests and unbeamed notes have none."""
    windows = _windows(meter, pieces, silent)
    found: list[tuple[Beam, ...]] = [()] * len(pieces)
    group: list[int] = []
    for index, piece in enumerate(pieces):
        short = not silent[index] and piece.value.beams > 0
        if group and (not short or windows[index] != windows[group[-1]]):
            _set(found, group, pieces)
            group = []
        if short:
            group.append(index)
    _set(found, group, pieces)
    return tuple(found)


_Window = tuple[Fraction, Fraction]


def _windows(meter: Meter, pieces: Sequence[Piece], silent: Sequence[bool]) -> list[_Window]:
    """For each piece the stretch within which it may be joined to others."""
    found = [_window(meter, piece) for piece in pieces]
    if meter.denominator > 4:
        return found
    plain = _plain_eighths(pieces, silent)
    joined: dict[_Window, _Window] = {}
    for region in _regions(meter, max((piece.end for piece in pieces), default=Fraction(0))):
        run: list[_Window] = []
        at = region[0]
        while at < region[1]:
            window = (at, at + _QUARTER)
            run = [*run, window] if window in plain else []
            joined.update(dict.fromkeys(run, run[0] if run else window))
            at += _QUARTER
    return [joined.get(window, window) for window in found]


def _window(meter: Meter, piece: Piece) -> _Window:
    bracket = piece.bracket
    beat = _QUARTER if meter.denominator <= 4 else meter.click.quarters
    if bracket is not None and bracket.end - bracket.start > beat:
        if bracket.base.beams:
            return bracket.start, bracket.end
        part = (bracket.end - bracket.start) / bracket.actual
        start = bracket.start + (piece.start - bracket.start) // part * part
        return start, start + part
    if meter.denominator <= 4:
        start = piece.start // _QUARTER * _QUARTER
        return start, start + _QUARTER
    bar = piece.start // meter.length.quarters * meter.length.quarters
    starts = [bar + stress.quarters for stress in meter.stresses]
    start = max(point for point in starts if point <= piece.start)
    later = [point for point in starts if point > start]
    return start, later[0] if later else bar + meter.length.quarters


def _plain_eighths(pieces: Sequence[Piece], silent: Sequence[bool]) -> set[_Window]:
    """The quarters that hold exactly two plain eighths."""
    onsets = {
        piece.start
        for piece, rests in zip(pieces, silent, strict=True)
        if piece.value is NoteValue.EIGHTH and not (piece.dots or piece.bracket or rests)
    }
    firsts = (at for at in onsets if at % _QUARTER == 0 and at + _EIGHTH in onsets)
    return {(at, at + _QUARTER) for at in firsts}


def _regions(meter: Meter, end: Fraction) -> list[_Window]:
    """The stretches within which eighths of neighbouring beats are joined: half bars, 3/4 bars."""
    found = []
    unit = meter.unit.quarters
    at = Fraction(0)
    while at < end:
        for count in meter.grouping:
            length = count * unit
            size = length if length in (1, 2, 3) else Fraction(2)
            stop = at + length
            while at < stop:
                found.append((at, min(stop, at + size)))
                at = found[-1][1]
    return found


def _set(found: list[tuple[Beam, ...]], group: list[int], pieces: Sequence[Piece]) -> None:
    if len(group) < 2:
        return
    counts = [pieces[index].value.beams for index in group]
    divided = max(counts) > 2
    joined = [
        _levels_joined(pieces[left], pieces[right], divided) for left, right in pairwise(group)
    ]
    for place, index in enumerate(group):
        found[index] = tuple(
            _level(place, level, counts, joined, pieces[index])
            for level in range(1, counts[place] + 1)
        )


def _levels_joined(left: Piece, right: Piece, divided: bool) -> int:
    """How many levels go on between two neighbours: one where a smaller group begins."""
    if left.bracket != right.bracket:
        return 1
    return 1 if divided and right.bracket is None and right.start % _EIGHTH == 0 else 99


def _level(place: int, level: int, counts: list[int], joined: list[int], piece: Piece) -> Beam:
    last = len(counts) - 1
    before = place > 0 and counts[place - 1] >= level and joined[place - 1] >= level
    after = place < last and counts[place + 1] >= level and joined[place] >= level
    if before and after:
        return Beam.CONTINUE
    if before or after:
        return Beam.BEGIN if after else Beam.END
    if place in (0, last):
        return Beam.FORWARD_HOOK if place == 0 else Beam.BACKWARD_HOOK
    on_grid = piece.start % ((piece.end - piece.start) * 2) == 0
    return Beam.FORWARD_HOOK if on_grid else Beam.BACKWARD_HOOK
