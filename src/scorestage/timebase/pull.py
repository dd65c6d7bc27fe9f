"""Pull-up and pull-down: the same frames run at another speed, and all that belongs to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import log2

from scorestage.errors import InputError
from scorestage.timebase.instant import Exact, FilmRange, FilmSpan, FilmTime, exact
from scorestage.timebase.rate import FrameRate
from scorestage.timebase.tempo import Fermata, FreeBar, Ramp, Steady, Tempo, TempoEvent
from scorestage.timebase.tempomap import TempoMap

FILM_START = FilmTime(0)
_SLOWEST, _FASTEST = Fraction(1, 4), Fraction(4)


@dataclass(frozen=True, slots=True)
class Pull:
    """A change of speed by `factor`: 1000/1001 is the pull-down from 24 to 23.976 frames.

    Film times are stretched about `about`, tempos are multiplied by `factor`, all exactly.

    >>> DOWN.tempo(Tempo(120)).bpm, float(DOWN.tempo(Tempo(120)).bpm)
    (Fraction(120000, 1001), 119.88011988011988)
    >>> DOWN.inverse == UP, UP.time(DOWN.time(FilmTime(180)))
    (True, FilmTime('180'))
    """

    factor: Fraction
    about: FilmTime = FILM_START

    def __init__(self, factor: Exact, about: FilmTime = FILM_START) -> None:
        object.__setattr__(self, "factor", exact(factor))
        object.__setattr__(self, "about", about)
        if not _SLOWEST <= self.factor <= _FASTEST:
            raise InputError(
                f"nothing is pulled to {factor} times its speed",
                do="a pull-down is 1000/1001, 24 to 25 frames is 25/24",
            )

    @classmethod
    def of_rates(cls, before: FrameRate, after: FrameRate, about: FilmTime = FILM_START) -> Pull:
        """The pull of a film of one rate that is run, frame for frame, at another.

        >>> from scorestage.timebase.rate import FRAMES_24, FRAMES_25
        >>> Pull.of_rates(FRAMES_24, FRAMES_25).tempo(Tempo(120)).bpm
        Fraction(125, 1)
        """
        return cls(after.frames_per_second / before.frames_per_second, about)

    @property
    def inverse(self) -> Pull:
        """The pull that undoes it."""
        return Pull(1 / self.factor, self.about)

    @property
    def cents(self) -> float:
        """How far sound that is run at the new speed changes pitch, in cents."""
        return 1200 * log2(self.factor)

    def span(self, length: FilmSpan) -> FilmSpan:
        """A length at the new speed."""
        return FilmSpan(length.seconds / self.factor)

    def time(self, at: FilmTime) -> FilmTime:
        """A moment at the new speed."""
        return self.about + self.span(at - self.about)

    def range(self, span: FilmRange) -> FilmRange:
        """A stretch at the new speed."""
        return FilmRange(self.time(span.start), self.time(span.end))

    def tempo(self, tempo: Tempo) -> Tempo:
        """A tempo at the new speed, of the same note value."""
        return Tempo(tempo.bpm * self.factor, tempo.unit)

    def map(self, tempo_map: TempoMap) -> TempoMap:
        """A whole map at the new speed: the same bars, every tempo, ramp, fermata and free bar."""
        events = tuple(self._event(event) for event in tempo_map.events)
        return TempoMap(self.time(tempo_map.start), tempo_map.grid, events)

    def _event(self, event: TempoEvent) -> TempoEvent:
        if isinstance(event, Steady):
            return Steady(event.at, self.tempo(event.tempo))
        if isinstance(event, Ramp):
            return replace(event, start=self.tempo(event.start), end=self.tempo(event.end))
        if isinstance(event, Fermata | FreeBar):
            return replace(event, played=self.span(event.played))
        raise InputError(f"a {type(event).__name__} cannot be pulled")


DOWN = Pull(Fraction(1000, 1001))
UP = Pull(Fraction(1001, 1000))
