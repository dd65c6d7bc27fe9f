"""The sheets of a song: opened from project or file, put into a key for a singer, accompanied."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from scorestage.adapters.catalogue import load_instrument
from scorestage.adapters.catalogue.styles import load_style
from scorestage.composing.accompanying import Stand, accompany, held_last
from scorestage.errors import InputError, ScorestageError, Where
from scorestage.music import (
    Dynamic,
    DynamicMark,
    Family,
    Instrument,
    Line,
    PitchRange,
    Player,
    Score,
)
from scorestage.music.key import Key
from scorestage.music.style import Style
from scorestage.songs.hands import two_hands
from scorestage.songs.laying import lay_out
from scorestage.songs.making import TuneWish, make_song
from scorestage.songs.sheet import Sheet, interval_between, moved_sheet, sheet_of
from scorestage.songs.singers import KeyOffer, keys_for
from scorestage.songs.song import Song
from scorestage.songs.tempos import at_tempo
from scorestage.songs.text import Words, form_of
from scorestage.timebase import Beat, Beats, Meter, Tempo
from scorestage.workflow.library import libraries_at
from scorestage.workflow.song_files import (
    TUNES,
    WORDS,
    read_lyrics,
    read_tune,
    sheet_as_it_is,
    song_of,
)
from scorestage.workflow.song_order import unrolled

USUAL_STYLE, USUAL_SINGER = "tender", "vocalist-female"
CHOIR = "choir"
_VOICES = (
    "vocalist-female",
    "vocalist-male",
    "mezzo-soprano",
    "tenor",
    "baritone",
    "solo-soprano",
    "contralto",
    "solo-bass-voice",
)
_PIANISTIC = (
    *("alberti", "arpeggio", "backbeat", "bossa", "comping", "continuo", "freylekhs", "funk"),
    *("gallop", "habanera", "jig", "lyrical", "march", "montuno", "oompah", "phasing", "picking"),
    *("resultant", "riff", "shout", "stride", "strum", "tango", "trot", "walking", "waltz"),
)
"""Idioms that lie well on a keyboard."""
_ENERGY = {"intro": -1, "verse": -1, "bridge": 0, "chorus": 1, "interlude": 0, "ending": -1}
_LOUD = {
    "intro": Dynamic.MP,
    "verse": Dynamic.MP,
    "bridge": Dynamic.MF,
    "chorus": Dynamic.F,
    "interlude": Dynamic.MF,
    "ending": Dynamic.MP,
}


@dataclass(frozen=True, slots=True)
class SongWish:
    """What is wished of a song and its sheets; empty: as song, style or singer have it."""

    words: Path | None = None
    parts: str = ""
    form: str = ""
    key: str = ""
    singer: str = ""
    style: str = ""
    idiom: str = ""
    tempo: str = ""
    meter: str = ""
    language: str = ""
    seed: int = 1
    written_out: bool = False
    stays: bool = False
    """Whether the singer takes the song where it stands: it was put into their key before."""


def is_file(name: str) -> bool:
    """Whether a name means a file rather than a song of the project."""
    return name.lower().endswith((*TUNES, *WORDS))


def singer_named(name: str, project: Path | None = None) -> Player:
    """A singer by instrument: `soprano`, `tenor`, `whistler`; `choir` sings in unison.

    Raises `CatalogueError` for one nobody knows.
    """
    libraries = libraries_at(project)
    if name.lower() == CHOIR:
        return Player("voice", "Choir (unison)", "Choir", (_unison(*libraries),), 16)
    one = load_instrument(name.lower(), *libraries)
    plain = one.id.startswith("vocalist")
    shown = ("Voice", "V.") if plain else (one.name, one.abbreviation)
    return Player("voice", *shown, (one,))


def _unison(*libraries: Path) -> Instrument:
    """A mixed choir on one staff: what women have in common, the men an octave below."""
    choir, high, low = (
        load_instrument(name, *libraries) for name in ("mixed-choir", "soprano", "alto")
    )
    return replace(
        choir,
        id="choir-unison",
        staves=1,
        clefs=("G2",),
        max_polyphony=1,
        comfortable=_both(high.comfortable, low.comfortable),
        professional=_both(high.professional, low.professional),
    )


def _both(one: PitchRange | None, other: PitchRange | None) -> PitchRange | None:
    if one is None or other is None:
        return None
    return PitchRange(
        max(one.low, other.low, key=lambda pitch: pitch.key),
        min(one.high, other.high, key=lambda pitch: pitch.key),
    )


def song_from(name: str, wish: SongWish, project: Path | None = None) -> Song | None:
    """The song that a file of words, or a tune with a file of words, makes; None for one that has
    its words under its notes already."""
    path = Path(name)
    if path.suffix.lower() in WORDS:
        return made_song(read_lyrics(path, wish.language), wish, project)
    if wish.words is None:
        return None
    tune = read_tune(path)
    song = song_of(tune, read_lyrics(wish.words, wish.language), wish.parts, wish.form)
    song = replace(song, style=wish.style)
    return song.at_tempo(_read_tempo(wish.tempo)) if wish.tempo else song


def made_song(words: Words, wish: SongWish, project: Path | None = None) -> Song:
    """A song whose tune is made for its words, in a style and for a singer."""
    singer = singer_named(wish.singer or USUAL_SINGER, project).instrument
    if singer.comfortable is None:
        raise InputError(f"nothing is known of the range of {singer.name}")
    style = load_style(wish.style or USUAL_STYLE, *libraries_at(project))
    key = wish.key or words.key
    tempo = wish.tempo or words.tempo
    if wish.form:
        words = replace(words, form=tuple(form_of(wish.form)))
    return make_song(
        words,
        TuneWish(
            style,
            singer.comfortable,
            wish.seed,
            key_named(key, style.modes[0]) if key else None,
            _read_tempo(tempo) if tempo else None,
            Meter.parse(wish.meter) if wish.meter else None,
        ),
    )


def key_named(text: str, mode: str = "major") -> Key:
    """A key as people write it: `Eb`, `F# minor`, `Dm`."""
    words = text.strip().split()
    tonic = words[0] if words else ""
    if len(words) == 1 and tonic.endswith("m") and len(tonic) > 1:
        words = [tonic[:-1], "minor"]
    try:
        named = words[0][:1].upper() + words[0][1:]
        return Key(named, words[1].lower() if len(words) > 1 else mode)
    except (ScorestageError, IndexError):
        raise InputError(
            f"{text!r} is no key", do="write for example Eb, 'F# minor' or Dm"
        ) from None


def _read_tempo(text: str) -> Tempo:
    from scorestage.timebase import frame_rate, read_tempo

    return read_tempo(text, frame_rate("24"), Beats(1))


def open_sheet(name: str, wish: SongWish, project: Path | None = None) -> Sheet:
    """The sheet of a song in the key that is wished: a voice, and what a score had beside it.

    `name` is a file of words, or a MusicXML, MIDI or ABC file. Raises `InputError` for what there
    is not.
    """
    song = song_from(name, wish, project)
    if song is not None:
        return in_key(sheet_of_song(song, wish, project), wish, project)
    tune = read_tune(Path(name))
    singer = singer_named(wish.singer, project) if wish.singer else None
    if tune.score is None or not tune.score.lines:
        raise InputError(
            "there are no words to this tune", Where(file=name), "give them: --words FILE"
        )
    if singer is None and tune.score.lines[tune.voice].player.instrument.family is not Family.VOICE:
        singer = likely_singer(sheet_as_it_is(tune, None), project)
    sheet = sheet_as_it_is(tune, singer)
    if wish.tempo:
        sheet = replace(sheet, tempo_map=at_tempo(sheet.tempo_map, _read_tempo(wish.tempo)))
    if wish.written_out:
        sheet = unrolled(sheet)
    return in_key(sheet, wish, project)


def sheet_of_song(song: Song, wish: SongWish, project: Path | None = None) -> Sheet:
    """A song laid out for its singer: folded as a lead sheet prints it, or written out."""
    laid = lay_out(song, folded=not wish.written_out)
    singer = singer_named(wish.singer or USUAL_SINGER, project)
    sheet = sheet_of(song, laid, singer)
    if wish.singer or song.style:
        return sheet
    return sheet_of(song, laid, likely_singer(sheet, project))


def likely_singer(sheet: Sheet, project: Path | None = None) -> Player:
    """The voice that sings a tune most easily where it stands."""
    best: tuple[Fraction, str] | None = None
    for name in _VOICES:
        here = next(
            one for one in offers_for(sheet, singer_named(name, project)) if one.semitones % 12 == 0
        )
        points = here.points + (0 if here.semitones == 0 else 5)
        if best is None or points < best[0]:
            best = (points, name)
    return singer_named(best[1] if best is not None else USUAL_SINGER, project)


def offers_for(sheet: Sheet, singer: Player) -> tuple[KeyOffer, ...]:
    """Keys for a singer, the best first."""
    return keys_for(sheet.voice.notes, sheet.key, singer.instrument)


def in_key(sheet: Sheet, wish: SongWish, project: Path | None = None) -> Sheet:
    """The sheet in the key that is wished, or in the best one for the singer that is wished."""
    if not wish.key and not wish.singer:
        return sheet
    near = 0
    into = key_named(wish.key, sheet.key.mode) if wish.key else sheet.key
    if wish.singer:
        singer = singer_named(wish.singer, project)
        offers = offers_for(sheet, singer)
        if wish.key:
            tone = (into.home.key - sheet.key.home.key) % 12
            offers = tuple(one for one in offers if one.semitones % 12 == tone)
        near, into = offers[0].semitones, into if wish.key else offers[0].key
        if wish.stays:
            near, into = 0, sheet.key
        line = replace(sheet.voice, player=singer)
        score = replace(sheet.score, lines=(line, *sheet.score.lines[1:]))
        sheet = replace(sheet, score=score)
    return moved_sheet(sheet, interval_between(sheet.key, into, near))


def lead_sheet(sheet: Sheet) -> Sheet:
    """Tune, words and chord symbols on one staff."""
    score = sheet.score
    return replace(sheet, score=replace(score, lines=score.lines[:1], groups=()))


def with_piano(sheet: Sheet, wish: SongWish, project: Path | None = None) -> Sheet:
    """The voice with a piano part written to the chords, each part of the song in its own idiom."""
    score = sheet.score
    if not score.chords:
        raise InputError(
            "there are no chord symbols to accompany from", do="write them over the tune"
        )
    style = load_style(wish.style or sheet.style or USUAL_STYLE, *libraries_at(project))
    stands = tuple(_stands(sheet, style, wish.idiom))
    texture = accompany(
        score.chords,
        sheet.tempo_map,
        sheet.key,
        style,
        stands,
        seed=wish.seed,
        melody=sheet.voice.notes,
    )
    last = score.grid.starts[-2]
    chord = next((one for one in reversed(score.chords) if one.at <= last), score.chords[0])
    texture = held_last(texture, chord, sheet.key, last, score.grid.end)
    marks = tuple(
        DynamicMark(one.start, _LOUD.get(one.kind, Dynamic.MF)) for one in sheet.stretches
    )
    piano = load_instrument("piano", *libraries_at(project))
    player = Player("piano", piano.name, piano.abbreviation, (piano,))
    hands = two_hands(texture, sheet.played, marks or (_FIRST,))
    line = Line(player, hands, keys=sheet.voice.keys)
    return replace(sheet, score=replace(score, lines=(score.lines[0], line), groups=()))


_FIRST = DynamicMark(Beat(0), Dynamic.MP)


def _stands(sheet: Sheet, style: Style, idiom: str) -> list[Stand]:
    """Which bars are played how: each part of the song by its energy."""
    if not sheet.stretches:
        return [Stand(0, len(sheet.score.grid.bars), idiom or _idiom(style, 0, sheet.score))]
    found = []
    ends = [one.first_bar for one in sheet.stretches[1:]] + [len(sheet.score.grid.bars)]
    for stretch, end in zip(sheet.stretches, ends, strict=True):
        energy = _ENERGY.get(stretch.kind, 0)
        name = idiom or _idiom(style, energy, sheet.score)
        found.append(Stand(stretch.first_bar, end, name, energy, stretch.kind))
    return found


def _idiom(style: Style, energy: int, score: Score) -> str:
    """An idiom of the style that lies well on a keyboard, else one by the meter."""
    for name in (*style.idioms(energy), *style.idioms_moving, *style.idioms_calm):
        if name in _PIANISTIC:
            return name
    meter = score.grid.bars[0].meter
    if meter.numerator == 3 and not meter.compound:
        return "waltz"
    return "arpeggio" if energy < 1 else "picking"
