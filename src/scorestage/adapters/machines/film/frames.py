"""The film's frames, one after another, upright, with exact times."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator
from fractions import Fraction
from pathlib import Path

import av.error
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from scorestage.adapters.machines.film.edits import Edit
from scorestage.adapters.machines.film.facts import (
    MOST_FAULTS,
    FilmFacts,
    counts_decoding,
    fault_at,
    probe,
    seconds_of,
    upright_size,
)
from scorestage.adapters.machines.film.opening import (
    broken,
    local_file,
    opened,
    packets_of,
    picture_of,
)
from scorestage.timebase import FilmSpan, FilmTime

Picture = NDArray[np.uint8]
"""A frame: height x width (grey, 0 to 255) or height x width x 3 (red, green, blue)."""

SAME_FRAME = FilmSpan("1/1000")
HD_HEIGHT_PX = 720
UNSPECIFIED_COLOUR = 2
_LOG = logging.getLogger(__name__)


def read_frames(
    path: Path | str,
    size: tuple[int, int] | None = None,
    grey: bool = False,
    facts: FilmFacts | None = None,
    start: FilmTime | None = None,
) -> Generator[tuple[int, FilmTime, Picture], None, None]:
    """Each frame of the film in one pass: its number, exact film time, and upright picture.

    `size` is (width, height) in pixels. At a constant rate number and time lie on the frame grid
    (a frame missing in the file leaves a gap in the numbers); at a variable rate frames are counted
    and times are the file's own. With `start`, from the frame on screen at that time on. Memory is
    one frame. `FilmError` for what is no film or breaks.
    """
    file = local_file(path)
    known = facts or probe(file)
    with opened(file, as_stored=bool(known.edits)) as container:
        picture = picture_of(container, file)
        painter: _Painter | None = None
        for number, at, frame in numbered_frames(container, picture, known, file, start):
            if painter is None:
                painter = _Painter(frame, size or upright_size(picture, frame), grey)
            yield number, at, painter.upright(frame)


def read_planes(
    path: Path | str,
    size: tuple[int, int],
    facts: FilmFacts | None = None,
    start: FilmTime | None = None,
) -> Generator[tuple[FilmTime, Picture, Picture], None, None]:
    """Each frame in one pass: its exact film time, luma (height x width) and colour differences.

    Both in full range (0 to 255), upright; the colour differences (blue, red; 2 x half the height
    x half the width) have 128 in their middle. `size` is (width, height), both even. The rest is as
    with `read_frames`, at less cost: nothing is turned into red, green and blue.
    """
    file = local_file(path)
    known = facts or probe(file)
    width, height = size
    with opened(file, as_stored=bool(known.edits)) as container:
        picture = picture_of(container, file)
        scaler = VideoReformatter()
        for _, at, frame in numbered_frames(container, picture, known, file, start):
            turn = frame.rotation % 360
            stored = (height, width) if turn % 180 else (width, height)
            small = scaler.reformat(
                frame,
                width=stored[0],
                height=stored[1],
                format="yuv420p",
                interpolation=Interpolation.AREA,
                dst_color_range=int(ColorRange.JPEG),
            )
            yield at, *_planes(np.asarray(small.to_ndarray(), np.uint8), stored, turn // 90)


def _planes(
    stacked: NDArray[np.uint8], stored: tuple[int, int], turns: int
) -> tuple[Picture, Picture]:
    """Luma and colour out of the three planes that lie below one another."""
    width, height = stored
    luma = stacked[:height]
    colour = stacked[height:].reshape(2, height // 2, width // 2)
    if turns:
        luma, colour = np.rot90(luma, turns), np.rot90(colour, turns, (1, 2))
    return luma, colour


def numbered_frames(
    container: InputContainer,
    picture: VideoStream,
    facts: FilmFacts,
    path: Path,
    start: FilmTime | None = None,
) -> Iterator[tuple[int, FilmTime, VideoFrame]]:
    """Decoded frames with number and film time; they belong to the decoder: copy before drawing.

    Open the film `as_stored` where the facts tell edits.
    """
    rate = facts.rate
    previous = rate.frame_at(start) - 1 if facts.variable_rate and start is not None else -1
    reached: FilmTime | None = None
    for at, frame in _from(_decoded(container, picture, facts, path, start), start):
        if facts.variable_rate and reached is not None and at <= reached:
            continue
        number = previous + 1 if facts.variable_rate else rate.nearest_frame(at)
        if number > previous:
            previous, reached = number, at
            yield number, at if facts.variable_rate else rate.time_of(number), frame


def _from(
    frames: Iterator[tuple[FilmTime, VideoFrame]], start: FilmTime | None
) -> Iterator[tuple[FilmTime, VideoFrame]]:
    """The frames from the one on screen at `start` on."""
    held: tuple[FilmTime, VideoFrame] | None = None
    for at, frame in frames:
        if start is not None and at <= start + SAME_FRAME:
            held = at, frame
            continue
        if held is not None:
            yield held
            held = None
        yield at, frame
    if held is not None:
        yield held


def _decoded(
    container: InputContainer,
    picture: VideoStream,
    facts: FilmFacts,
    path: Path,
    start: FilmTime | None,
) -> Iterator[tuple[FilmTime, VideoFrame]]:
    picture.thread_type = "AUTO"
    if facts.edits:
        yield from _pieces(container, picture, facts, path, start)
        return
    if start is not None and start > FilmTime(0):
        _seek(container, picture, facts.first_pts_seconds + start.seconds)
    shown = 0
    for at_seconds, frame in _run(container, picture, facts, path):
        shown += 1
        yield FilmTime(at_seconds - facts.first_pts_seconds), frame
    if start is None and shown * 10 < facts.frame_count * 9 - 10:
        raise broken(path, f"only {shown} of {facts.frame_count} frames can be decoded")


def _run(
    container: InputContainer, picture: VideoStream, facts: FilmFacts, path: Path
) -> Iterator[tuple[Fraction, VideoFrame]]:
    """Frames from where the file stands on, with the container's clock in seconds."""
    by_decoding = counts_decoding(container) or facts.late_ticks is not None
    faults, ticks = 0, -1
    at = facts.first_pts_seconds
    for packet in packets_of(container, picture, path):
        try:
            frames = packet.decode()
        except av.error.FFmpegError as fault:
            faults += 1
            if faults > MOST_FAULTS:
                place = FilmTime(max(Fraction(0), at - facts.first_pts_seconds))
                raise fault_at(path, "the picture is damaged", place, facts.rate) from fault
            continue
        for frame in frames:
            if by_decoding:
                late = facts.late_ticks or 0
                ticks = frame.dts - late if frame.dts is not None else ticks + 1
                frame.pts = ticks
            if frame.pts is not None:
                at = seconds_of(frame)
                yield at, frame
    if faults:
        _LOG.warning("%s: damaged frames left out: %d", path.name, faults)


def _pieces(
    container: InputContainer,
    picture: VideoStream,
    facts: FilmFacts,
    path: Path,
    start: FilmTime | None,
) -> Iterator[tuple[FilmTime, VideoFrame]]:
    """The frames that a film in pieces shows, each piece sought in the stored picture."""
    slack = 1 / facts.rate.frames_per_second / 2
    for edit in facts.edits:
        ends = edit.shown_seconds + edit.span_seconds - facts.first_pts_seconds
        if start is not None and ends <= start.seconds:
            continue
        _seek(container, picture, edit.stored_seconds)
        for stored_seconds, frame in _run(container, picture, facts, path):
            if edit.holds(stored_seconds, slack):
                yield _shown(edit, stored_seconds, facts), frame
            elif stored_seconds >= edit.stored_seconds:
                break


def _shown(edit: Edit, stored_seconds: Fraction, facts: FilmFacts) -> FilmTime:
    return FilmTime(edit.shown_at(stored_seconds) - facts.first_pts_seconds)


def _seek(container: InputContainer, picture: VideoStream, target_seconds: Fraction) -> None:
    """Go to a key frame at or before a moment of the file's clock; the beginning where it cannot.

    A key frame may be followed by frames that come before it, so what is shown first is looked at.
    """
    base = picture.time_base or Fraction(1)
    for back_seconds in (0, 10):
        target = int(max(target_seconds - back_seconds, Fraction(0)) // base)
        container.seek(target, stream=picture, backward=True)
        first = _first_shown(container, picture)
        if first is not None and seconds_of(first) <= target_seconds:
            container.seek(target, stream=picture, backward=True)
            return
    container.seek(picture.start_time or 0, stream=picture, backward=True)


def _first_shown(container: InputContainer, picture: VideoStream) -> VideoFrame | None:
    try:
        return next((one for one in container.decode(picture) if one.pts is not None), None)
    except (av.error.FFmpegError, IndexError):
        return None


class _Painter:
    """Scales and turns decoded frames, keeping one scaler."""

    def __init__(self, first: VideoFrame, size: tuple[int, int], grey: bool) -> None:
        self._turn = first.rotation % 360
        width, height = size
        self._stored = (height, width) if self._turn % 180 else (width, height)
        self._format = "gray" if grey else "rgb24"
        smaller = self._stored[0] < first.width
        self._way = Interpolation.AREA if smaller else Interpolation.BICUBIC
        self._scaler = VideoReformatter()

    def upright(self, frame: VideoFrame) -> Picture:
        scaled = self._scaler.reformat(
            frame,
            width=self._stored[0],
            height=self._stored[1],
            format=self._format,
            src_colorspace=colour_matrix(frame),
            interpolation=self._way,
        )
        pixels = np.asarray(scaled.to_ndarray(), dtype=np.uint8)
        if not self._turn:
            return pixels
        return np.ascontiguousarray(np.rot90(pixels, self._turn // 90))


def colour_matrix(frame: VideoFrame) -> int | None:
    """The matrix for a frame that names none: 709 for high definition, 601 below; else None."""
    if frame.colorspace != UNSPECIFIED_COLOUR or frame.format.is_rgb:
        return None
    return int(Colorspace.ITU709 if frame.height >= HD_HEIGHT_PX else Colorspace.ITU601)


def is_studio(frame: VideoFrame, width_px: int, height_px: int) -> bool:
    """Whether a frame already is what films are written as: 4:2:0, BT.709, studio levels, size."""
    if frame.format.name != "yuv420p" or (frame.width, frame.height) != (width_px, height_px):
        return False
    matrix = colour_matrix(frame)
    written = int(Colorspace.ITU709)
    told = frame.colorspace if matrix is None else matrix
    unsaid_or_studio = (int(ColorRange.UNSPECIFIED), int(ColorRange.MPEG))
    return told == written and frame.color_range in unsaid_or_studio
