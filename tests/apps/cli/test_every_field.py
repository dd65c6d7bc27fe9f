"""Every field of brief, cue and hit that the files hold can be set by a verb, and taken back."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from tests.breakdown.scripts import ALL
from tests.small_project import again, cue_in, small_project
from typer.testing import CliRunner

from scorestage.adapters.store.shapes import BRIEF, NOTE, cue_shape, hit_shape
from scorestage.apps.cli.main import app
from scorestage.production import Cue, Hit
from scorestage.timebase import FilmTime
from scorestage.workflow.cues import add_hit, hit_of
from scorestage.workflow.job import Job
from scorestage.workflow.script import import_script

CUE = {
    "number": ["change", "--number", "2m07"],
    "title": ["change", "--title", "Storm"],
    "start": ["change", "--start", "0:21"],
    "end": ["change", "--end", "0:33"],
    "length_seconds": ["change", "--length", "1:15"],
    "layer": ["change", "--layer", "source"],
    "way_in": ["change", "--way-in", "sneak"],
    "way_out": ["change", "--way-out", "button"],
    "status": ["change", "--status", "approved"],
    "timing": ["change", "--timing", "free"],
    "groove": ["change", "--groove", "swing"],
    "added_notes": ["change", "--no-added-notes"],
    "everyone": ["change", "--not-everyone"],
    "players": ["change", "--players", "piano"],
    "option": ["change", "--option", "lush"],
    "level": ["change", "--level", "lines"],
    "assign": ["change", "--assign", "melody=pno"],
    "tone": ["change", "--tone", "grief"],
    "references": ["change", "--reference", "Vertigo"],
    "avoid": ["change", "--avoid", "brass"],
    "scenes": ["change", "--scene", "2", "--scene", "3"],
    "scene_from": ["change", "--scene-from", "1/2"],
    "scene_until": ["change", "--scene-until", "3/4"],
    "theme": ["change", "--theme", "lamp"],
    "ensemble": ["change", "--ensemble", "piano-solo"],
    "style": ["change", "--style", "suspense"],
    "composer": ["change", "--composer", "Ada"],
    "orchestrator": ["change", "--orchestrator", "Bo"],
    "written_to": ["change", "--written-to", "v2"],
    "segue_to": ["change", "--segue-to", "1m02"],
    "version": ["change", "--music", "v3"],
    "dialogue": ["change", "--dialogue", "22-24.5"],
    "song": ["change", "--song", "waltz"],
    "singer": ["change", "--singer", "tenor"],
    "start_at": ["change", "--start-at", "17:3"],
    "why": ["change", "--why", "the director wants it"],
    "kept": ["change", "--to-spotting"],
    "bpm_wish": ["tempo", "--wish", "96"],
    "bpm_lowest": ["tempo", "--bpm", "80:120"],
    "bpm_highest": ["tempo", "--bpm", "80:120"],
    "breath_percent": ["tempo", "--breath", "0.02"],
    "start_late_frames": ["tempo", "--start-late", "1"],
    "meters": ["tempo", "--meters", "3/4"],
    "ramps": ["tempo", "--no-ramps"],
    "fermatas": ["tempo", "--fermatas"],
    "free_bars": ["tempo", "--free-bars"],
    "pickups_beats": ["tempo", "--pickup", "1"],
    "steady": ["tempo", "--steady", "22-24"],
}
CURVES = {"tension", "arousal", "valence"}
WRITTEN = {"take"}  # set by compose --choose: tests/workflow/test_sketch_bars.py
NEVER = {"id"}
HIT = {
    "at": ["change", "--at", "0:25"],
    "words": ["change", "--words", "slam"],
    "kind": ["change", "--kind", "stop"],
    "weight": ["weigh", "5"],
    "want": ["change", "--want", "downbeat"],
    "early_frames": ["change", "--early", "2"],
    "late_frames": ["change", "--late", "40ms"],
    "aim_frames": ["change", "--aim", "-1"],
    "locked": ["lock"],
    "streamer": ["change", "--streamer"],
    "status": ["drop"],
    "why": ["change", "--why", "the cut"],
}


@pytest.fixture
def job(tmp_path: Path) -> Job:
    job = small_project(tmp_path / "p")
    cue_in(job)
    cue_in(job, 40, 50)
    picture = job.production.pictures[0]
    both = (picture, replace(picture, id="v2"))
    import_script(again(job), _draft(tmp_path))
    changed = again(job)
    changed.save(replace(changed.production, pictures=both))
    add_hit(again(job), "1m01", FilmTime(24), words="door")
    _waltz(job.folder.root / "songs" / "waltz")
    return again(job)


def _waltz(folder: Path) -> None:
    """A song for a cue to be."""
    folder.mkdir(parents=True)
    (folder / "song.toml").write_text("schema = 1\n", encoding="utf-8")


def _draft(folder: Path) -> Path:
    path = folder / "wick.fountain"
    path.write_text("\n\n".join(ALL), encoding="utf-8")
    return path


def say(job: Job, *words: str) -> None:
    result = CliRunner().invoke(app, ["--project", str(job.folder.root), *words])
    assert result.exit_code == 0, (words, result.output, result.exception)


def test_no_field_is_forgotten(job: Job) -> None:
    told = {field.name for field in cue_shape(job.clock).fields}
    assert told == set(CUE) | CURVES | WRITTEN | NEVER
    assert {one.name for one in fields(Cue)} == told | {"hits"}
    assert {field.name for field in hit_shape(job.clock).fields} == set(HIT) | NEVER
    assert {field.name for field in BRIEF.fields} == {
        *("style", "tone", "references", "avoid", "amount")
    }
    assert {field.name for field in NOTE.fields} == {"text", "who", "when", "timecode", "cue"}


@pytest.mark.parametrize("field", CUE)
def test_every_field_of_a_cue(job: Job, field: str) -> None:
    before = job.cue("cue001")
    verb, *words = CUE[field]
    say(job, "cue", verb, "1m01", *words)
    after = again(job).cue("cue001")
    assert getattr(after, field) != getattr(before, field)
    assert field != "layer" or after.number == "1m01s"
    others = {one.name for one in fields(Cue)} - {field, "bpm_lowest", "bpm_highest"}
    others -= {"number"} if field == "layer" else set()
    assert all(getattr(after, name) == getattr(before, name) for name in others - {"kept"})


@pytest.mark.parametrize("field", HIT)
def test_every_field_of_a_hit(job: Job, field: str) -> None:
    before = hit_of(job.cue("1m01"), "h1")
    verb, *words = HIT[field]
    say(job, "hit", verb, "1m01", "h1", *words)
    after = hit_of(again(job).cue("1m01"), "h1")
    assert getattr(after, field) != getattr(before, field)
    names = {one.name for one in fields(Hit)} - {field}
    assert all(getattr(after, name) == getattr(before, name) for name in names)


def test_a_hit_loses_its_words(job: Job) -> None:
    say(job, "hit", "change", "1m01", "h1", "--words", "")
    assert hit_of(again(job).cue("1m01"), "h1").words == ""


def test_what_was_said_of_a_cue_is_taken_back(job: Job) -> None:
    plain = job.cue("1m01")
    clearable = ["title", "length", "tone", "reference", "avoid", "scene", "style", "theme", "why"]
    for name in (*("segue-to", "composer", "orchestrator", "dialogue", "ensemble"), *clearable):
        field = {"length": "length_seconds", "scene": "scenes", "reference": "references"}.get(
            name, name.replace("-", "_")
        )
        verb, *words = CUE[field]
        say(job, "cue", verb, "1m01", *words)
        say(job, "cue", "change", "1m01", "--clear", name)
    assert again(job).cue("1m01") == plain
    say(job, "cue", "change", "1m01", "--clear", "start", "--clear", "end")
    assert again(job).cue("1m01").start is None
    result = CliRunner().invoke(
        app, ["--project", str(job.folder.root), "cue", "change", "1m01", "--clear", "id"]
    )
    assert result.exit_code != 0


def test_brief_and_notes(job: Job) -> None:
    words = ["--style", "dry", "--tone", "grief", "--reference", "Alien", "--avoid", "choir"]
    say(job, "brief", *words, "--amount", "sparse")
    say(job, "brief", "1m01", "--note", "later", "--who", "Mia", "--at", "0:21")
    brief = again(job).production.brief
    assert (brief.style, brief.tone, brief.references) == (("dry",), ("grief",), ("Alien",))
    assert (brief.avoid, brief.amount) == (("choir",), "sparse")
    note = brief.notes[0]
    assert (note.text, note.who, note.timecode, note.cue) == (
        "later",
        "Mia",
        "01:00:21:00",
        "cue001",
    )
    assert note.when
