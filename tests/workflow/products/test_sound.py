"""The plain parts of a cue's sound: which beats are hits, what is last, what makes it anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.music import Family, Instrument, Line, Player, Score, Staff, Voice
from scorestage.music.note import Note
from scorestage.music.pitch import Pitch
from scorestage.production import Hit, HitStatus, WayOut
from scorestage.timebase import BarGrid, Beat, Beats, FilmTime, Meter
from scorestage.workflow.job import Job
from scorestage.workflow.products.clicks import last_attack
from scorestage.workflow.products.cuefacts import facts_of
from scorestage.workflow.products.sound import (
    caught_beats,
    click_path,
    cue_sound,
    mockup_path,
)

HITS = (
    Hit("h1", FilmTime(24), "on the downbeat of bar 3"),
    Hit("h2", FilmTime("25.1"), "2.4 frames late for an eighth: missed"),
    Hit("h3", FilmTime("26.25"), "on the off-beat"),
    Hit("h4", FilmTime(28), "dropped", status=HitStatus.DROPPED),
)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """Six bars of 4/4 at 120 from 20 s: a quarter is half a second."""
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 32, title="Storm", hits=HITS)
    write_map(job, cue, map_of_bars(FilmTime(20)))
    return again(job)


def score_of(*voices: tuple[tuple[int, int], ...]) -> Score:
    """One player for each voice of (onset, length) in quarters."""
    lines = []
    for number, voice in enumerate(voices):
        notes = tuple(
            Note(f"{number}-{at}", Beat(at), Beats(length), (Pitch.parse("C4"),))
            for at, length in voice
        )
        instrument = Instrument(f"i{number}", "Piano", "Pno.", Family.KEYBOARD, None, None)
        player = Player(f"p{number}", "Piano", "Pno.", (instrument,))
        lines.append(Line(player, (Staff((Voice(notes),)),)))
    return Score(BarGrid.regular(6, Meter(4, 4)), tuple(lines))


def test_only_hits_that_are_caught_are_played_as_hits(job: Job) -> None:
    cue = job.cues()[0]
    assert caught_beats(job, facts_of(job, cue)) == (Beat(8), Beat("25/2"))


def test_the_last_attack_is_the_last_that_is_written() -> None:
    assert last_attack(score_of(((0, 20), (20, 1)), ((16, 8),))) == Beat(20)
    assert last_attack(score_of((), ())) is None


def test_click_and_mockup_begin_together(job: Job) -> None:
    """The files begin at 15 s of the film: a second before eight clicks before 20 s."""
    cue = job.cues()[0]
    assert click_path(job, cue) == "cues/1m01/audio/1m01_v1_click_01-00-15-00.wav"
    assert mockup_path(job, cue) == "cues/1m01/audio/1m01_v1_mockup_01-00-15-00.wav"


def inputs(job: Job, **changes: object) -> tuple[str, str]:
    cue = replace(job.cues()[0], **changes)  # type: ignore[arg-type]
    click, mockup = cue_sound(job, cue)
    return click.inputs, mockup.inputs


def test_what_makes_the_sound_anew(job: Job) -> None:
    """Hits and ways out change the mock-up and not the click; a title neither; the map both."""
    click, mockup = inputs(job)
    assert inputs(again(job), title="Dawn", why=("because",), tone=("calm",)) == (click, mockup)
    for changes in ({"way_out": WayOut.CUT}, {"hits": HITS[:1]}):
        new_click, new_mockup = inputs(job, **changes)
        assert new_click == click and new_mockup != mockup
    write_map(job, job.cues()[0], map_of_bars(FilmTime(20), bpm=118))
    new_click, new_mockup = inputs(job)
    assert new_click != click and new_mockup != mockup


def test_another_score_makes_both_anew(job: Job) -> None:
    """The click too: it ends with the last attack."""
    before = inputs(job)
    (job.folder.cue_folder("cue001") / "score.musicxml").write_text("<score/>")
    after = inputs(job)
    assert before[0] != after[0] and before[1] != after[1]
    reseeded = job.save(replace(job.production, seed=99))
    assert inputs(reseeded)[0] == after[0] and inputs(reseeded)[1] != after[1]
