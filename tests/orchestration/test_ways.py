"""What is told as the orchestrator's own way of playing is no wish of the sketch."""

from __future__ import annotations

from dataclasses import replace

from tests.sketches import FOUR, notes, steady

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import Dynamic, DynamicMark, Role, Sketch, Staff, Strand, Voice
from scorestage.orchestration import Settings, orchestrate, ways_of
from scorestage.timebase import Beat

TEMPO_MAP = steady(8, FOUR, 96)


def test_a_tremolo_of_the_sketch_is_its_own_in_every_octave() -> None:
    loud = (DynamicMark(Beat(0), Dynamic.FF),)
    held = tuple(replace(note, tremolo=3) for note in notes("n", "E4+G4+C5:4 F4+A4+C5:4 " * 4, 0))
    tune = tuple(notes("n", "C5:2 E5:2 F5:2 A5:2 " * 4, 0))
    strands = (
        Strand(Role.MELODY, Staff((Voice(tune),), loud)),
        Strand(Role.RHYTHM, Staff((Voice(held),), loud)),
        Strand(Role.BASS, Staff((Voice(tuple(replace(one, tremolo=3) for one in
               notes("b", "C3:4 F2:4 " * 4, 0))),), loud)),
    )  # fmt: skip
    sketch = Sketch(TEMPO_MAP.grid, strands)
    result = orchestrate(sketch, load_ensemble("studio-orchestra"), TEMPO_MAP, Settings())
    shaken = {
        note.id.rpartition("@")[1] for _, note in result.score.notes()
        if note.tremolo and not result.grounds[note.id, note.sounding[0].key].added
    }  # fmt: skip
    assert "@" in shaken
    assert not [one for one in ways_of(sketch, result) if one.what == "tremolo"]
