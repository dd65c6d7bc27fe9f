"""Gradual tempo changes by their length: the end tempo that makes beats last so long."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

from scorestage.errors import InputError
from scorestage.timebase.beats import Beats
from scorestage.timebase.instant import FilmSpan
from scorestage.timebase.tempo import RampLaw, Tempo

_FINEST_BPM = 10**9
"""End tempos that have no exact value are found to the billionth of a beat a minute."""
_HALVINGS = 120


def end_tempo(start: Tempo, length: Beats, played: FilmSpan, law: RampLaw) -> Tempo:
    """The tempo that a ramp must end at for `length` to last `played`, in the unit of `start`.

    Exact for the laws linear in time and linear interval; linear in beats to 1e-9 bpm. Raises
    `InputError` where even standing still (or no bound) at the end would not do.

    >>> ramp = Tempo(96), Beats(16), FilmSpan("11.25")
    >>> end_tempo(*ramp, RampLaw.LINEAR_IN_TIME).bpm
    Fraction(224, 3)
    >>> float(end_tempo(*ramp, RampLaw.LINEAR_IN_BEATS).bpm)
    75.487665172
    """
    beats = length.quarters / start.unit.quarters
    seconds = played.seconds
    if beats <= 0 or seconds <= 0:
        raise InputError("a ramp needs beats and seconds", do="give more than nothing of both")
    if law is RampLaw.LINEAR_IN_BEATS:
        return Tempo(_in_beats(start.bpm, beats, seconds), start.unit)
    if law is RampLaw.LINEAR_IN_TIME:
        bpm = 120 * beats / seconds - start.bpm
    else:
        interval = 2 * seconds / beats - 60 / start.bpm
        bpm = 60 / interval if interval > 0 else Fraction(0)
    if bpm <= 0:
        told = (
            f"{float(beats):g} beats from {float(start.bpm):g} bpm cannot last {float(seconds):g} s"
        )
        raise InputError(f"{told} when the change is {law}", do="change the length or the start")
    return Tempo(bpm, start.unit)


def _in_beats(start_bpm: Fraction, beats: Fraction, seconds: Fraction) -> Fraction:
    """The root x of ln x / (x - 1) = seconds · start / (60 · beats), times `start_bpm`."""
    wanted = seconds * start_bpm / (60 * beats)
    if wanted == 1:
        return start_bpm
    with localcontext() as context:
        context.prec = 45
        goal = Decimal(wanted.numerator) / Decimal(wanted.denominator)
        low, high = Decimal(10) ** -30, Decimal(1)
        while _share(high) > goal:
            low, high = high, high * 4
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            if _share(middle) > goal:
                low = middle
            else:
                high = middle
        found = Fraction(low) * start_bpm
    bpm = Fraction(round(found * _FINEST_BPM), _FINEST_BPM)
    if bpm <= 0:
        raise InputError("the ramp would have to come to a standstill", do="make it shorter")
    return bpm


def _share(ratio: Decimal) -> Decimal:
    return Decimal(1) if ratio == 1 else ratio.ln() / (ratio - 1)
