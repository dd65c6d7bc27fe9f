"""Strokes that come faster than an instrument speaks: every other one is held."""

from __future__ import annotations

import pytest
from tests.orchestration.prover import proved
from tests.orchestration.test_placing import placed, told
from tests.sketches import FOUR, notes, steady, strand

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import Role, Sketch
from scorestage.orchestration import (
    FaultKind,
    Severity,
    account_of,
    check,
    differences,
    orchestrate,
)
from scorestage.orchestration.repeats import at_ease
from scorestage.orchestration.timing import Timing

GALLOP = "A3+D4:1/2 A3+D4:1/4 A3+D4:1/4 " * 16


def timing(bpm: int) -> Timing:
    tempo_map = steady(4, FOUR, bpm)
    return Timing(tempo_map.grid, tempo_map)


def test_the_middle_one_of_three_is_held_where_nobody_is_so_fast() -> None:
    found = at_ease(placed("a", "C4:1/2 C4:1/4 C4:1/4 C4:1 D4:1/4 E4:1/4 D4:1/4", 1), timing(420))
    assert told(found)[:3] == [("a1", 0, 0.5), ("a2", 0.5, 1), ("a4", 1, 2)]
    assert [one.note.id for one in found][3:] == ["a5", "a6", "a7"]


def test_slow_ones_and_the_tune_stay_as_they_are() -> None:
    slow = placed("a", "C4:1/4 C4:1/4 C4:1/4 C4:1", 1)
    assert at_ease(slow, timing(60)) == slow
    tune = placed("a", "C4:1/4 C4:1/4 C4:1/4 C4:1", 1, Role.MELODY)
    assert at_ease(tune, timing(240)) == tune


@pytest.mark.parametrize("name", ["synth-ensemble", "nordic-folk", "harp-and-flute"])
def test_a_gallop_has_no_stroke_that_nobody_can_play(name: str) -> None:
    tempo_map = steady(4, FOUR, 120)
    strands = (
        strand(Role.MELODY, notes("m", "D5:4 E5:4 F5:4 D5:4"), ((0, "mf"),)),
        strand(Role.RHYTHM, notes("r", GALLOP), ((0, "mf"),)),
        strand(Role.BASS, notes("k", "D3:4 A2:4 D3:4 D3:4"), ((0, "mf"),)),
    )
    sketch = Sketch(tempo_map.grid, strands)
    result = orchestrate(sketch, load_ensemble(name), tempo_map)
    assert not [one for one in check(result.score, tempo_map) if one.severity is Severity.ERROR]
    assert not proved(sketch, result.score).missing(Role.MELODY, Role.BASS)
    assert not account_of(sketch, result).unexplained


@pytest.mark.parametrize("name", ["choir", "chamber-choir"])
def test_a_choir_is_not_asked_for_syllables_that_blur(name: str) -> None:
    tempo_map = steady(4, FOUR, 120)
    strands = (
        strand(Role.MELODY, notes("m", "D5:4 E5:4 F5:4 D5:4"), ((0, "mf"),)),
        strand(Role.RHYTHM, notes("r", "A3+D4:1/4 " * 64), ((0, "mf"),)),
        strand(Role.BASS, notes("k", "D3:4 A2:4 D3:4 D3:4"), ((0, "mf"),)),
    )
    sketch = Sketch(tempo_map.grid, strands)
    result = orchestrate(sketch, load_ensemble(name), tempo_map)
    assert not [one for one in check(result.score, tempo_map) if one.kind is FaultKind.SPEED]
    account = account_of(sketch, result)
    told = differences(account, result.score)
    assert any("too fast on the same pitch" in one.why for one in told)
    assert not account.unexplained
