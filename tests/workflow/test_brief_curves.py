"""Curves drawn over a cue of a project."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.errors import InputError
from scorestage.production import CurveKind, CurvePoint
from scorestage.timebase import FRAMES_24, FilmTime
from scorestage.workflow.brief_curves import curves_from_picture, draw_curves, tell_curves
from scorestage.workflow.themes import ensure_theme


def test_a_curve_is_kept_in_the_cue_and_told_bar_by_bar(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job)
    write_map(job, cue, map_of_bars(FilmTime(20)))
    job = ensure_theme(again(job))
    job = draw_curves(job, job.cue(cue.id), {CurveKind.TENSION: "0:00=0, 0:08=10"})
    kept = again(job).cue(cue.id)
    assert kept.tension == (CurvePoint("0:00", Fraction(0)), CurvePoint("0:08", Fraction(10)))
    told = tell_curves(job, kept)
    assert [bar["tension"] for bar in told["bars"]] == [0, 2.5, 5, 7.5, 10, 10]
    assert {bar["arousal"] for bar in told["bars"]} == {5}
    job = draw_curves(job, kept, {CurveKind.TENSION: "none"})
    assert again(job).cue(cue.id).tension == ()


def test_a_hit_that_is_not_there_is_refused_and_nothing_written(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job)
    with pytest.raises(InputError, match="no hit 'h9'"):
        draw_curves(again(job), again(job).cue(cue.id), {CurveKind.VALENCE: "hit:h9=3"})
    assert again(job).cue(cue.id).valence == ()


def test_the_picture_draws_how_it_moves_and_how_bright_it_is(tmp_path: Path) -> None:
    """A film still and dark, then moving and bright; the cue lies over both."""
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 40)
    half = 24 * 30
    stir = np.concatenate([np.full(half, 0.1), np.full(half, 9.0)])
    light = np.concatenate([np.full(half, 20.0), np.full(half, 200.0)])

    class Picture(SimpleNamespace):
        def __len__(self) -> int:
            return len(light)

    footage: Any = SimpleNamespace(picture=Picture(rate=FRAMES_24, stir=stir, light=light))
    curves = curves_from_picture(cue, footage)
    for curve in curves.values():
        levels = [point.level for point in curve]
        assert levels == sorted(levels)
        assert levels[0] < 5 < levels[-1]
    assert set(curves) == {CurveKind.AROUSAL, CurveKind.VALENCE}
