"""The master cue list: all cues, where they stand and how far they are."""

from __future__ import annotations

from fractions import Fraction

from scorestage.paperwork.table import Column, Table
from scorestage.production import Cue, CueStatus, Production
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


def master_cue_list(production: Production, clock: FilmClock) -> Table:
    """Every cue with its place, ways in and out, number of hits and status."""
    rows = []
    total = Fraction(0)
    for cue in production.cues:
        length = cue.seconds
        if length is not None and cue.status is not CueStatus.OMITTED:
            total += length
        rows.append(
            (
                cue.number,
                cue.title,
                clock.nearest_label(cue.start) if cue.start is not None else "no picture yet",
                clock.nearest_label(cue.end) if cue.end is not None else "",
                clock_text(length) if length is not None else "free",
                str(cue.way_in),
                str(cue.way_out),
                str(len(cue.live_hits)),
                str(cue.status),
            )
        )
    picture = production.current_picture
    share = ""
    if picture is not None and picture.end.seconds:
        covered = _covered_seconds(production.cues)
        share = f" ({float(100 * covered / picture.end.seconds):.0f} % of the film)"
    return Table(
        title="Master cue list",
        columns=COLUMNS,
        rows=tuple(rows),
        facts=(("Production", production.title), ("Music", clock_text(total) + share)),
    )


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
