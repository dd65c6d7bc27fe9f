"""Tempo maps in whatever file a person has them."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map
from tests.workflow.test_streamers_alone import map_file

from scorestage.adapters.formats.midi import write_map as write_midi_map
from scorestage.adapters.session import Session
from scorestage.errors import ScorestageError
from scorestage.timebase import (
    FRAMES_24,
    Beat,
    Beats,
    FilmClock,
    FilmSpan,
    FilmTime,
    FreeBar,
    Ramp,
    RampLaw,
    Steady,
    Tempo,
    TempoMap,
    frame_rate,
)
from scorestage.workflow.map_alone import rate_doubt, read_map_alone

CLOCK = FilmClock(FRAMES_24, 86400)
GRID = map_of_bars(FilmTime(20)).grid
EVENTS = (
    Steady(Beat(0), Tempo("97.3")),
    Ramp(Beat(8), Beats(4), Tempo("97.3"), Tempo(80), RampLaw.LINEAR_IN_TIME),
    FreeBar(Beat(16), Beats(4), FilmSpan("22/3")),
)
BENT = TempoMap(FilmTime("61/3"), GRID, EVENTS)


def test_a_fits_answer_comes_in_exactly(tmp_path: Path) -> None:
    found = read_map_alone(map_file(tmp_path / "map.json", BENT), CLOCK)
    assert found == BENT
    assert found.time_at(Beat(11)) == BENT.time_at(Beat(11))


def test_a_cues_own_map_comes_in(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 32)
    write_map(job, cue, BENT)
    path = again(job).folder.cue_folder(cue.id) / "map.toml"
    assert read_map_alone(path, job.clock) == BENT


def test_a_midi_file_of_another_program_comes_in(tmp_path: Path) -> None:
    steady = map_of_bars(FilmTime(20), bpm=100)
    made = write_midi_map(Session("x", CLOCK, FilmTime(12), steady))
    (tmp_path / "map.mid").write_bytes(made.content)
    found = read_map_alone(tmp_path / "map.mid", CLOCK)
    assert [str(bar.label) for bar in found.grid.bars] == ["1", "2", "3", "4", "5", "6"]
    for read, written in zip(found.grid.starts, steady.grid.starts, strict=True):
        off = found.time_at(read) - steady.time_at(written)
        assert abs(off.seconds) < Fraction(1, 10**6)
    assert found.tempo_at(Beat(0)).quarters_per_minute == 100


def test_what_is_no_map_is_refused(tmp_path: Path) -> None:
    for name, text, told in (
        ("a.json", "{}", "tempo map"),
        ("b.json", "[1, 2", "JSON"),
        ("c.txt", "hello", "no tempo map"),
        ("d.xyz", "hello", "no tempo map is read from .xyz"),
        ("e.toml", "= 3", "e.toml"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(ScorestageError, match=told):
            read_map_alone(tmp_path / name, CLOCK)
    with pytest.raises(ScorestageError, match="no such tempo map"):
        read_map_alone(tmp_path / "none.json", CLOCK)
    with pytest.raises(ScorestageError, match="no candidate 2"):
        read_map_alone(map_file(tmp_path / "map.json", BENT), CLOCK, 2)


def test_a_map_made_for_another_rate_says_what_it_costs(tmp_path: Path) -> None:
    answer = tmp_path / "fit.json"
    answer.write_text(json.dumps({"candidates": [{"rate": "24"}, {"bars": []}]}), "utf-8")
    (told,) = rate_doubt(answer, frame_rate("23.976"), 180.0)
    assert "made for 24" in told and "4.3 frames off" in told
    assert rate_doubt(answer, frame_rate("24"), 180.0) == ()
    assert rate_doubt(answer, frame_rate("25"), 180.0, 2) == ()
    assert rate_doubt(tmp_path / "map.mid", frame_rate("25"), 180.0) == ()
