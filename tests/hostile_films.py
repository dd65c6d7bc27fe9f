"""Films as strangers bring them, written frame by frame: containers, codecs, clocks, shapes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.video.stream import VideoStream

from tests.drawn_clips import Frame

SOUND_RATE_HZ = 48_000


@dataclass(frozen=True, slots=True)
class Strange:
    """How a film is stored: the encoder, its options, and what the container says beside it.

    `start_ticks` are the frames' times in ticks of `tick` (from 0 on, one a frame, by default).
    """

    codec: str = "libx264"
    pixels: str = "yuv420p"
    rate: Fraction = Fraction(24)
    options: dict[str, str] = field(default_factory=dict)
    container: dict[str, str] = field(default_factory=dict)
    start_ticks: tuple[int, ...] = ()
    tick: Fraction | None = None
    timecode: str = ""
    degrees: int = 0
    aspect: Fraction | None = None
    bit_rate: int = 0
    b_frames: int | None = None
    sound_codec: str = ""
    sound_start_seconds: Fraction = Fraction(0)


def strange_film(
    path: Path, frames: Sequence[Frame], how: Strange, sound: np.ndarray | None = None
) -> Path:
    """The frames as a film of that kind; `sound` is mono at 48 kHz, full scale 1.0."""
    height, width = frames[0].shape[:2]
    with av.open(str(path), "w", options=how.container) as out:
        if how.timecode:
            out.metadata["timecode"] = how.timecode
        stream = out.add_stream(how.codec, rate=how.rate, options=how.options)
        assert isinstance(stream, VideoStream)
        _shape(stream, how, width, height)
        heard = out.add_stream(how.sound_codec, rate=SOUND_RATE_HZ) if how.sound_codec else None
        base = how.tick or 1 / how.rate
        if heard is not None and sound is not None:
            assert isinstance(heard, AudioStream)
            _sound(out, heard, sound, how.sound_start_seconds)
        for number, picture in enumerate(frames):
            layout = "rgba" if picture.shape[2] == 4 else "rgb24"
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format=layout)
            frame.pts = how.start_ticks[number] if how.start_ticks else number
            frame.time_base = base
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def _shape(stream: VideoStream, how: Strange, width: int, height: int) -> None:
    stream.width, stream.height, stream.pix_fmt = width, height, how.pixels
    stream.codec_context.time_base = how.tick or 1 / how.rate
    if how.degrees:
        stream.set_display_rotation(how.degrees)
    if how.aspect:
        stream.sample_aspect_ratio = how.aspect
    if how.bit_rate:
        stream.bit_rate = how.bit_rate
    if how.b_frames is not None:
        stream.codec_context.max_b_frames = how.b_frames


def _sound(
    out: av.container.OutputContainer, heard: AudioStream, sound: np.ndarray, start: Fraction
) -> None:
    heard.layout = "mono"
    step = 1024
    first = round(start * SOUND_RATE_HZ)
    for at in range(0, len(sound), step):
        part = (sound[None, at : at + step] * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(part, format="s16", layout="mono")
        frame.sample_rate, frame.pts = SOUND_RATE_HZ, first + at
        frame.time_base = Fraction(1, SOUND_RATE_HZ)
        out.mux(heard.encode(frame))
    out.mux(heard.encode(None))
