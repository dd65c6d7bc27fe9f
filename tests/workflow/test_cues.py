"""Cues and hits by hand: numbers, splits, places, and what `spot` is told to leave alone."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, small_project

from scorestage.errors import InputError
from scorestage.production import CueStatus, HitStatus, Layer, reel_and_cue
from scorestage.timebase import FilmRange, FilmTime
from scorestage.workflow.cues import (
    add_cue,
    add_hit,
    change_cue,
    change_hit,
    drop_hit,
    next_number,
    omit_cue,
    reel_of,
    split_cue,
)
from scorestage.workflow.job import Job


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return small_project(tmp_path / "wick")


def files(job: Job) -> dict[str, bytes]:
    root = job.folder.root
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*.toml")}


def test_numbers_run_through_the_film_with_the_reel_they_lie_in(job: Job) -> None:
    """Reel 2 begins at frame 2400, which is 100 s."""
    assert cue_in(job, 20, 30).number == "1m01"
    assert cue_in(job, 100, 110).number == "2m02"
    assert cue_in(job, 50, 60, number="1m07").number == "1m07"
    assert cue_in(job, "99.99", 101).number == "1m08"
    assert next_number(again(job).production, None) == "1m09"
    assert reel_of(job.production, FilmTime(199)) == 2 and reel_of(job.production, None) == 1


def test_what_a_person_adds_is_kept_and_written_to_the_picture(job: Job) -> None:
    cue = cue_in(job, 20, 30, title="Dawn", tone=("calm",))
    assert again(job).cues() == (cue,)
    assert cue.kept and cue.status is CueStatus.SPOTTED and cue.written_to == "v1"
    assert cue.title == "Dawn" and cue.tone == ("calm",)


def test_a_number_is_never_used_twice_even_if_omitted(job: Job) -> None:
    first = cue_in(job, 20, 30)
    assert omit_cue(again(job), first.number).status is CueStatus.OMITTED
    assert cue_in(job, 20, 30).number == "1m02"
    before = files(job)
    for number in ("1m01", " 1m01 "):
        with pytest.raises(InputError, match="there is a cue 1m01 already"):
            add_cue(again(job), FilmTime(40), FilmTime(50), number=number)
        with pytest.raises(InputError, match="already"):
            change_cue(again(job), "1m02", number=number)
    assert change_cue(again(job), "1m02", number="1m02").number == "1m02"
    before |= {name: text for name, text in files(job).items() if "cue002" in name}
    assert files(job) == before


@pytest.mark.parametrize(
    ("start", "end", "number", "told"),
    [
        (10, 4, "", "before it starts"),
        (10, 201, "", "ends at 201.000 s, outside the film"),
        (-1, 4, "", "starts at -1.000 s"),
        (10, 20, "first", "no cue number"),
    ],
)
def test_a_cue_that_cannot_be_leaves_no_trace(
    job: Job, start: int, end: int, number: str, told: str
) -> None:
    before = files(job)
    with pytest.raises(InputError, match=told):
        add_cue(job, FilmTime(start), FilmTime(end), number=number)
    assert files(job) == before and not list((job.folder.root / "cues").glob("*"))


def test_without_a_picture_a_cue_may_stand_anywhere_or_nowhere(tmp_path: Path) -> None:
    job = small_project(tmp_path / "song", picture=False)
    free = add_cue(job, None, None, title="Overture")
    late = add_cue(again(job), FilmTime(9000), FilmTime(9100))
    assert (free.number, late.number) == ("1m01", "1m02")
    assert free.seconds is None and [cue.id for cue in again(job).cues()] == [late.id, free.id]


def test_a_changed_cue_is_the_persons(job: Job) -> None:
    cue = cue_in(job)
    job.save_cue(replace(cue, kept=False))
    changed = change_cue(again(job), cue.number, start=FilmTime(18), title="Later")
    assert again(job).cue(cue.id) == changed and changed.kept
    assert (changed.start, changed.end, changed.title) == (FilmTime(18), FilmTime(32), "Later")


def test_a_cue_cannot_move_away_from_its_hits(job: Job) -> None:
    cue = cue_in(job, 20, 40)
    add_hit(again(job), cue.number, FilmTime(38))
    before = files(job)
    for change in ({"end": FilmTime(37)}, {"start": FilmTime(39)}):
        with pytest.raises(InputError, match=r"hit at 38\.000 s lies outside the cue"):
            change_cue(again(job), cue.number, **change)
    assert files(job) == before
    drop_hit(again(job), cue.number, "h1")
    assert change_cue(again(job), cue.number, end=FilmTime(37)).end == FilmTime(37)


def test_hits_get_the_first_free_name_and_are_the_persons(job: Job) -> None:
    cue = cue_in(job)
    one = add_hit(again(job), cue.number, FilmTime(25), words="slam", weight=5)
    two = add_hit(again(job), cue.number, FilmTime(22))
    assert (one.id, two.id) == ("h1", "h2") and one.status is HitStatus.KEPT
    assert [hit.id for hit in again(job).cue(cue.id).hits] == ["h2", "h1"]
    assert again(job).cue(cue.id).hits[1] == one


@pytest.mark.parametrize("at", ["19.999", "32.001"])
def test_hits_lie_inside_their_cue(job: Job, at: str) -> None:
    cue = cue_in(job)
    with pytest.raises(InputError, match="outside the cue"):
        add_hit(again(job), cue.number, FilmTime(at))
    add_hit(again(job), cue.number, FilmTime(20))
    add_hit(again(job), cue.number, FilmTime(32))
    with pytest.raises(InputError, match="outside the cue"):
        change_hit(again(job), cue.number, "h1", at=FilmTime(at))
    assert [hit.at for hit in again(job).cue(cue.id).hits] == [FilmTime(20), FilmTime(32)]


def test_a_dropped_hit_stays_in_the_notes_and_can_come_back(job: Job) -> None:
    cue = cue_in(job)
    add_hit(again(job), cue.number, FilmTime(25), words="slam")
    drop_hit(again(job), cue.number, "h1")
    dropped = again(job).cue(cue.id)
    assert dropped.live_hits == () and dropped.hits[0].words == "slam"
    assert dropped.hits[0].why == ""
    drop_hit(again(job), cue.number, "h1", "too comic")
    assert again(job).cue(cue.id).hits[0].why == "rejected: too comic"
    assert change_hit(again(job), cue.number, "h1", locked=True).status is HitStatus.KEPT
    with pytest.raises(InputError, match=r"no hit 'h7' \(hits: h1\)"):
        change_hit(again(job), cue.number, "h7", weight=1)


def test_a_split_shares_out_hits_and_dialogue(job: Job) -> None:
    spoken = tuple(FilmRange(FilmTime(a), FilmTime(b)) for a, b in ((21, 22), (25, 27), (30, 31)))
    cue = cue_in(job, 20, 32, title="Storm", dialogue=spoken)
    for at in (22, 26, 28):
        add_hit(again(job), cue.number, FilmTime(at))
    first, second = split_cue(again(job), cue.number, FilmTime(26))
    assert again(job).cues() == (first, second)
    assert (first.number, second.number) == ("1m01", "1m01a")
    assert (first.id, second.title) == (cue.id, "Storm (2)") and first.id != second.id
    assert (first.start, first.end, second.start, second.end) == tuple(
        FilmTime(at) for at in (20, 26, 26, 32)
    )
    assert [hit.at for hit in first.hits] == [FilmTime(22)]
    assert [hit.at for hit in second.hits] == [FilmTime(26), FilmTime(28)]
    assert first.dialogue == spoken[:2] and second.dialogue == spoken[1:]


def test_a_cue_can_be_split_again_and_again(job: Job) -> None:
    """Letters go round the trade's `s` for source music; the project stays readable."""
    cue_in(job, 20, 120)
    name = "1m01"
    found = [name]
    for at in range(30, 54):
        name = split_cue(again(job), name, FilmTime(at))[1].number
        found.append(name)
    assert found[1:4] == ["1m01a", "1m01b", "1m01c"] and "1m01s" not in found
    assert len(set(found)) == 25 and {reel_and_cue(one) for one in found} == {(1, 1)}
    assert [cue.number for cue in again(job).cues()] == found
    split_cue(again(job), name, FilmTime(60))
    with pytest.raises(InputError, match="letters are used up"):
        split_cue(again(job), "1m01", FilmTime(25))


@pytest.mark.parametrize("at", [20, 32, 5])
def test_a_split_lies_inside(job: Job, at: int) -> None:
    cue = cue_in(job)
    with pytest.raises(InputError, match="only be split inside"):
        split_cue(again(job), cue.number, FilmTime(at))
    free = add_cue(again(job), None, None, length_seconds=Fraction(60))
    with pytest.raises(InputError, match="only be split inside"):
        split_cue(again(job), free.number, FilmTime(30))


def test_source_music_is_marked_in_its_number_both_ways(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 30)
    radio = change_cue(again(job), cue.number, layer=Layer.SOURCE)
    assert radio.number == "1m01s" and radio.layer is Layer.SOURCE
    assert change_cue(again(job), "1m01s", layer=Layer.SCORE).number == "1m01"
    assert change_cue(again(job), "1m01", number="1s01").layer is Layer.SOURCE
    assert add_cue(again(job), FilmTime(40), FilmTime(50), number="1m02s").layer is Layer.SOURCE
    song = add_cue(again(job), FilmTime(60), FilmTime(70), layer=Layer.SOURCE)
    assert song.number == "1m03s"


def test_an_insert_has_the_letter_after_the_cue_before_it(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue_in(job, 20, 30)
    cue_in(job, 60, 70)
    assert cue_in(job, 40, 45, insert=True).number == "1m01a"
    assert cue_in(job, 50, 55, insert=True).number == "1m01b"
    with pytest.raises(InputError, match="no cue before it"):
        cue_in(job, 5, 10, insert=True)
