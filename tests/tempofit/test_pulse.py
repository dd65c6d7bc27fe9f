from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np

from scorestage.production import Hit
from scorestage.tempofit.chance import chances, draw_hits
from scorestage.tempofit.ground import Ground, lay_ground
from scorestage.tempofit.pulse import even_pulses
from scorestage.tempofit.settings import FitSettings
from scorestage.timebase import FRAMES_24, FilmTime

RANGE = FitSettings(
    lowest_bpm=Fraction(60),
    wish_bpm=Fraction(96),
    highest_bpm=Fraction(140),
    meters=FitSettings().meters[:2],
)


def _planted(bpm: float, beats: list[int], length: int = 60, late: int = 0) -> Ground:
    """Hits on the nearest frames of beats of one tempo."""
    frames = [round(beat * 60 / bpm * 24) + late for beat in beats]
    hits = tuple(Hit(str(n), FilmTime(Fraction(frame, 24))) for n, frame in enumerate(frames))
    return lay_ground(FilmTime(0), FilmTime(length), hits, FRAMES_24, RANGE)


def _beats(seed: int, bpm: float, count: int, length: int = 60) -> list[int]:
    random = np.random.default_rng(seed)
    return sorted(random.choice(np.arange(2, int(length * bpm / 60) - 1), count, False).tolist())


def test_hits_of_one_tempo_are_found_whatever_the_tempo() -> None:
    """Of twelve, eleven: the search is a quick one, and starts are a frame apart."""
    met = 0
    for bpm in (63.35, 78.2, 103.85, 115.75, 125.45, 137.9):
        for late in (0, 2):
            ground = _planted(bpm, _beats(int(bpm), bpm, 12), late=late)
            found = even_pulses(ground, np.array([[point.seconds for point in ground.points]]))
            assert found is not None
            met += found.missed[0] <= 1
    assert met >= 11


def test_hits_of_one_tempo_are_better_than_chance_though_the_cue_ends_between_its_beats() -> None:
    for seed, bpm in enumerate((71.15, 111.15, 119.75, 131.3)):
        ground = _planted(bpm, _beats(seed, bpm, 14))
        chance = chances(ground, 200, seed)["bending tempo"]
        assert chance.caught >= 13 > chance.mean_caught
        assert chance.better_than_chance


def test_no_pulse_is_cheaper_than_all_of_them_tried_one_by_one() -> None:
    """A search of its own: every tempo and start, hits and wish alone, never dearer."""
    ground = _planted(118.4, _beats(5, 118.4, 9))
    seconds = draw_hits(ground, 12, 3)
    found = even_pulses(ground, seconds)
    assert found is not None
    weights = ground.weights
    rates = np.linspace(ground.lowest, ground.highest, 6000)
    for row, moments in enumerate(seconds):
        least = math.inf
        for start in np.linspace(0, ground.start_late, 13):
            points = weights.wish * (np.log(rates / ground.wish) / weights.wish_scale) ** 2
            for number, point in enumerate(ground.points):
                if point.hit is None:
                    continue
                unit = (moments[number] - start) * rates
                off = (np.rint(unit) - unit) / rates
                scale = np.where(off < 0, weights.early_seconds, weights.late_seconds)
                flaw = np.minimum(
                    weights.off * point.weight * (off / scale) ** 2, 0.75 * point.price
                )
                caught = (-point.early <= off) & (off <= point.late)
                points = points + np.where(caught, flaw, point.price)
            least = min(least, float(points.min()))
        assert found.points[row] >= least - 2.0  # grids of both differ a little


def test_the_same_hits_in_any_row_cost_the_same() -> None:
    """The real hits are judged as the draws are: the promise of 1 in 20 hangs on it."""
    ground = _planted(90.0, _beats(2, 90.0, 8))
    seconds = draw_hits(ground, 100, 9)
    forward, backward = even_pulses(ground, seconds), even_pulses(ground, seconds[::-1])
    assert forward is not None
    assert backward is not None
    assert np.allclose(forward.points, backward.points[::-1])


def test_a_cue_without_room_for_a_pulse_has_none() -> None:
    ground = _planted(90.0, [2, 4])
    narrow = replace(ground, lowest=ground.lowest / 1000, highest=ground.lowest / 999)
    assert even_pulses(narrow, np.array([[point.seconds for point in ground.points]])) is None
