"""What was tapped or played, from the file it was kept in: lists of times, MIDI, sound."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.formats.midi.take_in import read_take
from scorestage.adapters.formats.musicxml import read_score
from scorestage.adapters.formats.wav import WavHeader, read_wav
from scorestage.errors import FormatError, InputError, ScorestageError, Where
from scorestage.music import Pitch, Score
from scorestage.tempofit.played import PlayedNote, Tap, WrittenNote, taps_in_sound
from scorestage.timebase import FilmClock, FilmSpan, FilmTime

MIDI = (".mid", ".midi", ".smf")
WAV = (".wav", ".bwf")
CODED = (
    *(".mp3", ".m4a", ".aac", ".flac", ".ogg", ".opus", ".aif", ".aiff", ".caf", ".wma"),
    *(".mov", ".mp4", ".mkv", ".mxf"),
)
SOUND = (*WAV, *CODED)
"""Recordings: WAV with its time stamp, and whatever else FFmpeg reads, a film's own sound too."""
LISTS = (".csv", ".txt", ".tsv")
WRITTEN = (".musicxml", ".xml", ".mxl")
HEADS = ("at", "seconds", "time", "timecode", "position", "start")
_LARGEST_BYTES = 4 * 1024 * 1024
_LONGEST_SECONDS = 3 * 3600
_CELLS = re.compile(r"[,;\t]")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a take begins in the film, and how that is known."""

    at: FilmTime
    words: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class HeardSound:
    """A recording as mono sound of shape (samples,), with what its file says."""

    mono: NDArray[np.float32]
    header: WavHeader


def read_taps(path: Path, clock: FilmClock, origin: Origin) -> tuple[Tap, ...]:
    """Taps of a list of times (film times in any form), of MIDI notes, or of claps in a WAV file.

    In a list a `origin` after zero is added to every time. Raises `FormatError` for another kind
    of file and for what is no time, with its line.
    """
    _refuse_missing(path)
    suffix = path.suffix.lower()
    later = origin.at - FilmTime(0)
    if suffix in LISTS:
        return tuple(Tap(at + later) for at in _listed(path, clock))
    if suffix in MIDI:
        notes = read_take(path.read_bytes(), path.name)
        struck = {note.at_seconds: note.velocity for note in notes}
        return tuple(
            Tap(FilmTime(at) + later, 0.5 + 0.5 * velocity / 127)
            for at, velocity in sorted(struck.items())
        )
    if suffix in SOUND:
        heard = read_sound_take(path)
        seconds, strengths = taps_in_sound(heard.mono, heard.header.rate_hz)
        return tuple(
            Tap(_moment(float(at)) + later, float(strength))
            for at, strength in zip(seconds, strengths, strict=True)
        )
    raise _unknown(path, (*LISTS, *MIDI, *SOUND))


def read_notes(path: Path, origin: Origin) -> tuple[PlayedNote, ...]:
    """The notes of a MIDI performance on the film's clock."""
    _refuse_missing(path)
    later = origin.at - FilmTime(0)
    return tuple(
        PlayedNote(FilmTime(one.at_seconds) + later, one.key, one.velocity / 127)
        for one in read_take(path.read_bytes(), path.name)
    )


def read_sound_take(path: Path) -> HeardSound:
    """A recording, its channels together; only a WAV file can say where it lies in the film."""
    _refuse_missing(path)
    suffix = path.suffix.lower()
    if suffix not in SOUND:
        raise _unknown(path, SOUND)
    if suffix in WAV:
        sound, header = read_wav(path)
    else:
        from scorestage.adapters.machines.film import read_recording

        sound, rate_hz = read_recording(path)
        header = WavHeader(rate_hz, sound.shape[1], 32, True, len(sound), None, 0)
    if header.length_samples > _LONGEST_SECONDS * header.rate_hz:
        raise FormatError("longer than three hours", Where(file=path), "give one cue at a time")
    return HeardSound(sound.mean(axis=1, dtype=np.float32), header)


def read_written(path: Path) -> Score:
    """The score that is played: MusicXML, or a MIDI file whose notes stand where written."""
    _refuse_missing(path)
    suffix = path.suffix.lower()
    if suffix in WRITTEN:
        return read_score(path.read_bytes(), path.name).score
    if suffix in MIDI:
        from scorestage.adapters.formats.midi import read_midi

        return read_midi(path.read_bytes(), path.name).score
    raise _unknown(path, (*WRITTEN, *MIDI))


def written_notes(score: Score) -> tuple[WrittenNote, ...]:
    """Every pitched note of a score by its place and key."""
    return tuple(
        WrittenNote(note.onset, round(pitch.key))
        for _, note in score.notes()
        for pitch in note.pitches
        if isinstance(pitch, Pitch)
    )


def origin_of(
    clock: FilmClock, starts: str, header: WavHeader | None, cue_start: FilmTime | None
) -> Origin:
    """Where a take begins: as told, else by its BWF stamp, else with the cue, else with the film.

    A stamp counts from midnight; one that lies before the film's first frame is not believed.
    """
    if starts.strip():
        return Origin(clock.read(starts))
    stamp = header.stamp if header is not None else None
    if header is not None and stamp is not None and stamp.start_samples:
        begins = clock.start_frames / clock.rate.frames_per_second
        at = Fraction(stamp.start_samples, header.rate_hz) - begins
        if at >= 0:
            return Origin(FilmTime(at), "placed by its BWF time stamp")
    if cue_start is not None:
        return Origin(cue_start, "taken to begin with the cue")
    return Origin(FilmTime(0))


def _listed(path: Path, clock: FilmClock) -> tuple[FilmTime, ...]:
    """The times of a list: the column that is named so, else the first cell that is a time."""
    if path.stat().st_size > _LARGEST_BYTES:
        raise FormatError("this is no list of taps: it is too large", Where(file=path))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise FormatError("this is no text", Where(file=path), f"known: {LISTS}") from None
    found: list[FilmTime] = []
    column = 0
    began = False
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [cell.strip() for cell in next(csv.reader([_CELLS.sub(",", line)]), [])]
        if not any(cells) or cells[0].startswith("#"):
            continue
        if not began:
            began = True
            named = [index for index, cell in enumerate(cells) if cell.lower() in HEADS]
            if named:
                column = named[0]
                continue
        found.append(_read_cell(cells, column, clock, path, number))
    if not found:
        raise FormatError("the list holds no taps", Where(file=path), "write one time a line")
    return tuple(found)


def _read_cell(cells: list[str], column: int, clock: FilmClock, path: Path, line: int) -> FilmTime:
    if column >= len(cells) or not cells[column]:
        raise FormatError("a line without a time", Where(file=path, line=line), "write one a line")
    try:
        return clock.read(cells[column])
    except ScorestageError as fault:
        raise FormatError(fault.what, Where(file=path, line=line), fault.do) from None


def _moment(seconds: float) -> FilmTime:
    return FilmTime(0) + FilmSpan(Fraction(round(seconds * 10**9), 10**9))


def _refuse_missing(path: Path) -> None:
    if not path.is_file():
        raise InputError(f"there is no such file: {path}", Where(file=path.name), "check the name")


def _unknown(path: Path, known: tuple[str, ...]) -> FormatError:
    return FormatError(
        f"{path.suffix or 'a file without suffix'} is not read here",
        Where(file=path),
        f"give one of {', '.join(known)}",
    )
