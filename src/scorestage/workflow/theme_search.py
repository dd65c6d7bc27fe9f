"""`theme find`, `theme compare`: where a theme sounds in anybody's score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from scorestage.adapters.theme_file import read_theme_file
from scorestage.errors import InputError, MusicError, Where
from scorestage.music import Score, Theme
from scorestage.thematics import of_notes
from scorestage.thematics.recognition import (
    Appearance,
    MelodyLikeness,
    Occurrence,
    ScoreIndex,
    discover,
    find_theme,
    theme_likeness,
)
from scorestage.timebase import Beat
from scorestage.workflow.convert import read_music
from scorestage.workflow.job import Job
from scorestage.workflow.products.naming import slug
from scorestage.workflow.themes import load_theme


@dataclass(frozen=True, slots=True)
class ThemeSearch:
    """What `theme find` looked for and found."""

    theme: Theme
    score: Score
    found: tuple[Occurrence, ...]
    losses: tuple[str, ...] = ()


def named_theme(name: str, project: Path | None = None) -> Theme:
    """A theme by the name of a file (MusicXML, MIDI, ABC), or by its id in the project.

    Raises `InputError` where there is neither.
    """
    path = Path(name)
    if path.is_file():
        return theme_of_file(path)
    if path.suffix:
        raise InputError("there is no such theme file", Where(file=path), "check the name")
    return load_theme(Job.open(project), name)


def theme_of_file(path: Path) -> Theme:
    """A theme that stands in a file by itself, outside any project."""
    found = read_theme_file(path.name, path.read_bytes())
    try:
        return of_notes(
            found.notes,
            found.meter,
            theme_id=slug(path.stem).lower(),
            title=found.title or path.stem,
            key=found.key,
            chords=found.chords,
            on_grid=False,
        )
    except MusicError as fault:
        raise InputError(fault.what, Where(file=path), fault.do) from None


def find_in_file(
    name: str, score_path: Path, project: Path | None = None, least_likeness: float | None = None
) -> ThemeSearch:
    """Every statement of a theme in a MusicXML or MIDI score, transformed ones too."""
    theme = named_theme(name, project)
    if not score_path.is_file():
        raise InputError("there is no such score", Where(file=score_path), "check the name")
    music = read_music(score_path)
    found = search(theme, music.score, least_likeness)
    return ThemeSearch(theme, music.score, found, music.losses)


def search(
    theme: Theme, score: Score | ScoreIndex, least_likeness: float | None = None
) -> tuple[Occurrence, ...]:
    """Every statement, with the usual bound of likeness where none is given."""
    if least_likeness is None:
        return find_theme(theme, score)
    return find_theme(theme, score, least_likeness=least_likeness)


def search_answer(search: ThemeSearch) -> dict[str, Any]:
    """What `theme find --json` tells."""
    return {
        "theme": search.theme.id,
        "title": search.theme.title,
        "notes_in_theme": sum(bool(note.sounding) for note in search.theme.notes),
        "occurrences": [occurrence_facts(one, search.score) for one in search.found],
        "not_read": list(search.losses),
    }


def occurrence_facts(one: Occurrence, score: Score) -> dict[str, Any]:
    """One statement as plain values.

    `theme_notes` says which notes of the theme it states, counted from 1; `transformations` are
    all that hold; `rarer_than_chance_bits` grows by one each time chance would halve.
    """
    players = [score.lines[player].player for player in one.players or (one.player,)]
    return {
        **player_facts(score, one.player),
        **place_facts(one.start, one.end, score),
        "transformation": str(one.transformation),
        "transformations": [str(name) for name in one.transformations],
        "likeness": round(one.likeness, 3),
        "theme_notes": [one.first + 1, one.last + 1],
        "rarer_than_chance_bits": round(one.bits, 1),
        "players": [player.id for player in players],
        "notes": notes_facts(one.notes),
    }


def player_facts(score: Score, player: int) -> dict[str, Any]:
    """Who plays: the id, and the name on the page."""
    line = score.lines[player]
    return {"player": line.player.id, "name": line.player.name}


def place_facts(start: Fraction, end: Fraction, score: Score) -> dict[str, Any]:
    """Where something stands: bar, beat, and exact quarters with floats beside them."""
    place = score.grid.position(Beat(start))
    in_pickup = start < 0
    return {
        "bar": str(score.grid.pickup_label if in_pickup else place.label),
        "bar_index": place.bar_index,
        "beat": str(place.beat),
        "start_quarters": str(start),
        "start_quarters_float": float(start),
        "end_quarters": str(end),
        "end_quarters_float": float(end),
    }


def notes_facts(notes: Sequence[tuple[Fraction, int]]) -> list[list[float | int]]:
    """Notes as pairs of onset in quarters and MIDI key."""
    return [[float(onset), key] for onset, key in notes]


def compare_themes(one: str, other: str, project: Path | None = None) -> dict[str, Any]:
    """How like two themes are, by four measures and in one number."""
    themes = named_theme(one, project), named_theme(other, project)
    return {
        "themes": [theme.id for theme in themes],
        **likeness_facts(theme_likeness(*themes)),
    }


def likeness_facts(measured: MelodyLikeness) -> dict[str, float]:
    """The measures of likeness as plain values."""
    return {
        "likeness": round(measured.joined, 3),
        "opening": round(measured.opening, 3),
        "rhythm": round(measured.rhythm, 3),
        "pace": round(measured.pace, 3),
        "outline": round(measured.outline, 3),
    }


def discover_in_file(score_path: Path) -> dict[str, Any]:
    """The repeated ideas of a MusicXML or MIDI score: `patterns[] {kind, texture, occurrences}`."""
    if not score_path.is_file():
        raise InputError("there is no such score", Where(file=score_path), "check the name")
    score = read_music(score_path).score
    return {
        "patterns": [
            {
                "kind": pattern.kind,
                "texture": pattern.texture,
                "notes": len(pattern.appearances[0].notes),
                "occurrences": [appearance_facts(one, score) for one in pattern.appearances],
            }
            for pattern in discover(score)
        ]
    }


def appearance_facts(one: Appearance, score: Score) -> dict[str, Any]:
    """One appearance of a repeated idea as plain values; `notes` are onsets and MIDI keys."""
    return {
        **player_facts(score, one.player),
        **place_facts(one.start, one.end, score),
        "semitones": one.semitones,
        "notes": notes_facts(one.notes),
    }
