"""Small projects on disk: no film is drawn, its measures are only written down."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from scorestage.production import Cue, Production, Reel
from scorestage.timebase import BarGrid, FilmTime, Meter, Tempo, TempoMap
from scorestage.workflow.cues import add_cue
from scorestage.workflow.fit import MAP
from scorestage.workflow.job import Job
from scorestage.workflow.new import Beginning, new_project
from tests.small_production import ONE_HOUR_FRAMES, PICTURE

REELS = (Reel(1, 0, 2399, ONE_HOUR_FRAMES), Reel(2, 2400, 4799, 2 * ONE_HOUR_FRAMES))
"""The 200 seconds of the picture in two reels of 100."""


def small_project(root: Path, *, picture: bool = True) -> Job:
    """An empty project, with a picture of 200 seconds (two reels) or without one."""
    job = new_project(root, Beginning(title="Wick", ensemble="piano-solo", style="tender", seed=3))
    if not picture:
        return job
    production: Production = replace(
        job.production, picture=PICTURE.id, pictures=(PICTURE,), reels=REELS
    )
    return job.save(production)


def again(job: Job) -> Job:
    """The same project as it is on disk now."""
    return Job.open(job.folder.root)


def cue_in(job: Job, start: int | str = 20, end: int | str = 32, **changes: object) -> Cue:
    """One more cue."""
    return add_cue(again(job), FilmTime(start), FilmTime(end), **changes)


def map_of_bars(start: FilmTime, bars: int = 6, bpm: int = 120) -> TempoMap:
    """Bars of 4/4 at one tempo: two seconds each at 120."""
    return TempoMap.steady(start, Tempo(bpm), BarGrid.regular(bars, Meter(4, 4)))


def write_map(job: Job, cue: Cue, tempo_map: TempoMap) -> None:
    """Put a map into the cue's folder, as if by hand."""
    text = job.folder.map_text(tempo_map, job.clock, "by hand")
    (job.folder.cue_folder(cue.id) / MAP).write_text(text, encoding="utf-8")
