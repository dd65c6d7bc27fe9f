from __future__ import annotations

import numpy as np

from scorestage.production import Hit
from scorestage.tempofit.chance import chances, draw_hits
from scorestage.tempofit.ground import Ground, lay_ground
from scorestage.tempofit.settings import FitSettings
from scorestage.timebase import FRAMES_24, FilmTime

NARROW = FitSettings(lowest_bpm=90, wish_bpm=96, highest_bpm=102)  # type: ignore[arg-type]


def _ground(at: list[float], length: int = 60, settings: FitSettings = NARROW) -> Ground:
    hits = tuple(Hit(str(n), FilmTime(f"{moment:.9f}")) for n, moment in enumerate(at))
    return lay_ground(FilmTime(0), FilmTime(length), hits, FRAMES_24, settings)


def test_random_hits_keep_count_span_and_spacing() -> None:
    ground = _ground([3.0, 5.5, 20.0, 21.5, 50.0])
    seconds = draw_hits(ground, 300, seed=3)
    assert seconds.shape == (301, 7)
    assert np.allclose(seconds[0], [point.seconds for point in ground.points])
    assert (seconds[:, 0] == 0).all()
    assert (seconds[:, -1] == 60).all()
    assert (seconds[1:, 1:-1] >= 0).all()
    assert (seconds[1:, 1:-1] <= 60).all()
    assert np.diff(seconds[1:, 1:-1], axis=1).min() >= 1.5 - 1e-9
    middle = seconds[1:, 1:-1].mean()
    assert 27 < middle < 33


def test_the_same_seed_draws_the_same_hits() -> None:
    ground = _ground([3.0, 5.5])
    assert (draw_hits(ground, 50, 7) == draw_hits(ground, 50, 7)).all()
    assert (draw_hits(ground, 50, 7) != draw_hits(ground, 50, 8)).any()


def test_hits_made_from_a_tempo_beat_chance_in_both_searches() -> None:
    beat = 60 / 96
    made = [beat * number for number in (8, 16, 24, 36, 48, 64, 76, 88)]
    found = chances(_ground(made), 500, seed=1)
    assert set(found) == {"one tempo", "bending tempo"}
    for chance in found.values():
        assert chance.caught == chance.hits == 8
        assert chance.better_than_chance
        assert chance.points < chance.p5_points < chance.mean_points
    assert found["one tempo"].mean_caught < 6


def test_hits_at_random_do_not_beat_chance_more_often_than_promised() -> None:
    """Of 40 random cues at most a handful may pass a test that lets 5 % pass."""
    random = np.random.default_rng(11)
    passed = {"one tempo": 0, "bending tempo": 0}
    for seed in range(40):
        at = np.sort(random.uniform(0, 30, 5))
        for name, chance in chances(_ground(list(at), 30), 100, seed).items():
            passed[name] += chance.better_than_chance
    assert max(passed.values()) <= 7


def test_a_bending_tempo_catches_nearly_any_hits() -> None:
    """Why a count alone proves nothing: with bending tempos chance catches nearly all."""
    wide = FitSettings()
    found = chances(_ground([4.1, 9.7, 17.2, 23.9, 31.4, 44.0], settings=wide), 200, seed=5)
    assert found["bending tempo"].mean_caught > 5
    assert found["bending tempo"].p95_caught == 6


def test_no_hits_no_baseline() -> None:
    assert chances(_ground([]), 500, 1) == {}
    assert chances(_ground([3.0]), 0, 1) == {}
