"""`theme`: the composer's own themes, or ones made by the system, kept as text in the project."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scorestage.adapters.catalogue.styles import load_style
from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.adapters.store import write_bytes
from scorestage.adapters.store.shapes import SCHEMA, as_text, as_whole
from scorestage.adapters.store.toml_file import Field, TableShape, TomlFile
from scorestage.adapters.theme_file import read_theme_file
from scorestage.errors import InputError, MusicError, Where
from scorestage.music import (
    Family,
    Instrument,
    Line,
    Player,
    Score,
    Staff,
    Theme,
    Voice,
)
from scorestage.music.key import Key
from scorestage.thematics import make_theme, of_notes
from scorestage.timebase import BarGrid, Beats, FilmTime, Tempo, TempoMap
from scorestage.workflow.job import Job
from scorestage.workflow.products.naming import NAMELESS, slug

MAIN = "main"


def _tonic(raw: Any) -> str:
    return Key(as_text(raw)).tonic


def _mode(raw: Any) -> str:
    return Key("C", as_text(raw)).mode


def _at_least_one(raw: Any) -> int:
    count = as_whole(raw)
    if count < 1:
        raise ValueError(f"{count} is less than 1")
    return count


_SHAPE = TableShape(
    (
        Field("title", as_text, str, required=True),
        Field("stands_for", as_text, str, ""),
        Field("key", _tonic, str, "C"),
        Field("mode", _mode, str, "major"),
        Field("motif_notes", _at_least_one, int, 4),
        Field("made_by", as_text, str, ""),
    )
)


@dataclass(frozen=True, slots=True)
class ThemeWish:
    """What a theme of the system's making should be; empty fields follow style and brief."""

    theme_id: str = MAIN
    title: str = ""
    stands_for: str = ""
    tone: tuple[str, ...] = ()
    style: str = ""
    mode: str = ""
    key: str = ""
    seed: int | None = None
    form: str = ""


def load_theme(job: Job, theme_id: str) -> Theme:
    """A theme of the project as its two files say it."""
    facts_path = job.folder.theme_file(theme_id, ".toml")
    music_path = job.folder.theme_file(theme_id, ".musicxml")
    for path in (facts_path, music_path):
        if not path.exists():
            known = ", ".join(job.production.themes) or "none"
            raise InputError("the theme has no such file", Where(file=path), f"themes: {known}")
    file = TomlFile.read(facts_path)
    facts = _SHAPE.read(file, file.document)
    read = read_score(music_path.read_bytes(), music_path.name)
    lines = [line for line in read.score.lines if line.notes]
    if not lines or not read.score.grid.bars:
        raise InputError("there are no notes in this theme", Where(file=music_path))
    theme = of_notes(
        lines[0].notes,
        read.score.grid.bars[0].meter,
        theme_id=theme_id,
        title=facts["title"],
        key=Key(facts["key"], facts["mode"]),
        chords=read.score.chords,
        stands_for=facts["stands_for"],
        made_by=facts["made_by"],
    )
    return replace(theme, motif_notes=facts["motif_notes"])


def load_themes(job: Job) -> tuple[Theme, ...]:
    """All themes of the production, the main theme first."""
    return tuple(load_theme(job, theme_id) for theme_id in job.production.themes)


@dataclass(frozen=True, slots=True)
class AddedTheme:
    """A theme taken in, and what of its file could not be carried over."""

    theme: Theme
    losses: tuple[str, ...]


def add_theme(
    job: Job, path: Path, theme_id: str = "", title: str = "", what: str = ""
) -> AddedTheme:
    """Take in a theme of the composer's own (MusicXML, MIDI, ABC); the first is the main theme."""
    if not path.is_file():
        raise InputError("there is no such file", Where(file=path))
    theme_id = theme_id or _id_of(job, path)
    found = read_theme_file(path.name, path.read_bytes())
    try:
        theme = of_notes(
            found.notes,
            found.meter,
            theme_id=theme_id,
            title=title or found.title or path.stem,
            key=found.key,
            chords=found.chords,
            stands_for=what,
        )
    except MusicError as fault:
        raise InputError(fault.what, Where(file=path), fault.do) from None
    save_theme(job, theme)
    return AddedTheme(theme, found.losses)


def make(job: Job, wish: ThemeWish) -> Theme:
    """A theme of the system's making, in the production's style and the brief's tone."""
    (made,) = options(job, wish, 1)
    save_theme(job, made)
    return made


def options(job: Job, wish: ThemeWish, count: int) -> tuple[Theme, ...]:
    """Several themes for one wish, not kept: the seeds run on from the wish's own.

    Raises `InputError` for a form or key that does not exist.
    """
    brief = job.production.brief
    style = load_style(wish.style or job.production.style, *job.libraries)
    first = job.production.seed if wish.seed is None else wish.seed
    try:
        return tuple(
            make_theme(
                style,
                seed,
                wish.tone or brief.tone,
                mode=wish.mode,
                key=wish.key,
                theme_id=wish.theme_id,
                title=wish.title or "Main theme",
                stands_for=wish.stands_for,
                form=wish.form,
            )
            for seed in range(first, first + count)
        )
    except MusicError as fault:
        raise InputError(fault.what, do=fault.do) from None


def _id_of(job: Job, path: Path) -> str:
    """A theme's id after its file's name; where that has no Latin letters, the next number."""
    name = slug(path.stem).lower()
    if name != NAMELESS:
        return name
    number = 1
    while f"theme{number}" in job.production.themes:
        number += 1
    return f"theme{number}"


def ensure_theme(job: Job) -> Job:
    """The job with at least one theme: where there is none, one is made and kept in the project."""
    if job.production.themes:
        return job
    make(job, ThemeWish())
    return Job.open(job.folder.root)


def save_theme(job: Job, theme: Theme) -> None:
    """Write a theme's two files and list it in the production."""
    write_bytes(job.folder.theme_file(theme.id, ".musicxml"), theme_file(theme))
    file = TomlFile.read_or_new(job.folder.theme_file(theme.id, ".toml"))
    file.document.setdefault("schema", SCHEMA)
    _SHAPE.write(file.document, theme)
    file.write()
    if theme.id not in job.production.themes:
        themes = (*job.production.themes, theme.id)
        job.folder.save(replace(job.folder.read(), themes=themes))


def theme_file(theme: Theme) -> bytes:
    """A theme as MusicXML: one staff with its chord symbols."""
    score = theme_score(theme)
    tempo_map = TempoMap.steady(FilmTime(0), Tempo(96), score.grid)
    return write_score(score, tempo_map, title=theme.title)


def theme_score(theme: Theme) -> Score:
    """A theme as a score of one line."""
    bar = theme.meter.length.quarters
    first = min((note.onset.quarters for note in theme.notes), default=bar * 0)
    count = max(1, int(theme.length.quarters / bar))
    grid = BarGrid.of_meters((theme.meter,) * count, pickup=Beats(max(-first, bar * 0)))
    instrument = Instrument("theme", theme.title, "Th.", Family.KEYBOARD, None, None)
    player = Player("theme", theme.title, "Th.", (instrument,))
    return Score(grid, (Line(player, (Staff((Voice(theme.notes),)),)),), chords=theme.chords)
