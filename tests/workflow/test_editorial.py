"""Cut lists in a project: the picture's edit, markers to hits and notes, cues and hits out."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from tests.cut_material import EDLS
from tests.shared_material import shared
from tests.small_project import again, cue_in, small_project

from scorestage.adapters.cut_exchange import ReadCut, imported_of
from scorestage.adapters.formats.edl import read_edl, write_edl
from scorestage.errors import InputError
from scorestage.production import CutEvent, CutList, CutMarker, CutSource
from scorestage.timebase import FRAMES_24, FRAMES_25, RATES, FilmTime, Timecode
from scorestage.workflow import editorial
from scorestage.workflow.cues import add_hit
from scorestage.workflow.exchange import Counting, bring

HOUR = 86400


def _edit(marked: str = "look") -> CutList:
    """Reel 1 of the small film in two shots, with one marker of the editor's."""
    events = (
        CutEvent(HOUR, HOUR + 1000, CutSource("A001", "12-1"), Fraction(0), Fraction(1000)),
        CutEvent(HOUR + 1000, HOUR + 2400, CutSource("A002", "13-2"), Fraction(5), Fraction(1405)),
    )
    return CutList("R1", FRAMES_24, events, (CutMarker(Fraction(HOUR + 600), marked),))


def test_the_edit_of_a_picture_is_kept_and_comes_back(tmp_path: Path) -> None:
    job = small_project(tmp_path)
    assert editorial.edit_of(job) is None
    path, notes = editorial.keep_edit(job, ReadCut(_edit()))
    assert path.parent.name == "pictures" and notes == ()
    held = editorial.edit_of(again(job))
    assert held is not None and held.events == _edit().events and held.markers == _edit().markers


def test_an_edit_that_does_not_belong_is_refused_or_told(tmp_path: Path) -> None:
    job = small_project(tmp_path)
    late = ReadCut(_edit().shifted(5))
    assert "where neither the picture nor a reel begins" in editorial.keep_edit(job, late)[1][0]
    other = CutList("x", FRAMES_25, _edit().events)
    with pytest.raises(InputError, match=r"counts 25 frames, picture .* 24"):
        editorial.keep_edit(job, ReadCut(other))
    with pytest.raises(InputError, match="no picture"):
        editorial.keep_edit(job, ReadCut(CutList("x", FRAMES_24)))
    with pytest.raises(InputError, match="no picture version 'v9'"):
        editorial.keep_edit(job, ReadCut(_edit()), "v9")


def test_cues_and_hits_go_out_as_markers_of_the_edit(tmp_path: Path) -> None:
    job = small_project(tmp_path)
    cue = cue_in(job, 20, 32, title="Chase")
    add_hit(again(job), cue.number, FilmTime(25), words="jump")
    cue_in(job, 110, 120, title="Night")
    editorial.keep_edit(again(job), ReadCut(_edit()))
    job = again(job)
    path, written = editorial.export_film(job, job.cues(), "edl", tmp_path / "out.edl")
    cut = read_edl(path.read_bytes(), "out.edl", FRAMES_24).cut
    assert [(cut.label(one.at_frames), one.words) for one in cut.markers] == [
        ("01:00:20:00", "1m01 Chase"),
        ("01:00:25:00", "jump"),
        ("02:00:10:00", "2m02 Night"),
    ]
    assert len(cut.events) == 2 and "own markers (1) are left out" in written.notes[0]
    back = imported_of(ReadCut(cut), job.clock, job.production.reels)
    assert [one.at for one in back.markers] == [FilmTime(20), FilmTime(25), FilmTime(110)]


def test_one_reel_alone_and_without_an_edit(tmp_path: Path) -> None:
    job = small_project(tmp_path)
    cue_in(job, 20, 32)
    cue_in(job, 110, 120, title="Night")
    job = again(job)
    path, written = editorial.export_film(job, job.cues(), "", tmp_path / "r2.otio", reel=2)
    cut = editorial.read_cut_list(path, Counting())
    assert [one.words for one in cut.cut.markers] == ["2m02 Night"]
    assert cut.cut.label(cut.cut.first_frame) == "02:00:00:00" and len(cut.cut.events) == 1
    assert "import --edit" in written.notes[0]
    with pytest.raises(InputError, match="no reel 7"):
        editorial.film_cut(job, job.cues(), 7)


def test_markers_become_notes_once(tmp_path: Path) -> None:
    job = small_project(tmp_path)
    markers = imported_of(ReadCut(_edit()), job.clock).markers
    kept = editorial.keep_notes(job, markers, "Eva", "2026-11-23")
    assert [(note.text, note.timecode, note.who) for note in kept] == [
        ("look", "01:00:25:00", "Eva")
    ]
    assert editorial.keep_notes(again(job), markers, "Eva", "2026-11-24") == ()
    assert len(again(job).production.brief.notes) == 1


@pytest.mark.parametrize("name", EDLS)
def test_every_list_is_known_by_its_content(name: str, tmp_path: Path) -> None:
    path = shared(f"editorial/{name}")
    assert editorial.is_cut_list(path)
    read = editorial.read_cut_list(path, Counting())
    target = tmp_path / "x.otio"
    editorial.write_cut_list(read.cut, target)
    assert editorial.read_cut_list(target, Counting()).cut.markers == read.cut.markers


def test_outside_a_project_film_time_begins_where_the_list_does(tmp_path: Path) -> None:
    path = tmp_path / "x.edl"
    path.write_bytes(write_edl(_edit()).content)
    clock = job_clock = small_project(tmp_path / "p").clock
    found = bring(path, clock, counting=Counting(FRAMES_24, own_start=True))
    assert found.cut is not None and found.found.markers[0].at == FilmTime(25)
    told = editorial.tell_cut(found.cut.cut, job_clock)
    assert told["events"][1]["record_in"] == "01:00:41:16" and told["rate"] == "24"
    markers = editorial.tell_cut_markers(found.cut.cut, found.found.markers)
    assert markers[0]["at_seconds"] == "25" and markers[0]["timecode"] == "01:00:25:00"
    assert str(Timecode(HOUR + 600, FRAMES_24)) == markers[0]["timecode"]


def test_formats_that_hold_no_cut_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"edl, .*otio"):
        editorial.write_cut_list(_edit(), tmp_path / "x.wav")
    assert not editorial.holds_cut("avid", None) and editorial.holds_cut("", Path("a.edl"))


def test_marker_lists_of_the_whole_film_and_of_a_reel_on_its_timecode(tmp_path: Path) -> None:
    job = small_project(tmp_path / "p")
    cue_in(job, 20, 32, title="Chase")
    cue_in(job, 110, 120, title="Night")
    job = again(job)
    whole, _ = editorial.export_film(job, job.cues(), "avid", tmp_path / "film.txt")
    rows = [line.split("\t")[1:5] for line in whole.read_text().splitlines()]
    assert [row[0] for row in rows] == ["01:00:20:00", "01:01:50:00"]
    reel, _ = editorial.export_film(job, job.cues(), "avid", tmp_path / "r2.txt", reel=2)
    assert [line.split("\t")[1] for line in reel.read_text().splitlines()] == ["02:00:10:00"]


@pytest.mark.parametrize("rate", ["23.976", "29.97 drop", "25"])
def test_lists_at_other_rates_keep_their_labels_through_every_format(
    rate: str, tmp_path: Path
) -> None:
    frames = RATES[rate]
    start = Timecode.parse("01:00:59:20".replace(":20", ";20" if frames.drop else ":20"), frames)
    events = tuple(
        CutEvent(
            start.frames + 40 * n, start.frames + 40 * n + 40, CutSource(f"A{n:03}", f"shot {n}"),
            Fraction(start.frames + n), Fraction(start.frames + n + 40), number=f"{n + 1:03}",
        )
        for n in range(4)
    )  # fmt: skip
    markers = (CutMarker(Fraction(start.frames + 55), "door"),)
    cut = CutList("x", frames, events, markers)
    labels = [cut.label(event.record_in_frames) for event in events]
    for suffix in ("edl", "otio", "fcpxml", "xml", "aaf"):
        path = tmp_path / f"x.{suffix}"
        editorial.write_cut_list(cut, path)
        back = editorial.read_cut_list(path, Counting(frames)).cut
        assert back.rate == frames, suffix
        assert [back.label(event.record_in_frames) for event in back.events] == labels
        assert back.label(back.markers[0].at_frames) == cut.label(markers[0].at_frames)
