"""Sound events: slams and booms on their onset, whatever lies under them."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.drawn_clips import flat
from tests.spotting.footage_kit import heard, seconds, spoken, watched

from scorestage.spotting import SOUND_RATE_HZ, Footage, Moment
from scorestage.spotting.detectors.sound_events import DETECTOR

RNG = np.random.default_rng(11)


def bed(length: float, level: float) -> NDArray[np.float64]:
    return np.random.default_rng(4).normal(0, level, seconds(length))


def slam(length: float = 0.4, level: float = 0.4) -> NDArray[np.float64]:
    count = seconds(length)
    return np.random.default_rng(9).normal(0, level, count) * np.exp(-np.arange(count) / 2000)


def boom(level: float = 0.6) -> NDArray[np.float64]:
    count = seconds(1.5)
    wave = np.sin(2 * np.pi * 55 * np.arange(count) / SOUND_RATE_HZ)
    swell = np.minimum(1, np.arange(count) / seconds(0.12)) * np.exp(-np.arange(count) / 12000)
    return level * wave * swell


def events(
    sound: NDArray[np.float64], lines: tuple[tuple[int, int], ...] = ()
) -> tuple[Moment, ...]:
    picture = watched([flat(9)] * (len(sound) // 1000))
    return DETECTOR(Footage(picture, heard(sound), spoken(*lines)))


def at(moments: tuple[Moment, ...]) -> list[float]:
    return [float(one.at.seconds) for one in moments]


@pytest.mark.parametrize("level", [0.0, 0.002, 0.02])
def test_slams_to_ten_milliseconds(level: float) -> None:
    sound = bed(12, level)
    for start in (3.0, 5.123, 9.5):
        sound[seconds(start) : seconds(start) + seconds(0.4)] += slam()
    assert at(events(sound)) == pytest.approx([3.0, 5.123, 9.5], abs=0.0101)


def test_a_boom_is_told_from_a_slam() -> None:
    sound = bed(10, 0.003)
    sound[seconds(3) : seconds(3.4)] += slam()
    sound[seconds(6) : seconds(7.5)] += boom()
    first, second = events(sound)
    assert (first.words, second.words) == ("sudden loud sound", "deep boom")
    assert at((second,)) == pytest.approx([6.05], abs=0.07)


def test_a_steady_or_swelling_sound_is_none() -> None:
    assert events(bed(10, 0.1)) == ()
    assert events(bed(10, 0.1) * np.linspace(0, 1, seconds(10)) ** 2) == ()
    assert events(np.zeros(seconds(5))) == ()


def test_what_is_far_below_the_film_is_none() -> None:
    sound = bed(20, 0.0001)
    sound[seconds(10) : seconds(16)] += bed(6, 0.2)
    sound[seconds(3) : seconds(3.4)] += slam(level=0.002)
    assert all(abs(one - 3) > 0.2 for one in at(events(sound)))


def test_under_speech_it_counts_less() -> None:
    sound = bed(8, 0.002)
    sound[seconds(4) : seconds(4.4)] += slam()
    (free,) = events(sound)
    (covered,) = events(sound, ((90, 110),))
    assert covered.strength < 0.5 * free.strength
    assert covered.at == free.at


def test_louder_is_stronger() -> None:
    sound = bed(16, 0.002)
    sound[seconds(4) : seconds(4.4)] += slam(level=0.04)
    sound[seconds(10) : seconds(10.4)] += slam(level=0.5)
    soft, loud = events(sound)
    assert loud.strength > soft.strength + 0.1


def test_a_silent_film_has_none() -> None:
    assert DETECTOR(Footage(watched([flat(9)] * 24))) == ()
