"""The hall: as long, as wide and as late as it should be."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import signal

from scorestage.mockup.performance import Performance
from scorestage.mockup.room import RT60_SECONDS, placed, tail, with_tail

RATE = 48_000


def _impulse() -> np.ndarray:
    sound = np.zeros((RATE, 2), np.float32)
    sound[4_800] = 0.5
    return sound


def _seat(pan: float, distance_m: float, in_room: bool = True) -> Performance:
    return Performance("p", "", (), pan=pan, distance_m=distance_m, in_room=in_room)


def test_reverberation_time_at_one_kilohertz() -> None:
    band = signal.butter(2, (700, 1_400), "bandpass", fs=RATE, output="sos")
    for channel in range(2):
        heard = signal.sosfilt(band, tail()[:, channel].astype(np.float64))
        left = np.cumsum((heard**2)[::-1])[::-1]  # M. R. Schroeder's backward integration
        level = 10 * np.log10(left / left[0])
        start, end = int(np.argmax(level < -5)), int(np.argmax(level < -25))
        assert 3 * (end - start) / RATE == pytest.approx(RT60_SECONDS, rel=0.1)


def test_the_tail_is_always_the_same_and_of_unit_energy() -> None:
    first = tail().copy()
    tail.cache_clear()
    assert np.array_equal(first, tail())
    assert (tail().astype(np.float64) ** 2).sum(axis=0) == pytest.approx([1, 1], rel=1e-4)
    assert abs(np.corrcoef(tail()[:, 0], tail()[:, 1])[0, 1]) < 0.05


def test_the_tail_loses_its_top_first() -> None:
    def centre(start: float) -> float:
        part = tail()[round(start * RATE) : round(start * RATE) + 9_600, 0]
        power = np.abs(np.fft.rfft(part)) ** 2
        return float((power * np.fft.rfftfreq(len(part), 1 / RATE)).sum() / power.sum())

    assert centre(0.1) > 1.5 * centre(0.8)


@pytest.mark.parametrize("distance_m", [3.0, 11.0])
def test_the_direct_sound_is_on_time_from_every_seat(distance_m: float) -> None:
    seat = placed(_impulse(), _seat(-0.4, distance_m))
    assert not seat.direct[:4_800].any()
    assert seat.direct[4_800].max() > 0.3
    wet = with_tail(seat.direct, seat.to_tail)
    assert not (np.abs(wet[:4_790]) > 1e-6).any()


def test_left_is_left_and_power_does_not_depend_on_the_seat() -> None:
    powers = []
    for pan in (-0.8, -0.3, 0.0, 0.3, 0.8):
        direct = placed(_impulse(), _seat(pan, 5.0)).direct[4_800]
        assert (direct[0] > direct[1]) == (pan < 0) or pan == 0
        powers.append(float((direct**2).sum()))
    assert max(powers) == pytest.approx(min(powers), rel=1e-4)


def test_farther_is_wetter_and_a_line_has_hardly_any_hall() -> None:
    def wetness(seat: Performance) -> float:
        found = placed(_impulse(), seat)
        return float((found.to_tail**2).sum() / (found.direct[4_800] ** 2).sum())

    assert wetness(_seat(0, 3)) < wetness(_seat(0, 7)) < wetness(_seat(0, 11))
    assert wetness(_seat(0, 3, in_room=False)) < 0.25 * wetness(_seat(0, 3))


def test_first_reflections_come_within_80_ms() -> None:
    direct = placed(_impulse(), _seat(0.3, 6.0)).direct
    late = np.nonzero(np.abs(direct).max(axis=1) > 1e-3)[0] - 4_800
    first_of_each = late[1:][np.diff(late) > 20]
    assert 6 <= len(first_of_each) <= 9
    assert 0.004 * RATE < first_of_each[0] < first_of_each[-1] < 0.08 * RATE


def test_placing_is_linear_so_stems_add_up() -> None:
    rng = np.random.default_rng(2)
    one, two = (rng.standard_normal((9_600, 2)).astype(np.float32) for _ in range(2))
    seat = _seat(0.2, 6.0)
    both, a, b = (placed(sound, seat) for sound in (one + two, one, two))
    assert np.allclose(both.direct, a.direct + b.direct, atol=1e-5)
    assert np.allclose(both.to_tail, a.to_tail + b.to_tail, atol=1e-5)
