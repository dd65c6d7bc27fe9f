"""Sheets and playback of the songs of a project: there by themselves, made anew on a change."""

from pathlib import Path

import pytest
from tests.small_project import again, small_project
from tests.songs.test_unrolling import bar
from tests.workflow.test_song_order import note, written

from scorestage.errors import InputError
from scorestage.timebase import FRAMES_24
from scorestage.workflow.job import Job
from scorestage.workflow.products.songs import (
    SONG_KINDS,
    make_lead_sheet,
    make_piano_vocal,
    make_playback,
    song_products,
)
from scorestage.workflow.song_sheets import SongWish, open_sheet
from scorestage.workflow.songs import add_song, add_theme_song, stored_song
from scorestage.workflow.themes import ensure_theme, load_theme

CHORD = "<harmony><root><root-step>C</root-step></root><kind>major</kind></harmony>"


@pytest.fixture
def job(tmp_path: Path) -> Job:
    made = small_project(tmp_path / "wick")
    assert song_products(made) == ()
    add_song(made, written(tmp_path, bar(1, CHORD, note=note("la"))), SongWish(), "lamp")
    return again(made)


def test_a_song_that_changes_is_made_anew_and_no_other(job: Job, tmp_path: Path) -> None:
    add_song(job, written(tmp_path, bar(1, CHORD, note=note("lo"))), SongWish(), "low")
    before = {one.name: one.inputs for one in song_products(job)}
    assert [name.rpartition("/")[2] for name in before] == [*SONG_KINDS, *SONG_KINDS]
    assert {one.name: one.inputs for one in song_products(again(job))} == before
    tune = stored_song(job, "lamp").tune
    tune.write_text(tune.read_text("utf-8").replace(">la<", ">loo<"), encoding="utf-8")
    after = {one.name: one.inputs for one in song_products(again(job))}
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {f"songs/lamp/{kind}" for kind in SONG_KINDS}


def test_what_is_told_is_there(job: Job) -> None:
    root, build = job.folder.root, job.folder.build
    made = [
        make(str(root), str(build), "lamp")
        for make in (make_lead_sheet, make_piano_vocal, make_playback)
    ]
    paths = [one.path for outputs in made for one in outputs]
    assert all((build / path).stat().st_size for path in paths)
    assert {Path(path).suffix for path in paths} == {".pdf", ".musicxml", ".wav", ".mid", ".txt"}
    xml = (build / "songs/lamp/lamp_piano-vocal.musicxml").read_text("utf-8")
    assert xml.count("<score-part ") == 2
    slate = next(build.glob("songs/lamp/playback/*slate.txt")).read_text("utf-8")
    assert job.production.rate == FRAMES_24 and "24" in slate


def test_a_theme_gets_words(job: Job, tmp_path: Path) -> None:
    job = ensure_theme(job)
    theme_id = job.production.themes[0]
    theme = load_theme(job, theme_id)
    words = tmp_path / "words.txt"
    words.write_text("[Verse]\n" + "la " * len(theme.notes) + "\n", encoding="utf-8")
    stored = add_theme_song(job, theme_id, SongWish(words=words), "sung")
    sheet = open_sheet(str(stored.tune), stored.wish(SongWish()), job.folder.root)
    assert [one.sounding for one in sheet.voice.notes] == [one.sounding for one in theme.notes]
    assert sheet.key.tonic == theme.key and not [one for one in sheet.misfits if one.grave]
    with pytest.raises(InputError, match="no words"):
        add_theme_song(job, theme_id, SongWish(), "again")
