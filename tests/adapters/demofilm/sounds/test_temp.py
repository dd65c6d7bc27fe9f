"""The temp track: its own piece, at its own tempos, clean."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np
import pytest

from scorestage.adapters.demofilm.sounds.sound import Stereo, sample
from scorestage.adapters.demofilm.sounds.temp import temp_track
from scorestage.adapters.demofilm.sounds.temp_piece import sections
from scorestage.adapters.demofilm.story import STORY


@lru_cache(maxsize=1)
def _temp() -> Stereo:
    return temp_track()


def test_it_is_as_long_as_the_film_and_not_clipped() -> None:
    assert _temp().shape == (STORY.frames * 2000, 2)
    assert _temp().dtype == np.float32
    assert 0.5 < np.abs(_temp()).max() <= 0.71
    assert np.abs(_temp()[sample(1823) :]).max() == 0


@pytest.mark.parametrize(("first", "end", "bpm"), [(60, 420, 92.0), (900, 1290, 138.0)])
def test_its_beat_is_the_one_written(first: int, end: int, bpm: float) -> None:
    """By autocorrelation of the growth of the level, over lags from 0.25 to 1.2 s."""
    mono = _temp()[sample(first) : sample(end)].mean(axis=1).astype(np.float64)
    level = np.sqrt((mono[: len(mono) // 480 * 480].reshape(-1, 480) ** 2).mean(axis=1))
    growth = np.maximum(np.diff(np.log(level + 1e-4)), 0)
    growth -= growth.mean()
    whole = np.correlate(growth, growth, "full")[len(growth) - 1 :]
    lag = 6000 / bpm
    near = whole[round(lag) - 2 : round(lag) + 3].max()
    between = whole[round(lag * 1.2) - 1 : round(lag * 1.3) + 2].max()
    assert near > 2 * max(between, 0)


def test_sections_run_in_order_and_speak_to_the_film() -> None:
    parts = sections()
    for part, following in pairwise(parts):
        assert part.end_frame <= following.first_frame
    firsts = {part.first_frame for part in parts}
    assert {STORY.moment("front").frame, STORY.moment("strike").frame} <= firsts


def test_before_the_strike_the_temp_holds_its_breath() -> None:
    hit = sample(STORY.moment("strike").frame)
    before = np.abs(_temp()[hit - 24_000 : hit - 2000]).max()
    assert np.abs(_temp()[hit : hit + 24_000]).max() > 4 * before
