"""What a film file says of its own speed: frames' times, claims, timecode track, lengths."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.stream import VideoStream

from scorestage.adapters.machines.film.boxes import boxes_at, content_of, whole_file
from scorestage.adapters.machines.film.facts import FilmFacts, probe
from scorestage.adapters.machines.film.opening import local_file, opened, packets_of, picture_of
from scorestage.errors import TimecodeError
from scorestage.production.rate_truth import RateEvidence
from scorestage.timebase import FrameRate, Timecode

_DESCRIPTION = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd")
_DROP_FLAG = 0x0001


@dataclass(frozen=True, slots=True)
class _TimecodeTrack:
    """The sample description of a QuickTime timecode track: the rate it counts in, its flag."""

    rate: Fraction
    drop: bool


def rate_evidence(path: Path | str, facts: FilmFacts | None = None) -> RateEvidence:
    """Everything the film at `path` says of its speed; `FilmError` for what is no film."""
    file = local_file(path)
    known = facts or probe(file)
    with opened(file) as container:
        picture = picture_of(container, file)
        claims = _claims(picture)
        label = _label(container)
        sound = _sound_seconds(container)
        off = _off_grid(container, picture, known) if known.variable_rate else Fraction(0)
    track = _timecode_track(file)
    return RateEvidence(
        file=file.name,
        rate=known.rate,
        frames=known.frame_count,
        picture_seconds=known.duration.seconds,
        told=claims,
        label=label,
        label_rate=track.rate if track is not None else None,
        label_drop=track.drop if track is not None else None,
        label_fault=_label_fault(label, known.rate) if track is None else "",
        sound_seconds=sound,
        variable=known.variable_rate,
        off_grid_frames=off,
    )


def _claims(picture: VideoStream) -> tuple[Fraction, ...]:
    """The rates the container claims; a `base_rate` is only a guess of FFmpeg's own."""
    told = (picture.average_rate, picture.guessed_rate)
    return tuple(dict.fromkeys(rate for rate in told if rate is not None and rate > 0))


def _label(container: InputContainer) -> str:
    tables = [container.metadata, *(stream.metadata for stream in container.streams)]
    return next((table["timecode"] for table in tables if table.get("timecode")), "")


def _label_fault(label: str, rate: FrameRate) -> str:
    if not label:
        return ""
    drop = ";" in label or label.count(".") == 1
    try:
        Timecode.parse(label, FrameRate(rate.frames_per_second, drop))
    except TimecodeError as fault:
        return fault.what
    return ""


def _sound_seconds(container: InputContainer) -> Fraction | None:
    sound = container.streams.best("audio")
    if not isinstance(sound, AudioStream) or not sound.duration or sound.time_base is None:
        return None
    return Fraction(sound.duration * sound.time_base)


def _off_grid(container: InputContainer, picture: VideoStream, known: FilmFacts) -> Fraction:
    """How far, in frames, the frames of a variable film lie off the nearest steady rate."""
    base = picture.time_base or Fraction(1)
    packets = packets_of(container, picture, container.name)
    starts = sorted(packet.pts for packet in packets if packet.pts is not None)
    per_second = known.rate.frames_per_second
    worst = Fraction(0)
    for number, start in enumerate(starts):
        off = abs((start - starts[0]) * base * per_second - number)
        worst = max(worst, off)
    return worst


def _timecode_track(file: Path) -> _TimecodeTrack | None:
    """The timecode track's own description in a QuickTime or MP4 file; None where there is none.

    Layout after Apple's QuickTime File Format, "Timecode Sample Description".
    """
    with file.open("rb") as stream:
        for box in boxes_at(stream, _DESCRIPTION, whole_file(stream)):
            table = content_of(stream, box, 64)
            if len(table) < 40 or table[12:16] != b"tmcd":
                continue
            flags, scale, lasting = struct.unpack(">III", table[28:40])
            if scale and lasting:
                return _TimecodeTrack(Fraction(scale, lasting), bool(flags & _DROP_FLAG))
    return None
