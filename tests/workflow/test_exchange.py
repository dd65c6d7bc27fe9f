"""Files of other programs told apart, read and written, without a project and with one."""

from __future__ import annotations

from pathlib import Path

import mido
import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.errors import FormatError, InputError
from scorestage.timebase import FilmTime, TempoMap
from scorestage.workflow.cues import add_hit
from scorestage.workflow.exchange import (
    TOML,
    bring,
    clock_of,
    formats_that,
    map_session,
    plain_session,
    put,
    target_in,
)
from scorestage.workflow.job import Job

MAPPED = ("midi", "reaper", "dawproject", "csv", "json", TOML)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """One cue from 20 to 32 s, six bars at 120, two hits."""
    made = small_project(tmp_path / "project")
    cue = cue_in(made, title="Storm")
    add_hit(again(made), cue.number, FilmTime(24), words="door slams")
    add_hit(again(made), cue.number, FilmTime("27.5"), words="")
    write_map(made, cue, map_of_bars(FilmTime(20)))
    return again(made)


def map_in(path: Path, job: Job) -> TempoMap:
    found = bring(path, job.clock).found.tempo_map
    assert found is not None
    return found


@pytest.mark.parametrize("form", MAPPED)
def test_a_cue_goes_out_and_its_map_comes_back(job: Job, tmp_path: Path, form: str) -> None:
    session = map_session(job, job.cue("1m01"))
    target = target_in(tmp_path / "out", session, form)
    (tmp_path / "out").mkdir()
    path, written = put(session, target, form)
    assert path.parent == tmp_path / "out" and path.stem == "1m01-Storm"
    brought = bring(path, job.clock)
    assert brought.format == form and brought.found.tempo_map is not None
    assert brought.found.tempo_map.start == FilmTime(20)
    assert brought.found.tempo_map.time_at(session.tempo_map.grid.end) == FilmTime(32)  # type: ignore[union-attr]
    words = [marker.words for marker in brought.found.markers if marker.kind == "hit"]
    assert words == ([] if form == TOML else ["door slams", "hit h2"])
    assert written.notes


@pytest.mark.parametrize("form", ["avid", "protools"])
def test_markers_alone_go_out_as_text_and_are_told_apart(
    job: Job, tmp_path: Path, form: str
) -> None:
    session = map_session(job, job.cue("1m01"))
    path, written = put(session, tmp_path / "markers.txt", form)
    assert any("tempo map" in lost for lost in written.not_carried)
    brought = bring(path, job.clock)
    assert brought.format == form
    assert FilmTime(24) in [marker.at for marker in brought.found.markers]


def test_one_format_becomes_another_without_a_project(job: Job, tmp_path: Path) -> None:
    path, _ = put(map_session(job, job.cue("1m01")), tmp_path / "a.json", "")
    clock = clock_of("24", "01:00:00:00")
    brought = bring(path, clock)
    target, written = put(plain_session(brought, clock, "a"), tmp_path / "b.mid", "")
    tempos = [event.tempo for event in mido.MidiFile(target) if event.type == "set_tempo"]
    assert tempos == [500_000] and "regions" not in str(written.not_carried)
    assert map_in(target, job).start == FilmTime(20)


def test_what_is_said_wins_over_the_suffix(job: Job, tmp_path: Path) -> None:
    path, _ = put(map_session(job, job.cue("1m01")), tmp_path / "map.dat", "reaper")
    with pytest.raises(FormatError, match=r"\.dat with this content is not understood"):
        bring(path, job.clock)
    assert bring(path, job.clock, "reaper").format == "reaper"


def test_every_format_that_carries_says_what_and_how() -> None:
    for one in (formats_that(write=True) | formats_that(write=False)).values():
        assert one.carries and one.title and one.suffixes
    assert set(formats_that(write=True)) == set(formats_that(write=False))


def test_faults_name_the_file_and_what_there_is(job: Job, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        bring(tmp_path / "none.mid", job.clock)
    (tmp_path / "x.txt").write_text("hello")
    with pytest.raises(FormatError, match=r"x\.txt: \.txt with this content"):
        bring(tmp_path / "x.txt", job.clock)
    with pytest.raises(InputError, match=r"no format 'kazoo' is read .*midi"):
        bring(tmp_path / "x.txt", job.clock, "kazoo")
    session = map_session(job, job.cue("1m01"))
    with pytest.raises(InputError, match=r"no format 'kazoo' is written .*reaper"):
        put(session, None, "kazoo")
    with pytest.raises(FormatError, match=r"\.doc is no format"):
        put(session, tmp_path / "x.doc", "")
    path, _ = put(session, tmp_path / "a.mid", "")
    with pytest.raises(InputError, match="candidates"):
        bring(path, job.clock, choose=2)
