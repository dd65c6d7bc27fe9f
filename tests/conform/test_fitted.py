"""Films laid over one another: grading and burnt-in numbers leave frames the same."""

from __future__ import annotations

import numpy as np
from tests.conform.drawn_films import as_film, drawn_shot

from scorestage.conform.fitted import fit_of, tone_curve
from scorestage.conform.framing import Framing, picture_shown
from scorestage.conform.overlaid import FittedFilms
from scorestage.conform.pictures import FilmFrames


def graded(film: FilmFrames) -> FilmFrames:
    """Darker, and numbers that change with every frame burnt in below."""
    made = ((film.signatures / 255) ** 1.4 * 230).astype(np.uint8)
    chance = np.random.default_rng(7)
    made[:, 15:17, 10:22] = chance.integers(0, 255, (len(made), 2, 12))
    return FilmFrames(made, film.rate)


def test_frames_graded_and_burnt_in_are_the_same_and_their_neighbours_are_not() -> None:
    old = as_film([drawn_shot(60, seed, 0.7) for seed in range(6)])
    new = graded(old)
    shown = picture_shown(old.signatures), picture_shown(new.signatures)
    pairs = np.arange(0, len(old), 3), np.arange(0, len(old), 3)
    fit = fit_of(old, new, pairs, shown, Framing())
    assert fit is not None
    assert fit.sigma[16, 12] > 10 * fit.sigma[4, 4]
    films = FittedFilms(old, new, fit)
    inside = np.flatnonzero(np.arange(len(old)) % 60 < 59)
    same, next_one = films.unlike(inside, inside), films.unlike(inside, inside + 1)
    assert (same < next_one).mean() > 0.98
    assert float(np.median(next_one)) > 3 * float(np.median(same))


def test_a_shot_that_is_faded_is_still_the_same() -> None:
    old = as_film([drawn_shot(60, seed, 0.7) for seed in range(6)])
    faded = old.signatures.copy()
    faded[60:120] = (faded[60:120] * 0.4).astype(np.uint8)
    new = FilmFrames(faded, old.rate)
    pairs = np.arange(0, 360, 4), np.arange(0, 360, 4)
    shown = picture_shown(old.signatures), picture_shown(new.signatures)
    fit = fit_of(old, new, pairs, shown, Framing())
    assert fit is not None
    films = FittedFilms(old, new, fit)
    shot = np.arange(60, 120)
    assert float(films.unlike(shot, shot).max()) < 0.15
    assert float(films.unlike(shot, shot + 90).min()) > 0.2


def test_too_few_pairs_tell_nothing() -> None:
    film = as_film([drawn_shot(10, 1)])
    shown = picture_shown(film.signatures), picture_shown(film.signatures)
    assert fit_of(film, film, (np.arange(5), np.arange(5)), shown, Framing()) is None


def test_a_tone_curve_never_falls() -> None:
    chance = np.random.default_rng(3)
    old = chance.integers(0, 256, 20_000).astype(np.float32)
    new = 255 * (old / 255) ** 1.4 + chance.normal(0, 3, len(old)).astype(np.float32)
    told = tone_curve(old, new.astype(np.float32))
    assert (np.diff(told) >= -1e-4).all()
    assert abs(float(told[128]) - 255 * (128 / 255) ** 1.4) < 2
