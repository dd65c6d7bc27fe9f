"""`temp`: the temp track heard, briefed from, and kept at a distance."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.machines.film import FilmFacts, probe, read_recording, sound_chunks
from scorestage.errors import FilmError, InputError, Where
from scorestage.music import pitch_of_key
from scorestage.spotting import SOUND_RATE_HZ, SoundIndexBuilder
from scorestage.spotting.temp import (
    ExposedLine,
    LineIndexBuilder,
    TempPiece,
    TempTrack,
    exposed_line,
    hear_temp,
)
from scorestage.spotting.tones import ToneIndexBuilder
from scorestage.timebase import FRAMES_24, FilmClock, FrameRate
from scorestage.workflow.brief import BriefChange, change_brief
from scorestage.workflow.job import Job
from scorestage.workflow.tell import tell_moment

Progress = Callable[[float, str], None]
_PIECE_SECONDS = 10


@dataclass(frozen=True, slots=True, eq=False)
class HeardTemp:
    """A temp and the file it was heard in."""

    file: Path
    rate: FrameRate
    track: TempTrack
    lines: tuple[ExposedLine, ...]
    """Of each piece, the one line that stands out; without notes where none does."""


def temp_files(job: Job) -> tuple[Path, ...]:
    """The project's temp tracks; where none was given, the film itself, for its sound."""
    if job.production.temp:
        return tuple((job.folder.root / one).resolve() for one in job.production.temp)
    return (job.film(),)


def hear_file(path: Path, rate: FrameRate | None = None) -> HeardTemp:
    """The pieces of a temp in a recording, or in a film's sound.

    Raises `FilmError` for a file without sound.
    """
    if not path.is_file():
        raise InputError("there is no such file", Where(file=path), "check the name")
    facts = _film(path)
    channels, chunks = _sound_of(path, facts)
    sounds, tones, voices = SoundIndexBuilder(), ToneIndexBuilder(channels), LineIndexBuilder()
    for chunk in chunks:
        sounds.add(chunk)
        tones.add(chunk)
        voices.add(chunk)
    frames = rate or (facts.rate if facts is not None else FRAMES_24)
    track, voice = hear_temp(sounds.finish(), tones.finish(), frames), voices.finish()
    lines = tuple(exposed_line(voice, piece.range) for piece in track.pieces)
    return HeardTemp(path, frames, track, lines)


def _sound_of(path: Path, facts: FilmFacts | None) -> tuple[int, Iterable[NDArray[np.float32]]]:
    """How many channels there are, and the sound in pieces."""
    if facts is not None:
        channels = 1 if facts.channels == 1 else 2
        return channels, sound_chunks(path, SOUND_RATE_HZ, channels, facts=facts)
    recorded, rate_hz = read_recording(path)
    at_rate = _resampled(recorded, rate_hz)
    step = _PIECE_SECONDS * SOUND_RATE_HZ
    starts = range(0, len(at_rate), step)
    return at_rate.shape[1], (at_rate[start : start + step] for start in starts)


def _film(path: Path) -> FilmFacts | None:
    try:
        facts = probe(path)
    except FilmError:
        return None
    if not facts.has_sound:
        raise FilmError("the film has no sound", Where(file=path.name), "give the temp as audio")
    return facts


def _resampled(sound: NDArray[np.float32], rate_hz: int) -> NDArray[np.float32]:
    from fractions import Fraction

    from scipy.signal import resample_poly

    ratio = Fraction(SOUND_RATE_HZ, rate_hz)
    if ratio == 1:
        return sound
    made = resample_poly(sound, ratio.numerator, ratio.denominator, axis=0)
    return np.asarray(made, dtype=np.float32)


def brief_from(job: Job, heard: tuple[HeardTemp, ...], today: str) -> Job:
    """Write what the temp asks for into the brief, one note a piece; a note is written once."""
    written = {note.text for note in job.production.brief.notes}
    for one in heard:
        for piece in one.track.pieces:
            words = brief_words(piece)
            if words not in written:
                at = str(float(piece.range.start.seconds))
                change = BriefChange(note=words, who="temp track", at=at)
                job = change_brief(job, change, today)
    return job


def brief_words(piece: TempPiece) -> str:
    """A piece of the temp in a sentence of the brief."""
    tempo = " or ".join(f"{one.bpm:g}" for one in piece.tempos)
    keys = " or ".join(one.name for one in piece.keys[:2])
    form = "".join(section.letter for section in piece.sections)
    again = f", the same music as piece {piece.same_as}" if piece.same_as else ""
    return (
        f"Temp {piece.number}: {float(piece.range.span.seconds):.1f} s, "
        f"{tempo + ' bpm' if tempo else 'no plain pulse'}, {keys}, form {form}, "
        f"{piece.loudness_lufs:g} LUFS{again}"
    )


def tell_temp(heard: HeardTemp) -> dict[str, Any]:
    """A temp as an answer."""
    return {
        "file": heard.file.name,
        "pieces": [
            tell_piece(piece, heard.rate) | {"line": tell_line(line)}
            for piece, line in zip(heard.track.pieces, heard.lines, strict=True)
        ],
    }


def tell_piece(piece: TempPiece, rate: FrameRate) -> dict[str, Any]:
    """One piece: where, how fast, in what key, in which form, and where it hits."""
    clock = FilmClock(rate)
    return {
        "number": piece.number,
        **tell_moment("in", piece.range.start),
        **tell_moment("out", piece.range.end),
        "in_timecode": clock.nearest_label(piece.range.start),
        "confidence": piece.confidence,
        "same_as": piece.same_as or None,
        "tempos": [
            {"bpm": one.bpm, "confidence": one.confidence, "beats_in_bar": one.beats_in_bar}
            for one in piece.tempos
        ],
        "keys": [{"key": one.name, "fit": one.fit} for one in piece.keys],
        "sections": [
            {
                **tell_moment("in", one.range.start),
                "letter": one.letter,
                "loudness_lufs": one.loudness_lufs,
            }
            for one in piece.sections
        ],
        "hits": [{**tell_moment("at", at), "frame": rate.nearest_frame(at)} for at in piece.hits],
        "loudness_lufs": piece.loudness_lufs,
        "curves": {
            "step_seconds": 1,
            "short_term_lufs": [round(float(one), 1) for one in piece.short_term],
            "attacks": [int(one) for one in piece.density],
        },
        "brief": brief_words(piece),
    }


def tell_line(line: ExposedLine) -> dict[str, Any] | None:
    """The line that stands out, note by note; None where none does."""
    if not line.notes:
        return None
    return {
        "confidence": line.confidence,
        "notes": [
            {
                **tell_moment("at", note.range.start),
                **tell_moment("end", note.range.end),
                "key": note.key,
                "name": str(pitch_of_key(note.key)),
                "confidence": note.confidence,
            }
            for note in line.notes
        ],
    }
