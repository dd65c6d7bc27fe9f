"""Chord tones beside a line lie in its octave; lines of the sketch never move."""

from __future__ import annotations

from tests.sketches import FOUR, notes, steady

from scorestage.adapters.catalogue import load_instrument
from scorestage.music import Role
from scorestage.orchestration.leaps import FAR, nearer
from scorestage.orchestration.timing import Timing
from scorestage.orchestration.values import Task

TEMPO_MAP = steady(4, FOUR, 120)
TIMING = Timing(TEMPO_MAP.grid, TEMPO_MAP)


def task(text: str, rule: str, start: int = 0, player: str = "bn1", priority: int = 2) -> Task:
    return Task(
        player=player,
        instrument=load_instrument("bassoon"),
        phrase=0,
        role=Role.BASS,
        rule=rule,
        why="",
        priority=priority,
        strand=0,
        notes=tuple(notes(f"{player}{rule}{start}", text, start)),
    )


def keys(found: list[Task]) -> list[list[int]]:
    return [[note.sounding[0].key for note in one.notes] for one in found]


def test_an_added_chord_tone_comes_to_the_line() -> None:
    line = task("F2:1", "bass.carrier")
    chord = task("A4:1", "harmony.choir", 1, priority=15)
    assert keys(nearer([line, chord], TIMING)) == [[41], [57]]


def test_a_line_of_the_sketch_never_moves() -> None:
    line, other = task("F2:1", "bass.carrier"), task("A4:1", "harmony.carrier", 1)
    assert nearer([line, other], TIMING) == [line, other]


def test_a_tone_of_a_hit_moves_only_where_another_has_it() -> None:
    line, hit = task("F2:1", "bass.carrier"), task("A4:1", "accent.choir", 1, priority=0)
    assert nearer([line, hit], TIMING) == [line, hit]
    second = task("A4:1", "accent.choir", 1, player="bn2", priority=0)
    assert keys(nearer([line, hit, second], TIMING)) == [[41], [57], [69]]


def test_time_to_find_it_and_small_leaps_leave_it_alone() -> None:
    line = task("F2:1", "bass.carrier")
    late = task("A4:1", "harmony.choir", 4, priority=15)
    near = task("C4:1", "harmony.choir", 1, priority=15)
    assert FAR <= 60 - 41
    assert nearer([line, late], TIMING) == [line, late]
    near = task("A3:1", "harmony.choir", 1, priority=15)
    assert nearer([line, near], TIMING) == [line, near]
