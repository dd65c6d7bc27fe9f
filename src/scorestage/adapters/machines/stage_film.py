"""The stage film of a cue: picture with streamers, punches and clocks; click and dialogue apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray

from scorestage.adapters.machines.film import (
    FilmWriter,
    Overlay,
    Planes,
    Sound,
    SoundTrack,
    even,
    overlay_drawn,
    probe,
    sound_chunks,
)
from scorestage.adapters.machines.film.facts import FilmFacts
from scorestage.adapters.machines.stage_painter import StagePainter
from scorestage.errors import FilmError
from scorestage.production import House
from scorestage.sync import ClickStroke, StageClock, StagePlan, click_track
from scorestage.timebase import FilmSpan, FrameRate, Timecode

CLICK_TITLE, PRODUCTION_TITLE = "Click", "Production sound"
LEAST_PRE_ROLL = FilmSpan(10)
BLACK_SIZE_PX = (1280, 720)
CHUNK_SECONDS = 10
_RATE_HZ = 48_000

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class StageFilm:
    """What one cue's stage film shows and plays; `title` is the cue's number and name."""

    title: str
    plan: StagePlan
    clock: StageClock
    strokes: tuple[ClickStroke, ...]
    house: House
    clocks: bool = True

    @property
    def rate(self) -> FrameRate:
        """The film's frame rate."""
        return self.clock.rate

    @property
    def first_frame(self) -> int:
        """At least ten seconds (or the house's pre-roll) before the first warning click."""
        pre_roll = max(LEAST_PRE_ROLL, FilmSpan(self.house.pre_roll_seconds))
        timeline = self.clock.timeline
        return self.rate.frame_at(min(timeline.first_click, timeline.first_sound) - pre_roll)

    @property
    def end_frame(self) -> int:
        """Where the sound has rung out."""
        return self.rate.nearest_frame(self.clock.timeline.file.end)


def write_stage_film(
    dest: Path,
    film: StageFilm,
    source: Path | None = None,
    production_sound: Sound | None = None,
    progress: Progress | None = None,
) -> int:
    """Write `dest` (.mp4, or .mov with uncompressed sound); the number of frames written.

    Where `source` has no frame, and without one everywhere, the picture is black. The first track
    is the click, the second the film's own sound (`production_sound` from film time zero on, 48 kHz
    stereo, saves reading it anew); no music. `FilmError` where the film runs at another rate than
    the cue was timed at.
    """
    facts = probe(source) if source is not None else None
    if facts is not None and facts.rate.frames_per_second != film.rate.frames_per_second:
        raise FilmError(
            f"the film runs at {facts.rate.name} frames a second, the cue at {film.rate.name}",
            do="take the picture version the cue is written to",
        )
    sounds = _sounds(dest, film, _production(film, source, facts, production_sound))
    if source is None or facts is None:
        return _on_black(dest, film, sounds, progress)
    size = even(facts.width_px), even(facts.height_px)
    painter = StagePainter(*size, film.plan, film.clock, film.title, clocks=film.clocks)
    over = Overlay(
        first_frame=film.first_frame,
        end_frame=film.end_frame,
        sounds=sounds,
        start_timecode=_start(film),
        title=film.title,
        progress=progress,
    )
    return overlay_drawn(source, dest, painter.on_planes, painter.on_pixels, over, facts)


def _sounds(dest: Path, film: StageFilm, production: Sound) -> list[tuple[SoundTrack, Sound]]:
    pcm = dest.suffix.lower() == ".mov"
    return [
        (SoundTrack(CLICK_TITLE, _RATE_HZ, 1, pcm), _click(film)),
        (SoundTrack(PRODUCTION_TITLE, _RATE_HZ, 2, pcm), production),
    ]


def _start(film: StageFilm) -> Timecode:
    return Timecode(film.clock.start_frames + film.first_frame, film.rate)


def _samples(film: StageFilm) -> int:
    lasting = film.rate.time_of(film.end_frame) - film.rate.time_of(film.first_frame)
    return round(lasting.seconds * _RATE_HZ)


def _click(film: StageFilm) -> Sound:
    start = film.rate.time_of(film.first_frame)
    return click_track(film.strokes, start, _samples(film), film.house, _RATE_HZ)[:, None]


def _production(
    film: StageFilm, source: Path | None, facts: FilmFacts | None, known: Sound | None
) -> Sound:
    """The film's own sound over the stretch shown, silent where there is none."""
    first = round(film.rate.time_of(film.first_frame).seconds * _RATE_HZ)
    pieces: Iterator[Sound] = iter([known]) if known is not None else iter(())
    if known is None and source is not None and facts is not None and facts.has_sound:
        pieces = sound_chunks(source, _RATE_HZ, 2, CHUNK_SECONDS, facts)
    return _laid(pieces, first, _samples(film))


def read_production(source: Path, first_frame: int, end_frame: int, rate: FrameRate) -> Sound:
    """A film's own sound from one frame to another, 48 kHz stereo, silent where it has none."""
    facts = probe(source)
    begins, ends = rate.time_of(first_frame), rate.time_of(end_frame)
    pieces: Iterator[Sound] = iter(())
    if facts.has_sound:
        pieces = sound_chunks(source, _RATE_HZ, 2, CHUNK_SECONDS, facts)
    length = round((ends - begins).seconds * _RATE_HZ)
    return _laid(pieces, round(begins.seconds * _RATE_HZ), length)


def _laid(pieces: Iterator[Sound], first: int, length: int) -> Sound:
    """Pieces of sound that begin at film time zero, over a stretch from sample `first` on."""
    found = np.zeros((length, 2), dtype=np.float32)
    at = -first
    for piece in pieces:
        low, high = max(0, at), min(len(found), at + len(piece))
        if low < high:
            found[low:high] = piece[low - at : high - at]
        at += len(piece)
        if at >= len(found):
            break
    return found


def _on_black(
    dest: Path,
    film: StageFilm,
    sounds: list[tuple[SoundTrack, Sound]],
    progress: Progress | None,
) -> int:
    width, height = BLACK_SIZE_PX
    painter = StagePainter(width, height, film.plan, film.clock, film.title, clocks=film.clocks)
    tracks = [track for track, _ in sounds]
    count = film.end_frame - film.first_frame
    writer = FilmWriter(dest, width, height, film.rate, tracks, _start(film), title=film.title)
    black = np.full((height * 3 // 2, width), 128, dtype=np.uint8)
    black[:height] = 16
    with writer as out:
        for number, (_, samples) in enumerate(sounds):
            out.write_sound(number, samples)
        for frame in range(film.first_frame, film.end_frame):
            stored = black.copy()
            painter.on_planes(frame, _planes_of(stored, width, height))
            out.write_frame(_studio_frame(stored))
            if progress is not None:
                progress(out.frames_written, count)
        return out.frames_written


def _planes_of(stored: NDArray[np.uint8], width: int, height: int) -> Planes:
    """The planes of a frame stored as one array: luma, then both chroma planes at half size."""
    half = (height // 2, width // 2)
    quarter = height // 4
    blue = stored[height : height + quarter].reshape(half)
    return Planes(stored[:height], blue, stored[height + quarter :].reshape(half))


def _studio_frame(stored: NDArray[np.uint8]) -> VideoFrame:
    frame = VideoFrame.from_ndarray(stored, format="yuv420p")
    frame.colorspace, frame.color_range = int(Colorspace.ITU709), int(ColorRange.MPEG)
    return frame
