"""The review film: the film as it is, its picture untouched, with the music under its sound."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import av.error
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer

from scorestage.adapters.machines.film import FilmFacts, Sound, overlay_film, probe, read_sound
from scorestage.adapters.machines.film.opening import local_file, opened, picture_of
from scorestage.errors import FilmError, MachineError, Where

COPIED_CODECS = ("h264", "hevc")
"""What an MP4 can carry as it is; everything else is encoded anew."""
_CHUNK_SAMPLES = 1024
_BIT_RATE = 256_000
_RATE_HZ = 48_000


def write_review_film(source: Path, dest: Path, sound: Sound, title: str = "") -> None:
    """Write `dest` (MP4): the picture of `source` with `sound` (48 kHz, samples x 2) as its track.

    The picture is copied packet by packet where an MP4 can hold it, so it stays bit by bit what the
    editor delivered. The caller writes to a name of its own and renames.
    """
    file = local_file(source)
    facts = probe(file)
    try:
        if _can_copy(file, facts):
            _copied(file, facts, dest, sound, title)
            return
    except (av.error.FFmpegError, OSError) as fault:
        raise MachineError(
            f"the review film could not be written: {fault}", Where(file=dest)
        ) from fault
    silent = dest.with_name(f"{dest.stem}.silent.mp4")
    try:
        overlay_film(file, silent, lambda number, pixels: None)
        _copied(silent, probe(silent), dest, sound, title)
    finally:
        silent.unlink(missing_ok=True)


def _can_copy(file: Path, facts: FilmFacts) -> bool:
    with opened(file) as container:
        picture = picture_of(container, file)
        upright = not facts.rotation_degrees
        return picture.codec_context.name in COPIED_CODECS and upright and not facts.edits


def _copied(file: Path, facts: FilmFacts, dest: Path, sound: Sound, title: str) -> None:
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with (
        opened(file) as container,
        av.open(f"file:{dest.absolute()}", "w", format="mp4", container_options=options) as out,
    ):
        if title:
            out.metadata["title"] = title
        source = picture_of(container, file)
        picture = out.add_stream_from_template(source)
        track = out.add_stream("aac", rate=_RATE_HZ, layout="stereo")
        track.bit_rate = _BIT_RATE
        if source.time_base is None:
            raise FilmError("the film does not say when its frames come", Where(file=file))
        lane = _sound_packets(out, track, sound)
        first = round(facts.first_pts_seconds / source.time_base)
        written = Fraction(0)
        for packet in container.demux(source):
            if packet.dts is None:
                continue
            packet.dts -= first
            packet.pts = (packet.pts or 0) - first
            packet.stream = picture
            reached = packet.dts * source.time_base
            out.mux(packet)
            while written < reached + 1 and (ahead := next(lane, None)) is not None:
                written = ahead
        for _ in lane:
            pass


def _sound_packets(out: OutputContainer, track: AudioStream, sound: Sound) -> Iterator[Fraction]:
    """Encode and mux piece by piece; yields the seconds written so far."""
    for start in range(0, len(sound), _CHUNK_SAMPLES):
        piece = np.ascontiguousarray(sound[start : start + _CHUNK_SAMPLES].T, dtype=np.float32)
        frame = AudioFrame.from_ndarray(piece, format="fltp", layout="stereo")
        frame.sample_rate = _RATE_HZ
        frame.pts = start
        frame.time_base = Fraction(1, _RATE_HZ)
        out.mux(track.encode(frame))
        yield Fraction(start + _CHUNK_SAMPLES, _RATE_HZ)
    out.mux(track.encode(None))


def production_sound(source: Path, facts: FilmFacts) -> Sound:
    """The film's own sound as float32, 48 kHz, samples x 2, exactly as long as the picture."""
    samples = (facts.duration.seconds * _RATE_HZ).__ceil__()
    sound = np.zeros((samples, 2), dtype=np.float32)
    heard = read_sound(source, _RATE_HZ, 2, facts) if facts.has_sound else sound[:0]
    sound[: min(samples, len(heard))] = heard[:samples]
    return sound
