"""Takes, stems and mock-ups cut as the music was: auditions of a repair, at their timecode."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from scorestage.adapters.formats.wav import BroadcastStamp, WavHeader, read_wav, write_wav
from scorestage.conform.audio_edits import AudioEdit, Sound, conformed_sound
from scorestage.conform.quiet_joints import quietly_joined
from scorestage.errors import InputError, Where
from scorestage.production import PictureVersion
from scorestage.timebase import FilmClock, FilmTime
from scorestage.workflow.sound_cut import SoundCut

_DAY_SECONDS = 24 * 3600
NO_SUMS: Mapping[tuple[int, int], Sound] = MappingProxyType({})
_TIMECODE = re.compile(r"\d\d-\d\d-\d\d-\d\d$")


@dataclass(frozen=True, slots=True)
class ConformedSound:
    """A sound file cut like its cue: the new file, and the edits that make it.

    `begins` is where the old file begins in the old film, in seconds.
    """

    source: Path
    path: Path
    edits: tuple[AudioEdit, ...]
    begins: Fraction
    header: WavHeader


def conform_sounds(
    plan: SoundCut, sources: Sequence[Path], folder: Path
) -> tuple[ConformedSound, ...]:
    """Cut WAV files of a cue (with broadcast stamps) as its music was, into `folder`.

    Files that begin together (a mix and its stems) are cut at the same places and bent alike, so
    that they still sum. Raises `InputError` for a file without a stamp: where it lies in the film
    would be a guess.
    """
    sums: dict[tuple[int, int], Sound] = {}
    for source in sources if len(sources) > 1 else ():
        sound, header, start_samples = _stamped(source)
        key = header.rate_hz, start_samples
        sums[key] = _summed(sums.get(key), sound)
    return tuple(conform_sound(plan, source, folder, sums) for source in sources)


def conform_sound(
    plan: SoundCut,
    source: Path,
    folder: Path,
    sums: Mapping[tuple[int, int], Sound] = NO_SUMS,
) -> ConformedSound:
    """The same of one file; `sums` are waves to cut by, by rate and first sample."""
    sound, header, start_samples = _stamped(source)
    rate_hz = header.rate_hz
    begins = _film_seconds(plan.was, start_samples, rate_hz)
    lead = sums.get((rate_hz, start_samples), sound)
    edits = quietly_joined(lead, rate_hz, begins, plan.edits)
    starts = edits[0].new_at - max(Fraction(0), edits[0].old_in - begins)
    made = conformed_sound(sound, rate_hz, begins, edits, starts, lead)
    path = folder / f"{_renamed(source.stem, plan.now, starts)}-{plan.now.id}.wav"
    stamp = BroadcastStamp(_samples(plan.now, starts, rate_hz))
    write_wav(path, made, rate_hz, stamp=replace(stamp, description=source.name[:200]))
    return ConformedSound(source, path, edits, begins, header)


def _stamped(source: Path) -> tuple[Sound, WavHeader, int]:
    """A sound file, and its first sample, counted from midnight."""
    sound, header = read_wav(source)
    if header.stamp is None:
        raise InputError(
            "the file does not say at which timecode it begins",
            Where(file=source),
            "give a Broadcast WAV with its time stamp",
        )
    return sound, header, header.stamp.start_samples


def _summed(before: Sound | None, sound: Sound) -> Sound:
    """The waves of both together, in one channel, as long as the longer."""
    wave: Sound = sound.mean(axis=1, keepdims=True)
    if before is None:
        return wave
    short, long = sorted((before, wave), key=len)
    made = long.copy()
    made[: len(short)] += short
    return made


def _renamed(stem: str, picture: PictureVersion, starts: Fraction) -> str:
    """The file's name, with the timecode at its end, if it has one, that of the new file."""
    label = FilmClock(picture.rate, picture.start_frames).nearest_label(FilmTime(starts))
    return _TIMECODE.sub(re.sub("[:;]", "-", label), stem)


def _film_seconds(picture: PictureVersion, start_samples: int, rate_hz: int) -> Fraction:
    """The film time of a broadcast stamp; just before midnight counts as pre-roll."""
    first = picture.start_frames / picture.rate.frames_per_second
    found = Fraction(start_samples, rate_hz) - first
    return found - _DAY_SECONDS if found > Fraction(_DAY_SECONDS, 2) else found


def _samples(picture: PictureVersion, at: Fraction, rate_hz: int) -> int:
    first = picture.start_frames / picture.rate.frames_per_second
    return round(((first + at) % _DAY_SECONDS) * rate_hz)
