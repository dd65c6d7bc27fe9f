"""The only bridge between film time and beats."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from fractions import Fraction
from operator import attrgetter

from scorestage.errors import InputError
from scorestage.timebase.bars import BarGrid
from scorestage.timebase.beats import Beat, Beats
from scorestage.timebase.instant import FilmSpan, FilmTime
from scorestage.timebase.tempo import Fermata, FreeBar, Ramp, Steady, Tempo, TempoEvent


@dataclass(frozen=True, slots=True)
class Click:
    """One click of the map: when it sounds, where it falls, its stress (3 downbeat … 1 beat)."""

    at: Beat
    time: FilmTime
    bar_index: int
    beat: int
    stress: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch with one law: from `at` and `seconds` on, until the next piece."""

    at: Fraction
    seconds: Fraction
    law: Tempo | Ramp | Fermata | FreeBar
    pace: Fraction | None = None
    """Seconds per quarter, where the tempo is constant."""


@dataclass(frozen=True, slots=True)
class TempoMap:
    """Bars and tempos of a cue; `start` is the film time of the downbeat of bar 1 (`Beat(0)`).

    Exact inside constant tempos, on a 1 ns grid inside ramps, so that `beat_at(time_at(b)) == b`
    for every written position. Before the first event and after the last its tempo holds.

    >>> tempo_map = TempoMap.steady(FilmTime(10), Tempo(120), BarGrid.regular(4, Meter(4, 4)))
    >>> tempo_map.time_at(Beat(8)), tempo_map.beat_at(FilmTime(14))
    (FilmTime('14'), Beat('8'))
    """

    start: FilmTime
    grid: BarGrid
    events: tuple[TempoEvent, ...]
    _pieces: tuple[_Piece, ...] = field(init=False, repr=False, compare=False)
    _zero_seconds: Fraction = field(init=False, repr=False, compare=False)
    """Seconds from the first piece to `Beat(0)`."""
    _opening: Fraction = field(init=False, repr=False, compare=False)
    """Film time of the first piece, in seconds."""
    _free: tuple[FreeBar, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.events or not isinstance(self.events[0], Steady | Ramp):
            raise InputError("a tempo map must begin with a tempo")
        object.__setattr__(self, "_pieces", tuple(_pieces(self.events)))
        object.__setattr__(self, "_zero_seconds", _seconds_at_zero(self._pieces))
        object.__setattr__(self, "_opening", self.start.seconds - self._zero_seconds)
        free = tuple(event for event in self.events if isinstance(event, FreeBar))
        object.__setattr__(self, "_free", free)

    @classmethod
    def steady(cls, start: FilmTime, tempo: Tempo, grid: BarGrid) -> TempoMap:
        """One tempo throughout."""
        return cls(start, grid, (Steady(Beat(0), tempo),))

    @property
    def end(self) -> FilmTime:
        """When the final barline is reached."""
        return self.time_at(self.grid.end)

    def shifted(self, by: FilmSpan) -> TempoMap:
        """The same music, `by` later in the film."""
        return replace(self, start=self.start + by)

    def time_at(self, at: Beat) -> FilmTime:
        """When the music is at `at`."""
        index = max(0, bisect_right(self._pieces, at.quarters, key=_piece_at) - 1)
        piece = self._pieces[index]
        into = at.quarters - piece.at
        lasting = into * piece.pace if piece.pace else _seconds_into(piece.law, into)
        return FilmTime(self._opening + piece.seconds + lasting)

    @property
    def joints(self) -> tuple[tuple[Beat, FilmTime], ...]:
        """Where one law of the tempo ends and the next begins, the first one's beginning too.

        >>> TempoMap.steady(FilmTime(10), Tempo(120), BarGrid.regular(4, Meter(4, 4))).joints
        ((Beat('0'), FilmTime('10')),)
        """
        opening = self._opening
        return tuple((Beat(piece.at), FilmTime(opening + piece.seconds)) for piece in self._pieces)

    def beat_at(self, at: FilmTime) -> Beat:
        """Where the music is at film time `at`; the inverse of `time_at`."""
        seconds = at.seconds - self._opening
        index = max(0, bisect_right(self._pieces, seconds, key=_piece_seconds) - 1)
        piece = self._pieces[index]
        into = seconds - piece.seconds
        return Beat(
            piece.at + (into / piece.pace if piece.pace else _quarters_into(piece.law, into))
        )

    def tempo_at(self, at: Beat) -> Tempo:
        """The tempo in force at `at`: in a ramp what it has reached."""
        index = bisect_right(self.events, at, key=lambda event: event.at)
        while index > 0:
            index -= 1
            event = self.events[index]
            if isinstance(event, Steady):
                return event.tempo
            if isinstance(event, Ramp):
                return _tempo_within(event, at)
        return _opening_tempo(self.events[0])

    def is_free(self, at: Beat) -> bool:
        """Whether `at` lies in a free bar, where no click sounds."""
        return any(event.at <= at < event.at + event.length for event in self._free)

    def clicks(self) -> tuple[Click, ...]:
        """Every click of every bar in order, free bars left out."""
        found = []
        for index, bar in enumerate(self.grid.bars):
            for number, offset in enumerate(bar.meter.clicks, start=1):
                at = self.grid.starts[index] + offset
                if not self.is_free(at):
                    stress = self.grid.stress_at(at)
                    found.append(Click(at, self.time_at(at), index, number, stress))
        return tuple(found)

    def baked(self) -> tuple[tuple[Beat, Tempo], ...]:
        """One tempo per constant span, and beat by beat inside ramps, fermatas and free bars.

        What other programs can hold: each lasts until the next, so times agree with ours at
        every quarter note inside a ramp and everywhere else exactly.
        """
        found: list[tuple[Beat, Tempo]] = []
        pieces = self._pieces
        for index, piece in enumerate(pieces):
            last = index + 1 == len(pieces)
            if isinstance(piece.law, Tempo):
                found.append((Beat(piece.at), piece.law))
                continue
            stop = piece.at + piece.law.length.quarters if last else pieces[index + 1].at
            at = piece.at
            while at < stop:
                ahead = min(at + 1, stop)
                lasting = self.time_at(Beat(ahead)) - self.time_at(Beat(at))
                found.append((Beat(at), Tempo(60 * (ahead - at) / lasting.seconds)))
                at = ahead
        return tuple(found)


_piece_at = attrgetter("at")
_piece_seconds = attrgetter("seconds")


def _opening_tempo(event: TempoEvent) -> Tempo:
    if isinstance(event, Steady):
        return event.tempo
    if isinstance(event, Ramp):
        return event.start
    raise InputError("a tempo map must begin with a tempo")


def _tempo_within(ramp: Ramp, at: Beat) -> Tempo:
    if at >= ramp.at + ramp.length:
        return ramp.end
    return ramp.tempo_after(at - ramp.at)


def _pieces(events: tuple[TempoEvent, ...]) -> list[_Piece]:
    """The events as stretches without gaps, each with the seconds at which it begins."""
    tempo = _opening_tempo(events[0])
    spans: list[tuple[Fraction, Tempo | Ramp | Fermata | FreeBar]] = []
    busy_until: Fraction | None = None
    for event in events:
        at = event.at.quarters
        if spans and at < spans[-1][0]:
            raise InputError(
                f"tempo events are out of order: one at quarter {at} after one at {spans[-1][0]}",
                do="put them in the order in which they sound",
            )
        if busy_until is not None and at < busy_until:
            raise InputError(
                f"two tempo events overlap: one at quarter {at}, the last until {busy_until}",
                do="begin it later, or end the one before it sooner",
            )
        if busy_until is not None and at > busy_until:
            spans.append((busy_until, tempo))
        if isinstance(event, Steady):
            tempo, busy_until = event.tempo, None
            spans.append((at, tempo))
            continue
        if event.length.quarters <= 0:
            raise InputError(f"a tempo event at quarter {at} has no length")
        if isinstance(event, Ramp):
            tempo = event.end
        elif event.played.seconds <= 0:
            raise InputError(f"a fermata or free bar at quarter {at} lasts no time")
        spans.append((at, event))
        busy_until = at + event.length.quarters
    if busy_until is not None:
        spans.append((busy_until, tempo))
    pieces: list[_Piece] = []
    seconds = Fraction(0)
    for index, (at, law) in enumerate(spans):
        if index and spans[index - 1][0] == at:
            pieces.pop()
        elif index:
            before = pieces[-1]
            into = at - before.at
            seconds += into * before.pace if before.pace else _seconds_into(before.law, into)
        pace = law.seconds_per_quarter if isinstance(law, Tempo) else None
        pieces.append(_Piece(at, seconds, law, pace))
    return pieces


def _seconds_at_zero(pieces: tuple[_Piece, ...]) -> Fraction:
    index = max(0, bisect_right(pieces, Fraction(0), key=lambda piece: piece.at) - 1)
    piece = pieces[index]
    return piece.seconds + _seconds_into(piece.law, -piece.at)


def _seconds_into(law: Tempo | Ramp | Fermata | FreeBar, quarters: Fraction) -> Fraction:
    if isinstance(law, Tempo):
        return quarters * law.seconds_per_quarter
    if isinstance(law, Ramp):
        if quarters < 0:
            return quarters * law.start.seconds_per_quarter
        return law.seconds_after(Beats(quarters))
    return law.played.seconds * quarters / law.length.quarters


def _quarters_into(law: Tempo | Ramp | Fermata | FreeBar, seconds: Fraction) -> Fraction:
    if isinstance(law, Tempo):
        return seconds / law.seconds_per_quarter
    if isinstance(law, Ramp):
        if seconds < 0:
            return seconds / law.start.seconds_per_quarter
        return law.beats_after(seconds).quarters
    return seconds * law.length.quarters / law.played.seconds
