"""Songs from plain files: a tune with or without words under it, and words for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from scorestage.adapters.theme_file import melody, read_theme_file
from scorestage.errors import FormatError, InputError, Where
from scorestage.music import Line, MarkKind, Note, Player, Score, Slur, Voice
from scorestage.music.key import Key
from scorestage.orchestration import seated
from scorestage.songs.naming import chords_heard
from scorestage.songs.sheet import Sheet, signature
from scorestage.songs.song import Part, Song, parted
from scorestage.songs.tempos import Step, stepped, steps_of
from scorestage.songs.text import Turn, Words, form_of, place_of, read_words
from scorestage.thematics import find_key
from scorestage.timebase import BarGrid, Beat, Beats, FilmTime, Meter, Tempo, TempoMap
from scorestage.workflow.check_alone import catalogue
from scorestage.workflow.convert import MIDI, MUSICXML, ReadMusic, read_music
from scorestage.workflow.song_order import stretches_told

TUNES = (*MUSICXML, *MIDI, ".abc")
WORDS = (".txt", ".words", ".lyrics")
_VOICE = re.compile(
    r"voice|vocal|sing|sopran|alto|tenor|bariton|bass-voice|mezzo|whistl|choir", re.IGNORECASE
)
_TONICS = (
    *("Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B"),
    *("F#", "C#", "G#", "D#", "A#", "E#"),
)
_ABOVE = {
    "major": 0,
    "lydian": -1,
    "mixolydian": 1,
    "dorian": 2,
    "minor": 3,
    "aeolian": 3,
    "phrygian": 4,
    "locrian": 5,
}
"""How many fifths the tonic of a mode lies above that of the major key of its signature."""
_RANGE = re.compile(r"\s*([\w -]+?)\s*[=:]\s*(\d+)\s*[-–]\s*(\d+)\s*")


@dataclass(frozen=True, slots=True)
class Tune:
    """A tune as its file has it: notes, bars, chords; what to know of it."""

    notes: tuple[Note, ...]
    slurs: tuple[Slur, ...]
    grid: BarGrid
    key: Key
    tempo: Tempo
    score: Score | None = None
    voice: int = 0
    title: str = ""
    composer: str = ""
    lyricist: str = ""
    tempo_told: bool = False
    tempo_map: TempoMap | None = None
    """Its tempos, where it changes them."""
    remarks: tuple[str, ...] = ()

    @property
    def sung(self) -> bool:
        """Whether there are words under it."""
        return any(note.lyric or note.verses for note in self.notes)


def read_lyrics(path: Path, language: str = "") -> Words:
    """The words in a text file; raises `InputError` with the line for what is wrong in it."""
    if not path.is_file():
        raise InputError("there is no such file", Where(file=path))
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise FormatError("this is no text in UTF-8", Where(file=path)) from None
    return read_words(text, path.name, language)


def read_tune(path: Path) -> Tune:
    """The voice of a MusicXML, MIDI or ABC file.

    The voice is the part with most words, else one that is called a voice, else the first. Raises
    `FormatError` for what is no music or has no tune.
    """
    if not path.is_file():
        raise InputError("there is no such file", Where(file=path))
    if path.suffix.lower() in MUSICXML:
        return _of_score(read_music(path), path)
    found = read_theme_file(path.name, path.read_bytes())
    bar = found.meter.length.quarters
    end = max(note.end.quarters for note in found.notes)
    upbeat = max(Fraction(0), -found.notes[0].onset.quarters)
    grid = BarGrid.of_meters((found.meter,) * max(1, int(-(-end // bar))), pickup=Beats(upbeat))
    tempo = found.tempo or Tempo(96)
    key = found.key or find_key(found.notes)
    score = None
    if found.chords:
        score = Score(grid, (), chords=found.chords)
    return Tune(
        found.notes,
        (),
        grid,
        key,
        tempo,
        score,
        title=found.title,
        composer=found.composer,
        tempo_told=found.tempo is not None,
        tempo_map=stepped(FilmTime(0), grid, found.tempos) if len(found.tempos) > 1 else None,
        remarks=found.losses,
    )


def _of_score(music: ReadMusic, path: Path) -> Tune:
    made = seated(music.score, catalogue())
    score = made.score
    voice = _voice_of(score)
    if voice is None:
        raise FormatError("there is no tune in it", Where(file=path))
    staff = next(one for one in score.lines[voice].staves if one.notes)
    top = max(staff.voices, key=lambda one: sum(bool(n.lyric or n.verses) for n in one.notes))
    notes = melody(top.notes if any(n.lyric or n.verses for n in top.notes) else staff.notes)
    known = {note.id for note in notes}
    slurs = tuple(one for one in staff.slurs if {one.first, one.last} <= known)
    keys = [one for one in score.lines[voice].keys if one.at <= Beat(0)]
    key = find_key(notes)
    if keys and not keys[-1].alterations:
        key = _signed(keys[-1].fifths, keys[-1].mode, key)
    told = [
        one.text
        for sign in music.header
        for one in (sign, *sign.inner)
        if one.name == "creator" and one.detail("type") in ("lyricist", "poet")
    ]
    return Tune(
        notes,
        slurs,
        score.grid,
        key,
        music.tempo_map.tempo_at(Beat(0)),
        score,
        voice,
        music.subtitle or music.title or path.stem,
        music.composer,
        ", ".join(dict.fromkeys(told)),
        music.tempo_told,
        music.tempo_map if len(music.tempo_map.events) > 1 else None,
        music.losses,
    )


def _signed(fifths: int, mode: str, heard: Key) -> Key:
    """The key of a signature; which of its modes where the file does not tell, by what is heard.

    >>> str(_signed(-4, "lydian", Key("C"))), str(_signed(-3, "", Key("C", "minor")))
    ('Db lydian', 'C minor')
    """
    told = mode if mode in _ABOVE else "minor" if not mode and heard.is_minor else "major"
    at = max(0, min(len(_TONICS) - 1, fifths + _ABOVE[told] + 7))
    return Key(_TONICS[at], told)


def _voice_of(score: Score) -> int | None:
    sung = [sum(bool(n.lyric or n.verses) for n in line.notes) for line in score.lines]
    if any(sung):
        return sung.index(max(sung))
    for at, line in enumerate(score.lines):
        names = f"{line.player.name} {line.player.instrument.id}"
        if line.notes and _VOICE.search(names):
            return at
    return next((at for at, line in enumerate(score.lines) if _pitched(line)), None)


def _pitched(line: Line) -> bool:
    return any(note.sounding for note in line.notes)


def sheet_as_it_is(tune: Tune, singer: Player | None) -> Sheet:
    """The sheet of a score that has its words already, its repeats and its accompaniment."""
    score = tune.score
    if score is None or not score.lines:
        raise InputError("there are no words in it", do="give them: --words FILE")
    own = score.lines[tune.voice]
    staff = next(one for one in own.staves if one.notes)
    keys = own.keys or (signature(tune.key),)
    clefs = tuple(one for one in staff.clefs if "^" not in one.clef)
    kept = replace(staff, voices=(Voice(tune.notes),), slurs=tune.slurs, cues=(), clefs=clefs)
    voice = Line(singer or own.player, (kept,), own.changes if singer is None else (), keys)
    others = tuple(line for at, line in enumerate(score.lines) if at != tune.voice)
    remarks = list(tune.remarks)
    chords = score.chords
    if not chords and any(_pitched(line) for line in others):
        played = [note for line in others for note in line.notes]
        chords = chords_heard(played, score.grid, tune.key)
        remarks.append("chord symbols: read from the accompaniment, as none were written")
    if not chords:
        remarks.append("there are no chord symbols in it, and nothing they could be read from")
    tempo_map = TempoMap.steady(FilmTime(0), tune.tempo, score.grid)
    if tune.tempo_map is not None:
        tempo_map = replace(tune.tempo_map, start=FilmTime(0))
    whole = replace(score, lines=(voice, *others), chords=chords)
    return Sheet(
        whole,
        tempo_map,
        tune.key,
        tune.title,
        tune.composer,
        tune.lyricist,
        stretches=stretches_told(score),
        remarks=tuple(remarks),
    )


def song_of(tune: Tune, words: Words, parts: str = "", form: str = "") -> Song:
    """A tune with words of its own file as a song.

    `parts` says which bars are which (`verse=1-16, chorus=17-32`); else headings in the score do
    (`Verse`, `Chorus`); else all of it is a verse. Raises `InputError` for bars that are not there.
    """
    chords = tune.score.chords if tune.score is not None else ()
    if not chords and tune.score is not None and len(tune.score.lines) > 1:
        lines = [one for at, one in enumerate(tune.score.lines) if at != tune.voice]
        chords = chords_heard([n for one in lines for n in one.notes], tune.grid, tune.key)
    places = _places(tune, parts)
    starts = [tune.grid.starts[low] for _, low, _ in places]
    end = tune.grid.starts[places[-1][2]]
    found = []
    for (kind, low, high), (start, _, notes) in zip(
        places, parted(tune.notes, starts, end), strict=True
    ):
        shift = start - Beat(0)
        limit = tune.grid.starts[high]
        own = tuple(
            replace(note, onset=note.onset - shift, lyric="", verses=())
            for note in notes
            if note.onset < limit
        )
        inside = [replace(one, at=one.at - shift) for one in chords if start <= one.at < limit]
        before = [one for one in chords if one.at < start]
        if before and (not inside or inside[0].at > Beat(0)):
            inside.insert(0, replace(before[-1], at=Beat(0)))
        known = {note.id for note in own}
        slurs = tuple(one for one in tune.slurs if {one.first, one.last} <= known)
        meters: tuple[Meter, ...] = tuple(bar.meter for bar in tune.grid.bars[low:high])
        tempos: tuple[Step, ...] = ()
        if tune.tempo_map is not None:
            tempos = tuple(steps_of(tune.tempo_map, start, limit, Beat(0)))
        found.append(Part(kind, meters, own, tuple(inside), slurs, tempos))
    turns: tuple[Turn, ...] = tuple(form_of(form)) if form else words.form
    return Song(
        words.title or tune.title,
        tune.key,
        tune.tempo,
        tuple(found),
        turns,
        words,
        words.composer or tune.composer,
        words.lyricist or tune.lyricist,
    )


def _places(tune: Tune, parts: str) -> list[tuple[str, int, int]]:
    """Kind, first bar and bar after the last one of each part of a tune."""
    if parts:
        return sorted(_as_told(tune, parts), key=lambda one: one[1])
    marks = tune.score.marks if tune.score is not None else ()
    heads: list[tuple[str, int]] = []
    for mark in sorted(marks, key=lambda one: one.at):
        turn = place_of(mark.text) if mark.kind is not MarkKind.HIT else None
        if turn is not None:
            heads.append((turn.kind, tune.grid.index_at(mark.at)))
    if not heads:
        return [("verse", 0, len(tune.grid.bars))]
    if heads[0][1] and all(kind != "intro" for kind, _ in heads):
        heads.insert(0, ("intro", 0))
    ends = [*(low for _, low in heads[1:]), len(tune.grid.bars)]
    found = [(kind, low, high) for (kind, low), high in zip(heads, ends, strict=True) if low < high]
    kinds = [kind for kind, _, _ in found]
    return [one for at, one in enumerate(found) if kinds.index(one[0]) == at]


def _as_told(tune: Tune, parts: str) -> Iterator[tuple[str, int, int]]:
    labels = [str(bar.label) for bar in tune.grid.bars]
    for one in re.split(r"[,;]", parts):
        match = _RANGE.fullmatch(one)
        turn = place_of(match[1]) if match else None
        if match is None or turn is None:
            raise InputError(f"{one!r} names no part", do="write for example verse=1-16")
        if match[2] not in labels or match[3] not in labels:
            raise InputError(f"{one.strip()}: bars are {labels[0]} to {labels[-1]}")
        yield turn.kind, labels.index(match[2]), labels.index(match[3]) + 1
