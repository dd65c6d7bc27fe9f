"""Techniques of one player: asked for, possible, cancelled."""

from __future__ import annotations

from tests.sketches import FOUR, notes, steady

from scorestage.adapters.catalogue import load_instrument
from scorestage.music import Role, Staff, Technique, TechniqueMark
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.technique import techniques_of
from scorestage.orchestration.timing import Timing
from scorestage.orchestration.values import Task
from scorestage.timebase import Beat

TEMPO_MAP = steady(16, FOUR, 60)
TIMING = Timing(TEMPO_MAP.grid, TEMPO_MAP)


def placed(
    text: str, *wanted: Technique, start: int = 0, instrument: str = "viola", name: str = "n"
) -> list[Placed]:
    played = tuple(notes(name, text, start))
    task = Task(
        player="va",
        instrument=load_instrument(instrument),
        phrase=start,
        role=Role.HARMONY,
        rule="x",
        why="",
        priority=5,
        strand=0,
        notes=played,
        techniques=frozenset(wanted),
    )
    return [Placed(note, task) for note in played]


def marks(found: list[Placed], staff: Staff | None = None) -> list[tuple[Beat, Technique]]:
    staves = {0: staff} if staff is not None else {}
    return [(mark.at, mark.technique) for mark in techniques_of(found, staves, TIMING)]


def test_pizzicato_is_cancelled_by_the_next_bowed_note() -> None:
    line = placed("C4:1 C4:1", Technique.PIZZICATO) + placed("D4:2", start=4, name="m")
    assert marks(line) == [(Beat(0), Technique.PIZZICATO), (Beat(4), Technique.ARCO)]


def test_what_is_still_on_at_the_end_is_cancelled_in_the_rest() -> None:
    line = placed("C4:1 C4:1", Technique.PIZZICATO)
    assert marks(line) == [(Beat(0), Technique.PIZZICATO), (Beat(2), Technique.ARCO)]
    full = placed("C4:64", Technique.PIZZICATO)
    assert marks(full) == [(Beat(0), Technique.PIZZICATO)]


def test_no_time_to_take_up_the_bow() -> None:
    line = placed("C4:1 C4:1/4", Technique.PIZZICATO)
    line += placed("D4:2", start=0, name="m")
    late = [Placed(line[2].note, line[2].task)]
    moved = placed("r:5/4 D4:2", name="m")
    assert marks(line[:2] + moved)[0] == (Beat(0), Technique.PIZZICATO)
    assert (Beat(1), Technique.ARCO) in marks(line[:2] + moved), "the last pluck is bowed"
    assert late


def test_mutes_need_seconds_on_both_sides() -> None:
    early = placed("C4:4", Technique.CON_SORDINO)
    open_soon = placed("D4:4", start=5, name="m")
    open_late = placed("D4:4", start=8, name="m")
    assert marks(early + open_soon) == []
    assert marks(early + open_late) == [
        (Beat(0), Technique.CON_SORDINO),
        (Beat(8), Technique.SENZA_SORDINO),
    ]


def test_the_composers_marks_hold_for_those_who_can() -> None:
    staff = Staff((), techniques=(TechniqueMark(Beat(0), Technique.SUL_PONTICELLO),))
    assert marks(placed("C4:4"), staff)[0] == (Beat(0), Technique.SUL_PONTICELLO)
    assert marks(placed("C4:4", instrument="horn"), staff) == []


def test_divided_and_united() -> None:
    line = placed("C4:1 C4+E4:1 C4:1")
    assert marks(line) == [(Beat(1), Technique.DIVISI), (Beat(2), Technique.UNISONO)]
