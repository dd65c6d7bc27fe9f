"""The films' plain parts: how music steps back under words, and when a film is made again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.builder import Output, Product
from scorestage.production import Hit
from scorestage.timebase import FilmRange, FilmTime
from scorestage.workflow.job import Job
from scorestage.workflow.products.films import DIP_DB, dip_curve, review_film, stage_film

RATE_HZ = 48_000
DOWN = 10 ** (DIP_DB / 20)


def spoken(*ends: tuple[float, float]) -> tuple[FilmRange, ...]:
    return tuple(FilmRange(FilmTime(str(a)), FilmTime(str(b))) for a, b in ends)


def at(curve: np.ndarray, seconds: float) -> float:
    return float(curve[round(seconds * RATE_HZ)])


def test_music_steps_back_before_the_first_word_and_returns_after_the_last() -> None:
    curve = dip_curve(spoken((2.0, 3.0)), 6 * RATE_HZ)
    assert len(curve) == 6 * RATE_HZ and curve.dtype == np.float32
    assert at(curve, 1.6) == at(curve, 3.4) == 1.0
    assert at(curve, 2.0) == pytest.approx(DOWN, rel=1e-3)
    assert at(curve, 2.5) == pytest.approx(DOWN, rel=1e-6)
    assert at(curve, 3.0) == pytest.approx(DOWN, rel=1e-3)
    assert DOWN < at(curve, 1.825) < 1 and DOWN < at(curve, 3.175) < 1
    assert curve.min() >= DOWN * 0.999 and curve.max() == 1.0


def test_the_dip_is_smooth_and_words_close_together_share_it() -> None:
    """No click: under 0.03 dB from sample to sample. A breath between words does not pump."""
    curve = dip_curve(spoken((1.0, 2.0), (1.5, 2.5), (2.6, 3.0)), 5 * RATE_HZ)
    assert np.abs(np.diff(20 * np.log10(curve))).max() < 0.03
    assert at(curve, 2.55) < 10 ** (0.8 * DIP_DB / 20)


def test_without_words_nothing_happens() -> None:
    assert (dip_curve((), RATE_HZ) == 1.0).all()
    assert len(dip_curve(spoken((0.1, 0.2)), 0)) == 0
    outside = dip_curve(spoken((50.0, 60.0)), RATE_HZ)
    assert (outside == 1.0).all()


def make_nothing() -> tuple[Output, ...]:
    return ()


def mockup(inputs: str) -> Product:
    return Product("1m01/mockup", "mock-up", make_nothing, (), inputs)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 32, title="Storm", hits=(Hit("h1", FilmTime(24), "door"),))
    write_map(job, cue, map_of_bars(FilmTime(20)))
    return again(job)


def inputs_of(job: Job, inputs: str = "a") -> str:
    (product,) = review_film(job, (mockup(inputs),))
    return product.inputs


def test_the_review_film_follows_music_picture_and_words(job: Job) -> None:
    plain = inputs_of(job)
    cue = job.cues()[0]
    assert inputs_of(again(job)) == plain != inputs_of(job, "b")
    words = job.save_cue(replace(cue, dialogue=spoken((21, 22))))
    assert inputs_of(words) != plain
    back = words.save_cue(replace(cue, title="Dawn"))
    assert inputs_of(back) == plain
    recut = replace(job.picture(), sha256="1" * 64)
    assert inputs_of(job.save(replace(back.production, pictures=(recut,)))) != plain
    (product,) = review_film(job, (mockup("a"),))
    assert product.needs == ("1m01/mockup",)


def test_no_picture_no_review_film(tmp_path: Path) -> None:
    assert review_film(small_project(tmp_path / "song", picture=False), ()) == ()


def test_the_stage_film_follows_what_is_seen_on_it(job: Job) -> None:
    cue = job.cues()[0]
    plain = stage_film(job, cue).inputs
    assert stage_film(again(job), cue).inputs == plain
    assert stage_film(job, replace(cue, title="Dawn")).inputs != plain
    flagged = replace(cue, hits=(replace(cue.hits[0], streamer=True),))
    assert stage_film(job, flagged).inputs != plain
    assert stage_film(job, replace(cue, why=("because",), tone=("calm",))).inputs == plain
    write_map(job, cue, map_of_bars(FilmTime(20), bpm=118))
    assert stage_film(job, cue).inputs != plain
