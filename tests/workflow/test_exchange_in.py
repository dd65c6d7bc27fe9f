"""A map of another program becomes a cue's own: placed, compared, refused, never a hit lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.adapters.session import Imported, Marker, MarkerKind
from scorestage.adapters.store import is_by_hand, read_provenance
from scorestage.errors import InputError
from scorestage.production import HitStatus
from scorestage.timebase import FilmSpan, FilmTime
from scorestage.workflow.cues import add_hit, drop_hit
from scorestage.workflow.exchange_in import ImportReport, ImportWish, import_into, tell_map
from scorestage.workflow.fit import FIT, MAP
from scorestage.workflow.job import Job
from scorestage.workflow.sources import SourceState, refresh

FILE = Imported("", map_of_bars(FilmTime(0), bars=6, bpm=120))
SLOW = Imported("", map_of_bars(FilmTime(0), bars=4, bpm=83))


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """One cue from 20 to 32 s with a hit on a beat at 120, no map yet."""
    made = small_project(tmp_path / "project")
    cue = cue_in(made, title="Storm")
    add_hit(again(made), cue.number, FilmTime("24.5"), words="door slams")
    return again(made)


def taken(job: Job, found: Imported, **wish: object) -> ImportReport:
    job = again(job)
    return import_into(job, job.cue("1m01"), found, ImportWish(**wish))  # type: ignore[arg-type]


def test_it_becomes_the_cues_map_and_a_persons_file(job: Job) -> None:
    report = taken(job, FILE)
    assert report.applied and report.placed_by == "bar 1 at the cue's start"
    assert job.folder.map("cue001", job.clock) == map_of_bars(FilmTime(20), bars=6)
    folder = job.folder.cue_folder("cue001")
    assert is_by_hand(folder, MAP, read_provenance(folder))
    kept = refresh(again(job), again(job).cue("1m01"), FIT)
    assert kept.state is SourceState.BY_HAND, "no later fit writes over it"


def test_a_fitted_map_is_replaced_and_the_difference_told(job: Job) -> None:
    refresh(job, job.cue("1m01"), FIT)
    report = taken(job, FILE, at="cue")
    assert report.old_map is not None and report.applied
    (hit,) = report.hits
    assert hit.before is not None and hit.after is not None and hit.after.off_frames == 0


def test_a_map_that_would_miss_what_is_caught_is_refused_by_name(job: Job) -> None:
    taken(job, FILE)
    before = (job.folder.cue_folder("cue001") / MAP).read_bytes()
    with pytest.raises(InputError, match="would miss what is caught now: door slams"):
        taken(job, SLOW, again=True)
    assert (job.folder.cue_folder("cue001") / MAP).read_bytes() == before
    report = taken(job, SLOW, again=True, accept_misses=True)
    assert report.applied and [one.hit.id for one in report.lost] == ["h1"]
    assert again(job).folder.missed_by_map("cue001") == {"h1"}


def test_a_persons_map_is_left_alone_until_said(job: Job) -> None:
    write_map(job, job.cue("1m01"), map_of_bars(FilmTime(20), bpm=60))
    with pytest.raises(InputError, match=r"changed by hand .--again"):
        taken(job, FILE)
    assert not taken(job, FILE, dry=True).applied
    assert taken(job, FILE, again=True).applied


@pytest.mark.parametrize(
    ("wish", "start", "told"),
    [
        ({}, 21, "the file's own start timecode"),
        ({"at": "cue"}, 20, "bar 1 at the cue's start"),
        ({"at": "01:00:20:12"}, "20.5", "bar 1 as said"),
        ({"at": "map"}, 22, "bar 1 stays where it was"),
    ],
)
def test_where_bar_one_stands(job: Job, wish: dict[str, str], start: object, told: str) -> None:
    write_map(job, job.cue("1m01"), map_of_bars(FilmTime(22), bpm=60))
    own = Imported("", map_of_bars(FilmTime(21)), placed=True)
    report = taken(job, own, dry=True, **wish)
    assert report.new_map is not None
    assert report.new_map.start == FilmTime(start) and report.placed_by == told  # type: ignore[arg-type]


def test_a_start_far_from_the_cue_is_no_start(job: Job) -> None:
    """Logic says 01:00:00:00 whatever the cue: an hour away is nobody's wish."""
    own = Imported("", map_of_bars(FilmTime(3600)), placed=True)
    assert taken(job, own, dry=True).placed_by == "bar 1 at the cue's start"
    with pytest.raises(InputError, match="lies after the cue"):
        taken(job, own, at="file")
    with pytest.raises(InputError, match="does not say where it lies"):
        taken(job, FILE, at="file")
    with pytest.raises(InputError, match="has no map yet"):
        taken(job, FILE, at="map")


def test_bars_are_added_or_left_out_to_fill_the_cue(job: Job) -> None:
    short = taken(job, Imported("", map_of_bars(FilmTime(0), bars=2)), dry=True)
    assert tell_map(short.new_map)["bars"] == 6 and "4 bars added" in str(short.notes)  # type: ignore[index]
    long = taken(job, Imported("", map_of_bars(FilmTime(0), bars=50)), dry=True)
    assert tell_map(long.new_map)["bars"] == 6 and "44 bars after" in str(long.notes)  # type: ignore[index]


def test_count_off_bars_are_cut_off(job: Job) -> None:
    report = taken(job, Imported("", map_of_bars(FilmTime(0), bars=8)), bar_one=3, dry=True)
    assert report.new_map is not None and report.new_map.start == FilmTime(20)
    assert [str(bar.label) for bar in report.new_map.grid.bars] == list("123456")
    with pytest.raises(InputError, match="no bar 9"):
        taken(job, Imported("", map_of_bars(FilmTime(0), bars=8)), bar_one=9)


MARKERS = (
    Marker(FilmTime("24.51"), "slam"),
    Marker(FilmTime(28), "new one"),
    Marker(FilmTime(29), "text", kind=MarkerKind.TEXT),
    Marker(FilmTime(90), "elsewhere"),
)


def test_markers_become_hits_and_none_goes(job: Job) -> None:
    report = taken(job, Imported("", None, MARKERS, placed=True), hits=True)
    told = [(one.hit.id, one.what, one.hit.words) for one in report.hits]
    assert told == [("h1", "same", "door slams"), ("h2", "new", "new one")]
    assert [marker.words for marker in report.outside] == ["elsewhere"]
    hits = again(job).cue("1m01").hits
    assert [hit.at for hit in hits] == [FilmTime("24.5"), FilmTime(28)]
    assert hits[1].status is HitStatus.KEPT
    assert taken(job, Imported("", None, MARKERS, placed=True), hits=True).hits[1].what == "same"


def test_a_hit_dropped_before_stays_so_and_is_told(job: Job) -> None:
    drop_hit(job, "1m01", "h1")
    report = taken(job, Imported("", None, MARKERS[:1], placed=True), hits=True)
    assert [(one.hit.id, one.what) for one in report.hits] == [("h1", "dropped before, left so")]
    assert again(job).cue("1m01").live_hits == ()


def test_a_hit_of_the_same_words_moves_and_keeps_what_it_is(job: Job) -> None:
    moved = Marker(FilmTime(26), "door slams")
    report = taken(job, Imported("", None, (moved,), placed=True), hits=True)
    assert report.hits[0].what == "moved +36.00 frames"
    (hit,) = again(job).cue("1m01").hits
    assert (hit.id, hit.at, hit.weight) == ("h1", FilmTime(26), 3)


def test_markers_of_a_file_without_a_place_need_one(job: Job) -> None:
    lone = Imported("", None, (Marker(FilmTime(5), "hit"),))
    with pytest.raises(InputError, match=r"--at TIMECODE"):
        taken(job, lone, hits=True)
    report = taken(job, lone, hits=True, at="01:00:20:00")
    assert again(job).cue("1m01").hits[1].at == FilmTime(20) + FilmSpan(5)
    assert report.placed_by == "as said"
    with pytest.raises(InputError, match="holds no tempo map"):
        taken(job, Imported("", None, MARKERS, placed=True))
