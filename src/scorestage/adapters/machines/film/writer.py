"""Writing a film: H.264 picture, named sound tracks, start timecode, whole or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import av.error
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from scorestage.adapters.machines.film.carried import Lane, SoundSource
from scorestage.adapters.machines.film.frames import colour_matrix, is_studio
from scorestage.adapters.machines.film.sound import Sound
from scorestage.errors import FilmError, MachineError, Where
from scorestage.timebase import FrameRate, Timecode

_LAYOUTS = {1: "mono", 2: "stereo", 6: "5.1"}
_SUFFIXES = {".mp4": "mp4", ".m4v": "mp4", ".mov": "mov"}
AAC_BITS_PER_SECOND_PER_CHANNEL = 128_000
PCM_CHUNK_SAMPLES = 4096
CARRIED_RATE_HZ = 48_000
AHEAD_SECONDS = 1
"""Sound is written this far ahead of the picture, so that players need not seek."""


@dataclass(frozen=True, slots=True)
class SoundTrack:
    """One sound track of a film: the title players show, and its shape; `pcm` needs a .mov."""

    title: str
    sample_rate_hz: int = 48_000
    channels: int = 2
    pcm: bool = False


class FilmWriter:
    """A film being written; use it in a `with` block.

    The file appears under its name only when the block ends well; a temporary neighbour is removed
    otherwise. Frames follow one another at `rate`; sound of every track starts at the first frame.
    Odd sizes gain one row or column (H.264 in 4:2:0 has even sizes). `carried` is another film
    whose own sound is taken along, after the `tracks`, copied where the file can hold it. A key
    frame, which players can jump to, comes every second, or every `gop_frames`.
    """

    def __init__(
        self,
        path: Path | str,
        width_px: int,
        height_px: int,
        rate: FrameRate,
        tracks: Sequence[SoundTrack] = (),
        start_timecode: Timecode | None = None,
        crf: int = 20,
        preset: str = "veryfast",
        title: str = "",
        carried: SoundSource | None = None,
        gop_frames: int | None = None,
    ) -> None:
        self.path = Path(path)
        self.width_px, self.height_px = width_px, height_px
        self.rate = rate
        self.frames_written = 0
        self._part = self.path.with_name(f".{self.path.stem}.part{self.path.suffix}")
        self._format = _container_format(self.path, tracks)
        self._tracks = tuple(tracks)
        self._start = start_timecode
        self._quality = {"crf": str(crf), "preset": preset}
        self._title = title
        self._carried = carried
        self._gop_frames = gop_frames or rate.nominal
        self._scaler = VideoReformatter()

    def __enter__(self) -> Self:
        try:
            self._part.touch()
            self._container: OutputContainer = av.open(
                f"file:{self._part.absolute()}",
                "w",
                format=self._format,
                container_options={"movflags": "+faststart", "fflags": "+bitexact"},
            )
        except (av.error.FFmpegError, OSError) as fault:
            raise FilmError(
                f"no film can be written here: {fault.strerror}",
                Where(file=self.path),
                "name a folder that exists and that you may write to",
            ) from fault
        if self._title:
            self._container.metadata["title"] = self._title
        self._picture = self._picture_stream()
        self._sounds = [_SoundLane(self._container, track) for track in self._tracks]
        self._lanes: list[Lane] = [*self._sounds]
        if self._carried is not None:
            self._lanes += _carried_lanes(self._container, self._format, self._carried)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._finish()
                self._part.replace(self.path)
        except (av.error.FFmpegError, OSError) as failure:
            raise _not_written(self.path, failure) from failure
        finally:
            with contextlib.suppress(av.error.FFmpegError, OSError):
                self._container.close()
            self._part.unlink(missing_ok=True)

    def write_frame(self, frame: NDArray[np.uint8] | VideoFrame) -> None:
        """The next frame: height x width x 3 (red, green, blue; 0 to 255), or a decoded frame."""
        made = self._as_yuv(frame)
        made.pts = self.frames_written
        made.time_base = 1 / self.rate.frames_per_second
        made.pict_type = 0
        self.frames_written += 1
        try:
            self._container.mux(self._picture.encode(made))
            reached = self.frames_written / self.rate.frames_per_second + AHEAD_SECONDS
            for lane in self._lanes:
                lane.write_until(reached)
        except (av.error.FFmpegError, OSError) as failure:
            raise _not_written(self.path, failure) from failure

    def write_sound(self, track: int | str, samples: Sound) -> None:
        """More sound of `track` (its number or title): float32, samples x channels, scale 1.0.

        Give it before or while the frames are written, so that both lie side by side in the file.
        """
        lane = self._lane(track)
        lane.hold(samples)

    def _lane(self, track: int | str) -> _SoundLane:
        if isinstance(track, int):
            return self._sounds[track]
        for lane in self._sounds:
            if lane.track.title == track:
                return lane
        raise KeyError(f"this film has no track {track!r}")

    def _picture_stream(self) -> VideoStream:
        stream = self._container.add_stream(
            "libx264", rate=self.rate.frames_per_second, options=self._quality
        )
        stream.width, stream.height = even(self.width_px), even(self.height_px)
        stream.pix_fmt = "yuv420p"
        context = stream.codec_context
        context.time_base = 1 / self.rate.frames_per_second
        context.gop_size = self._gop_frames
        context.color_primaries = int(ColorPrimaries.BT709)
        context.color_trc = int(ColorTrc.BT709)
        context.colorspace = 1
        context.color_range = int(ColorRange.MPEG)
        if self._start is not None:
            stream.metadata["timecode"] = str(self._start.round_the_clock)
        return stream

    def _as_yuv(self, frame: NDArray[np.uint8] | VideoFrame) -> VideoFrame:
        if isinstance(frame, VideoFrame):
            made, matrix = frame, colour_matrix(frame)
            sizes = (self.width_px, self.height_px), (even(self.width_px), even(self.height_px))
            if (frame.width, frame.height) not in sizes:
                raise ValueError(
                    f"a frame of {frame.width} x {frame.height} does not fit a film of "
                    f"{self.width_px} x {self.height_px}"
                )
            if is_studio(frame, even(self.width_px), even(self.height_px)):
                return frame
        else:
            made, matrix = VideoFrame.from_ndarray(self._fitted(frame), format="rgb24"), None
        return self._scaler.reformat(
            made,
            width=even(self.width_px),
            height=even(self.height_px),
            format="yuv420p",
            src_colorspace=matrix,
            dst_colorspace=int(Colorspace.ITU709),
            dst_color_range=int(ColorRange.MPEG),
        )

    def _fitted(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        if pixels.shape != (self.height_px, self.width_px, 3) or pixels.dtype != np.uint8:
            raise ValueError(
                f"a frame of shape {pixels.shape} {pixels.dtype} does not fit a film of "
                f"{self.width_px} x {self.height_px}: height x width x 3, uint8 is wanted"
            )
        rows, columns = self.height_px % 2, self.width_px % 2
        if rows or columns:
            pixels = np.pad(pixels, ((0, rows), (0, columns), (0, 0)), mode="edge")
        return np.ascontiguousarray(pixels)

    def _finish(self) -> None:
        if not self.frames_written:
            raise FilmError("no frame was written", Where(file=self.path), "write one at least")
        self._container.mux(self._picture.encode(None))
        for lane in self._lanes:
            lane.finish()
        self._container.close()


class _SoundLane:
    """One track's encoder and the sound that waits for it."""

    def __init__(self, container: OutputContainer, track: SoundTrack) -> None:
        self.track = track
        self._container = container
        self._stream = self._opened(container, track)
        self._waiting: list[Sound] = []
        self._written_samples = 0
        frame = self._stream.codec_context.frame_size
        self._step = frame if frame else PCM_CHUNK_SAMPLES

    @staticmethod
    def _opened(container: OutputContainer, track: SoundTrack) -> AudioStream:
        codec = "pcm_s24le" if track.pcm else "aac"
        stream = container.add_stream(codec, rate=track.sample_rate_hz)
        if not isinstance(stream, AudioStream):
            raise MachineError(f"this FFmpeg cannot write {codec} sound")
        stream.layout = _LAYOUTS[track.channels]
        stream.time_base = Fraction(1, track.sample_rate_hz)
        if not track.pcm:
            stream.bit_rate = AAC_BITS_PER_SECOND_PER_CHANNEL * track.channels
        stream.metadata["title"] = track.title
        stream.metadata["handler_name"] = track.title
        return stream

    def hold(self, samples: Sound) -> None:
        if samples.ndim != 2 or samples.shape[1] != self.track.channels:
            raise ValueError(
                f"sound of shape {samples.shape} does not fit the track {self.track.title!r}: "
                f"samples x {self.track.channels} is wanted"
            )
        if len(samples):
            self._waiting.append(np.asarray(samples, dtype=np.float32))

    def write_until(self, reached_seconds: Fraction) -> None:
        """Encode whole steps of what waits, up to `reached_seconds` of the film."""
        limit = int(reached_seconds * self.track.sample_rate_hz)
        while self._written_samples < limit and self._waiting_samples() >= self._step:
            self._encode(self._taken(self._step))

    def finish(self) -> None:
        while self._waiting:
            self._encode(self._taken(min(self._step, self._waiting_samples())))
        self._container.mux(self._stream.encode(None))

    def _waiting_samples(self) -> int:
        return sum(map(len, self._waiting))

    def _taken(self, count: int) -> Sound:
        taken: list[Sound] = []
        while count:
            head = self._waiting[0]
            taken.append(head[:count])
            if len(head) > count:
                self._waiting[0] = head[count:]
            else:
                self._waiting.pop(0)
            count -= len(taken[-1])
        return np.concatenate(taken)

    def _encode(self, samples: Sound) -> None:
        layout = _LAYOUTS[self.track.channels]
        clipped = np.clip(samples, -1.0, 1.0)
        if self.track.pcm:
            whole = np.rint(clipped.astype(np.float64) * (2**23 - 1)).astype(np.int32) << 8
            frame = AudioFrame.from_ndarray(whole.reshape(1, -1), format="s32", layout=layout)
        else:
            planes = np.ascontiguousarray(clipped.T)
            frame = AudioFrame.from_ndarray(planes, format="fltp", layout=layout)
        frame.sample_rate = self.track.sample_rate_hz
        frame.pts = self._written_samples
        frame.time_base = Fraction(1, self.track.sample_rate_hz)
        self._written_samples += len(samples)
        self._container.mux(self._stream.encode(frame))


class _FedLane:
    """A track encoded anew from samples that are read as they are needed."""

    def __init__(self, lane: _SoundLane, samples: Iterator[Sound]) -> None:
        self._lane, self._samples = lane, samples
        self._read_samples = 0

    def write_until(self, reached_seconds: Fraction) -> None:
        wanted = reached_seconds * self._lane.track.sample_rate_hz
        while self._read_samples < wanted and (piece := next(self._samples, None)) is not None:
            self._lane.hold(piece)
            self._read_samples += len(piece)
        self._lane.write_until(reached_seconds)

    def finish(self) -> None:
        for piece in self._samples:
            self._lane.hold(piece)
        self._lane.finish()


def _carried_lanes(out: OutputContainer, kind: str, source: SoundSource) -> Iterator[Lane]:
    copied, others = source.copied(out, kind)
    if copied is not None:
        yield copied
    for number in others:
        title, channels = source.shape(number)
        track = SoundTrack(title, CARRIED_RATE_HZ, channels, pcm=kind == "mov")
        samples = source.samples(number, CARRIED_RATE_HZ, channels)
        yield _FedLane(_SoundLane(out, track), samples)


def even(pixels: int) -> int:
    """The next even size: H.264 in 4:2:0 knows no other."""
    return pixels + pixels % 2


def _container_format(path: Path, tracks: Sequence[SoundTrack]) -> str:
    name = _SUFFIXES.get(path.suffix.lower())
    where = Where(file=path)
    if name is None:
        raise FilmError(
            f"films are not written as {path.suffix or 'files without suffix'}",
            where,
            "name it .mp4 or .mov",
        )
    if name != "mov" and any(track.pcm for track in tracks):
        raise FilmError("uncompressed sound needs a .mov", where, "name the film .mov")
    for track in tracks:
        if track.channels not in _LAYOUTS:
            raise ValueError(f"the track {track.title!r} has {track.channels} channels; 1, 2 or 6")
    return name


def _not_written(path: Path, failure: BaseException) -> MachineError:
    return MachineError(
        f"the film could not be written: {failure}", Where(file=path), "is the disk full?"
    )
