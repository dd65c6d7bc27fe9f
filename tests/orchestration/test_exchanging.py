"""Few players for many lines: what only doubles makes room, tune and bass never."""

from __future__ import annotations

import pytest
from tests.orchestration.prover import proved
from tests.sketches import FOUR, adventure, notes, steady, strand

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import Role, Sketch
from scorestage.orchestration import FaultKind, Severity, account_of, check, orchestrate


def five_tones() -> Sketch:
    """Seven lines that sound five tones: whoever only doubles one can take another."""
    tempo_map = steady(4, FOUR, 90)
    strands = (
        strand(Role.MELODY, notes("m", "E5:4 D5:4 E5:4 D5:4"), ((0, "mf"),)),
        strand(Role.COUNTER, notes("c", "C5:4 B4:4 C5:4 B4:4"), ((0, "mf"),)),
        strand(Role.HARMONY, notes("h", "C4+E4+G4+A4:4 D4+F4+G4+B4:4 " * 2), ((0, "mf"),)),
        strand(Role.BASS, notes("k", "C3:4 G2:4 C3:4 G2:4"), ((0, "mf"),)),
    )
    return Sketch(tempo_map.grid, strands)


@pytest.mark.parametrize("name", ["brass-quintet", "wind-quintet"])
def test_five_players_sound_every_tone_of_a_chord_of_five(name: str) -> None:
    sketch, tempo_map = five_tones(), steady(4, FOUR, 90)
    result = orchestrate(sketch, load_ensemble(name), tempo_map)
    proof = proved(sketch, result.score)
    assert not proof.lost
    assert not proof.missing(Role.MELODY, Role.BASS)
    assert not account_of(sketch, result).unexplained
    assert not [one for one in check(result.score, tempo_map) if one.severity is Severity.ERROR]


def test_only_what_more_tones_than_players_leave_over_is_lost_and_told() -> None:
    """Where five single voices have five tones and more to play, what is left over is told."""
    made = adventure()
    result = orchestrate(made.sketch, load_ensemble("brass-quintet"), made.tempo_map)
    proof = proved(made.sketch, result.score)
    for one in proof.lost:
        names = {
            pitch.key % 12
            for item in made.sketch.strands
            for note in item.staff.notes
            if note.onset.quarters <= one.start < note.end.quarters
            for pitch in note.sounding
        }
        assert len(names) >= 5
    assert len(proof.lost) < 15
    assert any(fault.kind is FaultKind.LOST for fault in result.faults)


def test_whoever_gives_up_a_doubled_tone_says_so() -> None:
    made = adventure()
    result = orchestrate(made.sketch, load_ensemble("brass-quintet"), made.tempo_map)
    assert any("which another has" in one.text for one in result.reasons)


def test_a_guitar_loses_no_note_of_tune_and_bass() -> None:
    made = adventure()
    result = orchestrate(made.sketch, load_ensemble("guitar-solo"), made.tempo_map)
    lost = proved(made.sketch, result.score).lost
    assert not [one for one in lost if one.role in (Role.MELODY, Role.BASS)]
