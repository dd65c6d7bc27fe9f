"""Signs: a dynamic at every entry, techniques that exist and end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction

from scorestage.music import Technique, TechniqueMark
from scorestage.orchestration.inspection import Heard, Inspection
from scorestage.orchestration.result import FaultKind, Severity
from scorestage.orchestration.technique import has

_LIBRARY_BARS = 8


def check_signs(inspection: Inspection) -> None:
    """What the player reads: dynamics at entries, techniques the instrument has, none forgotten."""
    _entries(inspection)
    _techniques(inspection)
    _forgotten(inspection)


def _entries(inspection: Inspection) -> None:
    """After a rest, a dynamic stands at the note or in the rest before it.

    On a session after a bar's rest, in printed music after eight bars'.
    """
    marks = sorted(mark.at.quarters for staff in inspection.line.staves for mark in staff.dynamics)
    bars = 1 if inspection.session else _LIBRARY_BARS
    end: Fraction | None = None
    for one in inspection.heard:
        rests = end is not None and one.start > end
        long = inspection.bar_quarters(one.start) * bars if rests else Fraction(0)
        entry = end is None or (rests and one.start - end >= long)
        if entry:
            low = end if end is not None else Fraction(-(10**6))
            place = bisect_right(marks, one.start)
            if not place or marks[place - 1] < low:
                severity = Severity.ERROR if inspection.session else Severity.ADVICE
                repair = f"mark it {inspection.curves[one.staff].dynamic_at(one.start)}"
                text = "an entry without a dynamic"
                inspection.tell(FaultKind.ENTRY, one.start, text, severity, repair)
        end = one.end if end is None else max(end, one.end)


def _techniques(inspection: Inspection) -> None:
    for staff in inspection.line.staves:
        for mark in staff.techniques:
            instrument = _in_hand(inspection, mark.at.quarters)
            if instrument is not None and not has(instrument.instrument, mark.technique):
                text = f"{instrument.instrument.name} knows no {mark.technique.value}"
                severity = Severity.ERROR if inspection.session else Severity.WARNING
                inspection.tell(FaultKind.TECHNIQUE, mark.at.quarters, text, severity)


def _in_hand(inspection: Inspection, at: Fraction) -> Heard | None:
    after = [one for one in inspection.heard if one.end > at]
    return after[0] if after else (inspection.heard[-1] if inspection.heard else None)


def _forgotten(inspection: Inspection) -> None:
    """Slurs, tremolo or long swelling notes under `pizz.`: somebody forgot `arco`."""
    for staff in inspection.line.staves:
        spans = _spans(staff.techniques, Technique.PIZZICATO, Technique.ARCO)
        slurred = {slur.first for slur in staff.slurs}
        for voice in staff.voices:
            for note in voice.notes:
                if any(low <= note.onset.quarters < high for low, high in spans) and (
                    note.id in slurred or note.tremolo
                ):
                    text = "bowed signs under pizz.: is arco missing?"
                    severity = Severity.WARNING if inspection.session else Severity.ADVICE
                    at = note.onset.quarters
                    inspection.tell(FaultKind.TECHNIQUE, at, text, severity, "write arco")


def _spans(
    marks: Sequence[TechniqueMark], start: Technique, stop: Technique
) -> list[tuple[Fraction, Fraction]]:
    found = []
    since: Fraction | None = None
    for mark in sorted(marks, key=lambda one: one.at):
        at, technique = mark.at.quarters, mark.technique
        if technique is start and since is None:
            since = at
        elif technique in (stop, Technique.COL_LEGNO) and since is not None:
            found.append((since, at))
            since = None
    if since is not None:
        found.append((since, Fraction(10**6)))
    return found
