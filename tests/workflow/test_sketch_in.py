"""A sketch written elsewhere taken into a cue: in its bars, kept over compose, orchestrated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.adapters.catalogue import load_instrument
from scorestage.adapters.formats.midi import write_midi
from scorestage.adapters.formats.musicxml import write_score
from scorestage.errors import InputError
from scorestage.music import (
    ChordSymbol,
    Line,
    Note,
    Pitch,
    Player,
    Role,
    Score,
    Sketch,
    Staff,
    Strand,
    Voice,
)
from scorestage.production import Cue
from scorestage.timebase import BarGrid, Beat, Beats, FilmTime, Meter
from scorestage.workflow.compose import COMPOSE, SKETCH, read_sketch
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import ORCHESTRATE, read_cue_score
from scorestage.workflow.sketch_in import take_sketch
from scorestage.workflow.sources import SourceState, refresh
from scorestage.workflow.themes import ensure_theme
from scorestage.workflow.why import PERSON, why_of

TUNE = ("C5", "D5", "E5", "G5", "F5", "E5", "D5", "C5")


@pytest.fixture
def cue_job(tmp_path: Path) -> tuple[Job, Cue]:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 32)
    write_map(job, cue, map_of_bars(FilmTime(20)))
    job = ensure_theme(again(job))
    return job, job.cue(cue.id)


def _line(meter: str = "4/4", bars: int = 4) -> Sketch:
    notes = tuple(
        Note(f"n{place}", Beat(2 * place), Beats(2), (Pitch.parse(name),))
        for place, name in enumerate(TUNE)
    )
    staff = Staff((Voice(notes),))
    return Sketch(BarGrid.regular(bars, Meter.parse(meter)), (Strand(Role.MELODY, staff),))


def _heard(sketch: Sketch) -> list[tuple[Beat, str]]:
    strands = (note for strand in sketch.strands for note in strand.staff.notes)
    return sorted((note.onset, str(note.pitches[0])) for note in strands if note.pitches)


@pytest.mark.parametrize("suffix", [".musicxml", ".mid"])
def test_a_line_by_hand_is_a_full_citizen(
    cue_job: tuple[Job, Cue], tmp_path: Path, suffix: str
) -> None:
    job, cue = cue_job
    score, tempo_map = _line().as_score(), map_of_bars(FilmTime(0), 4)
    file = tmp_path / f"tune{suffix}"
    made = write_midi(score, tempo_map) if suffix == ".mid" else write_score(score, tempo_map)
    file.write_bytes(made)
    shown = take_sketch(job, cue, file, dry=True)
    assert shown.written is None and not (job.folder.cue_folder(cue.id) / SKETCH).exists()
    taken = take_sketch(job, cue, file)
    assert (taken.bars, taken.silent_bars) == (6, 2)
    wanted = [(Beat(2 * place), name) for place, name in enumerate(TUNE)]
    assert _heard(read_sketch(job, cue)) == wanted
    assert refresh(job, cue, COMPOSE).state is SourceState.BY_HAND
    assert _heard(read_sketch(job, cue)) == wanted
    assert refresh(job, cue, ORCHESTRATE).state is SourceState.MADE
    played = {(n.onset, str(p)) for _, n in read_cue_score(job, cue).notes() for p in n.pitches}
    assert set(wanted) <= played
    with pytest.raises(InputError, match="has a sketch"):
        take_sketch(job, cue, file)


def _piano() -> Score:
    """Two hands: the tune over a bass in halves."""
    right = _line().strands[0].staff
    left = tuple(
        Note(f"b{place}", Beat(4 * place), Beats(4), (Pitch.parse(name),))
        for place, name in enumerate(("C3", "G2", "A2", "C3"))
    )
    piano = load_instrument("piano")
    player = Player("pf", piano.name, piano.abbreviation, (piano,))
    return Score(BarGrid.regular(4, Meter(4, 4)), (Line(player, (right, Staff((Voice(left),)))),))


def _lead_sheet() -> Score:
    """The tune with chord symbols over it."""
    chords = tuple(
        ChordSymbol(Beat(4 * place), root, quality)
        for place, (root, quality) in enumerate(
            (("C", "major"), ("G", "dominant"), ("A", "minor"), ("C", "major"))
        )
    )
    return replace(_line(), chords=chords).as_score()


@pytest.mark.parametrize("form", [_piano, _lead_sheet])
@pytest.mark.parametrize("suffix", [".musicxml", ".mid"])
def test_piano_and_lead_sheet_are_orchestrated_and_a_person_s(
    cue_job: tuple[Job, Cue], tmp_path: Path, suffix: str, form: Callable[[], Score]
) -> None:
    job, cue = cue_job
    score, tempo_map = form(), map_of_bars(FilmTime(0), 4)
    file = tmp_path / f"sketch{suffix}"
    made = write_midi(score, tempo_map) if suffix == ".mid" else write_score(score, tempo_map)
    file.write_bytes(made)
    take_sketch(job, cue, file)
    wanted = {(note.onset, pitch.key) for _, note in score.notes() for pitch in note.sounding}
    sketch = read_sketch(job, cue)
    assert wanted == {
        (note.onset, pitch.key)
        for strand in sketch.strands
        for note in strand.staff.notes
        for pitch in note.sounding
    }
    if suffix == ".musicxml":
        assert [str(one) for one in sketch.chords] == [str(one) for one in score.chords]
    assert refresh(job, cue, ORCHESTRATE).state is SourceState.MADE
    tune = {(note.onset, note.top.key) for note in score.lines[0].staves[0].notes if note.top}
    played = {
        (note.onset, pitch.key)
        for _, note in read_cue_score(job, cue).notes()
        for pitch in note.sounding
    }
    assert tune <= played
    assert {one.origin for one in why_of(job, cue, "1-4")} == {PERSON}


def test_bars_that_are_not_the_map_s_are_refused(cue_job: tuple[Job, Cue], tmp_path: Path) -> None:
    job, cue = cue_job
    file = tmp_path / "waltz.musicxml"
    file.write_bytes(write_score(_line("3/4", 6).as_score()))
    with pytest.raises(InputError, match="bar 1 is 4/4 in the map and 3/4 in the file"):
        take_sketch(job, cue, file)
    assert not (job.folder.cue_folder(cue.id) / SKETCH).exists()


def test_bars_counted_otherwise_are_told(cue_job: tuple[Job, Cue], tmp_path: Path) -> None:
    job, cue = cue_job
    file = tmp_path / "cut.musicxml"
    file.write_bytes(write_score(_line("2/2").as_score()))
    taken = take_sketch(job, cue, file)
    assert "bar 1 is 4/4 in the map, 2/2 in the file: 4/4" in taken.notes


def test_music_beyond_the_map_is_refused(cue_job: tuple[Job, Cue], tmp_path: Path) -> None:
    job, cue = cue_job
    write_map(job, cue, map_of_bars(FilmTime(20), 3))
    file = tmp_path / "long.musicxml"
    file.write_bytes(write_score(_line().as_score()))
    with pytest.raises(InputError, match="1 bars more"):
        take_sketch(again(job), cue, file)
