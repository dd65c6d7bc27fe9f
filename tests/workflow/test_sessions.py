"""`export --session`: what was built is named, or collected into a folder that can be moved."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import rpp
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.adapters.formats.wav import write_wav
from scorestage.errors import InputError
from scorestage.timebase import FilmTime
from scorestage.workflow import sessions
from scorestage.workflow.job import Job
from scorestage.workflow.products.cuefacts import facts_of
from scorestage.workflow.products.session import make_session
from scorestage.workflow.products.sound import RATE_HZ, click_path


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    """A cue with a map, a click and one stem; the build itself is somebody else's test."""
    made = small_project(tmp_path / "project")
    cue = cue_in(made, title="Storm")
    write_map(made, cue, map_of_bars(FilmTime(20)))
    made = again(made)
    length = facts_of(made, cue).timeline.length_samples(RATE_HZ)
    for path in (click_path(made, cue), "cues/1m01/audio/stems/1m01_v1_stem-low-brass_x.wav"):
        (made.folder.build / path).parent.mkdir(parents=True, exist_ok=True)
        write_wav(made.folder.build / path, np.zeros((length, 1), np.float32), RATE_HZ)
    done = SimpleNamespace(report=SimpleNamespace(failures=()))
    monkeypatch.setattr(sessions, "build_project", lambda *words, **more: done)
    return made


def test_a_session_of_the_build_is_named_with_what_it_lacks(job: Job) -> None:
    with pytest.raises(InputError, match="no session of 1m01 yet"):
        sessions.export_sessions(job.folder.root, ("1m01",), "aaf")
    make_session(str(job.folder.root), str(job.folder.build), "cue001")
    ((number, path, written),) = sessions.export_sessions(job.folder.root, ("1m01",), "aaf")
    assert number == "1m01" and path.read_bytes().startswith(b"\xd0\xcf\x11\xe0")
    assert written.not_carried == ("the tempo map (take the MIDI file beside it)",)


def test_a_collected_session_can_be_moved(job: Job, tmp_path: Path) -> None:
    make_session(str(job.folder.root), str(job.folder.build), "cue001")
    ((_, path, _),) = sessions.export_sessions(
        job.folder.root, (), "reaper", tmp_path / "for-the-composer"
    )
    assert path.parent == tmp_path / "for-the-composer" / "1m01_session"
    moved = tmp_path / "elsewhere"
    shutil.move(path.parent, moved)
    shutil.rmtree(job.folder.root)
    root = rpp.loads((moved / path.name).read_text())
    names = {}
    for track in root.findall("TRACK"):
        item = track.find("ITEM")
        names[track.find("NAME")[1]] = item.find("SOURCE").find("FILE")[1]
    assert set(names) == {"Click", "Low brass"}
    assert all((moved / name).is_file() for name in names.values())
    assert {one.suffix for one in moved.iterdir() if one.is_file()} == {".rpp", ".mid", ".txt"}


def test_a_format_without_sessions(job: Job) -> None:
    with pytest.raises(InputError, match=r"'midi' has no sessions .known: reaper, dawproject, aaf"):
        sessions.export_sessions(job.folder.root, (), "midi")
