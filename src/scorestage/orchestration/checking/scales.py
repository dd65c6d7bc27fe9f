"""Instruments that have one scale: whistles, pipes, pan flutes, the kora."""

from __future__ import annotations

from scorestage.orchestration.checking.repairs import give_away
from scorestage.orchestration.inspection import Inspection
from scorestage.orchestration.result import FaultKind, Severity

_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_D_MAJOR = (2, 4, 6, 7, 9, 11, 1)
SCALES = {
    "tin-whistle": (*_D_MAJOR, 0),
    "low-whistle": (*_D_MAJOR, 0),
    "uilleann-pipes": (*_D_MAJOR, 0),
    "highland-pipes": (10, 0, 2, 3, 5, 7, 8),
    "pan-flute": (7, 9, 11, 0, 2, 4, 6),
    "kora": (5, 7, 9, 10, 0, 2, 4),
}
"""Pitch classes that come without tricks (half-holing, bends), sounding, by catalogue id.

A whistle in D has the scale of D and the C natural of its cross-fingering; Highland pipes sound
near B-flat mixolydian, written A; a kora is tuned to one scale, here F.
"""


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
