"""Bars of one score set into another: what a person wrote stays, all around it is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from scorestage.music.barprints import EVERYBODY
from scorestage.music.cutting import cut_staff, joined_staff
from scorestage.music.lasting import put_back
from scorestage.music.score import Line, Score, Staff
from scorestage.timebase import BarGrid, Beat

_EMPTY = Staff(())
_Placed = TypeVar("_Placed")


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring bars of one hand; `high` is not in it, `old` where they stood before."""

    low: Beat
    high: Beat
    theirs: bool
    old: Beat


def matching_bars(old: BarGrid, new: BarGrid) -> Mapping[int, int]:
    """Of each old bar the new bar of the same printed label and length; those without are out.

    >>> from scorestage.timebase import Meter
    >>> matching_bars(BarGrid.regular(3, Meter(4, 4)), BarGrid.regular(2, Meter(4, 4)))
    {0: 0, 1: 1}
    """
    places = {str(bar.label): index for index, bar in enumerate(new.bars)}
    found = {}
    for index, bar in enumerate(old.bars):
        place = places.get(str(bar.label))
        if place is not None and new.bars[place].meter.length == bar.meter.length:
            found[index] = place
    return found


def spliced(new: Score, theirs: Score, kept: Mapping[str, Sequence[int]]) -> Score:
    """The new score with bars of a person's in it: by player (id) those `kept`, from 0.

    Bars are counted in the person's score; each needs a bar of its label and length in the new
    one (`matching_bars`). What lies over a border is cut there, and joined where both hands go on
    alike: a tied note, a hairpin, a slur. Behind a person's bars the dynamic and the technique of
    the new music are said again. A player unknown to the new score comes in with the kept bars.
    """
    if not any(kept.values()):
        return new
    own = {line.player.id: line for line in theirs.lines}
    lines = [
        _line(line, own.get(line.player.id), _runs(new, theirs, kept.get(line.player.id, ())))
        for line in new.lines
    ]
    known = {line.player.id for line in new.lines}
    for line in theirs.lines:
        bars = kept.get(line.player.id, ())
        if line.player.id not in known and bars:
            bare = Line(line.player, (_EMPTY,) * len(line.staves))
            lines.append(_line(bare, line, _runs(new, theirs, bars)))
    runs = _runs(new, theirs, kept.get(EVERYBODY, ()))

    def over_all(mine: Iterable[_Placed], other: Iterable[_Placed]) -> tuple[_Placed, ...]:
        return _chosen(tuple(mine), tuple(other), runs)

    return replace(
        new,
        lines=tuple(lines),
        marks=over_all(new.marks, theirs.marks),
        chords=over_all(new.chords, theirs.chords),
        signs=over_all(new.signs, theirs.signs),
    )


def _runs(new: Score, theirs: Score, bars: Sequence[int]) -> tuple[Run, ...]:
    """The new score's bars in runs of one hand."""
    places = matching_bars(theirs.grid, new.grid)
    old_of = {places[bar]: bar for bar in bars if bar in places}
    if not old_of:
        return ()
    runs: list[Run] = []
    starts = (Beat(-new.grid.pickup.quarters), *new.grid.starts[1:])
    olds = theirs.grid.starts
    for bar in range(len(new.grid.bars)):
        low, high, mine = starts[bar], starts[bar + 1], bar in old_of
        old = olds[old_of[bar]] if mine else low
        if bar == 0 and mine:
            old = Beat(low.quarters + (theirs.grid.starts[old_of[0]] - new.grid.starts[0]).quarters)
        last = runs[-1] if runs else None
        shifted = last is not None and old - last.old == low - last.low
        if last is not None and last.theirs == mine and shifted:
            runs[-1] = replace(last, high=high)
        else:
            runs.append(Run(low, high, mine, old))
    return tuple(runs)


def _line(line: Line, own: Line | None, runs: tuple[Run, ...]) -> Line:
    if not runs:
        return line
    other = own or Line(line.player, (_EMPTY,))
    count = max(len(line.staves), len(other.staves))
    mine = (*line.staves, *(_EMPTY,) * (count - len(line.staves)))
    hers = (*other.staves, *(_EMPTY,) * (count - len(other.staves)))
    staves = tuple(_staff(one, two, runs) for one, two in zip(mine, hers, strict=True))
    changes = put_back(
        line.changes,
        other.changes,
        [(run.low, run.high, run.theirs, run.old) for run in runs],
        line.player.instrument.id,
    )
    return replace(line, staves=staves, changes=changes)


def _staff(mine: Staff, hers: Staff, runs: tuple[Run, ...]) -> Staff:
    pieces = []
    for run in runs:
        source, name = (hers, "hand") if run.theirs else (mine, "")
        length = run.high - run.low
        piece = cut_staff(source, run.old, run.old + length, run.low, name)
        pieces.append(piece)
    return joined_staff(mine, pieces)


def _chosen(
    mine: tuple[_Placed, ...], hers: tuple[_Placed, ...], runs: tuple[Run, ...]
) -> tuple[_Placed, ...]:
    """Of signs over all staves those of each run's own hand."""
    if not runs:
        return mine
    at: Callable[[_Placed], Beat] = lambda one: one.at  # type: ignore[attr-defined]  # noqa: E731
    found: list[_Placed] = []
    for run in runs:
        shift = run.low - run.old
        until = run.old + (run.high - run.low)
        for one in hers if run.theirs else mine:
            last = run is runs[-1] and at(one) >= until
            if run.old <= at(one) < until or last:
                found.append(replace(one, at=at(one) + shift))  # type: ignore[type-var]
    return tuple(found)
