"""Dynamics over flat sound."""

from __future__ import annotations

import numpy as np
import pytest

from scorestage.mockup.performance import Curve
from scorestage.mockup.shaping import shaped

RATE = 48_000


def _noise(seconds: float = 1.0) -> np.ndarray:
    rng = np.random.default_rng(5)
    return rng.standard_normal((round(seconds * RATE), 2)).astype(np.float32) * 0.1


def _centre_hz(sound: np.ndarray) -> float:
    power = np.abs(np.fft.rfft(sound[:, 0])) ** 2
    return float((power * np.fft.rfftfreq(len(sound), 1 / RATE)).sum() / power.sum())


def _db(sound: np.ndarray) -> float:
    return float(10 * np.log10((sound.astype(np.float64) ** 2).mean()))


def test_mf_leaves_the_sound_as_it_is() -> None:
    flat = _noise()
    assert np.allclose(shaped(flat, Curve((0, 1), (0.0, 0.0)), RATE), flat, atol=1e-6)
    assert shaped(flat, Curve(), RATE) is flat


def test_softer_is_darker_and_louder_brighter() -> None:
    flat = _noise()
    centres = [_centre_hz(shaped(flat, Curve((0,), (db,)), RATE)) for db in (-20, -10, 0, 9)]
    assert centres == sorted(centres)
    assert centres[0] < 0.75 * centres[2]


def test_the_level_of_low_sound_follows_the_curve() -> None:
    t = np.arange(RATE) / RATE
    low = np.stack([np.sin(2 * np.pi * 150 * t)] * 2, axis=1).astype(np.float32) * 0.1
    for db in (-18.0, -9.0, 6.0):
        assert _db(shaped(low, Curve((0,), (db,)), RATE)) - _db(low) == pytest.approx(db, abs=0.5)


def test_a_crescendo_rises_all_the_way() -> None:
    sound = shaped(_noise(4), Curve((0, 4 * RATE), (-20.0, 8.0)), RATE)
    levels = [_db(part) for part in np.split(sound, 16)]
    assert levels == sorted(levels)
    assert levels[-1] - levels[0] > 24


def test_no_step_in_the_gain_is_large_enough_to_click() -> None:
    steady = np.full((RATE, 2), 0.1, np.float32)
    sound = shaped(steady, Curve((20_000, 22_000), (-20.0, 0.0)), RATE)
    assert np.abs(np.diff(sound[2_000:, 0])).max() < 2e-4
