"""Sketches for other programs: valid, with themes, hits and timings, and back without them."""

from __future__ import annotations

import io
from pathlib import Path

import mido
import pytest
import verovio
from tests.adapters.formats.musicxml_schema import faults
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.adapters.formats.musicxml import read_score
from scorestage.errors import FormatError
from scorestage.music import MarkKind, Role, Sketch, Staff, Strand, Voice
from scorestage.production import Cue, Hit
from scorestage.timebase import BarGrid, FilmTime, Meter
from scorestage.workflow.compose import COMPOSE, read_sketch
from scorestage.workflow.job import Job
from scorestage.workflow.sketch_in import take_sketch
from scorestage.workflow.sketch_out import on_few_staves, theme_labels, write_sketch
from scorestage.workflow.sources import refresh
from scorestage.workflow.themes import ensure_theme


@pytest.fixture
def composed(tmp_path: Path) -> tuple[Job, Cue]:
    job = small_project(tmp_path / "wick")
    hits = (Hit("h1", FilmTime("24.5"), "door"), Hit("h2", FilmTime(28), "lamp"))
    cue = cue_in(job, 20, 36, hits=hits)
    write_map(job, cue, map_of_bars(FilmTime(20), 8))
    job = ensure_theme(again(job))
    refresh(job, job.cue(cue.id), COMPOSE)
    job = again(job)
    return job, job.cue(cue.id)


def test_musicxml_is_valid_and_says_themes_hits_and_timings(
    composed: tuple[Job, Cue], tmp_path: Path
) -> None:
    job, cue = composed
    target = tmp_path / "s.musicxml"
    made = write_sketch(job, cue, target)
    content = target.read_bytes()
    assert faults(content) == [] and 1 <= made.staves <= 6
    text = content.decode()
    assert "[0:04.50] door" in text and "[0:08.00] lamp" in text and ">0:00.00<" in text
    assert made.labels == theme_labels(job, cue) and made.labels
    assert all(f"Theme: {label.text}" in text for label in made.labels)
    assert text.count("<harmony>") == len(read_sketch(job, cue).chords)
    verovio.enableLog(verovio.LOG_OFF)
    kit = verovio.toolkit()
    assert kit.loadData(text) and kit.getPageCount() >= 1


def test_midi_has_a_marker_for_each_hit_and_theme(
    composed: tuple[Job, Cue], tmp_path: Path
) -> None:
    job, cue = composed
    target = tmp_path / "s.mid"
    made = write_sketch(job, cue, target)
    file = mido.MidiFile(file=io.BytesIO(target.read_bytes()))
    markers = [event.text for event in file.tracks[0] if event.type == "marker"]
    assert {"door", "lamp", *(label.text for label in made.labels)} <= set(markers)
    kinds = {event.type for event in file.tracks[0]}
    assert {"set_tempo", "time_signature", "smpte_offset"} <= kinds


def test_what_comes_back_has_no_labels_twice(composed: tuple[Job, Cue], tmp_path: Path) -> None:
    job, cue = composed
    first, second = tmp_path / "a.musicxml", tmp_path / "b.musicxml"
    write_sketch(job, cue, first)
    take_sketch(job, cue, first, again=True)
    words = [one.text for strand in read_sketch(job, cue).strands for one in strand.staff.words]
    assert not [text for text in words if text.startswith("Theme: ")]
    assert not [one for one in read_sketch(job, cue).marks if one.kind is MarkKind.HIT]
    write_sketch(job, cue, second)
    for name in ("door", "lamp"):
        assert second.read_text("utf-8").count(f"] {name}<") == 1
    heads = [
        sorted((note.onset, str(pitch)) for _, note in score.notes() for pitch in note.pitches)
        for score in (read_score(one.read_bytes(), one.name).score for one in (first, second))
    ]
    assert heads[0] == heads[1]


def test_more_than_six_strands_share_staves_and_lose_nothing(composed: tuple[Job, Cue]) -> None:
    job, cue = composed
    tune = read_sketch(job, cue).strands[0].staff
    roles = (*Role, Role.HARMONY)
    strands = tuple(
        Strand(role, Staff((Voice(tune.notes),)), f"{role.value} {place}")
        for place, role in enumerate(roles)
    )
    wide = Sketch(BarGrid.regular(8, Meter(4, 4)), strands)
    made = on_few_staves(wide)
    assert len(made.strands) == 6
    count = sum(len(strand.staff.notes) for strand in made.strands)
    assert count == sum(len(strand.staff.notes) for strand in strands)
    for strand in made.strands:
        names = [note.id for note in strand.staff.notes]
        assert len(names) == len(set(names))


def test_another_ending_is_refused(composed: tuple[Job, Cue], tmp_path: Path) -> None:
    with pytest.raises(FormatError):
        write_sketch(*composed, tmp_path / "s.docx")
