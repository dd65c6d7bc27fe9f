"""A cue's session: one start, one length, everything linked, made again after a re-cut."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import aaf2
import av
import mido
import numpy as np
import pytest
import rpp
from lxml import etree
from tests.small_film import CUTS, small_film
from tests.small_project import map_of_bars, write_map
from wavinfo import WavInfoReader

from scorestage.adapters.formats.wav import BroadcastStamp, write_wav
from scorestage.timebase import FilmSpan, FilmTime
from scorestage.workflow.cues import add_cue, add_hit
from scorestage.workflow.job import Job
from scorestage.workflow.new import Beginning, new_project
from scorestage.workflow.products.cuefacts import facts_of
from scorestage.workflow.products.session import (
    cue_session,
    make_session,
    make_session_media,
    session_of,
)
from scorestage.workflow.products.sound import RATE_HZ, click_path

BLIP_SAMPLES = 4 * 44_100
"""Where the temp track has its one sound, from its own start."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A 15-second film, a temp track stamped two seconds into it, a cue with a map and a stem."""
    room = tmp_path_factory.mktemp("session")
    film = small_film(room / "film.mp4")
    temp = np.zeros(10 * 44_100, dtype=np.float32)
    temp[BLIP_SAMPLES : BLIP_SAMPLES + 4410] = 0.5
    write_wav(room / "temp.wav", temp, 44_100, stamp=BroadcastStamp(3602 * 44_100))
    root = room / "project"
    job = new_project(root, Beginning(picture=film, style="tender", temp=(room / "temp.wav",)))
    cue = add_cue(job, FilmTime(3), FilmTime(13), title="Opening")
    add_hit(Job.open(root), cue.number, FilmTime("15/2"), words="slam")
    write_map(Job.open(root), cue, map_of_bars(FilmTime(3), bars=5))
    job = Job.open(root)
    length = facts_of(job, cue).timeline.length_samples(RATE_HZ)
    for path in (click_path(job, cue), "cues/1m01/audio/stems/1m01_v1_stem-strings_x.wav"):
        (job.folder.build / path).parent.mkdir(parents=True, exist_ok=True)
        write_wav(job.folder.build / path, np.zeros((length, 2), np.float32), RATE_HZ)
    make_session_media(str(root), str(job.folder.build), cue.id)
    make_session(str(root), str(job.folder.build), cue.id)
    return root


def folder(project: Path) -> Path:
    return project / "build/cues/1m01/session"


def span(project: Path) -> tuple[FilmTime, FilmSpan]:
    job = Job.open(project)
    file = facts_of(job, job.cue("1m01")).timeline.file
    return file.start, file.end - file.start


def test_the_picture_clip_shows_the_films_frames_at_their_timecode(project: Path) -> None:
    start, length = span(project)
    with av.open(str(folder(project) / "media/1m01_v1_picture.mov")) as film:
        stream = film.streams.video[0]
        frames = [frame.to_ndarray(format="gray").mean() for frame in film.decode(stream)]
        assert stream.metadata["timecode"] == "00:59:58:00"
    assert start == FilmTime(-2) and len(frames) == length.seconds * 24
    steps = np.abs(np.diff(frames))
    cuts = [cut + 2 * 24 - 1 for cut in CUTS]
    assert set(np.argsort(steps)[-len(cuts) :]) == set(cuts) and max(frames[: 2 * 24]) < 2


def test_all_sound_has_one_length_and_the_stamp_of_the_start(project: Path) -> None:
    """Read by another library; the temp track lies where its own stamp says."""
    start, length = span(project)
    for path in (folder(project) / "media").glob("*.wav"):
        read = WavInfoReader(str(path))
        assert read.data.frame_count == length.seconds * RATE_HZ
        assert read.bext.time_reference == (3600 + start.seconds) * RATE_HZ
        assert "00-59-58-00" in path.name
    with av.open(str(next((folder(project) / "media").glob("*temp*.wav")))) as sound:
        heard = np.concatenate([frame.to_ndarray() for frame in sound.decode(audio=0)], axis=1)
    loud = int(np.argmax(np.abs(heard[0]) > np.abs(heard).max() / 4))
    assert abs(loud / 2 / RATE_HZ - (2 + 4 - float(start.seconds))) < 0.01


def links(project: Path) -> dict[str, set[str]]:
    """The media that each session names."""
    here = folder(project)
    root = rpp.loads((here / "1m01_v1_session.rpp").read_text())
    reaper = {
        item.find("SOURCE").find("FILE")[1]
        for track in root.findall("TRACK")
        for item in track.findall("ITEM")
    }
    with zipfile.ZipFile(here / "1m01_v1_session.dawproject") as archive:
        tree = etree.parse(io.BytesIO(archive.read("project.xml")))
    with aaf2.open(str(here / "1m01_v1_session.aaf")) as file:
        aaf = {
            mob.descriptor["Locator"].value[0]["URLString"].value
            for mob in file.content.sourcemobs()
            if mob.descriptor.get("Locator")
        }
    return {"rpp": reaper, "daw": {one.get("path") for one in tree.iter("File")}, "aaf": aaf}


def test_every_session_links_to_files_that_are_there_and_inside_the_cues_folder(
    project: Path,
) -> None:
    found = links(project)
    assert found["rpp"] == found["daw"] == found["aaf"] and len(found["rpp"]) == 5
    cue = folder(project).parent.resolve()
    for name in found["rpp"]:
        target = (folder(project) / name).resolve()
        assert target.is_file() and cue in target.parents and not Path(name).is_absolute()


def test_the_map_beside_it_and_what_is_not_carried(project: Path) -> None:
    file = mido.MidiFile(folder(project) / "1m01_v1_map.mid")
    assert [event.text for event in file if event.type == "marker"] == ["slam"]
    told = (folder(project) / "1m01_v1_session.txt").read_text(encoding="utf-8")
    assert told.startswith("1m01 Opening: every file begins at 00:59:58:00 (24 fps).")
    assert "not carried: the tempo map (take the MIDI file beside it)" in told


def test_a_moved_cue_or_another_picture_makes_it_again(project: Path) -> None:
    job = Job.open(project)
    cue = job.cue("1m01")
    media, session = cue_session(job, cue, ())
    assert session.needs == (media.name,)
    write_map(job, cue, map_of_bars(FilmTime(6), bars=4))
    moved = cue_session(Job.open(project), cue, ())
    write_map(job, cue, map_of_bars(FilmTime(3), bars=5))
    assert {moved[0].inputs, moved[1].inputs}.isdisjoint({media.inputs, session.inputs})
    add_hit(job, "1m01", FilmTime(9), words="door")
    media_too, session_too = cue_session(Job.open(project), Job.open(project).cue("1m01"), ())
    assert media_too.inputs == media.inputs and session_too.inputs != session.inputs


def test_a_temp_track_that_has_gone_is_told_and_the_rest_is_made(project: Path) -> None:
    job = Job.open(project)
    job.save(replace(job.production, temp=("../gone.wav",)))
    outputs = make_session_media(str(project), str(project / "build"), "cue001")
    job.save(job.production)
    assert [one.kind for one in outputs] == ["picture clip", "session sound"]
    assert "temp left out" in outputs[0].remark and "gone.wav" in outputs[0].remark


def test_where_nothing_is_mocked_up_tracks_wait_empty(project: Path, tmp_path: Path) -> None:
    job = Job.open(project)
    made = session_of(job, job.cue("1m01"), tmp_path, lambda path: path)
    assert [(track.name, track.clips) for track in made.tracks] == [("Click", ())]
