"""How much one player (or section) can sound at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from scorestage.music import Family, Technique
from scorestage.orchestration.fingers import at_once, in_one_hand, on_strings
from scorestage.orchestration.inspection import Heard, Inspection
from scorestage.orchestration.practice import FEET, can_divide, has_two_hands, is_kit
from scorestage.orchestration.result import FaultKind
from scorestage.orchestration.technique import PARTS, group_of

_LIMBS = 2


def check_hands(inspection: Inspection) -> None:
    """Voices that overlap, too many notes, hands that do not reach, chords without `div.`."""
    _voices(inspection)
    down: list[Heard] = []
    for start, together in groupby(inspection.heard, key=lambda one: one.start):
        struck = list(together)
        down = [one for one in down if one.end > start] + struck
        for instrument in dict.fromkeys(one.instrument for one in struck):
            here = [one for one in down if one.instrument is instrument]
            _moment(inspection, next(one for one in struck if one.instrument is instrument), here)


def _voices(inspection: Inspection) -> None:
    for staff in inspection.line.staves:
        for voice in staff.voices:
            for note, after in pairwise(voice.notes):
                if after.onset < note.end:
                    text = "two notes of one voice overlap"
                    inspection.tell(FaultKind.POLYPHONY, after.onset.quarters, text)


def _moment(inspection: Inspection, one: Heard, here: Sequence[Heard]) -> None:
    instrument, player = one.instrument, inspection.line.player
    keys = tuple(sorted({key for other in here for key in other.keys}))
    if instrument.drums:
        _limbs(inspection, one, here)
    elif can_divide(player, instrument):
        _divided(inspection, one, keys)
    elif has_two_hands(instrument):
        _hands(inspection, one, here)
    elif len(keys) > 1 and instrument.family is Family.STRINGS:
        strings = tuple(string.key for string in instrument.open_strings)
        if not on_strings(strings, keys, bowed=True):
            inspection.tell(
                FaultKind.SPAN, one.start, "these notes do not lie on neighbouring strings"
            )
    elif len(keys) > instrument.max_polyphony:
        text = f"{len(keys)} notes at once; the {instrument.name} has {instrument.max_polyphony}"
        inspection.tell(FaultKind.POLYPHONY, one.start, text)
    elif not at_once(instrument, keys):
        inspection.tell(FaultKind.SPAN, one.start, "no grip reaches these notes together")


def _limbs(inspection: Inspection, one: Heard, here: Sequence[Heard]) -> None:
    """Two hands, and on a kit two feet."""
    struck = [
        getattr(stroke, "sound", "")
        for other in here
        if other.start == one.start
        for stroke in other.note.pitches
    ]
    if one.instrument.max_polyphony > 2 * _LIMBS:
        return
    feet = [name for name in struck if is_kit(one.instrument) and name in FEET]
    if len(struck) - len(feet) > _LIMBS or len(feet) > _LIMBS:
        text = f"{len(struck)} strokes at once need more than two hands"
        inspection.tell(FaultKind.POLYPHONY, one.start, text)


def _divided(inspection: Inspection, one: Heard, keys: Sequence[int]) -> None:
    if len(keys) < 2:
        return
    if len(keys) > 4:
        text = f"{len(keys)} parts in one section"
        inspection.tell(FaultKind.POLYPHONY, one.start, text)
    now = Technique.UNISONO
    for staff in inspection.line.staves:
        for mark in staff.techniques:
            if mark.at.quarters <= one.start and mark.technique in PARTS:
                now = mark.technique
    if now is not Technique.DIVISI and group_of(now) is not None:
        text = "two parts without div."
        inspection.tell(FaultKind.TECHNIQUE, one.start, text)


def _hands(inspection: Inspection, one: Heard, here: Sequence[Heard]) -> None:
    for staff, name in enumerate(("right", "left")):
        keys = tuple(sorted({key for other in here if other.staff == staff for key in other.keys}))
        if not in_one_hand(one.instrument, keys):
            wide = keys[-1] - keys[0]
            text = f"the {name} hand cannot reach {len(keys)} notes over {wide} semitones"
            inspection.tell(FaultKind.SPAN, one.start, text)
