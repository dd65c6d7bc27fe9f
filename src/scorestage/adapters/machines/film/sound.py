"""The film's own sound, placed exactly on the picture."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av.error
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from scorestage.adapters.machines.film.facts import MOST_FAULTS, FilmFacts, probe
from scorestage.adapters.machines.film.opening import (
    broken,
    local_file,
    opened,
    packets_of,
    picture_shown,
)
from scorestage.errors import FilmError, Where

Sound = NDArray[np.float32]
"""Samples x channels, full scale 1.0; the first sample sounds at the film's first frame."""

CHUNK_SECONDS = 10
GAP_SECONDS = Fraction(1, 200)
"""Clock steps smaller than this are jitter; larger ones are gaps (silence) or overlaps (cut)."""

MOST_DAMAGED_SHARE = 0.1
"""More of the sound than this may not be damaged; a few packets always may."""
_LOG = logging.getLogger(__name__)
_LAYOUTS = {1: "mono", 2: "stereo"}
_CENTRES = ("FC", "Center")
_UNITY = {"rematrix_maxval": "1.0"}
"""Mixing down never exceeds full scale: the middle is the mean of left and right."""


def read_sound(
    path: Path | str,
    rate_hz: int = 48_000,
    channels: int = 2,
    facts: FilmFacts | None = None,
    track: int | None = None,
) -> Sound:
    """The film's sound from its first frame on, resampled and mixed to 1 or 2 channels.

    Sound that the file starts late is preceded by silence, early sound (encoder priming, edit
    lists) is cut. A film without sound gives no samples. `track` counts the file's sound tracks
    from 0; without it the main one is read. For long films take `sound_chunks`.
    """
    chunks = list(sound_chunks(path, rate_hz, channels, facts=facts, track=track))
    if not chunks:
        return np.zeros((0, channels), dtype=np.float32)
    return np.concatenate(chunks)


def sound_chunks(
    path: Path | str,
    rate_hz: int = 48_000,
    channels: int = 2,
    chunk_seconds: int = CHUNK_SECONDS,
    facts: FilmFacts | None = None,
    track: int | None = None,
) -> Iterator[Sound]:
    """The same in pieces of `chunk_seconds` (the last is shorter), for films of any length."""
    layout = _LAYOUTS.get(channels)
    if layout is None:
        raise ValueError(f"sound is read as 1 or 2 channels, not {channels}")

    def mixed(stream: AudioStream) -> tuple[AudioResampler, Callable[[AudioFrame], Sound]]:
        return AudioResampler("fltp", layout, rate_hz, options=_UNITY), _samples

    yield from _cut(_laid(path, rate_hz, mixed, facts, track), rate_hz * chunk_seconds)


def read_recording(path: Path | str) -> tuple[Sound, int]:
    """A recording of any kind (MP3, M4A, FLAC, AIFF …; a film's own sound), and its rate in Hz.

    Samples x 2 channels from its first one on; what its coder put before it is cut. `FilmError`
    for a file without sound.
    """
    file = local_file(path)
    with opened(file) as container:
        if not container.streams.audio:
            raise FilmError("there is no sound in this file", Where(file=file.name))
        stream = _track(container, None)
        rate_hz = stream.rate or 48_000
        begun = stream.start_time if stream.time_base is not None else None
        zero = Fraction(0) if begun is None else begun * Fraction(stream.time_base or 1)
        plain = not container.streams.video or not picture_shown(container)
    if not plain:
        return read_sound(file, rate_hz), rate_hz

    def mixed(_: AudioStream) -> tuple[AudioResampler, Callable[[AudioFrame], Sound]]:
        return AudioResampler("fltp", "stereo", rate_hz, options=_UNITY), _samples

    pieces = list(_laid_from(file, rate_hz, mixed, zero, None))
    return np.concatenate(pieces) if pieces else np.zeros((0, 2), np.float32), rate_hz


def dialogue_chunks(
    path: Path | str,
    rate_hz: int = 16_000,
    chunk_seconds: int = CHUNK_SECONDS,
    facts: FilmFacts | None = None,
) -> Iterator[Sound]:
    """The channels where dialogue sits, in pieces: the centre of a surround mix (1 channel), else
    left and right (2), a mono film's one channel twice.
    """

    def spoken(stream: AudioStream) -> tuple[AudioResampler, Callable[[AudioFrame], Sound]]:
        names = [channel.name for channel in stream.layout.channels]
        centre = next((place for place, name in enumerate(names) if name in _CENTRES), None)
        if centre is None or len(names) < 3:
            return AudioResampler("fltp", "stereo", rate_hz, options=_UNITY), _samples
        kept = centre

        def middle(frame: AudioFrame) -> Sound:
            return _samples(frame)[:, kept : kept + 1]

        return AudioResampler("fltp", stream.layout, rate_hz), middle

    yield from _cut(_laid(path, rate_hz, spoken, facts, None), rate_hz * chunk_seconds)


_Way = Callable[[AudioStream], tuple[AudioResampler, Callable[[AudioFrame], Sound]]]


def _laid(
    path: Path | str, rate_hz: int, way: _Way, facts: FilmFacts | None, track: int | None
) -> Iterator[Sound]:
    """Pieces of sound that follow one another without gap or overlap from film time zero on."""
    file = local_file(path)
    known = facts or probe(file)
    if known.has_sound:
        yield from _laid_from(file, rate_hz, way, known.first_pts_seconds, track)


def _laid_from(
    file: Path, rate_hz: int, way: _Way, zero_seconds: Fraction, track: int | None
) -> Iterator[Sound]:
    """The same from a moment of the container's own clock on."""
    with opened(file) as container:
        stream = _track(container, track)
        resampler, samples = way(stream)
        laid = 0
        for start_seconds, run in _runs(container, stream, file):
            wanted = round((start_seconds - zero_seconds) * rate_hz)
            silence = wanted - laid
            for piece in _resampled(resampler, run, samples):
                channels = piece.shape[1]
                if silence > 0:
                    yield from _silence(silence, channels, rate_hz)
                    laid, silence = laid + silence, 0
                elif silence < 0:
                    cut = min(-silence, len(piece))
                    piece, silence = piece[cut:], silence + cut
                laid += len(piece)
                yield piece
            resampler, samples = way(stream)


def _track(container: InputContainer, track: int | None) -> AudioStream:
    tracks = container.streams.audio
    if track is None:
        best = container.streams.best("audio")
        return best if isinstance(best, AudioStream) else tracks[0]
    if not 0 <= track < len(tracks):
        raise FilmError(f"the film has {len(tracks)} sound tracks, none of number {track}")
    return tracks[track]


def _runs(
    container: InputContainer, stream: AudioStream, path: Path
) -> Iterator[tuple[Fraction, Iterator[AudioFrame]]]:
    """Unbroken runs of decoded sound: container time of the first sample, and the frames."""
    frames = _decoded(container, stream, path)
    held = next(frames, None)

    def run() -> Iterator[AudioFrame]:
        nonlocal held
        expected: Fraction | None = None
        while held is not None:
            at = _start(held)
            if at is not None:
                if expected is not None and abs(at - expected) > GAP_SECONDS:
                    return
                expected = at if expected is None else expected
            if expected is not None:
                expected += Fraction(held.samples, held.sample_rate)
            yield held
            held = next(frames, None)

    while held is not None:
        at = _start(held)
        yield at if at is not None else Fraction(0), run()


def _decoded(container: InputContainer, stream: AudioStream, path: Path) -> Iterator[AudioFrame]:
    """The sound of every packet; damaged ones are left out, as long as they are few."""
    faults = packets = 0
    for packet in packets_of(container, stream, path):
        packets += 1
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            faults += 1
            continue
        yield from frames
    if faults > max(MOST_FAULTS, packets * MOST_DAMAGED_SHARE):
        raise broken(path, f"the sound is damaged: {faults} of {packets} pieces of it")
    if faults:
        _LOG.warning("%s: damaged pieces of its sound made silent: %d", path.name, faults)


def _start(frame: AudioFrame) -> Fraction | None:
    if frame.pts is None or frame.time_base is None:
        return None
    return frame.pts * frame.time_base


def _resampled(
    resampler: AudioResampler,
    frames: Iterator[AudioFrame],
    samples: Callable[[AudioFrame], Sound],
) -> Iterator[Sound]:
    for frame in frames:
        frame.pts = None
        for made in resampler.resample(frame):
            yield samples(made)
    for made in resampler.resample(None):
        yield samples(made)


def _samples(frame: AudioFrame) -> Sound:
    return np.ascontiguousarray(frame.to_ndarray().T, dtype=np.float32)


def _silence(count: int, channels: int, rate_hz: int) -> Iterator[Sound]:
    while count > 0:
        step = min(count, rate_hz * CHUNK_SECONDS)
        yield np.zeros((step, channels), dtype=np.float32)
        count -= step


def _cut(pieces: Iterator[Sound], chunk_samples: int) -> Iterator[Sound]:
    held: list[Sound] = []
    count = 0
    for piece in pieces:
        held.append(piece)
        count += len(piece)
        while count >= chunk_samples:
            joined = np.concatenate(held)
            yield joined[:chunk_samples]
            held, count = [joined[chunk_samples:]], count - chunk_samples
    if count:
        yield np.concatenate(held)
