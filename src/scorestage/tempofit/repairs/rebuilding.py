"""Turns a way through the written cue into exact bars and tempos."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from scorestage.music.replaying import PlayedSpan
from scorestage.production import BarState
from scorestage.tempofit.repairs.ground import Terrain
from scorestage.tempofit.repairs.labels import labelled
from scorestage.tempofit.repairs.moves import Kind, Moves
from scorestage.tempofit.repairs.repair import BarSource, Origin
from scorestage.tempofit.repairs.search import Way
from scorestage.tempofit.repairs.written import bar_step
from scorestage.timebase import (
    Bar,
    BarGrid,
    Beat,
    Beats,
    Fermata,
    FilmSpan,
    FreeBar,
    Meter,
    Ramp,
    Steady,
    Tempo,
    TempoEvent,
    TempoMap,
)

ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch as it is played: old places `low` to `high` at `speed` times the tempo.

    `low` None is new: `length` at `tempo`, or (`free`) without pulse for so many seconds. `held`
    says that its last click is held for so long besides.
    """

    low: Beat | None
    length: Beats
    speed: Fraction = ONE
    tempo: Tempo | None = None
    free: FilmSpan | None = None
    held: FilmSpan | None = None


def pieces_of(terrain: Terrain, way: Way) -> tuple[Piece, ...]:
    """The stretches of a way in the order they are played."""
    grid = terrain.written.tempo_map.grid
    at = Beat(-grid.pickup.quarters)
    found: list[Piece] = []
    for move in way.moves:
        first, last = grid.starts[int(move.first[0])], grid.starts[int(move.last[0])]
        if int(move.first[0]) == 0:
            first = Beat(-grid.pickup.quarters)
        if at < first:
            found.append(Piece(at, first - at))
        found.extend(_moved(terrain, move, first, last))
        at = last
    if at < grid.end:
        found.append(Piece(at, grid.end - at))
    return tuple(one for one in found if one.length.quarters > 0)


def speed_of(terrain: Terrain, move: Moves) -> Fraction:
    """How much faster a move's stretch is played, exactly."""
    tempo_map, places = terrain.written.tempo_map, terrain.written.joints.places
    grid = tempo_map.grid
    first, last = grid.starts[int(move.first[0])], grid.starts[int(move.last[0])]
    written = (tempo_map.time_at(last) - tempo_map.time_at(first)).seconds
    shift = terrain.exact_shift(int(move.high[0])) - terrain.exact_shift(int(move.low[0]))
    kind = Kind(int(move.kind[0]))
    if kind in (Kind.HOLD, Kind.FREE_BAR):
        return ONE
    played = written
    if kind in (Kind.CUT, Kind.REPEAT):
        out, into = places[int(move.out[0])], places[int(move.into[0])]
        gone = (tempo_map.time_at(into) - tempo_map.time_at(out)).seconds
        played -= gone * int(move.times[0])
    elif kind is Kind.NEW:
        played += new_clicks(terrain, move) * _click_before(terrain, move)[1]
    return played / (written + shift)


def new_clicks(terrain: Terrain, move: Moves) -> int:
    """How many clicks of new music a move puts in."""
    return round(float(move.added[0]) / float(_click_before(terrain, move)[1]))


def _click_before(terrain: Terrain, move: Moves) -> tuple[Beat, Fraction]:
    """The click before a move's place, and how long it lasts in seconds."""
    tempo_map, places = terrain.written.tempo_map, terrain.written.joints.places
    after = max(1, int(move.out[0]))
    low, high = places[after - 1], places[after]
    return low, (tempo_map.time_at(high) - tempo_map.time_at(low)).seconds


def _moved(terrain: Terrain, move: Moves, first: Beat, last: Beat) -> list[Piece]:
    places, kind = terrain.written.joints.places, Kind(int(move.kind[0]))
    out, into = places[int(move.out[0])], places[int(move.into[0])]
    speed = speed_of(terrain, move)
    if kind is Kind.BEND:
        return [Piece(first, last - first, speed)]
    begins = into if kind is Kind.CUT and int(move.out[0]) == 0 else first
    if kind is Kind.CUT:
        head = [] if begins == into else [Piece(first, out - first, speed)]
        return [*head, Piece(into, last - into, speed)]
    if kind is Kind.REPEAT:
        again = [Piece(into, out - into, speed)] * (int(move.times[0]) - 1)
        return [Piece(first, out - first, speed), *again, Piece(into, last - into, speed)]
    shift = terrain.shifts[int(move.high[0])] - terrain.shifts[int(move.low[0])]
    tail = Piece(out, last - out, speed)
    if kind is Kind.HOLD:
        return [Piece(first, out - first, held=shift), tail]
    head = [Piece(first, out - first, speed)] if first < out else []
    if kind is Kind.FREE_BAR:
        bar = terrain.written.tempo_map.grid.bars[max(0, terrain.floor_bar[int(move.out[0])] - 1)]
        return [*head, Piece(None, bar.meter.length, free=shift), tail]
    low, _ = _click_before(terrain, move)
    click = places[max(1, int(move.out[0]))] - low
    tempo = terrain.written.tempo_map.tempo_at(low)
    new = Piece(None, click * new_clicks(terrain, move), speed, tempo)
    return [*head, new, tail]


@dataclass(slots=True)
class _Bars:
    """Puts bars together from the pieces."""

    terrain: Terrain
    meters: list[Meter] = field(default_factory=list)
    sources: list[BarSource] = field(default_factory=list)
    open_head: tuple[int, Beats] | None = None
    seen: set[int] = field(default_factory=set)

    def piece(self, piece: Piece) -> None:
        grid = self.terrain.written.tempo_map.grid
        if piece.low is None:
            self.close()
            self._new(piece)
            return
        at, end = piece.low, piece.low + piece.length
        at = max(at, Beat(0))
        while at < end:
            bar = grid.index_at(at)
            stop = min(end, grid.starts[bar + 1])
            self._part(bar, at, stop)
            at = stop

    def _part(self, bar: int, low: Beat, high: Beat) -> None:
        grid = self.terrain.written.tempo_map.grid
        whole = grid.bars[bar].meter.length
        length = high - low
        if self.open_head is not None:
            head_bar, head = self.open_head
            joined = head + length
            from_inside = low > grid.starts[bar]
            if from_inside and joined.quarters <= whole.quarters * Fraction(3, 2):
                self.open_head = None
                if high < grid.starts[bar + 1]:
                    self.open_head = (head_bar, joined)
                    return
                self._add(joined, head_bar, Origin.JOINT, (head_bar, bar))
                return
            self.close()
        if length == whole:
            origin = Origin.AGAIN if bar in self.seen else Origin.SAME
            self._add(length, bar, origin, (bar,))
        elif high < grid.starts[bar + 1]:
            self.open_head = (bar, length)
        else:
            self._add(length, bar, Origin.JOINT, (bar,))

    def close(self) -> None:
        """Ends a bar that was left before its end."""
        if self.open_head is not None:
            bar, length = self.open_head
            self.open_head = None
            self._add(length, bar, Origin.JOINT, (bar,))

    def _add(self, length: Beats, like: int, origin: Origin, old: tuple[int, ...]) -> None:
        meter = self.terrain.written.tempo_map.grid.bars[like].meter
        if origin is Origin.JOINT and self.meters and length <= bar_step(meter):
            longer = self.meters[-1].length + length
            if longer.quarters <= meter.length.quarters * Fraction(3, 2):
                self.meters[-1] = Meter.of_length(longer, meter.denominator)
                before = self.sources[-1].old_bars
                self.sources[-1] = BarSource(Origin.JOINT, (*before, *old))
                return
        if meter.length != length:
            meter = Meter.of_length(length, meter.denominator)
        self.meters.append(meter)
        self.sources.append(BarSource(origin, old))
        self.seen.update(old)

    def _new(self, piece: Piece) -> None:
        grid = self.terrain.written.tempo_map.grid
        like = grid.bars[max(0, min(len(grid.bars) - 1, len(self.meters) - 1))].meter
        left = piece.length
        while left.quarters > 0:
            length = min(left, like.length)
            meter = like if length == like.length else Meter.of_length(length, like.denominator)
            self.meters.append(meter)
            self.sources.append(BarSource(Origin.NEW))
            left = left - length


def rebuilt(
    terrain: Terrain, way: Way
) -> tuple[TempoMap, tuple[PlayedSpan, ...], tuple[BarSource, ...]]:
    """The new map, how it is made of the old music, and of what bars each new bar is made."""
    written = terrain.written
    pieces = pieces_of(terrain, way)
    bars = _Bars(terrain)
    for piece in pieces:
        bars.piece(piece)
    bars.close()
    old = written.tempo_map.grid
    pickup = old.pickup
    first = pieces[0].low
    if first is None or first.quarters != -old.pickup.quarters:
        pickup = Beats(0)
    issued = any(state is not BarState.FREE for state in written.states)
    labels = labelled([bar.label for bar in old.bars], bars.sources, issued=issued)
    made = zip(bars.meters, labels, strict=True)
    grid = BarGrid(tuple(Bar(meter, label) for meter, label in made), pickup)
    events, spans = _events(written.tempo_map, pieces, Beat(-pickup.quarters))
    begins = written.tempo_map.time_at(Beat(-old.pickup.quarters))
    began = begins + terrain.shifts[way.first_shift]
    plain = TempoMap(began, grid, events)
    late = plain.time_at(Beat(-pickup.quarters)) - began
    return plain.shifted(FilmSpan(0) - late), spans, tuple(bars.sources)


def _events(
    tempo_map: TempoMap, pieces: tuple[Piece, ...], at: Beat
) -> tuple[tuple[TempoEvent, ...], tuple[PlayedSpan, ...]]:
    found: list[TempoEvent] = []
    spans = []
    for piece in pieces:
        spans.append(PlayedSpan(at, piece.length, piece.low))
        if piece.low is not None:
            found.extend(_old_events(tempo_map, piece, at))
        elif piece.free is not None:
            found.append(FreeBar(at, piece.length, piece.free))
        elif piece.tempo is not None:
            found.append(Steady(at, _faster(piece.tempo, piece.speed)))
        at = at + piece.length
    return _plain(found), _joined(spans)


def _joined(spans: list[PlayedSpan]) -> tuple[PlayedSpan, ...]:
    """Spans that follow one another in the old music as well, as one."""
    found: list[PlayedSpan] = []
    for span in spans:
        last = found[-1] if found else None
        if last is not None and last.low is not None and last.high == span.low:
            found[-1] = PlayedSpan(last.to, last.length + span.length, last.low)
        else:
            found.append(span)
    return tuple(found)


def _old_events(tempo_map: TempoMap, piece: Piece, to: Beat) -> list[TempoEvent]:
    """The tempos of a stretch of the old map, moved to `to` and made faster."""
    low = piece.low or Beat(0)
    high, speed = low + piece.length, piece.speed
    move = to - low
    found: list[TempoEvent] = []
    inside = [one for one in tempo_map.events if low <= one.at < high]
    if not inside or inside[0].at > low or not isinstance(inside[0], Steady | Ramp):
        found.append(Steady(to, _faster(tempo_map.tempo_at(low), speed)))
    for one in tempo_map.events:
        until = one.at if isinstance(one, Steady) else one.at + one.length
        if isinstance(one, Steady):
            if low <= one.at < high:
                found.append(Steady(one.at + move, _faster(one.tempo, speed)))
            continue
        begins, ends = max(low, one.at), min(high, until)
        if begins >= ends:
            continue
        found.append(_part_of(one, begins, ends, begins + move, speed))
    if piece.held is not None:
        found = _with_hold(tempo_map, found, high, move, piece.held)
    return found


def _part_of(
    event: Ramp | Fermata | FreeBar, low: Beat, high: Beat, to: Beat, speed: Fraction
) -> TempoEvent:
    """The part of a ramp or hold between two places, moved and made faster."""
    if isinstance(event, Ramp):
        first = event.tempo_after(low - event.at)
        last = event.tempo_after(high - event.at)
        return Ramp(to, high - low, _faster(first, speed), _faster(last, speed), event.law)
    share = (high - low).quarters / event.length.quarters
    played = FilmSpan(event.played.seconds * share / speed)
    if isinstance(event, Fermata):
        return Fermata(to, high - low, played)
    return FreeBar(to, high - low, played)


def _with_hold(
    tempo_map: TempoMap, events: list[TempoEvent], high: Beat, move: Beats, held: FilmSpan
) -> list[TempoEvent]:
    """The events with the last click held for so much longer; a ramp there ends before it."""
    grid = tempo_map.grid
    bar = grid.index_at(Beat(high.quarters - Fraction(1, 10**6)))
    length = min(bar_step(grid.bars[bar].meter), high - grid.starts[bar])
    low = Beat(high.quarters - length.quarters)
    usual = tempo_map.time_at(high) - tempo_map.time_at(low)
    kept: list[TempoEvent] = []
    for one in events:
        if one.at > low + move or (one.at == low + move and not isinstance(one, Steady)):
            continue
        if not isinstance(one, Steady) and one.at + one.length > low + move:
            one = _part_of(one, one.at, low + move, one.at, ONE)
        kept.append(one)
    return [*kept, Fermata(low + move, length, usual + held)]


def _faster(tempo: Tempo, speed: Fraction) -> Tempo:
    return tempo if speed == ONE else Tempo(tempo.bpm * speed, tempo.unit)


def _plain(events: list[TempoEvent]) -> tuple[TempoEvent, ...]:
    """The events without tempo marks that say what holds already."""
    found: list[TempoEvent] = []
    speed: Fraction | None = None
    for one in events:
        if isinstance(one, Steady):
            if speed == one.tempo.quarters_per_minute:
                continue
            speed = one.tempo.quarters_per_minute
        elif isinstance(one, Ramp):
            speed = one.end.quarters_per_minute
        found.append(one)
    return tuple(found)
