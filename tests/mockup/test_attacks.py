"""The measuring tool itself, on sounds whose attacks are known."""

from __future__ import annotations

import numpy as np
import pytest

from scorestage.mockup.attacks import attacks, fall_db, stop_samples, strongest_near

RATE = 48_000


def _tones(*strikes: tuple[float, float, float, float], seconds: float = 6.0) -> np.ndarray:
    """Decaying tones: start, Hz, level, attack time in seconds."""
    sound = np.zeros(round(seconds * RATE))
    for start, hz, level, rise in strikes:
        t = np.arange(len(sound) - round(start * RATE)) / RATE
        swell = np.minimum(t / rise, 1.0) if rise else 1.0
        tone = level * swell * np.exp(-2 * t) * np.sin(2 * np.pi * hz * t)
        sound[round(start * RATE) :] += tone
    return np.stack([sound, sound], axis=1).astype(np.float32)


@pytest.mark.parametrize("hz", [110, 440, 1_760, 5_000])
def test_single_attacks_are_found_where_they_are(hz: float) -> None:
    starts = (0.5, 1.7, 2.313, 4.0)
    found = attacks(_tones(*((s, hz, 0.3, 0.005) for s in starts)))
    for start in starts:
        near = strongest_near(found, round(start * RATE), RATE // 20)
        assert near is not None
        assert abs(near.at_samples / RATE - start) < 0.008


def test_a_slow_attack_counts_from_a_tenth_of_its_peak() -> None:
    (found,) = attacks(_tones((1.0, 440, 0.3, 0.1)))
    assert found.at_samples / RATE == pytest.approx(1.01, abs=0.006)


def test_a_new_tone_over_a_held_one_is_found_by_its_own_band() -> None:
    t = np.arange(4 * RATE) / RATE
    held = 0.2 * np.sin(2 * np.pi * 220 * t)[:, None] * np.ones((1, 2))
    sound = (held + 0.5 * _tones((2.0, 2_500, 0.3, 0.002), seconds=4.0)).astype(np.float32)
    near = strongest_near(attacks(sound), 2 * RATE, RATE // 4)
    assert near is not None
    assert abs(near.at_samples / RATE - 2.0) < 0.008


def test_the_louder_attack_is_the_stronger() -> None:
    found = attacks(_tones((1.0, 440, 0.1, 0.003), (1.4, 440, 0.4, 0.003), (1.8, 440, 0.1, 0.003)))
    best = strongest_near(found, round(1.3 * RATE), RATE // 2)
    assert best is not None
    assert best.at_samples / RATE == pytest.approx(1.4, abs=0.008)


def test_steady_sound_and_silence_have_no_attack() -> None:
    assert attacks(np.zeros((RATE, 2), np.float32)) == ()
    assert attacks(np.zeros((0, 2), np.float32)) == ()
    found = attacks(_tones((1.0, 440, 0.3, 0.005)))
    assert len(found) == 1
    assert strongest_near(found, 4 * RATE, 1_000) is None


def test_how_far_a_stop_falls() -> None:
    sound = _tones((0.5, 440, 0.3, 0.005))
    assert abs(fall_db(sound, 2 * RATE)) < 5
    sound[2 * RATE :] *= 0.1
    assert fall_db(sound, 2 * RATE) > 20
    assert fall_db(sound, 3 * RATE) < 5


def test_where_it_stops() -> None:
    sound = _tones((0.5, 440, 0.3, 0.005))
    sound[2 * RATE :] = 0
    assert abs(stop_samples(sound) - 2 * RATE) < 60
    assert stop_samples(np.zeros((10, 2), np.float32)) == 0
