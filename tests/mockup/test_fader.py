"""The hand on the fader: usual levels against counted ones, easing that keeps what it promises."""

from __future__ import annotations

import math

import numpy as np
import pytest

from scorestage.mockup.fader import eased, on_scale, usual_lufs, usual_peak_dbfs
from scorestage.mockup.performance import Audio

RATE = 48_000


def _tone(seconds: float, peak: float) -> Audio:
    wave = peak * np.sin(2 * np.pi * 1_000 * np.arange(round(seconds * RATE)) / RATE)
    return np.repeat(wave[:, None], 2, axis=1).astype(np.float32)


def test_what_is_usual_heeds_neither_one_loud_moment_nor_silence() -> None:
    plain = _tone(10, 0.1)
    struck = plain.copy()
    struck[RATE : RATE + 4_800] *= 9
    between = np.concatenate([plain, np.zeros_like(plain)])
    # 1 kHz at 0.1 in both channels: -20 dBFS peak, and -20 LUFS by the definition of K-weighting
    for sound in (plain, struck, between):
        assert usual_lufs(sound, RATE) == pytest.approx(-20, abs=0.1)
        assert usual_peak_dbfs(sound, RATE) == pytest.approx(-20, abs=0.1)


def test_silence_has_no_usual_level() -> None:
    nothing = np.zeros((RATE, 2), np.float32)
    assert usual_lufs(nothing, RATE) == -math.inf
    assert usual_peak_dbfs(nothing, RATE) == -math.inf


def test_the_scale_goes_down_to_the_next_step() -> None:
    assert [on_scale(gain) for gain in (0.0, -0.1, 3.1, -2.9)] == [0.0, -1.0, 3.0, -3.0]


def test_easing_keeps_below_the_ceiling_and_lets_the_rest_alone() -> None:
    sound = _tone(6, 0.3)
    sound[3 * RATE : 3 * RATE + 9_600] *= 4.5
    curve = eased(sound, -3.0, RATE)
    heard = sound * curve[:, None]
    assert np.abs(heard).max() <= 10 ** (-3 / 20)
    assert np.abs(heard[3 * RATE :]).max() > 10 ** (-4.5 / 20)
    assert (curve[: 3 * RATE - round(0.06 * RATE)] == 1).all()
    assert (curve[4 * RATE :] == 1).all()
    assert np.abs(np.diff(curve)).max() < 0.002
