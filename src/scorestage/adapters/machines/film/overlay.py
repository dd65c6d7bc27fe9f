"""A film with something drawn over it: decoded, drawn on and encoded in one pass."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from scorestage.adapters.machines.film.ahead import ahead
from scorestage.adapters.machines.film.carried import SoundSource
from scorestage.adapters.machines.film.facts import FilmFacts, probe
from scorestage.adapters.machines.film.frames import (
    Picture,
    colour_matrix,
    is_studio,
    numbered_frames,
    read_frames,
)
from scorestage.adapters.machines.film.opening import local_file, opened, picture_of
from scorestage.adapters.machines.film.sound import Sound
from scorestage.adapters.machines.film.writer import FilmWriter, SoundTrack, even
from scorestage.errors import FilmError, Where
from scorestage.timebase import FilmTime, Timecode

Draw = Callable[[int, Picture], None]
"""Draws in place on a height x width x 3 picture; frame 0 is the film's first."""

_Shown = TypeVar("_Shown")


@dataclass(frozen=True, slots=True)
class Planes:
    """A frame's own planes, to be drawn on in place: luma full size, chroma half size (4:2:0).

    Studio levels: luma 16 black to 235 white, chroma 128 neutral.
    """

    luma: NDArray[np.uint8]
    blue: NDArray[np.uint8]
    red: NDArray[np.uint8]


DrawPlanes = Callable[[int, Planes], None]
"""Draws in place on a frame's planes: nothing is converted, so faster than `Draw`."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What the new film holds: frames from `first_frame` up to, not including, `end_frame`.

    Frames before 0 and after the film's last are black; `end_frame` None ends with the film.
    `sounds` start at `first_frame`. `start_timecode` labels `first_frame`; without it the source's
    own timecode is carried on. `carries_sound` takes the source's own sound along, in sync, for
    overlays of the whole film. `progress` hears (frames done, frames in all).
    """

    first_frame: int = 0
    end_frame: int | None = None
    sounds: Sequence[tuple[SoundTrack, Sound]] = ()
    start_timecode: Timecode | None = None
    title: str = ""
    crf: int = 20
    preset: str = "veryfast"
    carries_sound: bool = False
    progress: Callable[[int, int], None] | None = None


def overlay_film(
    source: Path | str,
    dest: Path | str,
    draw: Draw,
    over: Overlay | None = None,
    facts: FilmFacts | None = None,
) -> int:
    """Write `dest`: `source` with each frame drawn on in RGB; the number of frames written.

    Size and rate stay (a variable rate becomes constant); rotation and odd pixels are made plain.
    """
    file = local_file(source)
    known = facts or probe(file)
    plan = over or Overlay()
    height, width = even(known.height_px), even(known.width_px)
    odd = (0, height - known.height_px), (0, width - known.width_px), (0, 0)
    black = np.zeros((known.height_px, known.width_px, 3), dtype=np.uint8)
    start = _start(known, plan)

    def drawn() -> Generator[Picture | VideoFrame, None, None]:
        frames = read_frames(file, facts=known, start=start)
        for number, held, _ in _on_grid(known, frames, plan):
            pixels = np.pad(black if held is None else held, odd, mode="edge")
            draw(number, pixels)
            yield pixels

    return _written(file, Path(dest), known, plan, drawn())


def overlay_planes(
    source: Path | str,
    dest: Path | str,
    draw: DrawPlanes,
    over: Overlay | None = None,
    facts: FilmFacts | None = None,
) -> int:
    """The same, drawing on the frame's own planes; for upright films with square pixels.

    `FilmError` where the film is stored turned or squeezed: take `overlay_film` there.
    """
    file = local_file(source)
    known = facts or probe(file)
    plan = over or Overlay()
    width, height = even(known.width_px), even(known.height_px)
    studio = _studio(width, height)
    black = studio(VideoFrame.from_ndarray(np.zeros((height, width, 3), np.uint8), "rgb24"))

    def drawn() -> Generator[Picture | VideoFrame, None, None]:
        with opened(file, as_stored=bool(known.edits)) as container:
            picture = picture_of(container, file)
            if not _stored_plain(picture, known):
                raise FilmError("the film is stored turned or squeezed", Where(file=file.name))
            frames = numbered_frames(container, picture, known, file, _start(known, plan))
            for number, held, again in _on_grid(known, frames, plan):
                shown = black if held is None else studio(held)
                frame = _copied(shown) if again or held is None else _own(shown)
                draw(number, _planes(frame))
                yield frame

    return _written(file, Path(dest), known, plan, drawn())


def overlay_drawn(
    source: Path | str,
    dest: Path | str,
    on_planes: DrawPlanes,
    on_pixels: Draw,
    over: Overlay | None = None,
    facts: FilmFacts | None = None,
) -> int:
    """The same by whichever way the film allows: on its planes, else on red, green and blue.

    The film written is `even` in width and height: draw for that size.
    """
    file = local_file(source)
    facts = facts or probe(file)
    whole = facts.width_px % 2 == facts.height_px % 2 == 0
    with opened(file) as container:
        plain = _stored_plain(picture_of(container, file), facts)
    if plain and whole:
        return overlay_planes(file, dest, on_planes, over, facts)
    return overlay_film(file, dest, on_pixels, over, facts)


def _studio(width_px: int, height_px: int) -> Callable[[VideoFrame], VideoFrame]:
    """What makes any frame one of this size in 4:2:0, BT.709, studio levels."""
    scaler = VideoReformatter()

    def made(frame: VideoFrame) -> VideoFrame:
        if is_studio(frame, width_px, height_px):
            return frame
        return scaler.reformat(
            frame,
            width=width_px,
            height=height_px,
            format="yuv420p",
            src_colorspace=colour_matrix(frame),
            dst_colorspace=int(Colorspace.ITU709),
            dst_color_range=int(ColorRange.MPEG),
        )

    return made


def _stored_plain(picture: VideoStream, facts: FilmFacts) -> bool:
    """Whether a film's frames stand upright with square pixels as they are stored."""
    return not facts.rotation_degrees and picture.sample_aspect_ratio in (None, 0, 1)


def _copied(frame: VideoFrame) -> VideoFrame:
    """A copy of a frame that is still to be shown again."""
    copied = VideoFrame.from_ndarray(frame.to_ndarray(), format="yuv420p")
    copied.colorspace, copied.color_range = frame.colorspace, frame.color_range
    return copied


def _own(frame: VideoFrame) -> VideoFrame:
    """The frame, to be drawn on: what the decoder still refers to is copied first."""
    frame.make_writable()
    return frame


def _planes(frame: VideoFrame) -> Planes:
    views = []
    for plane in frame.planes:
        stored: Any = plane  # readable as a buffer, which PyAV's types do not say
        rows = np.frombuffer(stored, dtype=np.uint8).reshape(plane.height, plane.line_size)
        views.append(rows[:, : plane.width])
    return Planes(*views)


def _start(facts: FilmFacts, plan: Overlay) -> FilmTime | None:
    return facts.rate.time_of(plan.first_frame) if plan.first_frame > 0 else None


def _end(facts: FilmFacts, plan: Overlay) -> int:
    if plan.end_frame is not None:
        return plan.end_frame
    if facts.variable_rate:
        return facts.rate.nearest_frame(FilmTime(0) + facts.duration)
    return facts.frame_count


def _on_grid(
    facts: FilmFacts, frames: Iterator[tuple[int, FilmTime, _Shown]], plan: Overlay
) -> Iterator[tuple[int, _Shown | None, bool]]:
    """What is on screen at each frame of the plan, None for black; and whether it is again."""
    rate = facts.rate
    held: _Shown | None = None
    coming = next(frames, None)
    due = rate.nearest_frame(coming[1]) if coming is not None else None
    last = _end(facts, Overlay())
    for number in range(plan.first_frame, _end(facts, plan)):
        while coming is not None and due is not None and due <= number:
            held = coming[2]
            coming = next(frames, None)
            due = rate.nearest_frame(coming[1]) if coming is not None else None
        over = coming is None and number >= last
        yield number, None if number < 0 or over else held, due != number + 1


def _written(
    source: Path,
    dest: Path,
    facts: FilmFacts,
    plan: Overlay,
    frames: Generator[Picture | VideoFrame, None, None],
) -> int:
    count = _end(facts, plan) - plan.first_frame
    if count <= 0:
        raise FilmError("this stretch of film holds no frame", Where(file=dest.name))
    if dest.exists() and dest.samefile(source):
        raise FilmError("the film would be written over itself", Where(file=dest), "name another")
    with ExitStack() as room:
        carried = SoundSource(source, facts) if plan.carries_sound else None
        if carried is not None:
            room.callback(carried.close)
        writer = FilmWriter(
            dest,
            even(facts.width_px),
            even(facts.height_px),
            facts.rate,
            [track for track, _ in plan.sounds],
            plan.start_timecode or _carried(facts, plan.first_frame),
            plan.crf,
            plan.preset,
            plan.title,
            carried,
        )
        film = room.enter_context(writer)
        coming = room.enter_context(closing(ahead(frames)))
        for number, (_, samples) in enumerate(plan.sounds):
            film.write_sound(number, samples)
        for frame in coming:
            film.write_frame(frame)
            if plan.progress is not None:
                plan.progress(film.frames_written, count)
        return film.frames_written


def _carried(facts: FilmFacts, first_frame: int) -> Timecode | None:
    if facts.start_timecode is None:
        return None
    return facts.start_timecode + first_frame
