"""`temp`: the temp track heard, briefed from, and kept at a distance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.machines.film import FilmFacts, probe, read_recording, sound_chunks
from scorestage.errors import FilmError, InputError, Where
from scorestage.music import Score
from scorestage.spotting import SOUND_RATE_HZ, SoundIndexBuilder
from scorestage.spotting.temp import (
    Likeness,
    TempPiece,
    TempTrack,
    hear_temp,
    likeness_in_sound,
)
from scorestage.spotting.tones import ToneIndexBuilder
from scorestage.thematics import of_score
from scorestage.thematics.recognition import theme_likeness
from scorestage.thematics.skeletons import AMBER, DEEP_RED, RED, SharedPitches, shared_pitches
from scorestage.timebase import FRAMES_24, FilmClock, FrameRate
from scorestage.workflow.brief import BriefChange, change_brief
from scorestage.workflow.convert import read_music
from scorestage.workflow.job import Job
from scorestage.workflow.tell import tell_moment
from scorestage.workflow.theme_search import likeness_facts, place_facts

Progress = Callable[[float, str], None]
WRITTEN = (".musicxml", ".xml", ".mxl", ".mid", ".midi", ".smf")
_PIECE_SECONDS = 10


@dataclass(frozen=True, slots=True, eq=False)
class HeardTemp:
    """A temp and the file it was heard in."""

    file: Path
    rate: FrameRate
    track: TempTrack


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
    sounds, tones = SoundIndexBuilder(), None
    if facts is not None:
        channels = 1 if facts.channels == 1 else 2
        tones = ToneIndexBuilder(channels)
        for chunk in sound_chunks(path, SOUND_RATE_HZ, channels, facts=facts):
            sounds.add(chunk)
            tones.add(chunk)
    else:
        recorded, rate_hz = read_recording(path)
        at_rate = _resampled(recorded, rate_hz)
        tones = ToneIndexBuilder(at_rate.shape[1])
        step = _PIECE_SECONDS * SOUND_RATE_HZ
        for start in range(0, len(at_rate), step):
            sounds.add(at_rate[start : start + step])
            tones.add(at_rate[start : start + step])
    frames = rate or (facts.rate if facts is not None else FRAMES_24)
    return HeardTemp(path, frames, hear_temp(sounds.finish(), tones.finish(), frames))


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
        "pieces": [tell_piece(piece, heard.rate) for piece in heard.track.pieces],
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


def compare_with_temp(temp: Path, cue: Path) -> dict[str, Any]:
    """How near a cue comes to the temp: both as sound, or both as score or MIDI."""
    kinds = [path.suffix.lower() in WRITTEN for path in (temp, cue)]
    if kinds[0] != kinds[1]:
        raise InputError(
            "a score and a recording cannot be compared",
            do="give both as sound, or both as MusicXML or MIDI",
        )
    if all(kinds):
        return _written_likeness(read_music(temp).score, read_music(cue).score)
    pieces = [_longest(hear_file(path)) for path in (temp, cue)]
    return _heard_likeness(likeness_in_sound(pieces[0], pieces[1]))


def _longest(heard: HeardTemp) -> TempPiece:
    if not heard.track.pieces:
        raise InputError("no music is heard in it", Where(file=heard.file), "is it the right file?")
    return max(heard.track.pieces, key=lambda one: one.range.span)


def _heard_likeness(found: Likeness) -> dict[str, Any]:
    return {
        "verdict": str(found.verdict),
        "known_by": "sound: tempo, key, form, loudness and pitch classes; no melody",
        "points": [
            {"name": one.name, "alike": one.alike, "counts": one.counts, "words": one.words}
            for one in found.points
        ],
    }


def _written_likeness(temp: Score, cue: Score) -> dict[str, Any]:
    one, other = of_score(temp, theme_id="temp"), of_score(cue, theme_id="cue")
    shared = shared_pitches(one, other)
    percent = shared.percent if shared is not None else 0.0
    verdict = "red" if percent > RED else "amber" if percent >= AMBER else "green"
    return {
        "verdict": verdict,
        "known_by": "notes: melodies, rhythm, and the bars that agree",
        "shared_percent": percent,
        "limits_percent": {"amber": AMBER, "red": RED, "deep_red": DEEP_RED},
        "as_near_as_a_variation": percent > DEEP_RED,
        "melody": likeness_facts(theme_likeness(one, other)),
        "aligned": _aligned(shared, temp, cue),
    }


def _aligned(shared: SharedPitches | None, temp: Score, cue: Score) -> list[dict[str, Any]]:
    """The beats that agree, with their bars in both."""
    rows = []
    for one, other in shared.beats if shared is not None else ():
        places = (
            place_facts(at.quarters, at.quarters + 1, score)
            for at, score in ((one, temp), (other, cue))
        )
        left, right = ({key: place[key] for key in ("bar", "beat")} for place in places)
        rows.append({"temp": left, "cue": right})
    return rows
