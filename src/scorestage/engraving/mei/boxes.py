"""Aleatoric boxes as MEI tells them: notes that say which box they stand in, and the arrow.

Verovio draws neither box nor arrowhead: whoever paints the page finds the notes by their type and
the arrow's line by its id.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorestage.engraving.boxes import arrow_spans
from scorestage.engraving.mei.ink import beat_number, element
from scorestage.engraving.stretches import Stretch
from scorestage.music import is_box
from scorestage.music.written import WrittenEvent, WrittenStaff
from scorestage.timebase import Beat

ARROW, BOXED = "arrow", "boxed"


def boxed_events(events: Sequence[WrittenEvent]) -> frozenset[int]:
    """By index the notes of a voice in a bar that stand in a box."""
    found: set[int] = set()
    stops = any(_edge(event, "stop") for event in events)
    starts = any(_edge(event, "start") for event in events)
    inside = stops and not starts
    for index, event in enumerate(events):
        inside = inside or _edge(event, "start")
        if inside and event.is_note:
            found.add(index)
        if _edge(event, "stop"):
            inside = False
    return frozenset(found)


def _edge(event: WrittenEvent, edge: str) -> bool:
    return any(is_box(one.sign, edge) for one in event.signs)


def arrow_lines(
    staff: WrittenStaff, number: int, stretches: Sequence[Stretch]
) -> Iterator[tuple[int, str]]:
    """By stretch the lines that lead from boxes to their cut-offs."""
    for start, stop in arrow_spans(staff):
        at, begins = _where(staff, stretches, start)
        end, stops = _where(staff, stretches, stop)
        yield (
            at,
            element(
                "dir",
                "–",
                id=f"{ARROW}-{number}-{at}",
                staff=number,
                place="above",
                tstamp=begins,
                tstamp2=f"{end - at}m+{stops}",
                extender="true",
                lform="solid",
            ),
        )


def _where(staff: WrittenStaff, stretches: Sequence[Stretch], point: Beat) -> tuple[int, str]:
    """The stretch of a point, and the beat in its bar."""
    at = max(
        (at for at, one in enumerate(stretches) if staff.bars[one.first].start <= point), default=0
    )
    bar = staff.bars[stretches[at].first]
    offset = min((point - bar.start).quarters, bar.length.quarters)
    return at, beat_number(offset, bar.meter)
