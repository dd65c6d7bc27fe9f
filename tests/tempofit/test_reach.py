"""The first map reaches no less than any single tempo: plain loops try every one of them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from scorestage.production import Hit
from scorestage.tempofit import Candidate, FitSettings, fit
from scorestage.tempofit.ground import lay_ground
from scorestage.tempofit.plan import steady_plan
from scorestage.tempofit.reach import Reach, best_reaches, pressed, reach_of
from scorestage.timebase import FRAMES_24, FilmTime

QUIET = replace(FitSettings(), draws=0, top=2)
NEAR_FRAMES = 0.25


def weighted(seed: int, seconds: int, count: int) -> tuple[Hit, ...]:
    """Hits on random frames, of weight 1 to 5, in tolerances of 1, 2 or 4 frames."""
    random = np.random.default_rng(seed)
    frames = sorted(random.choice(np.arange(24, 24 * seconds - 12), count, replace=False).tolist())
    late = random.choice([1, 2, 4], count).tolist()
    weights = random.integers(1, 6, count).tolist()
    return tuple(
        Hit(
            f"h{number}",
            FRAMES_24.time_of(frame),
            weight=weight,
            early_frames=Fraction(min(one, 2)),
            late_frames=Fraction(one),
        )
        for number, (frame, weight, one) in enumerate(zip(frames, weights, late, strict=True))
    )


def _reached(candidate: Candidate) -> tuple[int, int, float]:
    caught = [
        one
        for one in candidate.hits
        if -one.hit.early_frames <= one.off_frames <= one.hit.late_frames
    ]
    off = [abs(float(one.off_frames)) for one in caught]
    return sum(one.hit.weight for one in caught), len(caught), float(np.mean(off)) if off else 0.0


def _best_single_tempo(hits: tuple[Hit, ...], settings: FitSettings) -> tuple[int, int, float]:
    """Most weight, then most hits, then nearest, over tempos by 0.05 bpm and starts by ¼ frame."""
    at = np.array([float(FRAMES_24.frames_in(hit.at - FilmTime(0))) for hit in hits])
    weight = np.array([hit.weight for hit in hits])
    early = np.array([float(hit.early_frames) for hit in hits])
    late = np.array([float(hit.late_frames) for hit in hits])
    best = (0, 0, -np.inf)
    for twentieths in range(20 * int(settings.lowest_bpm), 20 * int(settings.highest_bpm) + 1):
        half = 60 * 24 / (twentieths / 20) / 2
        for quarter in range(int(4 * settings.start_late_frames) + 1):
            number = np.maximum(0, np.rint((at - quarter / 4) / half))
            off = quarter / 4 + number * half - at
            caught = (off >= -early - 1e-6) & (off <= late + 1e-6)
            heavy = int(weight[caught].sum())
            if heavy >= best[0]:
                mean = float(np.abs(off[caught]).mean()) if caught.any() else 0.0
                best = max(best, (heavy, int(caught.sum()), -mean))
    return best[0], best[1], -best[2]


CUES = [(1, 60, 8), (10, 130, 20), (14, 25, 7), (17, 130, 18), (5, 25, 9), (6, 40, 12), (7, 20, 8)]


@pytest.mark.parametrize(("seed", "seconds", "count"), CUES)
def test_no_single_tempo_reaches_more_or_lies_nearer(seed: int, seconds: int, count: int) -> None:
    hits = weighted(seed, seconds, count)
    narrow = replace(QUIET, lowest_bpm=Fraction(80), highest_bpm=Fraction(140))
    best = fit(FilmTime(0), FilmTime(seconds), hits, FRAMES_24, narrow)[0]
    weight, caught, off = _reached(best)
    most, number, nearest = _best_single_tempo(hits, narrow)
    assert weight >= most
    assert caught >= number or weight > most
    assert (weight, caught) != (most, number) or off <= nearest + NEAR_FRAMES
    ground = lay_ground(FilmTime(0), FilmTime(seconds), hits, FRAMES_24, narrow)
    told = best_reaches(ground)
    assert (told.same.weight, told.same.hits) == (most, number)
    assert told.same.off_seconds * 24 == pytest.approx(nearest, abs=1e-6)
    assert told.free.weight >= told.same.weight


def test_a_hit_of_little_weight_is_not_given_up_for_hidden_steps() -> None:
    hits = tuple(
        Hit(f"h{n}", FRAMES_24.time_of(frame), weight=1) for n, frame in enumerate((100, 277, 391))
    )
    best = fit(FilmTime(0), FilmTime(24), hits, FRAMES_24, QUIET)[0]
    assert len(best.caught) == 3 and best.unwritten_step_percent <= Fraction(5, 2)


def test_what_falls_short() -> None:
    asked = Reach(10, 4, 0.010)
    assert Reach(9, 5, 0.0).falls_short(asked, 0.01)
    assert Reach(11, 3, 0.0).falls_short(asked, 0.01)
    assert Reach(10, 4, 0.021).falls_short(asked, 0.01)
    assert not Reach(10, 4, 0.019).falls_short(asked, 0.01)
    assert not Reach(11, 4, 0.5).falls_short(asked, 0.01)


def test_pressing_makes_hits_dearer_and_nothing_else() -> None:
    hits = weighted(3, 20, 3)
    ground = lay_ground(FilmTime(0), FilmTime(20), hits, FRAMES_24, QUIET)
    hard = pressed(ground, 4.0)
    for usual, now in zip(ground.hits, hard.hits, strict=True):
        assert now.price == pytest.approx(4 * usual.price)
    assert hard.weights.missing(2) == 4 * ground.weights.missing(2)
    assert (hard.weights.step, hard.weights.wish) == (ground.weights.step, ground.weights.wish)
    plan = steady_plan(ground, 0.0, ground.length, 64)
    assert plan is not None and reach_of(ground, plan).hits == len(plan.landed)


def test_without_hits_there_is_nothing_to_reach() -> None:
    ground = lay_ground(FilmTime(0), FilmTime(20), (), FRAMES_24, QUIET)
    assert best_reaches(ground).same == Reach(0, 0, 0.0)
