"""The master cue list: all cues, where they stand, how far they are, who owes what."""

from __future__ import annotations

from fractions import Fraction

from scorestage.paperwork.heading import people_facts
from scorestage.paperwork.table import Column, Table
from scorestage.paperwork.tasks import owed_for
from scorestage.production import Cue, CueStatus, Layer, Production, ReelClock
from scorestage.timebase import FilmClock, clock_text

COLUMNS = (
    Column("Cue", 8),
    Column("Title", 30),
    Column("Start", 13),
    Column("End", 13),
    Column("Length", 9, right=True),
    Column("In", 8),
    Column("Out", 9),
    Column("Hits", 6, right=True),
    Column("Status", 12),
)
MORE = (
    Column("Use", 7),
    Column("Music", 6),
    Column("Picture", 8),
    Column("Composer", 14),
    Column("Orchestrator", 14),
    Column("Owed", 30),
)


def master_cue_list(production: Production, clock: FilmClock | ReelClock) -> Table:
    """Every cue with its place, ways in and out, number of hits and status."""
    rows = tuple(_row(cue, clock) for cue in production.cues)
    return Table("Master cue list", COLUMNS, rows, _facts(production))


def full_cue_list(production: Production, clock: FilmClock | ReelClock, today: str) -> Table:
    """The same with use, versions of music and picture, people, and what is owed by when.

    Columns in which no cue has anything are left out.
    """
    people = {person.id: person.name for person in production.people}
    labels = {one.id: one.label or one.id for one in production.pictures}
    rows = []
    for cue in production.cues:
        more = (
            _use(production, cue),
            cue.version,
            labels.get(cue.written_to, cue.written_to),
            people.get(cue.composer, cue.composer),
            people.get(cue.orchestrator, cue.orchestrator),
            owed_for(production, cue.id, today),
        )
        rows.append((*_row(cue, clock), *more))
    columns = (*COLUMNS, *MORE)
    kept = [at for at in range(len(columns)) if at < len(COLUMNS) or any(row[at] for row in rows)]
    return Table(
        "Master cue list",
        tuple(columns[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row in rows),
        _facts(production),
    )


def _use(production: Production, cue: Cue) -> str:
    licensed = production.licence(cue.id) is not None
    if cue.layer is Layer.SCORE:
        return "licensed" if licensed else ""
    return f"{cue.layer}, licensed" if licensed else str(cue.layer)


def _row(cue: Cue, clock: FilmClock | ReelClock) -> tuple[str, ...]:
    length = cue.seconds
    return (
        cue.number,
        cue.title,
        clock.nearest_label(cue.start) if cue.start is not None else "no picture yet",
        clock.nearest_label(cue.end) if cue.end is not None else "",
        clock_text(length) if length is not None else "free",
        str(cue.way_in),
        str(cue.leaves),
        str(len(cue.live_hits)),
        str(cue.status),
    )


def _facts(production: Production) -> tuple[tuple[str, str], ...]:
    living = [cue for cue in production.cues if cue.status is not CueStatus.OMITTED]
    total = sum((cue.seconds or Fraction(0) for cue in living), Fraction(0))
    picture = production.current_picture
    share = ""
    if picture is not None and picture.end.seconds:
        covered = _covered_seconds(production.cues)
        share = f" ({float(100 * covered / picture.end.seconds):.0f} % of the film)"
    music = ("Music", clock_text(total) + share)
    return ("Production", production.title), *people_facts(production), music


def _covered_seconds(cues: tuple[Cue, ...]) -> Fraction:
    """How much of the film has music: overlaps count once, cues without a place not at all."""
    spans = [
        (cue.start.seconds, cue.end.seconds)
        for cue in cues
        if cue.start is not None and cue.end is not None and cue.status is not CueStatus.OMITTED
    ]
    covered = reached = Fraction(0)
    for start, end in sorted(spans):
        covered += max(Fraction(0), end - max(start, reached))
        reached = max(reached, end)
    return covered
