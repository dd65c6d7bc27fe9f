"""Slurs and articulations."""

from __future__ import annotations

from dataclasses import replace

from tests.sketches import FOUR, notes, steady

from scorestage.adapters.catalogue import load_instrument
from scorestage.music import Articulation, Role, Slur, Staff, Technique, Voice
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.timing import Timing
from scorestage.orchestration.touch import articulated, slurs_of
from scorestage.orchestration.values import Task

TEMPO_MAP = steady(16, FOUR, 60)
TIMING = Timing(TEMPO_MAP.grid, TEMPO_MAP)


def placed(
    text: str, role: Role = Role.MELODY, instrument: str = "violin", rule: str = "tune.carrier"
) -> list[Placed]:
    played = tuple(notes("n", text))
    task = Task(
        player="p",
        instrument=load_instrument(instrument),
        phrase=0,
        role=role,
        rule=rule,
        why="",
        priority=5,
        strand=0,
        notes=played,
    )
    return [Placed(note, task) for note in played]


def slurs(line: list[Placed], staff: Staff) -> list[tuple[str, str]]:
    return [(slur.first, slur.last) for slur in slurs_of(line, {0: staff}, TIMING)]


def test_the_sketchs_own_slurs_come_first() -> None:
    staff = Staff((Voice(tuple(notes("s", "C5:1 D5:1 E5:1 F5:1"))),), slurs=(Slur("s2", "s3"),))
    assert slurs(placed("C5:1 D5:1 E5:1 F5:1"), staff) == [("n2", "n3")]


def test_who_plucks_has_no_slurs() -> None:
    staff = Staff((Voice(tuple(notes("s", "C3:1 D3:1"))),), slurs=(Slur("s1", "s2"),))
    bowed = placed("C3:1 D3:1", Role.BASS, "double-bass", "bass.octave")
    assert slurs(bowed, staff) == [("n1", "n2")]
    task = replace(bowed[0].task, techniques=frozenset({Technique.PIZZICATO}))
    assert slurs([Placed(one.note, task) for one in bowed], staff) == []


def test_drums_and_comping_have_no_slurs_of_a_tune() -> None:
    staff = Staff((Voice(tuple(notes("s", "C5:1 D5:1"))),), slurs=(Slur("s1", "s2"),))
    assert slurs(placed("C5:1 D5:1", rule="groove"), staff) == []
    assert slurs(placed("C5:1 D5:1", rule="tune.octave"), staff) == [("n1", "n2")]


def test_a_singing_line_without_slurs_is_bowed_by_the_bar() -> None:
    bare = Staff((Voice(tuple(notes("s", "C5:1"))),))
    assert slurs(placed("C5:1 D5:1 E5:1/2 F5:1/2 r:1 G5:1 G5:1 A5:1"), bare) == [
        ("n1", "n4"),
        ("n6", "n7"),
    ]
    assert slurs(placed("C5:1 D5:1", Role.HARMONY), bare) == []
    assert slurs(placed("C5:1 D5:1", instrument="piano"), bare) == []


def test_entries_and_rhythms_are_told_how_to_begin() -> None:
    def signs(line: list[Placed]) -> list[tuple[Articulation, ...]]:
        return [one.note.articulations for one in articulated(line, (), TIMING)]

    assert signs(placed("C5:2 D5:2 r:4 E5:2")) == [
        (Articulation.TENUTO,),
        (),
        (Articulation.TENUTO,),
    ]
    pulse = signs(placed("C5:1/2 C5:1/2 C5:1/2 C5:1/2", Role.RHYTHM))
    assert pulse[0] == (Articulation.ACCENT,)
    assert pulse[1:] == [(Articulation.STACCATO,)] * 3
    assert signs(placed("C5>:1/2", Role.RHYTHM)) == [(Articulation.ACCENT,)]
