"""Whom the composer names plays: all of them, in one octave for a whole phrase."""

from __future__ import annotations

from dataclasses import replace

from tests.orchestration.prover import proved
from tests.sketches import FOUR, notes, steady

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import Line, Role, Sketch, Staff, Strand, Voice
from scorestage.orchestration import FaultKind, OrchestrationResult, Settings, check, orchestrate
from scorestage.orchestration.job import job_of
from scorestage.orchestration.losses import is_wished

BARS = 4
LOW = "G4:1 A4:1 B4:2 A4:4 G4:2 B4:2 G4:4"
HIGH = "D5:1 G5:1 B5:2 A5:4 E5:2 C6:2 B5:4"


def scored(tune: str, level: str = "assign") -> OrchestrationResult:
    """A tune marked for two horns."""
    voice = Voice(tuple(notes("m", tune, 0)))
    strand = Strand(Role.MELODY, Staff((voice,)), assign=("hn1", "hn2"))
    tempo_map = steady(BARS, FOUR, 96)
    sketch = Sketch(tempo_map.grid, (strand,))
    ensemble = load_ensemble("studio-orchestra")
    return orchestrate(sketch, ensemble, tempo_map, Settings(level=level))


def played(result: OrchestrationResult) -> dict[str, list[int]]:
    """The keys of each player who plays."""

    def keys(line: Line) -> list[int]:
        return [note.sounding[0].key for note in line.notes]

    return {line.player.id: keys(line) for line in result.score.lines if line.notes}


def test_two_names_over_one_line_are_both_of_them() -> None:
    result = scored(LOW)
    found = played(result)
    assert set(found) == {"hn1", "hn2"}
    assert found["hn1"] == found["hn2"] == [one.sounding[0].key for one in notes("m", LOW, 0)]
    assert FaultKind.SAME not in {fault.kind for fault in result.faults}


def test_a_part_that_is_the_same_as_one_not_named_with_it_is_told() -> None:
    result = scored(LOW)
    own = next(line for line in result.score.lines if line.player.id == "hn1")
    ensemble = load_ensemble("studio-orchestra")
    voice = Voice(tuple(notes("m", LOW, 0)))
    sketch = Sketch(
        result.score.grid, (Strand(Role.MELODY, Staff((voice,)), assign=("hn1", "hn2")),)
    )
    tempo_map = steady(BARS, FOUR, 96)
    job = job_of(sketch, ensemble, tempo_map, Settings(), ())
    wished = {}
    for other in ("hn2", "hn3"):
        player = next(one for one in ensemble.players if one.id == other)
        lines = (replace(own, player=player), own)
        (same,) = (
            one
            for one in check(replace(result.score, lines=lines), tempo_map)
            if one.kind is FaultKind.SAME
        )
        wished[other] = is_wished(job, same)
    assert wished == {"hn2": True, "hn3": False}


def test_a_phrase_outside_the_instrument_moves_as_a_whole() -> None:
    wanted = [one.sounding[0].key - 12 for one in notes("m", HIGH, 0)]
    result = scored(HIGH)
    assert list(played(result).values()) == [wanted, wanted]
    assert all("an octave down" in one.text for one in result.reasons)


def test_others_take_such_a_phrase_at_pitch_where_they_may() -> None:
    result = scored(HIGH, "lines")
    found = played(result)
    assert {"hn1", "hn2"} < set(found)
    voice = Voice(tuple(notes("m", HIGH, 0)))
    sketch = Sketch(result.score.grid, (Strand(Role.MELODY, Staff((voice,))),))
    proof = proved(sketch, result.score)
    assert proof.at_pitch == proof.lost == ()


def test_a_named_player_has_no_other_line_meanwhile() -> None:
    tune, bass = Voice(tuple(notes("m", LOW, 0))), Voice(tuple(notes("h", "D4:8 E4:8", 0)))
    strands = (
        Strand(Role.MELODY, Staff((tune,)), assign=("hn1", "hn2")),
        Strand(Role.HARMONY, Staff((bass,))),
    )
    tempo_map = steady(BARS, FOUR, 96)
    sketch = Sketch(tempo_map.grid, strands)
    ensemble = load_ensemble("studio-orchestra")
    result = orchestrate(sketch, ensemble, tempo_map, Settings(level="lines"))
    own = [one for one in result.reasons if one.player in ("hn1", "hn2")]
    assert own and all(one.rule == "tune.carrier" for one in own)
    plain = replace(sketch, strands=(replace(strands[0], assign=()), strands[1]))
    free = orchestrate(plain, ensemble, tempo_map, Settings(level="lines"))
    assert len(played(free)) < len(played(result))
