"""Printed dynamics of one player: at every entry, at every change, with the sketch's hairpins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby

from scorestage.music import Dynamic, DynamicMark, Hairpin
from scorestage.orchestration.levels import LevelCurve, dynamic_of
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.timing import Timing
from scorestage.orchestration.values import Task
from scorestage.timebase import Beat

_SHORTEST_HAIRPIN = Fraction(1)
_JUST = Fraction(1, 64)
"""Just before a hairpin ends, where no mark stands yet."""
INTO_HITS = frozenset({"run", "glissando"})
"""Rules of what only leads into a hit."""


def dynamics_of(
    placed: Sequence[Placed], curves: Mapping[int, LevelCurve], timing: Timing
) -> tuple[tuple[DynamicMark, ...], tuple[Hairpin, ...]]:
    """The dynamics and hairpins that stand under one player's notes."""
    writer = _Writer(curves, timing)
    for run in runs(led(placed)):
        writer.run(run)
    marks = [writer.marks[at] for at in sorted(writer.marks)]
    return _said_once(marks, writer.pins, placed, timing), tuple(writer.pins)


def _said_once(
    marks: Sequence[DynamicMark],
    pins: Sequence[Hairpin],
    placed: Sequence[Placed],
    timing: Timing,
) -> tuple[DynamicMark, ...]:
    """The marks without those that say again what is in force: no hairpin and no long rest between.

    Hits have dynamics of their own, which may be those of the phrase around them.
    """
    found: list[DynamicMark] = []
    for mark in marks:
        last = found[-1] if found else None
        again = (
            last is not None
            and last.dynamic is mark.dynamic
            and not any(last.at < pin.end <= mark.at for pin in pins)
            and not _enters(mark.at.quarters, placed, timing)
        )
        if not again:
            found.append(mark)
    return tuple(found)


def _enters(at: Fraction, placed: Sequence[Placed], timing: Timing) -> bool:
    """Whether a player comes in after a bar or more of rest."""
    ends = [one.end for one in placed if one.start < at]
    return not ends or _rested(timing, max(ends), at)


def _rested(timing: Timing, end: Fraction, start: Fraction) -> bool:
    """Whether a bar or more lies between."""
    return start - end >= timing.grid.bars[timing.bar(start)].meter.length.quarters


def runs(placed: Sequence[Placed]) -> list[list[Placed]]:
    """Consecutive notes of one task, in order of time."""
    ordered = sorted(placed, key=lambda one: (one.start, one.rank))
    return [list(run) for _, run in groupby(ordered, key=lambda one: _name(one.task))]


def _name(task: Task) -> tuple[int, int, str, int, int]:
    """What belongs together; what has dynamics of its own does so within the bars of one hit."""
    own = task.around if task.dynamics else -1
    return task.phrase, task.strand, task.rule, task.level_shift, own


def led(placed: Sequence[Placed]) -> list[Placed]:
    """Where one player has several tasks in a phrase, all go by the most important one's dynamics.

    A player has one loudness at a time, around hits that of the rest of the phrase; hits with a
    dynamic of their own keep it where they do not interrupt a tune. Runs into them never lead,
    and stay under them where their player has nothing else.
    """
    leaders: dict[int, Task] = {}
    for one in sorted(placed, key=lambda item: (_aside(item.task), item.rank)):
        if one.task.around < 0:
            leaders.setdefault(one.task.phrase, one.task)
    found = []
    for one in placed:
        leader = leaders.get(one.task.phrase, one.task)
        alone = bool(one.task.dynamics) and not leader.essential
        into = one.task.rule in INTO_HITS and bool(leader.dynamics)
        if one.task is leader or alone or into:
            found.append(one)
        else:
            found.append(replace(one, task=leader))
    return found


def _aside(task: Task) -> bool:
    """Whether a task is a moment of its own: a hit with its dynamic, a run or a sweep into one."""
    return bool(task.dynamics) or task.rule in INTO_HITS


def _is_heard(pin: Hairpin, run: Sequence[Placed]) -> bool:
    """Whether anything sounds while a hairpin lasts."""
    start, end = pin.start.quarters, pin.end.quarters
    return any(one.start < end and one.end > start for one in run)


class _Writer:
    """Writes marks in order of time and remembers what is in force."""

    def __init__(self, curves: Mapping[int, LevelCurve], timing: Timing) -> None:
        self.curves = curves
        self.timing = timing
        self.marks: dict[Beat, DynamicMark] = {}
        self.pins: list[Hairpin] = []
        self._in_force: Dynamic | None = None
        self._last_end: Fraction | None = None
        self._marked = Fraction(-1)

    def run(self, run: Sequence[Placed]) -> None:
        """One task's notes: its entry, its changes, its hairpins."""
        task = run[0].task
        start, end = run[0].start, max(one.end for one in run)
        pins = [pin for pin in self._hairpins(task, start, end) if _is_heard(pin, run)]
        for pin in pins:
            if not self.pins or self.pins[-1].end <= pin.start:
                self.pins.append(pin)
        ends = {pin.end.quarters for pin in pins if pin.end.quarters < end}
        pending = sorted(ends.union(self._changes(task, start, end)))
        for one in run:
            entry = self._last_end is None or _rested(self.timing, self._last_end, one.start)
            due = [at for at in pending if at <= one.start]
            pending = pending[len(due) :]
            if entry or due or one is run[0]:
                self._write(one.start, self._level(task, one.start), entry)
            inside = [at for at in pending if at < one.end]
            for at in inside:
                self._write(at, self._level(task, at), False)
            pending = pending[len(inside) :]
            self._last_end = max(self._last_end or one.end, one.end)

    def _write(self, at: Fraction, level: float, entry: bool) -> None:
        dynamic = dynamic_of(level)
        if entry or dynamic is not self._in_force or self._after_hairpin(at):
            self.marks[Beat(at)] = DynamicMark(Beat(at), dynamic)
            self._in_force = dynamic
            self._marked = at

    def _after_hairpin(self, at: Fraction) -> bool:
        """Whether a hairpin has ended since the last mark: it leads to a dynamic that is told."""
        return any(self._marked < pin.end.quarters <= at for pin in self.pins)

    def _level(self, task: Task, at: Fraction) -> float:
        if task.dynamics:
            told = [mark for mark in task.dynamics if mark.at.quarters <= at]
            return float((told[-1] if told else task.dynamics[0]).dynamic.level)
        curve = self.curves.get(task.strand)
        return (curve.at(at) if curve else 0.0) + task.level_shift

    def _changes(self, task: Task, start: Fraction, end: Fraction) -> list[Fraction]:
        curve = self.curves.get(task.strand)
        marks = (
            [mark.at.quarters for mark in task.dynamics]
            if task.dynamics
            else [at for at, _ in curve.marks]
            if curve
            else []
        )
        return sorted(at for at in marks if start < at < end)

    def _hairpins(self, task: Task, start: Fraction, end: Fraction) -> list[Hairpin]:
        if task.dynamics:
            return list(task.hairpins)
        curve = self.curves.get(task.strand)
        found = []
        for pin in curve.hairpins if curve else ():
            low, high = max(pin.start.quarters, start), min(pin.end.quarters, end)
            if high > low and self._is_flat(task, low, high):
                continue
            if pin.opens and task.level_shift < 0:
                low = self._later(low, high, task.level_shift)
            if high - low >= _SHORTEST_HAIRPIN:
                found.append(Hairpin(Beat(low), Beat(high), pin.opens))
        return found

    def _is_flat(self, task: Task, low: Fraction, high: Fraction) -> bool:
        """Whether what is left of a hairpin leads from a dynamic to the same one."""
        before, after = self._level(task, low), self._level(task, high - _JUST)
        return dynamic_of(before) is dynamic_of(after)

    def _later(self, low: Fraction, high: Fraction, shift: int) -> Fraction:
        """Where a swell begins for those who are held back under the tune: on a later click."""
        wanted = high - (high - low) / (2 if shift == -1 else 4)
        bar = self.timing.bar(wanted)
        clicks = self.timing.grid.bars[bar].meter.clicks
        ats = [self.timing.bar_start(bar) + click.quarters for click in clicks]
        return max([low, *(at for at in ats if at <= min(wanted, high - _SHORTEST_HAIRPIN))])
