"""Loudness: the tones of EBU Tech 3341 and 3342, and any cutting of the sound into pieces."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from scorestage.spotting.loudness import (
    KWeighted,
    integrated,
    loudness_range,
    momentary,
    short_term,
)

RATES_HZ = (24_000, 48_000)


def tone(
    level_dbfs: float, seconds: float, rate_hz: int, hertz: float = 1000
) -> NDArray[np.float64]:
    """A stereo sine whose peak lies at `level_dbfs`."""
    at = np.arange(round(seconds * rate_hz)) / rate_hz
    wave = 10 ** (level_dbfs / 20) * np.sin(2 * np.pi * hertz * at)
    return np.stack((wave, wave), axis=1)


def powers(*parts: NDArray[np.float64], rate_hz: int) -> NDArray[np.float64]:
    return KWeighted(rate_hz, 2).add(np.concatenate(parts))


@pytest.mark.parametrize("rate_hz", RATES_HZ)
@pytest.mark.parametrize("level", [-23.0, -33.0])
def test_a_steady_tone_reads_as_it_should(level: float, rate_hz: int) -> None:
    """EBU Tech 3341, cases 1 and 2."""
    found = powers(tone(level, 20, rate_hz), rate_hz=rate_hz)
    assert integrated(found) == pytest.approx(level, abs=0.1)
    assert short_term(found)[100] == pytest.approx(level, abs=0.1)
    assert momentary(found)[100] == pytest.approx(level, abs=0.1)


@pytest.mark.parametrize(
    "steps",
    [((-36, 10), (-23, 60), (-36, 10)), ((-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10))],
)
def test_the_gates_leave_out_what_is_soft(steps: tuple[tuple[float, float], ...]) -> None:
    """EBU Tech 3341, cases 3 and 4."""
    found = powers(*(tone(level, lasts, 48_000) for level, lasts in steps), rate_hz=48_000)
    assert integrated(found) == pytest.approx(-23, abs=0.1)


@pytest.mark.parametrize(
    ("low", "high", "range_lu"), [(-30, -20, 10), (-20, -15, 5), (-40, -20, 20)]
)
def test_the_range_of_two_levels(low: float, high: float, range_lu: float) -> None:
    """EBU Tech 3342, cases 1 to 3."""
    found = powers(tone(high, 20, 48_000), tone(low, 20, 48_000), rate_hz=48_000)
    assert loudness_range(found) == pytest.approx(range_lu, abs=1)


def test_lows_count_less_and_highs_more() -> None:
    low, middle, high = (
        integrated(powers(tone(-23, 5, 48_000, hertz), rate_hz=48_000)) for hertz in (25, 997, 8000)
    )
    assert low < middle - 5
    assert high == pytest.approx(middle + 3.3, abs=0.5)


def test_pieces_of_any_length_give_the_same() -> None:
    sound = np.random.default_rng(1).normal(0, 0.1, (48_000, 2))
    whole = KWeighted(48_000, 2).add(sound)
    parts = KWeighted(48_000, 2)
    found = np.concatenate([parts.add(sound[at : at + 777]) for at in range(0, 48_000, 777)])
    assert found == pytest.approx(whole)


def test_silence_and_nothing() -> None:
    assert integrated(np.zeros(100)) == -70
    assert integrated(np.zeros(0)) == -70
    assert loudness_range(np.zeros(100)) == 0
    assert len(short_term(np.zeros(0))) == 0
