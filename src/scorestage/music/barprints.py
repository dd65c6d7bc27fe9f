"""Prints of bars: by them a later hand is told apart, player by player and bar by bar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from hashlib import blake2b

from scorestage.music.notation import Sign
from scorestage.music.note import Note
from scorestage.music.score import Line, Score, Staff
from scorestage.timebase import BarGrid, Beat

EVERYBODY = ""
"""In place of a player: marks, chord symbols and signs over all staves."""
BY_HAND = "by-hand"
"""In place of a print: the bar is a person's, whatever stands in it."""
_VARIED = re.compile(r"varied-(\d{1,6})-(\d{1,6})-(.*)")


def bar_prints(score: Score) -> Mapping[str, tuple[str, ...]]:
    """Of each player (by id) one print a bar, of all that is written for them there.

    Two bars have the same print where notes, dynamics, signs and the bar's length agree; ids of
    notes and the order of voices do not count. A bar of rest has the print of a bar of rest.
    """
    grid = score.grid
    cells: dict[str, list[list[str]]] = {
        line.player.id: [[] for _ in grid.bars] for line in score.lines
    }
    cells[EVERYBODY] = [[] for _ in grid.bars]
    for line in score.lines:
        _line(line, grid, cells[line.player.id])
    for at, told in (
        *((one.at, f"mark {one.kind} {one.text}") for one in score.marks),
        *((one.at, f"chord {one}") for one in score.chords),
        *((one.at, _signed(one.sign)) for one in score.signs if one.sign.name != "print"),
    ):
        _point(cells[EVERYBODY], grid, at, told)
    return {
        player: tuple(
            _print(told, (end - start).quarters)
            for told, start, end in zip(bars, grid.starts, grid.starts[1:], strict=False)
        )
        for player, bars in cells.items()
    }


def varied_print(told: str, serial: int, turn: int) -> str:
    """The print of a bar that was varied: the how-manieth time, and which other way was taken.

    >>> varied_print("5f0e", 1, 2), varied_print(varied_print("5f0e", 1, 2), 3, 1)
    ('varied-1-2-5f0e', 'varied-3-1-5f0e')
    """
    return f"varied-{serial}-{turn}-{plain_print(told)}"


def variation_of(told: str) -> tuple[int, int] | None:
    """The how-manieth variation a bar's print tells of, and its turn; None for any other bar.

    >>> variation_of("varied-1-2-5f0e"), variation_of("5f0e"), variation_of("varied-torn")
    ((1, 2), None, None)
    """
    found = _VARIED.fullmatch(told)
    return (int(found[1]), int(found[2])) if found is not None else None


def marked_as(told: str, before: str) -> str:
    """The print of what stands in a bar now, marked as the bar was: a person's, or varied."""
    if before == BY_HAND:
        return BY_HAND
    variation = variation_of(before)
    return varied_print(told, *variation) if variation else told


def plain_print(told: str) -> str:
    """What stands in a bar, without how it came there."""
    found = _VARIED.fullmatch(told)
    return told if found is None else found[3]


def silent_prints(grid: BarGrid) -> tuple[str, ...]:
    """The prints of a player who has nothing to play.

    >>> from scorestage.timebase import Meter
    >>> len(set(silent_prints(BarGrid.regular(3, Meter(4, 4)))))
    1
    """
    pairs = zip(grid.starts, grid.starts[1:], strict=False)
    return tuple(_print([], (end - start).quarters) for start, end in pairs)


def changed_bars(
    before: Mapping[str, tuple[str, ...]], score: Score
) -> Mapping[str, tuple[int, ...]]:
    """By player the bars (from 0) whose prints are no longer those of before.

    Who had no print is new, and had nothing; who is gone has nothing now.
    """
    silent = silent_prints(score.grid)
    now = bar_prints(score)
    found = {}
    for player in dict.fromkeys((*now, *before)):
        old, new = before.get(player, silent), now.get(player, silent)
        bars = tuple(
            bar for bar, told in enumerate(new) if bar >= len(old) or plain_print(old[bar]) != told
        )
        if bars:
            found[player] = bars
    return found


def _print(told: list[str], quarters: Fraction) -> str:
    words = "\n".join((str(quarters), *sorted(told)))
    return blake2b(words.encode(), digest_size=6).hexdigest()


def _line(line: Line, grid: BarGrid, cells: list[list[str]]) -> None:
    for number, staff in enumerate(line.staves):
        _staff(staff, number, grid, cells)
    for at, instrument in line.changes:
        _point(cells, grid, at, f"takes {instrument}")
    for key in line.keys:
        _point(cells, grid, key.at, f"key {key.fifths} {key.alterations} {key.staff}")


def _staff(staff: Staff, number: int, grid: BarGrid, cells: list[list[str]]) -> None:
    """Everything on one staff, each thing in its bar; what lasts is told in every bar it is in."""
    onsets = {note.id: note.onset for note in staff.notes}
    for note in staff.notes:
        _span(cells, grid, note.onset, note.end, f"{number} {_told(note)}")
    for pin in staff.hairpins:
        _span(cells, grid, pin.start, pin.end, f"{number} pin {pin.opens} {pin.niente}")
    for slur in staff.slurs:
        if slur.first in onsets and slur.last in onsets:
            _point(cells, grid, onsets[slur.first], f"{number} slur begins")
            _point(cells, grid, onsets[slur.last], f"{number} slur ends")
    points = (
        *((one.at, f"{one.printed}") for one in staff.dynamics),
        *((one.at, f"{one.technique}") for one in staff.techniques),
        *((one.at, f"words {one.text}") for one in staff.words),
        *((one.at, f"clef {one.clef}") for one in staff.clefs),
        *((one.at, _signed(one.sign)) for one in staff.signs),
    )
    for at, told in points:
        _point(cells, grid, at, f"{number} {told}")


def _told(note: Note) -> str:
    pitches = sorted(str(pitch) for pitch in note.pitches)
    signs = sorted(_signed(one.sign) for one in note.signs)
    small = [str(one) for one in note.grace] + [str(one.pitches) for one in note.graces]
    marks = sorted(str(one) for one in note.articulations)
    return f"{pitches} {marks} {note.tremolo} {small} {note.lyric} {signs}"


def _signed(sign: Sign) -> str:
    """A sign by its names and words; where exactly a program draws it does not count."""
    leaves = (f"{one.name} {one.text} {one.detail('type')}" for one in sign.leaves())
    return f"{sign.name} {' '.join(leaves)}"


def _point(cells: list[list[str]], grid: BarGrid, at: Beat, told: str) -> None:
    if cells:
        bar = grid.index_at(at)
        cells[bar].append(f"{(at - grid.starts[bar]).quarters} {told}")


def _span(cells: list[list[str]], grid: BarGrid, start: Beat, end: Beat, told: str) -> None:
    """What lasts over a barline is told in both bars, and that it goes on."""
    if not cells or end <= start:
        return
    for bar in range(grid.index_at(start), len(cells)):
        low, high = grid.starts[bar] if bar else Beat(-grid.pickup.quarters), grid.starts[bar + 1]
        if low >= end:
            return
        here = (max(start, low) - low).quarters, (min(end, high) - low).quarters
        cells[bar].append(f"{here[0]}-{here[1]} {start < low} {end > high} {told}")
