"""Every effect makes a sound of the length asked for."""

from __future__ import annotations

import numpy as np
import pytest

from scorestage.adapters.demofilm.sounds.effects import MAKERS, RATE_HZ, band, bell


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_an_effect_is_sound_of_its_length_and_repeats(name: str) -> None:
    count = 36_000
    made = MAKERS[name](count, np.random.default_rng(5))
    assert made.shape == (count,)
    assert np.isfinite(made).all()
    assert np.abs(made).max() > 0
    assert np.array_equal(made, MAKERS[name](count, np.random.default_rng(5)))


@pytest.mark.parametrize("pitch_hz", [880.0, 1318.5])
def test_a_bell_rings_at_its_pitch(pitch_hz: float) -> None:
    spectrum = np.abs(np.fft.rfft(bell(RATE_HZ, pitch_hz)))
    assert int(np.argmax(spectrum)) == pytest.approx(pitch_hz, abs=2)


def test_a_band_keeps_what_is_inside_it() -> None:
    t = np.arange(RATE_HZ) / RATE_HZ
    inside, outside = (np.sin(2 * np.pi * f * t) for f in (1000.0, 8000.0))
    assert np.std(band(inside, 500, 2000)[4800:]) > 0.9 * np.std(inside)
    assert np.std(band(outside, 500, 2000)[4800:]) < 0.1 * np.std(outside)
