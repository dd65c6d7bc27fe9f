"""Spotting notes: what was agreed for each cue when the film was spotted."""

from __future__ import annotations

from scorestage.paperwork.table import Column, Table
from scorestage.production import Cue, CueStatus, Layer, Production
from scorestage.timebase import FilmClock, FilmTime, Timecode, clock_text

COLUMNS = (
    Column("Cue", 9),
    Column("Title", 22),
    Column("In", 13),
    Column("Out", 13),
    Column("Length", 9, right=True),
    Column("How", 16),
    Column("Notes", 52),
)


def spotting_notes(production: Production, clock: FilmClock) -> Table:
    """A line for each cue in the order of the film: place, ways in and out, tone, reasons, notes.

    Notes of the talk stand with the cue they fall into; those of no cue stand in a line of their
    own at their timecode. What was agreed for the whole film stands above.
    """
    rows: list[tuple[FilmTime | None, tuple[str, ...], bool]] = []
    living = [cue for cue in production.cues if cue.status is not CueStatus.OMITTED]
    notes: dict[str, list[str]] = {}
    for note in production.brief.notes:
        at = _moment(note.timecode, clock)
        words = f"{note.who}: {note.text}" if note.who else note.text
        inside = next((cue for cue in living if at is not None and _holds(cue, at)), None)
        if inside is not None:
            notes.setdefault(inside.id, []).append(f"{words} ({note.timecode})")
        elif at is not None:
            rows.append((at, ("", "", note.timecode, "", "", "", words), False))
        else:
            rows.append((FilmTime(-1), ("", "", "", "", "", "", words), False))
    for cue in living:
        rows.append((cue.start, _row(cue, clock, notes.get(cue.id, [])), True))
    rows.sort(key=lambda row: (row[0] is None, row[0] or FilmTime(0)))
    return Table(
        title="Spotting notes",
        columns=COLUMNS,
        rows=tuple(row for _, row, _ in rows),
        facts=_facts(production),
        strong=frozenset(),
    )


def _row(cue: Cue, clock: FilmClock, notes: list[str]) -> tuple[str, ...]:
    how = f"{cue.way_in}, {cue.way_out}"
    if cue.layer is not Layer.SCORE:
        how += f", {cue.layer}"
    said = [", ".join(cue.tone)] if cue.tone else []
    said += [*cue.why, *notes]
    said += [f"hits: {', '.join(hit.words or hit.id for hit in cue.live_hits)}"] * bool(
        cue.live_hits
    )
    return (
        cue.number,
        cue.title,
        clock.nearest_label(cue.start) if cue.start is not None else "no picture yet",
        clock.nearest_label(cue.end) if cue.end is not None else "",
        clock_text(cue.seconds) if cue.seconds is not None else "free",
        how,
        "; ".join(said),
    )


def _facts(production: Production) -> tuple[tuple[str, str], ...]:
    brief = production.brief
    picture = production.current_picture
    found = [("Production", production.title)]
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


def _moment(label: str, clock: FilmClock) -> FilmTime | None:
    if not label:
        return None
    plain = label if clock.rate.drop else label.replace(";", ":")
    frames = Timecode.parse(plain, clock.rate).frames
    return clock.rate.time_of(clock.frames_since_start(frames))


def _holds(cue: Cue, at: FilmTime) -> bool:
    return cue.start is not None and cue.end is not None and cue.start <= at < cue.end
