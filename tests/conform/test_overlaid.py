"""Frames laid over one another, weighed in units of noise: against the same worked out plainly."""

from __future__ import annotations

import numpy as np
import pytest
from tests.conform.drawn_films import as_film, drawn_shot, grain

from scorestage.conform import overlaid
from scorestage.conform.framing import Framing
from scorestage.conform.overlaid import Fit, FittedFilms, texture
from scorestage.conform.pictures import COLUMNS, ROWS, FilmFrames

OLD = as_film([drawn_shot(40, seed, 0.6) for seed in (31, 32, 33)])
NEW = grain(OLD, 5)


def fit(coarse: float = 0.0) -> Fit:
    shown = np.ones((ROWS, COLUMNS), dtype=np.bool_)
    shown[:3] = False
    chance = np.random.default_rng(8)
    sigma = chance.uniform(1, 4, (ROWS, COLUMNS)).astype(np.float32)
    tone = np.linspace(10, 240, 256, dtype=np.float32)
    return Fit(Framing(), (shown, shown), tone, sigma, coarse)


def plainly(new: FilmFrames, old: FilmFrames, by: Fit, at: int, there: int) -> float:
    """How unlike two frames are, by the definition."""
    cells = by.registration.cells
    weights = 1 / by.sigma[cells].astype(np.float64)
    told = new.signatures[at][cells] * weights
    shown = by.tone[old.signatures[there]][cells] * weights
    noise = 1 + by.coarse * float(texture(new.signatures[at : at + 1])[0])

    def capped(off: np.ndarray) -> float:
        share = np.clip(np.abs(off) / (5 * noise) - 0.7 / 5, 0, 1)
        return float((share**2).mean() - 0.75 * min(0.2, (share == 1).mean()))

    found = capped(told - shown)
    if found <= 0.004:
        return found
    level = [float(one @ weights / (weights @ weights)) for one in (told, shown)]
    told, shown = told - level[0] * weights, shown - level[1] * weights
    gain = float(np.clip(shown @ told / (shown @ shown + 1), 0.05, 3))
    price = 0.07 * max(0.0, abs(np.log(gain)) - 0.25) ** 2
    price += 0.015 * (abs(level[0] - gain * level[1]) > 6)
    return min(found, capped(told - gain * shown) + price)


@pytest.mark.parametrize("coarse", [0.0, 0.05])
@pytest.mark.parametrize("long", [False, True])
def test_frames_are_as_unlike_as_the_definition_says(
    coarse: float, long: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if long:
        monkeypatch.setattr(overlaid, "_LONG_FRAMES", 10)
    chance = np.random.default_rng(3)
    news = chance.integers(0, len(NEW), 300)
    olds = np.where(chance.random(300) < 0.5, news, chance.integers(0, len(OLD), 300))
    by = fit(coarse)
    told = FittedFilms(OLD, NEW, by).unlike(news, olds)
    right = [plainly(NEW, OLD, by, *pair) for pair in zip(news, olds, strict=True)]
    assert told == pytest.approx(right, abs=0.01 if long else 2e-4)


def test_what_the_fit_says_of_a_number_burnt_in() -> None:
    by = fit()
    sigma = by.sigma.copy()
    sigma[15:17, 8:20] = 60
    marked = Fit(by.framing, by.shown, by.tone, sigma)
    assert not marked.telling().cells[15:17, 8:20].any()
    assert marked.telling().cells[4:15].all()
