"""The film of a play-through: the picture, and below it the bars, hits and keys as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scorestage.adapters.machines.film import (
    FilmWriter,
    Picture,
    Sound,
    SoundTrack,
    even,
    probe,
    read_frames,
)
from scorestage.adapters.machines.playthrough_strip import StripFacts, StripPainter
from scorestage.adapters.machines.stage_painter import StagePainter
from scorestage.errors import FilmError
from scorestage.music import Score
from scorestage.production import Hit
from scorestage.sync import PictureClock, StagePlan
from scorestage.timebase import Beat, FilmTime, FrameRate, TempoMap, Timecode

BLACK_SIZE_PX = (1280, 720)
SMALLEST_WIDTH_PX = 640
TITLE = "Piano"
_STRIP_SHARE = 0.34
_RATE_HZ = 48_000


@dataclass(frozen=True, slots=True)
class PlayFilm:
    """What the film shows: frames from `first_frame` up to, not including, `end_frame`."""

    number: str
    title: str
    score: Score
    tempo_map: TempoMap
    hits: tuple[Hit, ...]
    rate: FrameRate
    start_frames: int
    first_frame: int
    end_frame: int
    themes: tuple[tuple[Beat, str], ...] = ()
    plan: StagePlan | None = None
    clock_zero: FilmTime | None = None


def write_play_film(
    dest: Path,
    film: PlayFilm,
    source: Path | None,
    sound: Sound,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Write `dest`: the picture with the strip below it and `sound` as its track; frames written.

    `FilmError` where the picture runs at another rate than the cue was timed at.
    """
    facts = probe(source) if source is not None else None
    if facts is not None and facts.rate.frames_per_second != film.rate.frames_per_second:
        raise FilmError(
            f"the film runs at {facts.rate.name} frames a second, the cue at {film.rate.name}",
            do="take the picture version the cue is written to",
        )
    width, height = (facts.width_px, facts.height_px) if facts is not None else BLACK_SIZE_PX
    scale = max(1.0, SMALLEST_WIDTH_PX / width)
    width, height = even(round(width * scale)), even(round(height * scale))
    strip_px = even(round(min(height, width * 9 / 16) * _STRIP_SHARE))
    painter = StripPainter(width, strip_px, _facts(film))
    over = _streamers(film, width, height)
    track = SoundTrack(TITLE, _RATE_HZ, 2, dest.suffix.lower() == ".mov")
    start = Timecode(max(0, film.start_frames + film.first_frame), film.rate)
    writer = FilmWriter(
        dest, width, height + strip_px, film.rate, [track], start, crf=21, title=film.title
    )
    count = film.end_frame - film.first_frame
    with writer as out:
        out.write_sound(0, sound)
        for frame, picture in _pictures(film, source, (width, height)):
            canvas = np.zeros((height + strip_px, width, 3), dtype=np.uint8)
            if picture is not None:
                canvas[:height] = picture
            if over is not None:
                over.on_pixels(frame, canvas[:height])
            canvas[height:] = painter.at(film.rate.time_of(frame))
            out.write_frame(canvas)
            if progress is not None:
                progress(out.frames_written, count)
        return out.frames_written


def _facts(film: PlayFilm) -> StripFacts:
    return StripFacts(
        film.title,
        film.score,
        film.tempo_map,
        film.hits,
        film.themes,
        film.rate,
        film.start_frames,
        film.clock_zero or film.tempo_map.start,
    )


def _streamers(film: PlayFilm, width_px: int, height_px: int) -> StagePainter | None:
    if film.plan is None:
        return None
    clock = PictureClock(film.rate, film.start_frames, film.clock_zero or film.tempo_map.start)
    return StagePainter(width_px, height_px, film.plan, clock, film.title, clocks=False)


def _pictures(
    film: PlayFilm, source: Path | None, size: tuple[int, int]
) -> Iterator[tuple[int, Picture | None]]:
    """Each frame of the stretch with its picture; None before the film begins and after it ends."""
    if source is None:
        for frame in range(film.first_frame, film.end_frame):
            yield frame, None
        return
    rate = film.rate
    begins = rate.time_of(film.first_frame) if film.first_frame > 0 else None
    coming = read_frames(source, size, start=begins)
    held: Picture | None = None
    following = next(coming, None)
    for frame in range(film.first_frame, film.end_frame):
        while following is not None and rate.nearest_frame(following[1]) <= frame:
            held = following[2]
            following = next(coming, None)
        over = following is None and held is not None and _past(film, source, frame)
        yield frame, None if frame < 0 or over else held
    coming.close()


def _past(film: PlayFilm, source: Path, frame: int) -> bool:
    facts = probe(source)
    return frame >= film.rate.nearest_frame(FilmTime(0) + facts.duration)
