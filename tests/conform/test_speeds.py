"""Shots at another speed told by where their frames are found: on a slope."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from tests.conform.drawn_films import as_film, drawn_shot

from scorestage.conform.glance import Glance
from scorestage.conform.lines import Weighing
from scorestage.conform.pictures import FilmFrames
from scorestage.conform.seeds import Finds
from scorestage.conform.speeds import sloping

SHOTS = as_film([drawn_shot(240, seed, 0.8) for seed in (41, 42)])


def drawn(old: FilmFrames, new: FilmFrames, finds: Finds) -> list[tuple[Fraction, int]]:
    """The speeds of the lines on slopes, and the old frame each has at the first find."""
    weighing = Weighing(Glance.of(old, new).apart, len(old), len(new), quick=True)
    return [(one.speed, one.old(int(finds.new[0]))) for one in sloping(finds, weighing)]


def test_a_shot_at_half_and_at_double_speed_is_told_by_its_finds() -> None:
    for speed in (Fraction(1, 2), Fraction(2)):
        order = np.arange(0, 200) * speed.numerator // speed.denominator
        new = FilmFrames(SHOTS.signatures[order], SHOTS.rate)
        news = np.arange(6, 96, 12)
        found = Finds(news, order[news], np.zeros(len(news), dtype=np.float32))
        told = drawn(SHOTS, new, found)
        assert [one[0] for one in told] == [speed]
        assert abs(told[0][1] - order[6]) <= 1


def test_a_still_picture_and_one_at_the_old_speed_have_no_other() -> None:
    still = FilmFrames(np.repeat(SHOTS.signatures[:1], 300, axis=0), SHOTS.rate)
    news = np.arange(6, 96, 12)
    nothing = np.zeros(len(news), dtype=np.float32)
    assert drawn(still, still, Finds(news, news // 2, nothing)) == []
    assert drawn(SHOTS, SHOTS, Finds(news, news + 1, nothing)) == []
