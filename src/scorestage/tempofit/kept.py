"""Keeps chosen bars of a map as they are and fits the rest around them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.errors import FitError
from scorestage.tempofit.ground import Ground, Point
from scorestage.timebase import (
    Bar,
    BarGrid,
    BarLabel,
    Beats,
    FilmTime,
    Ramp,
    Steady,
    TempoEvent,
    TempoMap,
)

NO_PICKUP = Beats(0)


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch to fit anew: between film times, and which labels its bars may bear."""

    start: FilmTime
    end: FilmTime | None
    first_label: int
    next_label: int | None
    before: Fraction | None
    after: Fraction | None


@dataclass(frozen=True, slots=True)
class Span:
    """Bars of the map in force that stay, first to last (end excluded)."""

    first: int
    last: int


def spans_of(keep: TempoMap, asked: tuple[tuple[int, int], ...]) -> list[Span]:
    """The spans asked for in order, joined where they touch, widened so that no ramp is cut."""
    count = len(keep.grid.bars)
    wanted: set[int] = set()
    for first, last in asked:
        if not 0 <= first < last <= count:
            raise FitError(
                f"bars {first} to {last} cannot be kept: the map in force has {count} bars",
                do="name bars from 0, the end excluded",
            )
        wanted |= set(range(first, last))
    for event in keep.events:
        if not isinstance(event, Steady):
            first = keep.grid.index_at(event.at)
            ends = event.at + event.length
            last = keep.grid.index_at(ends)
            last += 0 if keep.grid.starts[last] == ends else 1
            touched = set(range(first, max(last, first + 1)))
            if wanted & touched:
                wanted |= touched
    found: list[Span] = []
    for bar in sorted(wanted):
        if found and found[-1].last == bar:
            found[-1] = Span(found[-1].first, bar + 1)
        else:
            found.append(Span(bar, bar + 1))
    return found


def gaps_of(
    keep: TempoMap,
    spans: list[Span],
    start: FilmTime,
    end: FilmTime | None,
    first_bar: int = 1,
) -> list[Gap | Span]:
    """The cue from start to end, its bars from `first_bar` on, as bars kept and gaps to fit."""
    grid, found = keep.grid, list[Gap | Span]()
    labels = [bar.label.number for bar in grid.bars]
    reached, label, pace = start, first_bar, None
    for span in spans:
        begins = keep.time_at(grid.starts[span.first])
        if span.first > 0:
            if begins <= reached:
                raise FitError(
                    f"bars from index {span.first} cannot be kept: they begin before the cue",
                    do="keep fewer bars",
                )
            after = keep.tempo_at(grid.starts[span.first]).quarters_per_minute
            found.append(Gap(reached, begins, label, labels[span.first], pace, after))
        found.append(span)
        reached = keep.time_at(grid.starts[span.last])
        label = labels[span.last - 1] + 1
        pace = tempo_before(keep, span.last)
    if end is None and found and isinstance(found[-1], Span):
        return [*found[:-1], Span(found[-1].first, len(grid.bars))]
    tolerance = Fraction(1, 20)
    if end is None or (end - reached).seconds > tolerance:
        found.append(Gap(reached, end, label, None, pace, None))
    return found


def tempo_before(keep: TempoMap, bar: int) -> Fraction:
    """The tempo that leads to the barline at which `bar` begins, in quarters a minute."""
    at = keep.grid.starts[bar]
    tempo = keep.tempo_at(keep.grid.starts[bar - 1])
    for event in keep.events:
        if event.at >= at:
            break
        if isinstance(event, Steady):
            tempo = event.tempo
        elif isinstance(event, Ramp):
            tempo = event.end
    return tempo.quarters_per_minute


def ground_of_gap(ground: Ground, gap: Gap, whole: FilmTime) -> Ground:
    """The ground of a gap, cut out of that of the whole cue whose length is `whole`."""
    per_unit = float(ground.unit.quarters) * 60
    begins = (gap.start - ground.origin).seconds
    opening = begins == 0
    ends = None if gap.end is None else (gap.end - ground.origin).seconds
    first = replace(ground.points[0], late=ground.points[0].late if opening else 0.0)
    points = [first, *_hits_of_gap(ground, gap, begins, ends)]
    if ends is not None:
        exact = ends - begins
        room = ground.frame_seconds / 2 if gap.after is None else 0.0
        points.append(
            replace(
                ground.points[0],
                exact=exact,
                seconds=float(exact),
                early=room,
                late=room,
                goal=gap.after is None,
            )
        )
    return replace(
        ground,
        origin=gap.start,
        points=tuple(points),
        open_end=gap.end is None,
        pickups=ground.pickups if opening else (0,),
        start_late=ground.start_late if opening else 0.0,
        before=None if gap.before is None else float(gap.before) / per_unit,
        end_hold=ground.end_hold and gap.after is None,
        after=None if gap.after is None else float(gap.after) / per_unit,
        whole=float((whole - ground.origin).seconds),
        steady=tuple((low - float(begins), high - float(begins)) for low, high in ground.steady),
    )


def _hits_of_gap(ground: Ground, gap: Gap, begins: Fraction, ends: Fraction | None) -> list[Point]:
    """The hits inside a gap, counted from its start; those on bars that stay are theirs."""
    found = []
    for point in ground.hits:
        if point.exact < begins or (begins > 0 and point.exact == begins):
            continue
        if ends is not None and (point.exact > ends or (gap.after and point.exact == ends)):
            continue
        exact = point.exact - begins
        found.append(replace(point, exact=exact, seconds=float(exact)))
    return found


@dataclass(slots=True)
class _Joiner:
    """Puts pieces of maps one behind the other."""

    bars: list[Bar]
    events: list[TempoEvent]
    start: FilmTime | None = None
    pickup: Beats = NO_PICKUP

    @property
    def length(self) -> Beats:
        return Beats(sum((bar.meter.length.quarters for bar in self.bars), Fraction(0)))

    def add_new(self, piece: TempoMap, gap: Gap) -> None:
        if self.start is None:
            self.start, self.pickup = piece.start, piece.grid.pickup
        by = self.length
        count = len(piece.grid.bars)
        labels = new_labels(count, gap.first_label, gap.next_label)
        self.events.extend(replace(event, at=event.at + by) for event in piece.events)
        self.bars.extend(
            Bar(bar.meter, label) for bar, label in zip(piece.grid.bars, labels, strict=True)
        )

    def add_kept(self, keep: TempoMap, span: Span) -> None:
        grid = keep.grid
        first, last = grid.starts[span.first], grid.starts[span.last]
        if self.start is None:
            self.start, self.pickup = keep.start, grid.pickup
        by = self.length - Beats(first.quarters)
        opens = first if span.first else first + -grid.pickup
        inside = [event for event in keep.events if opens <= event.at < last]
        if not inside or inside[0].at > first or not isinstance(inside[0], Steady | Ramp):
            self.events.append(Steady(first + by, keep.tempo_at(first)))
        self.events.extend(replace(event, at=event.at + by) for event in inside)
        self.bars.extend(grid.bars[span.first : span.last])


def joined(keep: TempoMap, pieces: list[tuple[Gap, TempoMap] | Span]) -> TempoMap:
    """One map of the pieces in order; bars kept have their times, meters, tempos and labels."""
    joiner = _Joiner([], [])
    for piece in pieces:
        if isinstance(piece, Span):
            joiner.add_kept(keep, piece)
        else:
            joiner.add_new(piece[1], piece[0])
    start = joiner.start or keep.start
    grid = BarGrid(tuple(joiner.bars), joiner.pickup)
    return TempoMap(start, grid, tuple(joiner.events))


def new_labels(count: int, first: int, following: int | None) -> list[BarLabel]:
    """Labels of new bars before one that keeps its own: bars too many get letters (12A).

    >>> [str(label) for label in new_labels(3, 5, 7)]
    ['5', '6', '6A']
    """
    room = count if following is None else max(0, following - first)
    plain = [BarLabel(first + number) for number in range(min(count, room))]
    last = plain[-1].number if plain else first - 1
    extra = range(count - len(plain))
    return plain + [BarLabel(last, _letters(number)) for number in extra]


def _letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
