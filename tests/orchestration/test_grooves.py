"""Drum kits in every meter: strokes on the beat, four limbs, fills where they belong."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.sketches import notes, steady, strand

from scorestage.adapters.catalogue import load_ensemble
from scorestage.errors import InputError
from scorestage.music import Role, Sketch, Unpitched
from scorestage.orchestration import Settings, Severity, orchestrate
from scorestage.orchestration.grooves import groove_of
from scorestage.timebase import Meter

METERS = ["2/4", "3/4", "4/4", "5/4", "6/8", "7/8", "9/8", "12/8", "3+2+2/8"]


@pytest.mark.parametrize("meter", METERS)
@pytest.mark.parametrize("groove", ["swing", "rock", "electronic"])
@pytest.mark.parametrize("dynamic", ["p", "mf", "ff"])
def test_time_is_kept_in_every_meter(meter: str, groove: str, dynamic: str) -> None:
    bars = 8
    tempo_map = steady(bars, Meter.parse(meter), 120)
    length = Meter.parse(meter).length.quarters
    pulse = notes("o", " ".join(["A3:1/2"] * int(bars * length * 2)))
    sketch = Sketch(tempo_map.grid, (strand(Role.RHYTHM, pulse, ((0, dynamic),)),))
    band = load_ensemble("synth-ensemble" if groove == "electronic" else "rock-band")
    result = orchestrate(sketch, band, tempo_map, Settings(groove=groove))
    drums = result.score.line_of("drums")
    assert [fault for fault in result.faults if fault.severity is Severity.WRONG] == []
    downbeats = {note.onset.quarters for note in drums.notes}
    assert all(bar * length in downbeats for bar in range(bars))
    sounds = {
        stroke.sound
        for note in drums.notes
        for stroke in note.pitches
        if isinstance(stroke, Unpitched)
    }
    assert len(sounds) >= (2 if dynamic != "p" else 1)
    known = {drum.id for drum in drums.player.instrument.drums}
    assert sounds <= known
    assert max(note.end.quarters for note in drums.notes) <= Fraction(bars * length)


def test_what_a_band_plays_by_itself() -> None:
    assert groove_of(load_ensemble("jazz-combo"), "auto") == "swing"
    assert groove_of(load_ensemble("rock-band"), "auto") == "rock"
    assert groove_of(load_ensemble("synth-ensemble"), "auto") == "electronic"
    assert groove_of(load_ensemble("rock-band"), "swing") == "swing"
    with pytest.raises(InputError, match="no groove"):
        Settings(groove="polka")
