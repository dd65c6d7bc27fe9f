"""Hand-edited bars survive when the score is made again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.adapters.store import read_provenance
from scorestage.music import Interval, Score, Voice
from scorestage.production import Cue, ScoringOption
from scorestage.timebase import FilmTime
from scorestage.workflow.compose import COMPOSE
from scorestage.workflow.cues import change_cue
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import ORCHESTRATE, SCORE, map_of, read_cue_score
from scorestage.workflow.scoring import explained
from scorestage.workflow.sources import SourceState, refresh
from scorestage.workflow.themes import ensure_theme

SEVENTH = Interval(6, 11)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, ensemble="string-quartet", style="tender")
    write_map(job, cue, map_of_bars(FilmTime(20)))
    job = ensure_theme(again(job))
    refresh(job, cue, COMPOSE)
    refresh(job, cue, ORCHESTRATE)
    return again(job)


def the_cue(job: Job) -> Cue:
    return job.cues()[0]


def edited(job: Job, player: str, bar: int) -> Score:
    """Every note that begins in a bar of one player a seventh away, saved by another program."""
    cue = the_cue(job)
    score = read_cue_score(job, cue)
    low, high = score.grid.starts[bar], score.grid.starts[bar + 1]
    lines = []
    for line in score.lines:
        staves = line.staves
        if line.player.id == player:
            staves = tuple(
                replace(
                    staff,
                    voices=tuple(
                        Voice(
                            tuple(
                                replace(n, pitches=tuple(p.moved(SEVENTH) for p in n.sounding))
                                if low <= n.onset < high
                                else n
                                for n in voice.notes
                            )
                        )
                        for voice in staff.voices
                    ),
                )
                for staff in line.staves
            )
        lines.append(replace(line, staves=staves))
    changed = replace(score, lines=tuple(lines))
    path = job.folder.cue_folder(cue.id) / SCORE
    path.write_bytes(write_score(changed, map_of(job, cue), title="saved elsewhere"))
    return read_score(path.read_bytes()).score


def busy_player(job: Job, bar: int) -> str:
    """Somebody who begins a note in a bar."""
    score = read_cue_score(job, the_cue(job))
    low, high = score.grid.starts[bar], score.grid.starts[bar + 1]
    return next(
        line.player.id
        for line in score.lines
        if any(low <= note.onset < high and note.sounding for note in line.notes)
    )


def bar_of(job: Job, player: str, bar: int) -> list[tuple[str, str]]:
    score = read_cue_score(job, the_cue(job))
    low, high = score.grid.starts[bar], score.grid.starts[bar + 1]
    return [
        (str(note.onset.quarters), str(note.pitches[0]))
        for note in score.line_of(player).notes
        if low <= note.onset < high
    ]


def busy_bar(job: Job, player: str) -> int:
    """A bar in which the player begins a note, and into which and out of which none is held."""
    score = read_cue_score(job, the_cue(job))
    for bar in range(1, len(score.grid.bars) - 1):
        low, high = score.grid.starts[bar], score.grid.starts[bar + 1]
        here = [n for n in score.line_of(player).notes if n.onset < high and n.end > low]
        if here and all(low <= n.onset and n.end <= high for n in here):
            return bar
    raise AssertionError("no such bar")


def others(job: Job) -> list[list[tuple[str, str]]]:
    return [bar_of(job, player, bar) for player in ("vn2", "va", "vc") for bar in range(6)]


def test_a_changed_bar_stays_and_the_others_are_new(job: Job) -> None:
    cue, player = the_cue(job), "vn1"
    bar = busy_bar(job, player)
    before = others(job)
    edited(job, player, bar)
    mine = bar_of(job, player, bar)
    assert refresh(job, cue, ORCHESTRATE).state is SourceState.BY_HAND
    cue = change_cue(again(job), cue.id, assign=("melody=va",))
    job = again(job)
    waiting = refresh(job, cue, ORCHESTRATE)
    assert waiting.state is SourceState.BY_HAND
    assert "--again" in waiting.remarks[0]
    report = refresh(job, cue, ORCHESTRATE, again=True)
    assert report.state is SourceState.MADE
    assert [(one.player, one.bar_indices) for one in report.kept] == [(player, (bar,))]
    assert f"kept as you wrote them: Violin 1 {bar + 1}" in report.remarks[0]
    assert bar_of(job, player, bar) == mine
    assert others(job) != before
    told = explained(job, cue)
    assert told.by_hand
    assert any(one.player == player for one in told.account.unexplained)


def test_it_stays_however_often_the_score_is_made(job: Job) -> None:
    bar = busy_bar(job, "va")
    edited(job, "va", bar)
    mine = bar_of(job, "va", bar)
    for option in (ScoringOption.LUSH, ScoringOption.SMALL, ScoringOption.BALANCED):
        cue = change_cue(again(job), the_cue(job).id, option=option)
        job = again(job)
        report = refresh(job, cue, ORCHESTRATE, again=True)
        assert [(one.player, one.bar_indices) for one in report.kept] == [("va", (bar,))]
        assert bar_of(job, "va", bar) == mine


def test_everything_is_made_anew_where_a_person_says_so(job: Job) -> None:
    cue = the_cue(job)
    path = job.folder.cue_folder(cue.id) / SCORE
    made = path.read_bytes()
    edited(job, "vn1", busy_bar(job, "vn1"))
    report = refresh(job, cue, ORCHESTRATE, again=True, everything=True)
    assert (report.state, report.kept) == (SourceState.MADE, ())
    assert path.read_bytes() == made


def test_a_file_only_saved_again_has_nothing_to_keep(job: Job) -> None:
    cue = the_cue(job)
    path = job.folder.cue_folder(cue.id) / SCORE
    path.write_bytes(path.read_bytes().replace(b"?>", b"?><!-- saved -->", 1))
    report = refresh(job, cue, ORCHESTRATE, again=True)
    assert (report.state, report.kept) == (SourceState.MADE, ())


def test_a_score_that_was_never_ours_is_not_touched(job: Job) -> None:
    cue = the_cue(job)
    folder = job.folder.cue_folder(cue.id)
    held = (folder / SCORE).read_bytes()
    (folder / "provenance.jsonl").unlink()
    report = refresh(job, cue, ORCHESTRATE, again=True)
    assert report.state is SourceState.BY_HAND
    assert "--again --all" in report.remarks[0]
    assert (folder / SCORE).read_bytes() == held


def test_bars_that_are_gone_are_told_and_nothing_is_written(job: Job) -> None:
    cue = the_cue(job)
    edited(job, busy_player(job, 5), 5)
    held = (job.folder.cue_folder(cue.id) / SCORE).read_bytes()
    write_map(job, cue, map_of_bars(FilmTime(20), bars=4))
    job = again(job)
    refresh(job, cue, COMPOSE, again=True)
    report = refresh(job, cue, ORCHESTRATE, again=True)
    assert report.state is SourceState.BY_HAND
    assert "bars 6 are a person's" in report.remarks[0]
    assert (job.folder.cue_folder(cue.id) / SCORE).read_bytes() == held


def test_the_prints_are_kept_with_the_cue(job: Job) -> None:
    folder = job.folder.cue_folder(the_cue(job).id)
    prints = read_provenance(folder).prints_of(SCORE)
    assert {"vn1", "vn2", "va", "vc"} <= set(prints)
    assert {len(bars) for bars in prints.values()} == {6}
