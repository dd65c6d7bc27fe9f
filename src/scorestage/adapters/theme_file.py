"""The composer's own tune from a file: its melody, meter, key and chords, wherever it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import PurePath

from scorestage.adapters.formats.abc import FORMAT as ABC
from scorestage.adapters.formats.abc import read_abc
from scorestage.adapters.formats.midi import FORMAT as MIDI
from scorestage.adapters.formats.midi import read_midi
from scorestage.adapters.formats.musicxml import FORMAT as MUSICXML
from scorestage.adapters.formats.musicxml import read_score
from scorestage.errors import FormatError, Where
from scorestage.music import ChordSymbol, Note
from scorestage.music.key import Key
from scorestage.timebase import BarGrid, Beat, Beats, Meter, Tempo, TempoMap

_EXPECTED = "a theme is a MusicXML (.musicxml, .xml, .mxl), MIDI (.mid) or ABC file (.abc)"


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """What a theme file tells; its first downbeat is `Beat(0)`, a pickup is negative.

    `key` is None where the file does not say; `losses` name, with counts, what was not taken over.
    """

    notes: tuple[Note, ...]
    meter: Meter
    key: Key | None = None
    chords: tuple[ChordSymbol, ...] = ()
    tempo: Tempo | None = None
    title: str = ""
    composer: str = ""
    losses: tuple[str, ...] = ()
    tempos: tuple[tuple[Beat, Tempo], ...] = ()
    """All its tempos, each from its place on; the first is `tempo`."""


def read_theme_file(path: PurePath | str, content: bytes) -> ThemeFile:
    """The melody in a MusicXML, MIDI or ABC file: the highest notes of the first part that sings.

    `path` is only its name. A tune that begins late in its first bar is taken as one with a
    pickup; empty bars before it are left out.

    Raises `FormatError`, naming the file and what is expected, for what is not music or holds no
    melody.
    """
    name = PurePath(path).name
    if MIDI.takes(name) or content.startswith(b"MThd"):
        return _from_midi(content, name)
    if ABC.takes(name):
        return _from_abc(content, name)
    if MUSICXML.takes(name) or content.lstrip()[:1] == b"<" or content.startswith(b"PK"):
        return _from_musicxml(content, name)
    raise FormatError("this is not music", Where(file=name), _EXPECTED)


def _from_musicxml(content: bytes, name: str) -> ThemeFile:
    read = read_score(content, name)
    lines = (line for line in read.score.lines if any(note.sounding for note in line.notes))
    line = next(lines, None)
    if line is None:
        raise FormatError("there is no melody in it", Where(file=name), _EXPECTED)
    staff = next(one for one in line.staves if any(note.sounding for note in one.notes))
    notes = melody(staff.notes)
    shift, meter = _first_bar(notes, read.score.grid)
    end = notes[-1].end
    chords = tuple(
        replace(chord, at=chord.at - shift) for chord in read.score.chords if chord.at < end
    )
    losses = read.losses
    others = sum(not one.is_silent for one in read.score.lines) - 1
    if others:
        losses = (*losses, f"further parts ({others})")
    return ThemeFile(
        tuple(replace(note, onset=note.onset - shift) for note in notes),
        meter,
        read.key,
        chords,
        _tempo(read.tempo_map, notes[0].onset),
        read.title,
        read.composer,
        losses,
    )


def _from_midi(content: bytes, name: str) -> ThemeFile:
    read = read_midi(content, name)
    track = next((one for one in read.tracks if not one.is_drums and one.notes), None)
    if track is None:
        raise FormatError("there is no melody in it", Where(file=name), _EXPECTED)
    notes = melody(track.notes)
    shift, meter = _first_bar(notes, read.tempo_map.grid)
    others = len([one for one in read.tracks if one.notes]) - 1
    losses = (*read.losses, f"further tracks ({others})") if others else read.losses
    return ThemeFile(
        tuple(replace(note, onset=note.onset - shift) for note in notes),
        meter,
        read.key,
        (),
        _tempo(read.tempo_map, notes[0].onset),
        track.name,
        "",
        losses,
        _tempos(read.tempo_map, shift, notes[-1].end),
    )


def _from_abc(content: bytes, name: str) -> ThemeFile:
    read = read_abc(content, name)
    return ThemeFile(
        melody(read.notes),
        read.meter,
        read.key,
        read.chords,
        read.tempos[0][1] if read.tempos else None,
        read.title,
        read.composer,
        read.losses,
        read.tempos,
    )


def melody(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """One note at a time: of what begins together the highest; each ends where the next begins.

    What begins lower while a higher note still sounds is accompaniment and left out.

    >>> from scorestage.music import Note
    >>> low = Note("a", Beat(0), Beats(4), (Pitch.parse("C4"), Pitch.parse("E4")))
    >>> high = Note("b", Beat(1), Beats(1), (Pitch.parse("G4"),))
    >>> [(note.id, str(note.top), note.length.quarters) for note in melody((low, high))]
    [('a', 'E4', Fraction(1, 1)), ('b', 'G4', Fraction(1, 1))]
    """
    found: list[Note] = []
    sung = [note for note in notes if note.top is not None]
    for note in sorted(sung, key=lambda note: (note.onset, -_height(note), note.length)):
        single = replace(note, pitches=note.sounding[-1:])
        if found and found[-1].end > note.onset:
            if found[-1].onset == note.onset or _height(note) < _height(found[-1]):
                continue
            found[-1] = replace(found[-1], length=note.onset - found[-1].onset)
        found.append(single)
    return tuple(found)


def _height(note: Note) -> Fraction:
    return Fraction(note.top.midi) if note.top is not None else Fraction(0)


def _first_bar(notes: tuple[Note, ...], grid: BarGrid) -> tuple[Beats, Meter]:
    """How far the first downbeat lies from the file's bar 1, and the meter there."""
    first = notes[0].onset
    if first < Beat(0):
        return Beats(0), grid.bars[0].meter
    index = grid.index_at(first)
    into = (first - grid.starts[index]).quarters
    length = grid.bars[index].meter.length.quarters
    if into * 2 > length and index + 1 < len(grid.bars):
        index += 1
    return grid.starts[index] - Beat(0), grid.bars[index].meter


def _tempo(tempo_map: TempoMap | None, at: Beat) -> Tempo | None:
    return tempo_map.tempo_at(at) if tempo_map is not None else None


def _tempos(tempo_map: TempoMap, shift: Beats, end: Beat) -> tuple[tuple[Beat, Tempo], ...]:
    """The tempos of a tune that begins so much later than its file, counted from its bar 1."""
    first = Beat(0) + shift
    later = ((at - shift, one) for at, one in tempo_map.baked() if first < at < end)
    found = [(Beat(0), tempo_map.tempo_at(first))]
    for at, tempo in later:
        if tempo != found[-1][1]:
            found.append((at, tempo))
    return tuple(found)
