"""The job at hand: found, asked for cues and film, written whole."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.adapters.store import (
    Made,
    is_by_hand,
    read_provenance,
    sha256_of,
    write_provenance,
)
from scorestage.errors import InputError, ProjectError
from scorestage.workflow.cues import omit_cue
from scorestage.workflow.job import Job, relative_to_project, user_library


def test_a_project_is_found_from_any_folder_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = small_project(tmp_path / "wick")
    monkeypatch.chdir(job.folder.root / "themes")
    assert Job.open() == Job.open(tmp_path / "wick" / "cues") == job
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ProjectError, match="no project here"):
        Job.open()


def test_cues_by_name_and_all_that_live(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    first, second = cue_in(job, 20, 30), cue_in(job, 40, 50)
    omit_cue(again(job), first.number)
    job = again(job)
    assert job.cues() == (second,)
    assert [cue.id for cue in job.cues((first.number, second.id))] == [first.id, second.id]
    with pytest.raises(InputError, match=r"no cue '9m99' \(cues: 1m01, 1m02\)"):
        job.cue("9m99")


def test_a_project_without_cues_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cues: none yet"):
        small_project(tmp_path / "wick").cue("1m01")


def test_a_production_without_a_picture_says_what_to_do(tmp_path: Path) -> None:
    job = small_project(tmp_path / "song", picture=False)
    with pytest.raises(InputError, match="picture add FILM"):
        job.picture()
    with pytest.raises(InputError, match="picture add FILM"):
        job.film()


def test_a_film_that_has_gone_is_told_with_the_file_to_mend(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    with pytest.raises(InputError, match=r"film\.mp4 is not there.*pictures/v1\.toml"):
        job.film()
    (job.folder.root / "film.mp4").write_bytes(b"film")
    assert job.film() == (job.folder.root / "film.mp4").resolve()


def test_saving_gives_what_is_on_disk(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue_in(job)
    saved = again(job).save(replace(again(job).production, title="Wick & Sons"))
    assert saved == again(job) and saved.production.title == "Wick & Sons"
    changed = saved.save_cue(replace(saved.cues()[0], title="Dawn"))
    assert changed == again(job) and changed.cues()[0].title == "Dawn"


def test_labels_count_from_the_pictures_first_frame(tmp_path: Path) -> None:
    assert small_project(tmp_path / "wick").clock.start_frames == 24 * 3600
    assert small_project(tmp_path / "song", picture=False).clock.start_frames == 0


def test_libraries_stand_project_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCORESTAGE_LIBRARY", str(tmp_path / "own"))
    job = small_project(tmp_path / "wick")
    assert job.libraries == (job.folder.root / "library", tmp_path / "own")
    monkeypatch.delenv("SCORESTAGE_LIBRARY")
    assert user_library() == Path.home() / ".scorestage"


def test_files_are_named_from_the_project(tmp_path: Path) -> None:
    root = tmp_path / "wick"
    root.mkdir()
    assert relative_to_project(root / "film.mp4", root) == "film.mp4"
    assert relative_to_project(tmp_path / "films" / "a.mp4", root) == "../films/a.mp4"
    named = relative_to_project(Path(os.path.relpath(tmp_path / "a.mp4")), root)
    assert (root / named).resolve() == (tmp_path / "a.mp4").resolve()


def test_another_start_timecode_moves_labels_and_no_music(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    own, fitted = cue_in(job, 20, 32), cue_in(job, 40, 52)
    for cue in (own, fitted):
        assert cue.start is not None
        write_map(again(job), cue, map_of_bars(cue.start))
    folder = job.folder.cue_folder(fitted.id)
    for name in ("map.toml", "cue.toml"):
        made = Made(name, "fit", sha256_of(folder / name), "x")
        write_provenance(folder, read_provenance(folder).with_file(made, ()))
    path = job.folder.cue_folder(own.id) / "map.toml"
    path.write_text(path.read_text() + "# mine\n")
    job = again(job)
    maps = [job.folder.map(cue.id, job.clock) for cue in job.production.cues]
    (version,) = job.production.pictures
    early = replace(version, id="v2", start_frames=version.start_frames - 8 * 24)
    pictures = (version, early)
    moved = job.save(replace(job.production, pictures=pictures, picture="v2"))
    assert moved.clock != job.clock
    assert [moved.folder.map(cue.id, moved.clock) for cue in moved.production.cues] == maps
    assert moved.production.cues == job.production.cues
    assert path.read_text().endswith("# mine\n")
    provenance = read_provenance(folder)
    assert not any(is_by_hand(folder, name, provenance) for name in ("map.toml", "cue.toml"))
    assert is_by_hand(path.parent, "map.toml", read_provenance(path.parent))
    back = moved.save(replace(moved.production, picture=version.id))
    assert [back.folder.map(cue.id, back.clock) for cue in back.production.cues] == maps
