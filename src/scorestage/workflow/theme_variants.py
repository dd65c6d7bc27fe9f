"""`theme vary`, `theme combine`, `theme row`: the composer's own themes developed, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scorestage.adapters.formats.musicxml import write_score
from scorestage.adapters.store import write_bytes
from scorestage.errors import InputError, MusicError
from scorestage.music import Line, Player, Score, Staff, Theme, Voice
from scorestage.thematics import (
    CATALOGUE,
    Counterpoint,
    Operation,
    Row,
    combine,
    drawn,
    operation_named,
)
from scorestage.timebase import BarGrid, FilmTime, Tempo, TempoMap
from scorestage.workflow.job import Job
from scorestage.workflow.theme_search import named_theme
from scorestage.workflow.themes import save_theme, theme_file, theme_score


@dataclass(frozen=True, slots=True)
class Variant:
    """A theme under one operation."""

    operation: Operation
    theme: Theme
    seed: int


def vary_theme(
    name: str,
    operations: Sequence[str] = (),
    *,
    seed: int = 0,
    count: int = 1,
    project: Path | None = None,
) -> tuple[Variant, ...]:
    """A theme under the operations named, `count` times with seeds running on from `seed`.

    Without any the operations are drawn as often as composers use them. Raises `InputError` for
    an operation nobody knows, or one that this theme does not allow.
    """
    theme = named_theme(name, project)
    chosen = [_known(one) for one in operations]
    if chosen:
        wanted = [(one, seed + turn) for one in chosen for turn in range(count)]
    else:
        wanted = [(one, seed) for one in drawn(len(CATALOGUE), seed)]
    found: list[Variant] = []
    for operation, own_seed in wanted:
        try:
            found.append(Variant(operation, operation.make(theme, own_seed), own_seed))
        except MusicError as fault:
            if operations:
                raise InputError(fault.what, do=fault.do) from None
        if not operations and len(found) == count:
            break
    return _different(found)


def _known(name: str) -> Operation:
    try:
        return operation_named(name)
    except MusicError as fault:
        raise InputError(fault.what, do=fault.do) from None


def _different(found: Sequence[Variant]) -> tuple[Variant, ...]:
    """Without what another seed has given already."""
    seen = set()
    kept = []
    for one in found:
        notes = tuple((note.onset, note.length, note.sounding) for note in one.theme.notes)
        chords = tuple((chord.at, str(chord)) for chord in one.theme.chords)
        if (one.operation.name, notes, chords) not in seen:
            seen.add((one.operation.name, notes, chords))
            kept.append(one)
    return tuple(kept)


def write_theme(theme: Theme, target: Path) -> None:
    """A theme as a MusicXML file; raises `InputError` for another ending."""
    if target.suffix.lower() not in (".musicxml", ".xml"):
        raise InputError(
            f"{target.name} is no MusicXML file", do="write for example theme.musicxml"
        )
    write_bytes(target, theme_file(theme))


def keep_variant(job: Job, variant: Variant, theme_id: str) -> Theme:
    """A variant taken into the project as a theme of its own, saying where it comes from."""
    made_by = f"{variant.theme.varies}: {variant.operation.name}, seed {variant.seed}"
    kept = replace(variant.theme, id=theme_id, made_by=made_by)
    save_theme(job, kept)
    return kept


def operation_facts(one: Operation) -> dict[str, Any]:
    """An operation as plain values."""
    return {
        "operation": one.name,
        "keeps": one.keeps,
        "changes": one.changes,
        "says": one.says,
        "undone_by": one.undone_by,
        "share": None if one.share is None else one.share / 1000,
        "heard_as": list(one.heard_as),
    }


def variant_facts(one: Variant) -> dict[str, Any]:
    """A variant as plain values: its operation, key, notes and chords."""
    return {**operation_facts(one.operation), "seed": one.seed, **theme_facts_of(one.theme)}


def theme_facts_of(theme: Theme) -> dict[str, Any]:
    """A theme as plain values: `notes[]` are onset, length (exact quarters) and pitches."""
    return {
        "id": theme.id,
        "title": theme.title,
        "stands_for": theme.stands_for,
        "key": f"{theme.key} {theme.mode}".strip(),
        "meter": str(theme.meter),
        "bars": int(theme.length.quarters / theme.meter.length.quarters),
        "notes": [
            {
                "onset_quarters": str(note.onset.quarters),
                "length_quarters": str(note.length.quarters),
                "pitches": [str(pitch) for pitch in note.sounding],
            }
            for note in theme.notes
        ],
        "chords": [
            {"at_quarters": str(chord.at.quarters), "chord": str(chord)} for chord in theme.chords
        ],
    }


def combine_themes(
    one: str, other: str, count: int, project: Path | None = None
) -> tuple[Counterpoint, ...]:
    """The best ways to play two themes at once."""
    try:
        return combine(named_theme(one, project), named_theme(other, project), count)
    except MusicError as fault:
        raise InputError(fault.what, do=fault.do) from None


def counterpoint_facts(one: Counterpoint) -> dict[str, Any]:
    """Two themes together as plain values."""
    bar = one.theme.meter.length.quarters
    return {
        "theme": one.theme.id,
        "answer": one.answer.varies,
        "operation": one.answer.operation,
        "enters_quarters": str(one.enters.quarters),
        "enters_bar": int(one.enters.quarters / bar) + 1,
        "key": one.answer.key,
        "clash_share": round(one.clash_share, 3),
        "parallels": one.parallels,
    }


def counterpoint_file(one: Counterpoint) -> bytes:
    """Both themes as a score of two staves."""
    notes = tuple(replace(note, onset=note.onset + one.enters) for note in one.answer.notes)
    upper = theme_score(one.theme)
    bar = one.theme.meter.length.quarters
    last = max(note.end.quarters for note in (*one.theme.notes, *notes))
    bars = int(-(-last // bar))
    grid = BarGrid.of_meters((one.theme.meter,) * bars, pickup=upper.grid.pickup)
    own = upper.lines[0].player
    instrument = replace(own.instrument, id="answer", name=one.answer.title)
    player = Player("answer", one.answer.title, "A.", (instrument,))
    second = Line(player, (Staff((Voice(notes),)),))
    score = Score(grid, (upper.lines[0], second), chords=upper.chords)
    title = f"{one.theme.title} / {one.answer.title}"
    return write_score(score, TempoMap.steady(FilmTime(0), Tempo(96), grid), title=title)


def row_of(text: str, seed: int = 0, project: Path | None = None) -> Row:
    """A row by its tones, or drawn out of a theme by name."""
    try:
        return Row.parse(text)
    except MusicError as fault:
        if len(text.replace(",", " ").split()) > 1:
            raise InputError(fault.what, do=fault.do) from None
        return Row.of_theme(named_theme(text, project), seed)


def row_facts(row: Row, part: int) -> dict[str, Any]:
    """A row as plain values, with all of its forms, its matrix and its sets."""
    return {
        "row": list(row.classes),
        "forms": {name: list(form.classes) for name, form in row.forms().items()},
        "matrix": [list(line) for line in row.matrix()],
        "sets": [list(one) for one in row.partition(part)],
        "combinatorial_with": list(row.combinatorial()),
    }
