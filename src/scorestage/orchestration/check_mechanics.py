"""Instruments with a memory: harp pedals, timpani, percussion stations, changes of instrument."""

from __future__ import annotations

from itertools import groupby, pairwise

from scorestage.music import Unpitched
from scorestage.orchestration.inspection import Heard, Inspection
from scorestage.orchestration.limits import Drums, Pedals, Stations
from scorestage.orchestration.practice import Colour, change_seconds, colour, is_harp, is_kit
from scorestage.orchestration.result import FaultKind, Severity


def check_mechanics(inspection: Inspection) -> None:
    """Whatever has to be set, tuned, walked to or taken up before the next note."""
    for instrument in dict.fromkeys(one.instrument for one in inspection.heard):
        own = [one for one in inspection.heard if one.instrument is instrument]
        if is_harp(instrument):
            _pedals(inspection, own)
        elif colour(instrument) is Colour.TIMPANI:
            _tuning(inspection, own)
        elif instrument.drums and not is_kit(instrument):
            _stations(inspection, own)
    _changes(inspection)


def _pedals(inspection: Inspection, own: list[Heard]) -> None:
    pedals = Pedals(inspection.timing)
    for start, together in groupby(own, key=lambda one: one.start):
        pitches = [pitch for one in together for pitch in one.note.sounding]
        if not pedals.take(pitches, start):
            names = " ".join(str(pitch) for pitch in pitches)
            text = f"no time to set the pedals for {names}"
            inspection.tell(FaultKind.PEDALS, start, text)


def _tuning(inspection: Inspection, own: list[Heard]) -> None:
    drums = Drums(inspection.timing)
    for one in own:
        if not drums.take(list(one.keys), one.start, one.end):
            text = f"no drum is free to be tuned to {' and '.join(map(str, one.note.sounding))}"
            inspection.tell(FaultKind.TUNING, one.start, text)


def _stations(inspection: Inspection, own: list[Heard]) -> None:
    stations = Stations(inspection.timing)
    for one in own:
        names = [stroke.sound for stroke in one.note.pitches if isinstance(stroke, Unpitched)]
        if names and not stations.take(names, one.start, one.end):
            text = f"no time to walk over to the {' and '.join(names)}"
            inspection.tell(FaultKind.CHANGE, one.start, text, Severity.DOUBTFUL)


def _changes(inspection: Inspection) -> None:
    for one, after in pairwise(inspection.heard):
        if one.instrument is not after.instrument:
            need = change_seconds(after.instrument)
            time = inspection.seconds(one.end, after.start)
            if time < need * 0.9:
                text = f"{time:.1f} s to take up the {after.instrument.name}; {need:.0f} s needed"
                inspection.tell(FaultKind.CHANGE, after.start, text)
