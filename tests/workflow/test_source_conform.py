"""Music of the scene through a new cut: it plays on in its own time, and ends at its new out."""

from pathlib import Path

import pytest
from tests.conform.known_changes import recut
from tests.small_project import again, cue_in, small_project
from tests.songs.test_unrolling import bar
from tests.workflow.test_song_order import note, tempo, written
from tests.written_project import new_cut

from scorestage.production import Layer
from scorestage.timebase import Beat
from scorestage.workflow.build import SOURCES
from scorestage.workflow.compose import map_of
from scorestage.workflow.conform import PLAYS_ON, conform
from scorestage.workflow.conform_apply import apply_conform
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import read_cue_score
from scorestage.workflow.song_sheets import SongWish
from scorestage.workflow.songs import add_song
from scorestage.workflow.sources import SourceState, refresh, settled
from scorestage.workflow.themes import ensure_theme


def source_job(tmp_path: Path, song: str) -> Job:
    """A source cue from 20 to 44 s: composed, or a song of twenty bars at 60 and 120."""
    job = ensure_theme(small_project(tmp_path / "wick"))
    bars = [bar(at, tempo(60 if at % 2 else 120), note=note("la")) for at in range(1, 21)]
    add_song(job, written(tmp_path, *bars), SongWish(), "lamp")
    name = cue_in(job, 20, 44, layer=Layer.SOURCE, song=song, start_at="3").number
    for source in SOURCES:
        refresh(again(job), again(job).cue(name), source)
    return again(job)


@pytest.mark.parametrize(("song", "change"), [("", (820, 14, 0)), ("lamp", (700, 0, 37))])
def test_it_keeps_its_tempo_and_ends_at_its_new_out(
    tmp_path: Path, song: str, change: tuple[int, int, int]
) -> None:
    job = source_job(tmp_path, song)
    (cue,) = job.cues()
    old = map_of(job, cue)
    changes = recut(change)
    found = conform(job, changes, workers=1)
    assert not found.cues[0].repairs
    assert found.cues[0].fault == PLAYS_ON
    now = apply_conform(job, found, new_cut(job, changes))
    moved = now.cue(cue.number)
    own = map_of(now, moved)
    assert moved.version == "v2"
    assert moved.start is not None and moved.end is not None
    assert own.start == moved.start
    assert own.tempo_at(Beat(0)) == old.tempo_at(Beat(0))
    assert own.time_at(Beat(9)) - own.start == old.time_at(Beat(9)) - old.start
    ends = [own.time_at(one.end) for _, one in read_cue_score(now, moved).notes()]
    assert moved.end.seconds - 3 < max(ends).seconds <= moved.end.seconds
    assert own.end >= moved.end
    for source in SOURCES:
        report = settled(now, moved, source)
        assert report is not None and report.state is SourceState.KEPT, source.file
