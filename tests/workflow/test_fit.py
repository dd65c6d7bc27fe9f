"""Fitting a cue of a project: what is asked, what is chosen, what is told."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, small_project

from scorestage.errors import FitError, InputError, ScorestageError
from scorestage.production import Brief, HitWant, WayIn
from scorestage.tempofit import FitSettings
from scorestage.timebase import FilmTime, Meter
from scorestage.workflow.cues import add_cue, add_hit, change_cue
from scorestage.workflow.fit import FIT, choose, fit_cue, fit_cues, keep_best, settings_of
from scorestage.workflow.fit_wish import FitWish
from scorestage.workflow.job import Job
from scorestage.workflow.library import style_of
from scorestage.workflow.sources import SourceState, refresh

BASE = FitSettings(lowest_bpm=Fraction(60), highest_bpm=Fraction(100), wish_bpm=Fraction(80))


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A cue of twelve seconds with two hits."""
    job = small_project(tmp_path / "wick")
    cue_in(job)
    add_hit(again(job), "1m01", FilmTime(24), want=HitWant.DOWNBEAT, words="door")
    add_hit(again(job), "1m01", FilmTime("28.5"))
    return again(job)


@pytest.mark.parametrize(
    ("lowest", "highest", "wish", "expected"),
    [
        (None, None, None, (60, 100, 80)),
        (70, 90, None, (70, 90, 80)),
        (90, None, None, (90, 100, 90)),
        (None, 70, None, (60, 70, 70)),
        (120, None, None, (120, 120, 120)),
        (None, 50, None, (50, 50, 50)),
        (None, None, 130, (60, 130, 130)),
    ],
)
def test_what_is_said_wins_and_the_rest_gives_way(
    lowest: int | None,
    highest: int | None,
    wish: int | None,
    expected: tuple[int, int, int],
) -> None:
    exact = [None if one is None else Fraction(one) for one in (lowest, highest, wish)]
    found = FitWish(*exact).settings(BASE)
    assert (found.lowest_bpm, found.highest_bpm, found.wish_bpm) == expected
    assert found.meters == BASE.meters and found.breath_percent == BASE.breath_percent


@pytest.mark.parametrize(
    "wish",
    [
        FitWish(lowest_bpm=Fraction(120), highest_bpm=Fraction(90)),
        FitWish(wish_bpm=Fraction(0)),
        FitWish(lowest_bpm=Fraction(70), highest_bpm=Fraction(90), wish_bpm=Fraction(65)),
        FitWish(highest_bpm=Fraction(90), wish_bpm=Fraction(95)),
        FitWish(highest_bpm=Fraction(100_000)),
        FitWish(lowest_bpm=Fraction(1, 10)),
        FitWish(pickups_beats=(Fraction(4),)),
        FitWish(pickups_beats=(Fraction(1, 3),)),
        FitWish(lowest_bpm=Fraction(-5)),
        FitWish(breath_percent=Fraction(-1)),
        FitWish(top=0),
    ],
)
def test_what_makes_no_sense_is_refused(wish: FitWish) -> None:
    with pytest.raises(FitError):
        wish.settings(BASE)


def test_settings_follow_style_tone_and_cue(job: Job) -> None:
    """A tone of fear asks for another tempo than one of calm; a cue's own wishes go before both."""
    cue, style = job.cues()[0], style_of(job, job.cues()[0])
    plain = settings_of(job, cue)
    assert style.bpm_low <= plain.wish_bpm <= style.bpm_high
    assert plain.meters[0] == style.meters[0] and plain.seed == job.production.seed
    assert len({meter.click for meter in plain.meters}) == 1
    scared = replace(cue, tone=("panic", "threat"))
    calm = replace(cue, tone=("calm", "peace"))
    assert settings_of(job, scared).wish_bpm > settings_of(job, calm).wish_bpm
    briefed = replace(job, production=replace(job.production, brief=Brief(tone=("panic",))))
    assert settings_of(briefed, cue).wish_bpm > settings_of(job, calm).wish_bpm
    own = replace(cue, bpm_wish=Fraction(200), meters=("3/4",), way_in=WayIn.PICKUP)
    asked = settings_of(job, own)
    assert (asked.wish_bpm, asked.highest_bpm, asked.meters) == (200, 200, (Meter(3, 4),))
    assert [pickup.quarters for pickup in asked.pickups] == [1]
    assert settings_of(job, replace(cue, hits=())).start_late_frames == 0


def test_maps_fill_the_cue_and_tell_the_truth_about_their_hits(job: Job) -> None:
    rate = job.production.rate
    candidates = fit_cue(job, job.cues()[0], FitWish(top=3, seed=5))
    assert 1 <= len(candidates) <= 3
    assert [one.costs.total for one in candidates] == sorted(one.costs.total for one in candidates)
    for candidate in candidates:
        tempo_map = candidate.tempo_map
        assert abs(rate.frames_in(tempo_map.end - FilmTime(32))) <= 1
        assert 0 <= rate.frames_in(tempo_map.start - FilmTime(20)) <= 2
        for landing in candidate.hits:
            off = rate.frames_in(tempo_map.time_at(landing.at) - landing.hit.at)
            assert off == landing.off_frames and landing.caught == (abs(off) <= 1)


def test_the_map_chosen_is_the_one_in_force(job: Job) -> None:
    cue = job.cues()[0]
    candidates = fit_cue(job, cue, FitWish(top=3))
    chosen = choose(job, cue, candidates, len(candidates))
    assert chosen is candidates[-1]
    assert job.folder.map(cue.id, job.clock) == chosen.tempo_map
    assert refresh(again(job), cue, FIT).state is SourceState.KEPT
    for number in (0, len(candidates) + 1):
        with pytest.raises(InputError, match=rf"no map {number} \(choose 1 to"):
            choose(job, cue, candidates, number)


def test_a_map_is_kept_while_it_reaches_every_hit(job: Job) -> None:
    """A new title changes nothing; a hit moved by ten frames has the map made anew."""
    cue = job.cues()[0]
    assert refresh(job, cue, FIT).state is SourceState.MADE
    before = (job.folder.cue_folder(cue.id) / "map.toml").read_bytes()
    change_cue(job, cue.number, title="Dawn")
    assert refresh(again(job), again(job).cues()[0], FIT).state is SourceState.KEPT
    add_hit(again(job), cue.number, FilmTime("26.3"), weight=5)
    moved = again(job).cues()[0]
    assert refresh(again(job), moved, FIT).state is SourceState.MADE
    fresh = job.folder.map(cue.id, job.clock)
    assert fresh is not None
    assert (job.folder.cue_folder(cue.id) / "map.toml").read_bytes() != before or not fit_cue(
        again(job), moved
    )[0].missed


def test_a_cue_without_a_place_or_length_gets_bars_all_the_same(tmp_path: Path) -> None:
    job = small_project(tmp_path / "song", picture=False)
    free = add_cue(job, None, None)
    timed = add_cue(again(job), None, None, length_seconds=Fraction(11))
    job = again(job)
    bars = fit_cue(job, free)[0].tempo_map
    assert bars.start == FilmTime(0) and len(bars.grid.bars) > 1
    end = fit_cue(job, timed)[0].tempo_map.end
    assert abs(job.production.rate.frames_in(end - FilmTime(11))) <= 1


def test_many_cues_are_fitted_in_order_whoever_does_it(job: Job) -> None:
    """Eight cues in two processes answer as one by one here; a cue without a map says why."""
    for number in range(7):
        cue_in(job, 40 + 10 * number, 47 + 10 * number if number != 3 else "70.05")
    cues = again(job).cues()
    there = list(fit_cues(again(job), cues, FitWish(draws=20), workers=2))
    here = list(fit_cues(again(job), cues, FitWish(draws=20), workers=1))
    assert len(there) == len(cues) == 8
    for cue, one, other in zip(cues, there, here, strict=True):
        if isinstance(one, ScorestageError):
            assert cue.seconds == Fraction(1, 20) and str(one) == str(other)
        else:
            assert one == other
    assert sum(isinstance(one, ScorestageError) for one in there) == 1


def test_the_best_is_kept_once(job: Job) -> None:
    cue = job.cues()[0]
    candidates = fit_cue(job, cue)
    keep_best(job, cue, candidates)
    path = job.folder.cue_folder(cue.id) / "map.toml"
    assert job.folder.map(cue.id, job.clock) == candidates[0].tempo_map
    path.write_bytes(path.read_bytes() + b"# mine\n")
    keep_best(again(job), cue, candidates[1:])
    assert path.read_bytes().endswith(b"# mine\n")
    assert refresh(again(job), cue, FIT).state is SourceState.BY_HAND
