"""Tempos, and what may happen to them on the way: steps, ramps, fermatas, free bars."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from scorestage.errors import InputError
from scorestage.timebase.beats import Beat, Beats
from scorestage.timebase.instant import Exact, FilmSpan, exact

QUARTER = Beats(1)
NANOSECOND = Fraction(1, 10**9)
FINEST_WRITTEN = (960, 5040)
"""Denominators up to which a position counts as written: program ticks, then any tuplet."""


@dataclass(frozen=True, slots=True)
class Tempo:
    """Beats per minute of a note value (`unit`, in quarter notes).

    >>> Tempo(120).seconds_per_quarter
    Fraction(1, 2)
    >>> Tempo(60, Beats("3/2")).quarters_per_minute
    Fraction(90, 1)
    """

    bpm: Fraction
    unit: Beats = QUARTER

    def __init__(self, bpm: Exact, unit: Beats = QUARTER) -> None:
        object.__setattr__(self, "bpm", exact(bpm))
        object.__setattr__(self, "unit", unit)
        if self.bpm <= 0 or unit.quarters <= 0:
            raise InputError(f"a tempo of {bpm} is not possible")

    @property
    def quarters_per_minute(self) -> Fraction:
        """The same speed, counted in quarter notes."""
        return self.bpm * self.unit.quarters

    @property
    def seconds_per_quarter(self) -> Fraction:
        """How long a quarter note lasts."""
        return 60 / self.quarters_per_minute

    def of(self, unit: Beats) -> Tempo:
        """The same speed, told in another note value."""
        return Tempo(self.quarters_per_minute / unit.quarters, unit)


class RampLaw(StrEnum):
    """How a gradual tempo change runs; the laws differ by frames, so each ramp states its own."""

    LINEAR_IN_BEATS = "linear in beats"
    LINEAR_IN_TIME = "linear in time"
    LINEAR_INTERVAL = "linear interval"


@dataclass(frozen=True, slots=True)
class Steady:
    """From `at` on the tempo holds."""

    at: Beat
    tempo: Tempo


@dataclass(frozen=True, slots=True)
class Ramp:
    """A written ritardando or accelerando, or a hidden one, over `length`."""

    at: Beat
    length: Beats
    start: Tempo
    end: Tempo
    law: RampLaw = RampLaw.LINEAR_IN_BEATS

    def seconds_after(self, beats: Beats) -> Fraction:
        """Seconds from the start of the ramp to `beats` into it, on the 1 ns grid.

        >>> ramp = Ramp(Beat(0), Beats(8), Tempo(100), Tempo(60), RampLaw.LINEAR_IN_BEATS)
        >>> float(ramp.seconds_after(Beats(8)))
        6.129907485
        """
        b, whole = beats.quarters, self.length.quarters
        t0, t1 = self.start.quarters_per_minute, self.end.quarters_per_minute
        if t0 == t1:
            return b * 60 / t0
        if self.law is RampLaw.LINEAR_INTERVAL:
            return to_grid(60 * (b / t0 + (1 / t1 - 1 / t0) * b * b / (2 * whole)))
        with localcontext() as context:
            context.prec = 40
            if self.law is RampLaw.LINEAR_IN_BEATS:
                ratio = _decimal(1 + (t1 - t0) * b / (whole * t0))
                return to_grid(Fraction(_decimal(60 * whole / (t1 - t0)) * ratio.ln()))
            lasting = 120 * whole / (t0 + t1)
            slope = (t1 - t0) / lasting
            root = _decimal(t0 * t0 + 120 * slope * b).sqrt()
            return to_grid(Fraction((root - _decimal(t0)) / _decimal(slope)))

    def beats_after(self, seconds: Fraction) -> Beats:
        """How far into the ramp the music is after `seconds`; the inverse of `seconds_after`."""
        whole = self.length.quarters
        t0, t1 = self.start.quarters_per_minute, self.end.quarters_per_minute
        if t0 == t1:
            return Beats(seconds * t0 / 60)
        seconds = to_grid(seconds)
        with localcontext() as context:
            context.prec = 40
            if self.law is RampLaw.LINEAR_IN_BEATS:
                growth = _decimal(seconds * (t1 - t0) / (60 * whole)).exp()
                raw = (Fraction(growth) - 1) * whole * t0 / (t1 - t0)
            elif self.law is RampLaw.LINEAR_IN_TIME:
                lasting = 120 * whole / (t0 + t1)
                raw = (t0 * seconds + (t1 - t0) * seconds * seconds / (2 * lasting)) / 60
            else:
                bend = (1 / t1 - 1 / t0) / (2 * whole)
                root = _decimal(1 / (t0 * t0) + 4 * bend * seconds / 60).sqrt()
                raw = (Fraction(root) - 1 / t0) / (2 * bend)
        return self._as_written(min(raw, whole), seconds)

    def _as_written(self, into: Fraction, seconds: Fraction) -> Beats:
        """The plainest written position that sounds in the same nanosecond as `into`."""
        at = self.at.quarters
        for finest in FINEST_WRITTEN:
            in_cue = (at + into).limit_denominator(finest) - at
            for found in (in_cue, into.limit_denominator(finest)):
                if self.seconds_after(Beats(found)) == seconds:
                    return Beats(found)
        return Beats(into)

    def tempo_after(self, beats: Beats) -> Tempo:
        """The tempo reached `beats` into the ramp, as its law has it.

        >>> ramp = Ramp(Beat(0), Beats(8), Tempo(100), Tempo(60), RampLaw.LINEAR_INTERVAL)
        >>> ramp.tempo_after(Beats(4))
        Tempo(bpm=Fraction(75, 1), unit=Beats('1'))
        """
        reached = beats.quarters / self.length.quarters
        t0, t1 = self.start.quarters_per_minute, self.end.quarters_per_minute
        if self.law is RampLaw.LINEAR_IN_BEATS:
            speed = t0 + (t1 - t0) * reached
        elif self.law is RampLaw.LINEAR_INTERVAL:
            speed = 1 / (1 / t0 + (1 / t1 - 1 / t0) * reached)
        elif reached in (0, 1):
            speed = t1 if reached else t0
        else:
            with localcontext() as context:
                context.prec = 40
                speed = to_grid(Fraction(_decimal(t0 * t0 + (t1 * t1 - t0 * t0) * reached).sqrt()))
        return Tempo(speed / self.start.unit.quarters, self.start.unit)


@dataclass(frozen=True, slots=True)
class Fermata:
    """The `length` written at `at` is held for `played` instead; the tempo then goes on."""

    at: Beat
    length: Beats
    played: FilmSpan


@dataclass(frozen=True, slots=True)
class FreeBar:
    """Bars without pulse: `length` is written, `played` is what it lasts; no click sounds."""

    at: Beat
    length: Beats
    played: FilmSpan


TempoEvent = Steady | Ramp | Fermata | FreeBar


def to_grid(seconds: Fraction) -> Fraction:
    """`seconds` on the 1 ns grid that times inside ramps live on; ties go up."""
    return Fraction((seconds / NANOSECOND + Fraction(1, 2)).__floor__(), 10**9)


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)
