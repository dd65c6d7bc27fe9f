"""The songs of a project: tune, words and facts as files that a person edits with any program."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scorestage.adapters.formats.musicxml import write_score
from scorestage.adapters.store import write_bytes, write_text, writing
from scorestage.adapters.store.shapes import SCHEMA, as_text, as_whole
from scorestage.adapters.store.toml_file import Field, TableShape, TomlFile
from scorestage.errors import InputError, Where
from scorestage.music import Mark, MarkKind
from scorestage.music.key import Key
from scorestage.songs.laying import lay_out
from scorestage.songs.sheet import sheet_of
from scorestage.songs.song import Song
from scorestage.songs.text import Turn, heading
from scorestage.workflow.job import Job
from scorestage.workflow.products.naming import slug
from scorestage.workflow.song_files import TUNES, WORDS, read_lyrics, read_tune, song_of
from scorestage.workflow.song_sheets import (
    USUAL_SINGER,
    SongWish,
    made_song,
    open_sheet,
    singer_named,
)
from scorestage.workflow.themes import load_theme

FOLDER, FACTS, TUNE, LYRICS = "songs", "song.toml", "tune.musicxml", "words.txt"
_KEYS = ("title", "key", "tempo", "singer", "style", "idiom", "form", "parts", "language")
_WISHED = tuple(one for one in _KEYS if one != "title")
_SHAPE = TableShape(
    (
        *(Field(key, as_text, str, "") for key in _KEYS),
        Field("seed", as_whole, int, 1),
    )
)


@dataclass(frozen=True, slots=True)
class StoredSong:
    """A song of the project: its folder and what its `song.toml` says; empty: as tune and words."""

    id: str
    folder: Path
    title: str = ""
    key: str = ""
    tempo: str = ""
    singer: str = ""
    style: str = ""
    idiom: str = ""
    form: str = ""
    parts: str = ""
    language: str = ""
    seed: int = 1

    @property
    def tune(self) -> Path:
        """The tune, each part once."""
        return self.folder / TUNE

    @property
    def words(self) -> Path | None:
        """The words' file; None where they stand under the tune."""
        path = self.folder / LYRICS
        return path if path.exists() else None

    def wish(self, asked: SongWish) -> SongWish:
        """What is asked of its sheets: what a person says now, else what its file says."""
        stays = not (asked.singer or asked.key or self.key)
        return replace(
            asked,
            stays=stays,
            words=asked.words or self.words,
            **{
                name: getattr(asked, name) or getattr(self, name)
                for name in (
                    "key",
                    "tempo",
                    "singer",
                    "style",
                    "idiom",
                    "form",
                    "parts",
                    "language",
                )
            },
            seed=asked.seed if asked.seed != 1 else self.seed,
        )


def songs_of(job: Job) -> tuple[StoredSong, ...]:
    """All songs of a project, by id."""
    paths = sorted((job.folder.root / FOLDER).glob(f"*/{FACTS}"))
    return tuple(_read(path) for path in paths)


def stored_song(job: Job, name: str) -> StoredSong:
    """A song of the project by its id; `InputError` names what there is."""
    path = _folder(job, name) / FACTS
    if not path.is_file():
        known = ", ".join(one.id for one in songs_of(job)) or "none yet"
        raise InputError(f"there is no song {name!r}", do=f"songs: {known}; or name a file")
    return _read(path)


def _folder(job: Job, name: str) -> Path:
    return job.folder.root / FOLDER / slug(name)


def _read(path: Path) -> StoredSong:
    file = TomlFile.read(path)
    values: dict[str, Any] = _SHAPE.read(file, file.document)
    return StoredSong(id=path.parent.name, folder=path.parent, **values)


def add_song(
    job: Job,
    tune: Path,
    wish: SongWish,
    name: str = "",
    title: str = "",
    key: Key | None = None,
) -> StoredSong:
    """Take in a song of the composer's own: its tune, and the words where they have a file.

    A tune with words under it is kept as it is, its repeats and its accompaniment too; otherwise
    the words decide the form. `key` is known better than the file tells it. Raises `InputError`
    for a tune that has no words at all.
    """
    if not str(tune).lower().endswith(TUNES):
        raise InputError("this is no tune", Where(file=tune), f"known: {', '.join(TUNES)}")
    found = read_tune(tune)
    if wish.words is None:
        if not found.sung:
            raise InputError(
                "there are no words under this tune", Where(file=tune), "give them: --words FILE"
            )
        song, content = None, tune.read_bytes() if tune.suffix.lower() != ".mxl" else None
        if content is None:
            content = write_score(found.score, title=found.title) if found.score else b""
    else:
        words = read_lyrics(wish.words, wish.language)
        song = song_of(found, words, wish.parts, wish.form)
        song = replace(song, key=key or song.key)
        lay_out(song)
        content = tune_file(song)
    told = {one: getattr(wish, one) for one in _WISHED if one != "parts"}
    if wish.singer and not wish.key:
        told["key"] = str(open_sheet(str(tune), wish, job.folder.root).key)
    stored = StoredSong(
        slug(name or title or found.title or tune.stem).lower(),
        Path(),
        title=title,
        **told,
        seed=wish.seed,
    )
    return _save(job, stored, content, wish.words)


def add_theme_song(
    job: Job, theme_id: str, wish: SongWish, name: str = "", title: str = ""
) -> StoredSong:
    """A theme of the project with words to it: its key and its chords are the theme's."""
    theme = load_theme(job, theme_id)
    if wish.words is None:
        raise InputError("a theme has no words", do="give them: --words FILE")
    words = read_lyrics(wish.words, wish.language)
    title = title or words.title or theme.title
    tune = job.folder.theme_file(theme_id, ".musicxml")
    return add_song(job, tune, wish, name or title or theme_id, title, Key(theme.key, theme.mode))


def make_song_in(job: Job, words: Path, wish: SongWish, name: str = "") -> StoredSong:
    """Have a tune made for words, in a style, and keep both in the project."""
    if not str(words).lower().endswith(WORDS):
        raise InputError("words are a text file", Where(file=words), f"known: {', '.join(WORDS)}")
    style = wish.style or job.production.style
    wish = replace(wish, style=style)
    song = made_song(read_lyrics(words, wish.language), wish, job.folder.root)
    stored = StoredSong(
        slug(name or song.title or words.stem).lower(),
        Path(),
        singer=wish.singer,
        style=style,
        idiom=wish.idiom,
        form=wish.form,
        language=wish.language,
        seed=wish.seed,
    )
    return _save(job, stored, tune_file(song), words)


def _save(job: Job, stored: StoredSong, content: bytes, words: Path | None) -> StoredSong:
    folder = _folder(job, stored.id)
    if (folder / FACTS).exists():
        raise InputError(f"there is a song {stored.id!r} already", do="give another --id")
    with writing(job.folder.root):
        folder.mkdir(parents=True, exist_ok=True)
        write_bytes(folder / TUNE, content)
        if words is not None:
            write_text(folder / LYRICS, words.read_text(encoding="utf-8"))
        file = TomlFile.read_or_new(folder / FACTS)
        file.document.setdefault("schema", SCHEMA)
        _SHAPE.write(file.document, stored)
        file.write()
    return replace(stored, folder=folder)


def tune_file(song: Song) -> bytes:
    """A song's tune as MusicXML: each part once, its name over it, no words."""
    kinds = tuple(Turn(part.kind) for part in song.parts)
    plain = replace(song, words=None, form=kinds)
    laid = lay_out(plain)
    sheet = sheet_of(plain, laid, singer_named(USUAL_SINGER))
    marks = tuple(
        Mark(one.start, MarkKind.REHEARSAL, heading(one.kind, 0)) for one in laid.stretches
    )
    score = replace(sheet.score, marks=marks)
    return write_score(score, sheet.tempo_map, title=song.title, composer=song.composer)
