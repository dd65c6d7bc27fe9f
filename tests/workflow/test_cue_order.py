"""Cues moved, merged and numbered anew; what is wished of their maps."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, small_project

from scorestage.errors import FitError, InputError
from scorestage.production import CueStatus, WayOut
from scorestage.timebase import FilmRange, FilmSpan, FilmTime, Meter
from scorestage.workflow.cue_order import merge_cues, move_cue, renumber, restore_cue, wish_for
from scorestage.workflow.cues import add_cue, add_hit, change_cue, omit_cue, split_cue
from scorestage.workflow.fit import settings_of
from scorestage.workflow.fit_wish import FitWish
from scorestage.workflow.job import Job


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A cue of twelve seconds with two hits."""
    job = small_project(tmp_path / "wick")
    cue_in(job)
    add_hit(again(job), "1m01", FilmTime(24), words="door")
    add_hit(again(job), "1m01", FilmTime("28.5"))
    return again(job)


def test_a_cue_moves_and_its_hits_stay_at_their_pictures(job: Job) -> None:
    moved = move_cue(job, "1m01", FilmSpan("-1/2"))
    assert (moved.start, moved.end) == (FilmTime("39/2"), FilmTime("63/2"))
    assert [hit.at for hit in moved.hits] == [FilmTime(24), FilmTime("57/2")]
    with pytest.raises(InputError, match=r"a hit at 24.000 s lies outside"):
        move_cue(again(job), "1m01", FilmSpan(6))
    assert again(job).cue("1m01") == moved
    with pytest.raises(InputError, match="outside the film"):
        move_cue(again(job), "1m01", FilmSpan(-30), with_hits=True)


def test_a_cue_moves_with_its_hits(job: Job) -> None:
    wish_for(job, "1m01", FitWish(steady=(FilmRange(FilmTime(21), FilmTime(23)),)))
    moved = move_cue(again(job), "1m01", FilmSpan(60), with_hits=True)
    assert [hit.at for hit in moved.hits] == [FilmTime(84), FilmTime("177/2")]
    assert moved.steady == (FilmRange(FilmTime(81), FilmTime(83)),)
    with pytest.raises(InputError, match="no place in the film"):
        free = add_cue(again(job), None, None, length_seconds=Fraction(9))
        move_cue(again(job), free.id, FilmSpan(1))


def test_what_was_split_merges_again(job: Job) -> None:
    before = job.cue("1m01")
    first, second = split_cue(job, "1m01", FilmTime(26))
    merged = merge_cues(again(job), second.number, first.number)
    assert (merged.id, merged.number) == (before.id, "1m01")
    assert (merged.start, merged.end, merged.way_out) == (before.start, before.end, before.way_out)
    assert [hit.at for hit in merged.hits] == [hit.at for hit in before.hits]
    assert again(job).cue(second.id).status is CueStatus.OMITTED
    with pytest.raises(InputError, match="with itself"):
        merge_cues(again(job), "1m01", "1m01")


def test_hits_of_one_name_keep_apart(job: Job) -> None:
    cue_in(job, 40, 50, way_out=WayOut.CUT, tone=("calm",))
    add_hit(again(job), "1m02", FilmTime(44), words="lamp")
    merged = merge_cues(again(job), "1m01", "1m02")
    assert [(hit.id, hit.words) for hit in merged.hits] == [
        ("h1", "door"),
        ("h2", ""),
        ("h3", "lamp"),
    ]
    assert merged.way_out is WayOut.CUT and merged.tone == ("calm",)
    assert merged.end == FilmTime(50)


def test_an_omitted_cue_comes_back(job: Job) -> None:
    omit_cue(job, "1m01")
    assert restore_cue(again(job), "1m01").status is CueStatus.SPOTTED
    with pytest.raises(InputError, match="not omitted but spotted"):
        restore_cue(again(job), "1m01")


def test_numbers_follow_the_film_again(job: Job) -> None:
    """Reel 2 begins at 100 s; an omitted cue keeps its place in the order."""
    cue_in(job, 110, 120)
    cue_in(job, 2, 9)
    cue_in(job, 50, 60)
    omit_cue(again(job), "1m04")
    ids = {cue.number: cue.id for cue in again(job).production.cues}
    assert renumber(again(job)) == (
        ("1m03", "1m01"),
        ("1m01", "1m02"),
        ("1m04", "1m03"),
        ("2m02", "2m04"),
    )
    now = {cue.number: cue.id for cue in again(job).production.cues}
    assert now == {
        "1m01": ids["1m03"],
        "1m02": ids["1m01"],
        "1m03": ids["1m04"],
        "2m04": ids["2m02"],
    }
    assert renumber(again(job)) == ()


def test_wishes_are_kept_and_heeded(job: Job) -> None:
    span = FilmRange(FilmTime(21), FilmTime(25))
    wish = FitWish(
        lowest_bpm=Fraction(70),
        highest_bpm=Fraction(90),
        wish_bpm=Fraction(80),
        meters=(Meter(3, 4),),
        breath_percent=Fraction(2),
        pickups_beats=(Fraction(0), Fraction(1)),
        start_late_frames=Fraction(1),
        ramps=False,
        fermatas=True,
        free_bars=True,
        steady=(span,),
    )
    wish_for(job, "1m01", wish)
    cue = again(job).cue("1m01")
    found = settings_of(again(job), cue)
    assert (found.lowest_bpm, found.wish_bpm, found.highest_bpm) == (70, 80, 90)
    assert found.meters == (Meter(3, 4),) and found.steady == (span,)
    assert (found.ramps, found.fermatas, found.free_bars) == (False, True, True)
    assert [pickup.quarters for pickup in found.pickups] == [0, 1]
    assert (found.breath_percent, found.start_late_frames) == (2, 1)
    wish_for(again(job), "1m01", FitWish(fermatas=False))
    assert again(job).cue("1m01").breath_percent == 2
    wish_for(again(job), "1m01", FitWish(), anew=True)
    assert settings_of(again(job), again(job).cue("1m01")) == settings_of(job, job.cue("1m01"))


def test_wishes_that_cannot_stand_leave_no_trace(job: Job) -> None:
    path = job.folder.cue_folder(job.cue("1m01").id) / "cue.toml"
    before = path.read_bytes()
    with pytest.raises(FitError, match="swap the two"):
        wish_for(job, "1m01", FitWish(lowest_bpm=Fraction(120), highest_bpm=Fraction(80)))
    assert path.read_bytes() == before
    change_cue(job, "1m01", bpm_highest=Fraction(80))
    with pytest.raises(FitError):
        wish_for(again(job), "1m01", FitWish(lowest_bpm=Fraction(120)))
