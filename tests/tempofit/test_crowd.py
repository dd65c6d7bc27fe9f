"""The search on many draws at once against the search on each alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scorestage.production import Hit
from scorestage.tempofit.chance import COARSE, bending, draw_hits
from scorestage.tempofit.crowd import Crowd
from scorestage.tempofit.ground import Ground, lay_ground
from scorestage.tempofit.net import Fineness, Net
from scorestage.tempofit.settings import FitSettings
from scorestage.tempofit.sweep import Sweep, Taste
from scorestage.timebase import FRAMES_24, FilmRange, FilmTime, Meter

FINER = Fineness(bucket=0.01, lean=False)
METERS = ((Meter(4, 4),), (Meter(4, 4), Meter(3, 4), Meter(2, 4)), (Meter(6, 8), Meter(9, 8)))


def _ground(frames: list[int], length: int, wishes: FitSettings, open_end: bool = False) -> Ground:
    hits = tuple(
        Hit(f"h{number}", FRAMES_24.time_of(frame), weight=1 + number % 5)
        for number, frame in enumerate(sorted(frames))
    )
    end = None if open_end else FilmTime(length)
    return lay_ground(FilmTime(0), end, hits, FRAMES_24, wishes)


@settings(max_examples=25, deadline=None)
@given(
    frames=st.lists(st.integers(12, 700), min_size=1, max_size=7, unique=True),
    meters=st.sampled_from(METERS),
    open_end=st.booleans(),
    steady=st.booleans(),
    seed=st.integers(0, 99),
)
def test_a_crowd_finds_what_each_draw_finds_alone(
    frames: list[int], meters: tuple[Meter, ...], open_end: bool, steady: bool, seed: int
) -> None:
    span = (FilmRange(FilmTime(4), FilmTime(9)),) if steady else ()
    ground = _ground(frames, 30, FitSettings(meters=meters, steady=span), open_end)
    seconds, taste = draw_hits(ground, 4, seed), Taste(ground.wish, ground.breath)
    for fineness in (COARSE, FINER):
        as_far = replace(fineness, far_seconds=0)
        together = Crowd(Net(ground, seconds, as_far, laid=False), taste).points
        alone = [Sweep(Net(ground, draw[None, :], as_far), taste).points[0] for draw in seconds]
        assert np.allclose(together, alone, rtol=1e-12)


def test_batches_of_draws_find_what_all_find_at_once() -> None:
    ground = _ground([50, 130, 260, 400, 610], 30, FitSettings())
    seconds = draw_hits(ground, 700, 3)
    points, missed = bending(ground, seconds)
    whole = Crowd(Net(ground, seconds, COARSE, laid=False), Taste(ground.wish, ground.breath))
    assert np.array_equal(points, np.floor(whole.points * 1024) / 1024)
    assert missed.min() >= 0
    assert missed.max() <= 5
