"""The ways a cue is searched: each for a map that is musical in a different manner."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from scorestage.tempofit.constants import best_constants
from scorestage.tempofit.ground import LOCKED, Ground
from scorestage.tempofit.net import Fineness, Net
from scorestage.tempofit.paths import PathReader
from scorestage.tempofit.plan import Plan, plain_plan, plan_of_path, with_bars
from scorestage.tempofit.price import plan_points
from scorestage.tempofit.ranking import differ
from scorestage.tempofit.settings import FitSettings
from scorestage.tempofit.smooth import FREEDOM, largest_step, polished, smoothed
from scorestage.tempofit.sweep import Sweep, Taste
from scorestage.tempofit.tails import Written, with_tails
from scorestage.tempofit.undercut import cheapest_constant, ended_constant

QUICK = Fineness(bucket=0.01, passed=3)
OTHER_TEMPOS = (("slower", 0.87), ("faster", 1.15))
FURTHER_TEMPOS = (("much slower", 0.76), ("much faster", 1.3), ("a little slower", 0.94))
"""Wishes beside the one wished, as factors of it."""
WIDER = (1.0, 2.0, 4.0)
"""How much more than its breath a tempo may step where a locked hit cannot be met otherwise."""
SECOND_THOUGHTS = 6
"""Paths besides the best one that are looked at."""
CLOSE_ONES = 6
MANY_POINTS = 28


@dataclass(frozen=True, slots=True)
class Found:
    """A plan, the way it was found by, and its points on the ground it is judged on."""

    name: str
    plan: Plan
    points: float


class Ways:
    """All searches of one ground; plans come in the order in which they are worth waiting for."""

    def __init__(self, ground: Ground, settings: FitSettings) -> None:
        self.ground, self.settings = ground, settings
        self.seconds = np.array([[point.seconds for point in ground.points]])
        self.fineness = Fineness(passed=8 if len(ground.points) < MANY_POINTS else 4)
        self.taste = Taste(ground.wish, ground.breath)

    def first(self) -> Found | None:
        """A good plan, quickly."""
        ground = self.ground
        if ground.open_end and ground.length * ground.lowest < 2:
            return self._found("plain", plain_plan(ground, self.settings.bars_without_end))
        if ground.hits:
            net = Net(ground, self.seconds, QUICK)
            best = PathReader(Sweep(net, self.taste)).best()
            plan = plan_of_path(ground, best) if best else None
            if plan is not None:
                return self._found("first", smoothed(ground, plan, spreads=(3,)))
        plan = next(iter(best_constants(ground, 1)), None) or cheapest_constant(ground, math.inf)
        return self._found("plain", plan) if plan is not None else None

    def all(self) -> Iterator[Found]:
        """Plans by every way."""
        ground = self.ground
        if ground.open_end and ground.length * ground.lowest < 2:
            yield self._found("plain", plain_plan(ground, self.settings.bars_without_end))
            return
        constants = best_constants(ground, 4 * self.settings.top)
        for number, plan in enumerate(constants):
            name = ("steadiest" if ground.hits else "plain") if number == 0 else "one tempo"
            yield self._found(name, plan)
        if ground.hits:
            yield from self._bending(constants)

    def undercutting(self, most: float) -> Iterator[Found]:
        """The cheapest constant tempo of all where it costs less than `most`, as it is and bent."""
        plan = cheapest_constant(self.ground, most)
        if plan is not None:
            yield self._found("steadiest" if self.ground.hits else "plain", plan)
            yield self._found("balanced", smoothed(self.ground, plan))

    def at_constant(self, offset: float, rate: float) -> Iterator[Found]:
        """One tempo from such a start, as it is and bent."""
        plan = ended_constant(self.ground, offset, rate)
        if plan is not None:
            yield self._found("one tempo", plan)
            yield self._found("balanced", smoothed(self.ground, plan))

    def near(self) -> Iterator[Found]:
        """Plans by the plain way only: for a stretch between bars that stay."""
        ground = self.ground
        constants = best_constants(ground, 2)
        for plan in constants:
            yield self._found("one tempo", plan)
            yield self._found("balanced", smoothed(ground, plan, spreads=(3,)))
        if ground.hits:
            net = Net(ground, self.seconds, self.fineness)
            for plan in self._balanced(net):
                yield self._found("balanced", plan)
            if self.settings.ramps or self.settings.fermatas or self.settings.free_bars:
                yield from self._anywhere(net)

    def _found(self, name: str, plan: Plan) -> Found:
        return Found(name, plan, plan_points(self.ground, plan))

    # ── bending tempos ───────────────────────────────────────────────────────────────────────

    def _bending(self, constants: list[Plan]) -> Iterator[Found]:
        ground = self.ground
        plain = Net(ground, self.seconds, self.fineness)
        net = self._held_at_the_end(plain)
        base = self._balanced(net)
        for plan in base[:1]:
            yield self._found("balanced", plan)
        if constants:
            yield self._found("balanced", smoothed(ground, constants[0]))
        yield from self._written(plain)
        yield from self._others(net, base[0] if base else None)
        for plan in base[1:]:
            yield self._found("another way", plan)

    def _held_at_the_end(self, net: Net) -> Net:
        """The net with the last note held to the cue's end, where it may be."""
        if not self.ground.may_hold:
            return net
        return with_tails(net, Written(fermatas=True, only_end=True))

    def _balanced(self, net: Net) -> list[Plan]:
        """The best plans under the wishes as they are; wider steps where a locked hit needs it."""
        for wider in WIDER:
            taste = replace(self.taste, breath=self.taste.breath * wider)
            sweep = Sweep(net, taste)
            if np.isfinite(sweep.points[0]) and sweep.points[0] < LOCKED:
                break
        reader = PathReader(sweep)
        plans = self._plans(reader, SECOND_THOUGHTS)
        if not plans:
            return []
        eager = sorted(
            (polished(self.ground, plan) for plan in plans),
            key=lambda plan: plan_points(self.ground, plan),
        )
        found = [smoothed(self.ground, plans[0])]
        for plan in eager:
            if len(found) >= self.settings.top:
                break
            if all(differ(self.ground, plan, other) for other in found):
                found.append(smoothed(self.ground, plan))
        return found

    def _plans(self, reader: PathReader, count: int) -> list[Plan]:
        found: list[Plan] = []
        for path in reader.several(count):
            plan = plan_of_path(self.ground, path)
            if plan is not None and all(plan.knots != other.knots for other in found):
                found.append(plan)
        return found

    def _others(self, net: Net, base: Plan | None) -> Iterator[Found]:
        """The other ways, as far as they can differ from the balanced one."""
        ground = self.ground
        closest = self._closest(base)
        if closest is not None:
            yield closest
        if base is None or len(set(base.bars)) > 1:
            plain = replace(ground, meters=ground.meters[:1])
            yield from self._along(net, "plain meter", replace(self.taste, odd_bars=False), plain)
        if base is None or largest_step(base) > ground.hidden:
            hidden = replace(ground, breath=ground.hidden)
            yield from self._along(
                net, "hidden steps", replace(self.taste, breath=ground.hidden), hidden
            )
        for name, factor in OTHER_TEMPOS:
            yield from self.at_other_tempo(net, name, factor)

    def at_other_tempo(self, net: Net, name: str, factor: float) -> Iterator[Found]:
        """The best plan for a wish so much slower or faster, where the range allows it."""
        wish = self.ground.wish * factor
        if self.ground.lowest <= wish <= self.ground.highest:
            other = replace(self.ground, wish=wish)
            yield from self._along(net, name, replace(self.taste, wish=wish), other)

    def further(self) -> Iterator[Found]:
        """More plans, where those before were too much alike."""
        if not self.ground.hits:
            return
        net = Net(self.ground, self.seconds, self.fineness)
        for name, factor in FURTHER_TEMPOS:
            yield from self.at_other_tempo(net, name, factor)

    def _along(
        self, net: Net, name: str, taste: Taste, ground: Ground, written: bool = False
    ) -> Iterator[Found]:
        """The best plan of a sweep, made smooth on its own ground; where asked, only a written one.

        Nothing written comes or goes in making it smooth.
        """
        path = PathReader(Sweep(net, taste)).best()
        plan = plan_of_path(ground, path) if path else None
        if plan is not None and (plan.written or not written):
            yield self._found(name, smoothed(ground, plan))

    def _written(self, net: Net) -> Iterator[Found]:
        """Plans with what may be written: anywhere it pays, and a ritardando into the ending."""
        wishes = self.settings
        if wishes.ramps or wishes.fermatas or wishes.free_bars:
            yield from self._anywhere(net)
        for name, kind in (
            ("ritardando", Written(ramps=wishes.ramps, only_end=True, needed=True)),
            ("fermata", Written(fermatas=wishes.fermatas, only_end=True, needed=True)),
            ("free bar", Written(free_bars=wishes.free_bars, only_end=True, needed=True)),
        ):
            allowed = kind.ramps or kind.fermatas or kind.free_bars
            if allowed and not self.ground.open_end and self.ground.after is None:
                tailed = with_tails(net, kind)
                yield from self._along(tailed, name, self.taste, self.ground, written=True)

    def _anywhere(self, net: Net) -> Iterator[Found]:
        """The best plan with what may be written, wherever it pays."""
        wishes = self.settings
        every = Written(wishes.ramps, wishes.fermatas, wishes.free_bars)
        tailed = with_tails(net, every)
        yield from self._along(tailed, "written", self.taste, self.ground, written=True)

    def _closest(self, base: Plan | None) -> Found | None:
        """Every hit counts, and counts as caught only within a quarter frame.

        Of such plans the best one that is not the balanced one again.
        """
        quarter = self.ground.frame_seconds / 4
        points = tuple(
            point
            if point.hit is None
            else replace(
                point,
                early=min(quarter, point.early),
                late=min(quarter, point.late),
                price=4 * point.price,
            )
            for point in self.ground.points
        )
        exacting = replace(self.ground, points=points)
        net = Net(exacting, self.seconds, replace(self.fineness, passed=4, lean=False))
        net = self._held_at_the_end(net)
        first: Found | None = None
        for path in PathReader(Sweep(net, self.taste)).several(CLOSE_ONES):
            plan = plan_of_path(exacting, path)
            if plan is None:
                continue
            again = base is not None and not differ(self.ground, polished(exacting, plan), base)
            if again and first is not None:
                continue
            plan = smoothed(exacting, plan, freedom=FREEDOM / 2)
            heard = with_bars(self.ground, plan.knots, plan.pickup)
            if heard is None:
                continue
            first = first or self._found("closest", heard)
            if base is None or differ(self.ground, heard, base):
                return self._found("closest", heard)
        return first
