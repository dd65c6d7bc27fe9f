"""What a film file says of itself: rate, length, size, timecode, sound."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from scorestage.adapters.machines.film.edits import Edit, picture_edits
from scorestage.adapters.machines.film.opening import (
    broken,
    local_file,
    opened,
    packets_of,
    picture_of,
)
from scorestage.adapters.machines.film.pace import Pace, pace_in_pieces, pace_of
from scorestage.errors import FilmError, TimecodeError, Where
from scorestage.timebase import RATES, FilmSpan, FilmTime, FrameRate, Timecode

MOST_FAULTS = 8
"""Damaged frames in a row before the first that can be shown; damaged frames of a whole film."""
SNAP = Fraction(3, 10000)
"""How far (as a share) a measured rate may lie from a trade rate; 24 and 23.976 are 0.1 % apart."""


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """A film as its file tells it; sizes are of the upright picture with square pixels.

    `rate.drop` follows the film's own timecode. `first_pts_seconds` is the container's clock at the
    film's first frame, which is film time zero. With `variable_rate` the rate is only the nearest
    one, and frames must be found by their times. `codec` and `pixels` are how the picture is
    stored, in FFmpeg's names (`prores`, `yuv422p10le`). `edits` are the pieces of it
    that are shown, where there are several; `late_ticks` is how late frames come out of the decoder
    in a file that tells their decoding times only (None where it tells when they show).
    """

    rate: FrameRate
    frame_count: int
    first_pts_seconds: Fraction
    duration: FilmSpan
    width_px: int
    height_px: int
    rotation_degrees: int
    start_timecode: Timecode | None
    has_sound: bool
    sample_rate_hz: int | None
    channels: int | None
    track_titles: tuple[str, ...]
    variable_rate: bool
    codec: str = ""
    pixels: str = ""
    edits: tuple[Edit, ...] = ()
    late_ticks: int | None = None


def probe(path: Path | str) -> FilmFacts:
    """The facts of the film at `path`; `FilmError` for what is no film or is cut short."""
    file = local_file(path)
    with opened(file) as container:
        picture = picture_of(container, file)
        is_mp4 = "mp4" in container.format.name
        edits = picture_edits(file, picture.id) if is_mp4 else ()
        pace = pace_of(container, picture, file) if not edits else None
    if pace is None:
        with opened(file, as_stored=True) as container:
            stored = pace_of(container, picture_of(container, file), file, as_shown=True)
            pace = pace_in_pieces(stored, edits, file)
    with opened(file) as container:
        picture = picture_of(container, file)
        first = first_frame(container, picture, file)
        late = pace.late_ticks
        if late is not None and first.dts is not None:
            late = first.dts - round(pace.starts_seconds[0] / pace.tick_seconds)
            first.pts = first.dts - late
            pace = replace(pace, late_ticks=late)
        elif not edits and not counts_decoding(container):
            pace = pace.begun_at(seconds_of(first))
        measured = measured_rate(pace.starts_seconds, pace.tick_seconds, _rates_told(picture))
        size = upright_size(picture, first)
        told = _told(container, picture, first, size, pace, measured)
    begins = pace.starts_seconds[0] if edits else told.first_pts_seconds
    return replace(told, edits=edits, late_ticks=pace.late_ticks, first_pts_seconds=begins)


def _told(
    container: InputContainer,
    picture: VideoStream,
    first: VideoFrame,
    size: tuple[int, int],
    pace: Pace,
    measured: tuple[FrameRate, bool],
) -> FilmFacts:
    variable = measured[1]
    rate, start = start_timecode(container, measured[0])
    sound = container.streams.best("audio")
    codec = sound.codec_context if isinstance(sound, AudioStream) else None
    starts = pace.starts_seconds
    grid = round((starts[-1] - starts[0]) * rate.frames_per_second) + 1
    last = starts[-1] - starts[0] + 1 / rate.frames_per_second
    return FilmFacts(
        rate=rate,
        frame_count=len(starts) if variable else grid,
        first_pts_seconds=seconds_of(first),
        duration=FilmSpan(last if variable else grid / rate.frames_per_second),
        width_px=size[0],
        height_px=size[1],
        rotation_degrees=first.rotation % 360,
        start_timecode=start,
        has_sound=codec is not None,
        sample_rate_hz=codec.sample_rate if codec is not None else None,
        channels=codec.layout.nb_channels if codec is not None else None,
        track_titles=tuple(map(title_of, container.streams.audio)),
        variable_rate=variable,
        codec=picture.codec_context.name,
        pixels=first.format.name,
    )


def title_of(stream: AudioStream) -> str:
    """What a sound track is called in its file, or nothing."""
    names = (stream.metadata.get(key, "") for key in ("title", "name", "handler_name"))
    return next((name for name in names if name), "")


def first_frame(container: InputContainer, picture: VideoStream, path: Path) -> VideoFrame:
    """The first frame that can be shown; `FilmError` where none can."""
    faults = 0
    for packet in packets_of(container, picture, path):
        try:
            frames = packet.decode()
        except av.error.FFmpegError as fault:
            faults += 1
            if faults > MOST_FAULTS:
                raise broken(path, f"the picture cannot be decoded: {fault.strerror}") from fault
            continue
        for frame in frames:
            if counts_decoding(container) and frame.dts is not None:
                frame.pts = frame.dts
            if frame.pts is not None:
                return frame
    raise broken(path, "the file holds no frame that can be shown")


def counts_decoding(container: InputContainer) -> bool:
    """Whether the file tells only when frames are decoded, as AVI does, not when they show."""
    return container.format.name == "avi"


def seconds_of(frame: VideoFrame) -> Fraction:
    """The container's clock at `frame`, exact."""
    if frame.pts is None or frame.time_base is None:
        raise FilmError("a frame of this film has no time", do="export it anew as MOV or MP4")
    return frame.pts * frame.time_base


def upright_size(picture: VideoStream, frame: VideoFrame) -> tuple[int, int]:
    """Width and height in square pixels as a person sees it, after turning."""
    aspect = picture.sample_aspect_ratio or Fraction(1)
    width, height = max(1, round(frame.width * aspect)), frame.height
    return (height, width) if frame.rotation % 180 else (width, height)


def measured_rate(
    starts_seconds: tuple[Fraction, ...],
    tick_seconds: Fraction,
    told: tuple[Fraction, ...] = (),
) -> tuple[FrameRate, bool]:
    """The frame rate that the frames' times keep, and whether they keep none (variable rate).

    A rate holds when every frame lies within a clock tick, or a twentieth of a frame, of its grid.

    >>> ms = Fraction(1, 1000)
    >>> starts = tuple(round(n * Fraction(1001, 24), 0) * ms for n in range(100))
    >>> measured_rate(starts, ms)
    (FrameRate('24000/1001'), False)
    """
    told = (*(rate for rate in told if rate > 0), *_mean_rates(starts_seconds))
    if not told:
        return RATES["24"], False
    for candidate in told:
        rate = snapped(candidate)
        if _keeps(starts_seconds, tick_seconds, rate.frames_per_second):
            return rate, False
    return nearest_trade_rate(told[-1]), True


def snapped(frames_per_second: Fraction) -> FrameRate:
    """The trade's rate within `SNAP` of the measured one, or the measured one made plain.

    >>> snapped(Fraction(23976, 1000))
    FrameRate('24000/1001')
    """
    for rate in RATES.values():
        if abs(frames_per_second / rate.frames_per_second - 1) <= SNAP:
            return rate
    return FrameRate(frames_per_second.limit_denominator(1001))


def nearest_trade_rate(frames_per_second: Fraction) -> FrameRate:
    """The trade's rate nearest in proportion; for films that keep none."""
    plain = [rate for rate in RATES.values() if not rate.drop]

    def apart(rate: FrameRate) -> Fraction:
        share = rate.frames_per_second / frames_per_second
        return max(share, 1 / share)

    return min(plain, key=apart)


def _mean_rates(starts: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    if len(starts) < 2 or starts[-1] <= starts[0]:
        return ()
    steps = sorted(later - one for one, later in pairwise(starts))
    middle = steps[len(steps) // 2]
    mean = (len(starts) - 1) / (starts[-1] - starts[0])
    return (1 / middle, mean) if middle > 0 else (mean,)


def _keeps(starts: tuple[Fraction, ...], tick: Fraction, per_second: Fraction) -> bool:
    slack = min(max(tick * per_second, Fraction(1, 20)), Fraction(2, 5))
    previous = -1
    for start in starts:
        place = (start - starts[0]) * per_second
        frame = round(place)
        if abs(place - frame) > slack or frame <= previous:
            return False
        previous = frame
    return (previous + 1) * 100 <= len(starts) * 101


def _rates_told(picture: VideoStream) -> tuple[Fraction, ...]:
    told = (picture.guessed_rate, picture.average_rate, picture.base_rate)
    return tuple(rate for rate in told if rate is not None)


def start_timecode(container: InputContainer, rate: FrameRate) -> tuple[FrameRate, Timecode | None]:
    """The timecode of the first frame as the file carries it, and `rate` with its drop flag."""
    tables = [container.metadata, *(stream.metadata for stream in container.streams)]
    for label in (table.get("timecode") for table in tables):
        if label is None:
            continue
        drop = ";" in label or label.count(".") == 1
        try:
            labelled = FrameRate(rate.frames_per_second, drop)
            return labelled, Timecode.parse(label, labelled)
        except TimecodeError:
            continue
    return rate, None


def fault_at(path: Path, what: str, at: FilmTime, rate: FrameRate) -> FilmError:
    """A fault met at a place in the film."""
    label = str(Timecode(rate.nearest_frame(at), rate))
    return FilmError(what, Where(file=path.name, timecode=label), "copy or export the film again")
