"""Locked hits that exclude each other, named; whether two hits fit, by trying every tempo."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from scorestage.production import Hit
from scorestage.tempofit import FitSettings, fit
from scorestage.tempofit.conflict import together
from scorestage.tempofit.ground import lay_ground
from scorestage.timebase import FRAMES_24, FilmTime

SETTINGS = FitSettings(draws=0, top=1, lowest_bpm=Fraction(80), highest_bpm=Fraction(110))


def _pair(frames: int) -> tuple[Hit, Hit]:
    tight = Fraction(1, 4)
    return (
        Hit("a", FilmTime(3), locked=True, words="door", early_frames=tight, late_frames=tight),
        Hit(
            "b",
            FilmTime(3 + Fraction(frames, 24)),
            locked=True,
            words="lamp",
            early_frames=tight,
            late_frames=tight,
        ),
    )


@pytest.mark.parametrize("frames", range(1, 30, 2))
def test_two_hits_fit_together_where_some_tempo_joins_them(frames: int) -> None:
    ground = lay_ground(FilmTime(0), FilmTime(12), _pair(frames), FRAMES_24, SETTINGS)
    one, other = ground.hits
    joined = any(
        abs(units * 30 / bpm - frames / 24) <= 0.5 / 24
        for bpm in np.arange(80, 110.01, 0.01)
        for units in range(5)
    )
    assert together(ground, one, other) == together(ground, other, one) == joined


def test_a_pair_that_cannot_be_is_named_and_one_that_can_is_not() -> None:
    words = fit(FilmTime(0), FilmTime(12), _pair(4), FRAMES_24, SETTINGS)[0].conflict
    assert "a (door)" in words and "b (lamp)" in words and "4.0 frames" in words
    assert fit(FilmTime(0), FilmTime(12), _pair(30), FRAMES_24, SETTINGS)[0].conflict == ""
