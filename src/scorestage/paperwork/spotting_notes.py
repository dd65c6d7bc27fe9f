"""Spotting notes: what was agreed for each cue when the film was spotted."""

from __future__ import annotations

from scorestage.paperwork.heading import people_facts
from scorestage.paperwork.licensed import licence_words
from scorestage.paperwork.table import Column, Table
from scorestage.production import (
    Cue,
    CueStatus,
    Layer,
    Note,
    Production,
    ReelClock,
    moment_of,
    notes_of_cue,
    speaks_of,
)
from scorestage.timebase import FilmClock, FilmTime, clock_text

COLUMNS = (
    Column("Cue", 9),
    Column("Title", 22),
    Column("In", 13),
    Column("Out", 13),
    Column("Length", 9, right=True),
    Column("How", 16),
    Column("Notes", 52),
)
LEGEND = ("Notes of the talk stand with their cue, else at their timecode; in brackets their day.",)


def spotting_notes(production: Production, clock: FilmClock | ReelClock) -> Table:
    """A row for each cue in the order of the film: place, ways in and out, tone, reasons, notes.

    Each thing said stands on a line of its own in the last column. Notes of the talk stand with the
    cue they are of; those of no cue stand in a row of their own at their timecode. What was agreed
    for the whole film stands above.
    """
    rows: list[tuple[FilmTime | None, tuple[str, ...], bool]] = []
    living = [cue for cue in production.cues if cue.status is not CueStatus.OMITTED]
    for note in production.brief.notes:
        if any(speaks_of(note, cue, clock) for cue in living):
            continue
        at = moment_of(note, clock)
        label = clock.nearest_label(at) if at is not None else ""
        rows.append((at or FilmTime(-1), ("", "", label, "", "", "", _said(note)), False))
    for cue in living:
        rows.append((cue.start, _row(production, cue, clock), True))
    rows.sort(key=lambda row: (row[0] is None, row[0] or FilmTime(0)))
    return Table(
        title="Spotting notes",
        columns=COLUMNS,
        rows=tuple(row for _, row, _ in rows),
        facts=_facts(production),
        legend=LEGEND if production.brief.notes else (),
    )


def _row(production: Production, cue: Cue, clock: FilmClock | ReelClock) -> tuple[str, ...]:
    how = f"{cue.way_in}, {cue.leaves}"
    if cue.layer is not Layer.SCORE:
        how += f", {cue.layer}"
    if production.licence(cue.id) is not None:
        how += ", licensed"
    if cue.start_at:
        how += f", from bar {cue.start_at}"
    return (
        cue.number,
        cue.title,
        clock.nearest_label(cue.start) if cue.start is not None else "no picture yet",
        clock.nearest_label(cue.end) if cue.end is not None else "",
        clock_text(cue.seconds) if cue.seconds is not None else "free",
        how,
        "\n".join(_lines(production, cue, clock)),
    )


def _lines(production: Production, cue: Cue, clock: FilmClock | ReelClock) -> list[str]:
    """What is to be known of a cue, line by line."""
    said = [", ".join(cue.tone)] if cue.tone else []
    said += [f"references: {', '.join(cue.references)}"] * bool(cue.references)
    said += [f"avoid: {', '.join(cue.avoid)}"] * bool(cue.avoid)
    licence = production.licence(cue.id)
    said += licence_words(licence) if licence is not None else ()
    said += cue.why
    for note in notes_of_cue(production, cue, clock):
        at = moment_of(note, clock)
        place = f" ({clock.nearest_label(at)})" if at is not None else ""
        said.append(_said(note) + place)
    hits = ", ".join(hit.words or hit.id for hit in cue.live_hits)
    if cue.song:
        said.append(f"song: {cue.song}" + (f", {cue.singer}" if cue.singer else ""))
    if cue.is_source:
        return [*said, *[f"left to the scene: {hits}"] * bool(hits)]
    return [*said, *[f"hits: {hits}"] * bool(hits)]


def _said(note: Note) -> str:
    """Who said what, and when."""
    words = f"{note.who}: {note.text}" if note.who else note.text
    return f"{words} [{note.when}]" if note.when else words


def _facts(production: Production) -> tuple[tuple[str, str], ...]:
    brief = production.brief
    picture = production.current_picture
    found = [("Production", production.title), *people_facts(production)]
    if picture is not None:
        found.append(("Picture", picture.label or picture.id))
    for name, words in (
        ("Style", brief.style),
        ("Tone", brief.tone),
        ("References", brief.references),
        ("Avoid", brief.avoid),
    ):
        if words:
            found.append((name, ", ".join(words)))
    found.append(("Music", brief.amount))
    return tuple(found)
