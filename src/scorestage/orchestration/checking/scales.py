"""Instruments that have one scale: whistles, pipes, pan flutes, the kora."""

from __future__ import annotations

from scorestage.orchestration.checking.repairs import give_away
from scorestage.orchestration.inspection import Inspection
from scorestage.orchestration.result import FaultKind, Severity
from scorestage.orchestration.tunings import SCALES

_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


def check_scales(inspection: Inspection) -> None:
    """Notes outside the one scale an instrument has."""
    for one in inspection.heard:
        scale = SCALES.get(one.instrument.id)
        if scale is None:
            continue
        for pitch in one.note.sounding:
            if pitch.key % 12 not in scale:
                has = " ".join(_NAMES[tone] for tone in sorted(scale))
                text = f"{pitch} is not in the scale of the {one.instrument.name} ({has})"
                repair = give_away(inspection, one, pitch) or (
                    "another tuning of the instrument, or a note of its scale"
                )
                inspection.tell(FaultKind.SCALE, one.start, text, Severity.WARNING, repair)
