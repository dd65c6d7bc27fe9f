"""A film with streamers over it, as long as the film and with its own sound: no project needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scorestage.adapters.machines.film import FilmFacts, Overlay, even, overlay_drawn
from scorestage.adapters.machines.stage_painter import StagePainter
from scorestage.sync import Clock, StagePlan
from scorestage.timebase import Timecode

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class StreamerFilm:
    """What is laid over a film; `title` stands in its corner.

    `counts` says whether bars and beats are known; without `clocks` only streamers, punches and
    flutters are drawn. `start` labels the first frame.
    """

    title: str
    plan: StagePlan
    clock: Clock
    start: Timecode
    counts: bool = False
    clocks: bool = True


def write_streamer_film(
    source: Path,
    dest: Path,
    film: StreamerFilm,
    facts: FilmFacts,
    progress: Progress | None = None,
) -> int:
    """Write `dest` (.mp4 or .mov): `source` at its own rate and size; the number of frames.

    All sound tracks of the film are carried over in sync, copied where the file can hold them.
    """
    painter = StagePainter(
        even(facts.width_px),
        even(facts.height_px),
        film.plan,
        film.clock,
        film.title,
        clocks=film.clocks,
        counts=film.counts,
    )
    over = Overlay(
        start_timecode=film.start, title=film.title, carries_sound=True, progress=progress
    )
    return overlay_drawn(source, dest, painter.on_planes, painter.on_pixels, over, facts)
