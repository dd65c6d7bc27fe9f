"""The tune heard: what goes with it held back, thinned out or let go until it stands over all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from itertools import groupby

from scorestage.music import Instrument, Role
from scorestage.orchestration.carriers import Company
from scorestage.orchestration.levels import LevelCurve, dynamic_of
from scorestage.orchestration.practice import strength
from scorestage.orchestration.strengths import UNDER, Sounding, power_of, powers, strongest_under
from scorestage.orchestration.values import Chair, Task

HEARD_DB = 0.8
"""From here on the tune counts as heard: level with the strongest layer beside it, and a little."""
_FLOOR, _CEILING = -3, 2
Joins = Callable[[frozenset[str]], Task | None]
_Manner = tuple[str, Role, int, int, int]
"""A player, the role, whose dynamics, how many steps off them, and which notes."""
_ByBar = Mapping[int, Sequence[Sounding]]


@dataclass(frozen=True, slots=True)
class Heard:
    """The tasks of a phrase in balance, and those that were taken out for it or joined the tune."""

    tasks: list[Task]
    dropped: tuple[Task, ...] = ()
    joined: tuple[Task, ...] = ()


def heard(
    company: Company,
    tasks: Sequence[Task],
    curves: Mapping[int, LevelCurve],
    join: Joins | None = None,
) -> Heard:
    """Every layer under the tune held back until the tune is heard over it, bar by bar.

    In this order: a step softer; one or two more on the tune (`join` names them, given who is
    busy); in loud music another step; doublings and added choirs of the layer that covers it left
    out, the heaviest first; the tune a step louder; another step softer. What carries the sketch
    stays.
    """
    scale = _Scale(company, list(tasks), curves, join)
    loud = company.phrase.tier >= 3
    soften = [partial(scale.soften, most) for most in range(1, 5)]
    remedies: list[Callable[[frozenset[Role]], bool]] = [soften[0], scale.join_tune]
    remedies += [soften[1]] if loud else []
    remedies += [scale.join_tune, scale.thin, partial(scale.raise_tune, 1), soften[1], soften[2]]
    remedies += [soften[3], partial(scale.raise_tune, 2)]
    for remedy in remedies:
        while (covering := scale.covering()) and remedy(covering):
            pass
    return Heard(scale.shifted(), tuple(scale.dropped), tuple(scale.joined))


@dataclass(slots=True)
class _Scale:
    """The tasks of a phrase while they are weighed."""

    company: Company
    tasks: list[Task]
    curves: Mapping[int, LevelCurve]
    join: Joins | None
    steps: dict[Role, int] = field(default_factory=dict)
    dropped: list[Task] = field(default_factory=list)
    joined: list[Task] = field(default_factory=list)
    raised: int = 0
    _meant: dict[tuple[int, Fraction], float] = field(default_factory=dict)
    _powers: dict[tuple[str, float], float] = field(default_factory=dict)
    _known: dict[_Manner, _ByBar] = field(default_factory=dict)
    _rooms: dict[tuple[int, int], int] = field(default_factory=dict)
    _told: dict[tuple[int, ...], tuple[Role, float] | None] = field(default_factory=dict)

    def covering(self) -> frozenset[Role]:
        """The layers that are stronger than the tune in some bar of the phrase."""
        return frozenset(role for role, margin in self._margins() if margin < HEARD_DB)

    def _least(self) -> float:
        """The least margin of the tune in any bar, in decibels."""
        return min((margin for _, margin in self._margins()), default=0.0)

    def _margins(self) -> list[tuple[Role, float]]:
        """By bar the strongest layer and how far the tune stands over it."""
        phrase, timing = self.company.phrase, self.company.timing
        sounded = self._soundings()
        if not any(Role.MELODY is task.role and task.notes for task in self.tasks):
            return []
        found = []
        for bar in range(phrase.first_bar, phrase.last_bar + 1):
            start = float(timing.bar_start(bar))
            end = start + float(timing.grid.bars[bar].meter.length.quarters)
            heard_here = [bars[bar] for bars in sounded if bar in bars]
            key = tuple(map(id, heard_here))
            if key not in self._told:
                notes = [one for listed in heard_here for one in listed]
                self._told[key] = strongest_under(powers(notes, start, end))
            told = self._told[key]
            found += [told] if told is not None else []
        return found

    def soften(self, most: int, roles: frozenset[Role]) -> bool:
        """Those layers a step softer, each by `most` in all; false where that is no change."""
        leaders = self._leaders(self.tasks)
        roles |= {leaders[task.player].role for task in self.tasks if task.role in roles}
        able = [role for role in roles if role in UNDER and self.steps.get(role, 0) < most]
        before = [task.level_shift for task in self.shifted()]
        for role in able:
            self.steps[role] = self.steps.get(role, 0) + 1
        return before != [task.level_shift for task in self.shifted()]

    def join_tune(self, roles: frozenset[Role]) -> bool:
        """One more on the tune, two at most in all."""
        if self.join is None or not roles or len(self.joined) >= 2:
            return False
        task = self.join(frozenset(task.player for task in self.tasks if task.notes))
        if task is None:
            return False
        self.tasks.append(task)
        self.joined.append(task)
        return True

    def thin(self, roles: frozenset[Role]) -> bool:
        """The heaviest doubling of those layers left out, else an added choir as a whole."""
        options: list[tuple[float, list[Task]]] = []
        optional = [task for task in self.tasks if task.role in roles and _may_go(task)]
        for _, group in groupby(sorted(optional, key=_group), key=_group):
            listed = list(group)
            options.append((-sum(self._weight(task) for task in listed) / len(listed), listed))
        if not options:
            return False
        gone = min(options, key=lambda option: option[0])[1]
        self.tasks = [task for task in self.tasks if not any(task is one for one in gone)]
        self.dropped += gone
        return True

    def raise_tune(self, most: int, roles: frozenset[Role]) -> bool:
        """The tune a step louder, `most` in all and never over ff."""
        if not roles or self.raised >= most:
            return False
        if min(self.company.phrase.level, self._loudest_tune()) + self.raised > _CEILING - 1:
            return False
        before = self._least()
        self.raised += 1
        if self._least() > before + 0.5:
            return True
        self.raised -= 1  # some woodwinds carry no farther the louder they are
        return False

    def _loudest_tune(self) -> float:
        """How loud the sketch has the tune at most: it may be soft where all the rest is loud."""
        tunes = [task for task in self.tasks if task.role is Role.MELODY]
        ats = [(one.strand, note.onset.quarters) for one in tunes for note in one.notes]
        meant = [self._meant_at(strand, at) for strand, at in ats]
        return max(meant, default=self.company.phrase.level)

    def shifted(self) -> list[Task]:
        """The tasks as loud as they are to be."""
        found = []
        for task in self.tasks:
            if task.role is Role.MELODY and self.raised and not task.dynamics:
                why = f"{task.why}; louder than sketched, to be heard"
                task = replace(task, level_shift=task.level_shift + self.raised, why=why)
            found.append(self._held_back(task, self.steps.get(task.role, 0)))
        return found

    def _held_back(self, task: Task, steps: int) -> Task:
        """The task some steps softer, as far as it can be."""
        if task.dynamics or not steps or not task.notes:
            return task
        key = id(task.notes), task.strand
        if key not in self._rooms:
            self._rooms[key] = self._room(task)
        return replace(task, level_shift=max(-self._rooms[key], task.level_shift - steps))

    def _room(self, task: Task) -> int:
        """How many steps softer a task can be: not below pp, nor its register's softest."""
        level = max(self._meant_at(task.strand, note.onset.quarters) for note in task.notes)
        keys = {pitch.key for note in task.notes for pitch in note.sounding}
        softest = max((_softest(task.instrument, key) for key in keys), default=_FLOOR)
        return max(0, int(level - max(_FLOOR, softest) + 0.5))

    def _soundings(self) -> list[_ByBar]:
        """By task and bar what sounds, as loud as it is to be."""
        shifted = self.shifted()
        leaders = self._leaders(shifted)
        found = []
        for task in shifted:
            leader = leaders[task.player]
            key = task.player, task.role, leader.strand, leader.level_shift, id(task.notes)
            if key not in self._known:
                self._known[key] = self._by_bar(task, leader)
            found.append(self._known[key])
        return found

    def _by_bar(self, task: Task, leader: Task) -> _ByBar:
        """The notes of a task by the bars they sound in, as loud as its player's chief one."""
        timing, last = self.company.timing, self.company.phrase.last_bar
        found: dict[int, list[Sounding]] = {}
        for note in task.notes:
            onset = note.onset.quarters
            start, end = float(onset), float(onset + note.length.quarters)
            level = self._level(leader.strand, onset, leader.level_shift)
            one = Sounding(task.player, task.role, start, end, self._power(task, level))
            for bar in range(timing.bar(onset), last + 1):
                if timing.bar_start(bar) >= end:
                    break
                found.setdefault(bar, []).append(one)
        return found

    def _leaders(self, tasks: Iterable[Task]) -> dict[str, Task]:
        """Of each player the task whose dynamics hold for all."""
        found: dict[str, Task] = {}
        for task in sorted(tasks, key=lambda one: (bool(one.dynamics), one.priority)):
            found.setdefault(task.player, task)
        return found

    def _level(self, strand: int, at: Fraction, shift: int) -> float:
        """What is printed for a note of a strand, in steps from mf."""
        return float(dynamic_of(self._meant_at(strand, at) + shift).level)

    def _meant_at(self, strand: int, at: Fraction) -> float:
        """What the sketch says there."""
        meant = self._meant.get((strand, at))
        if meant is None:
            curve = self.curves.get(strand)
            meant = self._meant[strand, at] = curve.at(at) if curve else 0.0
        return meant

    def _power(self, task: Task, level: float) -> float:
        power = self._powers.get((task.player, level))
        if power is None:
            weight = strength(task.instrument, self._chair(task).player.count, level)
            power = self._powers[task.player, level] = power_of(weight, level)
        return power

    def _chair(self, task: Task) -> Chair:
        return next(one for one in self.company.chairs if one.id == task.player)

    def _weight(self, task: Task) -> float:
        return strength(task.instrument, self._chair(task).player.count, self.company.phrase.level)


def _softest(instrument: Instrument, key: int) -> float:
    """How soft an instrument can be there, a step under its usual softest, in steps from mf."""
    bands = [one for one in instrument.bands if one.low.midi <= key <= one.high.midi]
    return max((one.softest.level - 1.0 for one in bands), default=float(_FLOOR))


def _may_go(task: Task) -> bool:
    """Whether a task only doubles a line of the sketch or adds to its chords."""
    doubles = task.rule.endswith((".unison", ".octave"))
    return not task.essential and (doubles or task.rule == "harmony.choir")


def _group(task: Task) -> tuple[str, str]:
    """What goes together: a choir as a whole, a doubling alone."""
    return (task.rule, task.why) if task.rule == "harmony.choir" else (task.rule, task.player)
