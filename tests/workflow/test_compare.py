"""`compare` on files and on picture versions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from tests.conform.recuts import butted, invented, recut
from tests.cut_material import real_cut
from tests.small_project import again, small_project

from scorestage.adapters.cut_exchange import ReadCut
from scorestage.adapters.formats.edl import write_edl
from scorestage.adapters.formats.otio import write_otio
from scorestage.adapters.machines.film import FilmWriter
from scorestage.conform import ChangeKind
from scorestage.errors import FilmError, InputError
from scorestage.production import CutEvent, CutList, CutSource
from scorestage.timebase import FRAMES_24
from scorestage.workflow.compare import compare_cuts, tell_comparison
from scorestage.workflow.editorial import keep_edit, write_cut_list


def test_a_real_reel_recut_through_files_of_two_kinds(tmp_path: Path) -> None:
    old = butted(real_cut("ToD_R4_LOCK3.1_030618_Video.edl"))
    made = recut(old, 3, 10)
    (tmp_path / "old.edl").write_bytes(write_edl(old).content)
    (tmp_path / "new.otio").write_bytes(write_otio(made.cut).content)
    answer = tell_comparison(compare_cuts(str(tmp_path / "old.edl"), str(tmp_path / "new.otio")))
    found = [
        (one["kind"], one["old_out_frames"] - one["old_in_frames"],
         one["new_out_frames"] - one["new_in_frames"])
        for one in answer["changes"] if one["kind"] != "kept"
    ]  # fmt: skip
    assert sorted(found) == sorted((str(kind), was, now) for kind, was, now in made.expected)
    assert answer["old"]["start_timecode"] == "04:00:00:00" and not answer["identical"]
    for side in ("old", "new"):
        spans = sorted((one[f"{side}_in_frames"], one[f"{side}_out_frames"])
                       for one in answer["changes"])  # fmt: skip
        full = [span for span in spans if span[0] < span[1]]
        assert full[0][0] == 0 and full[-1][1] == answer[side]["frames"]
        assert all(one[1] == other[0] for one, other in pairwise(full))


def test_picture_versions_whose_edits_were_taken_in(tmp_path: Path) -> None:
    job = small_project(tmp_path / "p")
    cut = invented(10, 1)
    path = tmp_path / "new.edl"
    path.write_bytes(write_edl(recut(cut, 5, 2).cut).content)
    with pytest.raises(InputError, match="edit of picture v1 was not taken in"):
        compare_cuts("v1", str(path), job.folder.root)
    keep_edit(again(job), ReadCut(cut))
    found = compare_cuts("v1", str(path), job.folder.root)
    assert len(found.changes.of(ChangeKind.KEPT)) > 1
    with pytest.raises(InputError, match="neither a file nor a picture version"):
        compare_cuts("v9", str(path), job.folder.root)


def test_an_edl_that_needs_fewer_labels_is_read_at_the_rate_of_the_other(tmp_path: Path) -> None:
    old = tmp_path / "old.edl"
    new = tmp_path / "new.edl"
    line = "001  A001  V  C  01:00:00:00 01:00:0{0} 01:00:00:00 01:00:0{0}\n"
    old.write_text("TITLE: x\n" + line.format("1:10"))
    new.write_text("TITLE: x\n" + line.format("1:24"))
    found = compare_cuts(str(old), str(new))
    assert found.changes.old_frames == 35 and found.changes.new_frames == 49
    assert any("read at 25 too" in note for note in found.notes)


def test_what_is_no_cut_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "film.mp4").write_bytes(b"no film")
    with pytest.raises(FilmError, match="film"):
        compare_cuts("film.mp4", "film.mp4")
    with pytest.raises(InputError, match="no such file"):
        compare_cuts("a.edl", "b.edl")


def test_the_same_list_in_another_name_is_identical(tmp_path: Path) -> None:
    cut = replace(invented(5, 2), rate=FRAMES_24)
    for name in ("a.edl", "b.edl"):
        (tmp_path / name).write_bytes(write_edl(cut).content)
    found = compare_cuts(str(tmp_path / "a.edl"), str(tmp_path / "b.edl"))
    assert tell_comparison(found)["identical"]


def textured_film(path: Path, lengths: tuple[int, ...]) -> Path:
    """Shots of these lengths, each a still texture of its own."""
    chance = np.random.default_rng(5)
    with FilmWriter(path, 160, 90, FRAMES_24) as film:
        for frames in lengths:
            texture = chance.integers(20, 235, (12, 20, 3), dtype=np.uint8).repeat(10, 0)
            picture = texture.repeat(10, 1)
            for _ in range(frames):
                film.write_frame(np.ascontiguousarray(picture[:90, :160]))
    return path


def shot_list(film: Path, lengths: tuple[int, ...]) -> CutList:
    """A list of shots of these lengths, end to end."""
    events, at = [], 86400
    for number, frames in enumerate(lengths):
        source = CutSource(f"B{number:03}")
        events.append(CutEvent(at, at + frames, source, Fraction(0), Fraction(frames)))
        at += frames
    return CutList(film.stem, FRAMES_24, tuple(events))


@pytest.mark.parametrize("suffix", ["edl", "otio", "fcpxml", "aaf"])
def test_a_list_against_a_film_by_its_shots(suffix: str, tmp_path: Path) -> None:
    film = textured_film(tmp_path / "film.mp4", (96, 84, 84, 96))
    listed = tmp_path / f"list.{suffix}"
    write_cut_list(shot_list(film, (96, 90, 84, 96)), listed)
    found = compare_cuts(str(listed), str(film))
    told = [
        (one.kind, one.old_in_frames, one.old_out_frames)
        for one in found.changes.changes
        if one.kind is not ChangeKind.KEPT
    ]
    assert told == [(ChangeKind.SHORTENED_TAIL, 180, 186)]
    assert any("lengths and the order" in note for note in found.notes)
    back = compare_cuts(str(film), str(listed))
    assert back.changes == found.changes.mirrored()


def test_the_edit_of_a_known_film_is_compared_by_picture(tmp_path: Path) -> None:
    job = small_project(tmp_path / "p")
    film = job.folder.media(job.picture())
    film.parent.mkdir(parents=True, exist_ok=True)
    textured_film(film, (50, 46))
    cut = shot_list(film, (50, 46))
    listed = tmp_path / "list.edl"
    listed.write_bytes(write_edl(cut).content)
    keep_edit(again(job), ReadCut(cut))
    found = compare_cuts(str(listed), str(film), job.folder.root)
    assert found.changes.is_identity
    assert any(f"is the edit of {film.name}" in note for note in found.notes)


@pytest.mark.parametrize("suffix", ["otio", "fcpxml", "xml", "aaf"])
def test_a_real_reel_through_any_format_is_the_same_cut(suffix: str, tmp_path: Path) -> None:
    """With its freezes, speeds and shots run at 48 frames."""
    old = real_cut("ToD_R4_LOCK3.1_030618_Video.edl")
    (tmp_path / "old.edl").write_bytes(write_edl(old).content)
    write_cut_list(old, tmp_path / f"new.{suffix}")
    found = compare_cuts(str(tmp_path / "old.edl"), str(tmp_path / f"new.{suffix}"))
    assert found.changes.is_identity
