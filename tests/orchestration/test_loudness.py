"""Printed dynamics: at entries, at changes, after hairpins, one loudness for one player."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from tests.sketches import FOUR, adventure, dynamics, notes, steady

from scorestage.adapters.catalogue import load_ensemble, load_instrument
from scorestage.music import Hairpin, Role, Staff
from scorestage.orchestration import Settings, orchestrate
from scorestage.orchestration.levels import LevelCurve
from scorestage.orchestration.loudness import dynamics_of, led
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.timing import Timing
from scorestage.orchestration.values import Task
from scorestage.timebase import Beat

TEMPO_MAP = steady(16, FOUR, 60)
TIMING = Timing(TEMPO_MAP.grid, TEMPO_MAP)


def task(name: str, text: str, start: int = 0, **more: object) -> list[Placed]:
    played = tuple(notes(name, text, start))
    one = Task(
        player="p",
        instrument=load_instrument("piano"),
        phrase=0,
        role=Role.HARMONY,
        rule=name,
        why="",
        priority=5,
        strand=0,
        notes=played,
    )
    one = replace(one, **more)  # type: ignore[arg-type]
    return [Placed(note, one) for note in played]


def printed(
    placed: list[Placed], *marks: tuple[int, str], pins: tuple[Hairpin, ...] = ()
) -> list[tuple[Beat, str]]:
    curves = {0: LevelCurve(Staff((), dynamics(*marks), pins))}
    found, _ = dynamics_of(placed, curves, TIMING)
    return [(mark.at, mark.dynamic.value) for mark in found]


def test_once_at_the_start_and_again_after_a_bars_rest() -> None:
    line = task("a", "C4:4 D4:4 r:4 E4:4")
    assert printed(line, (0, "mf")) == [(Beat(0), "mf"), (Beat(12), "mf")]


def test_a_change_in_the_middle_of_a_note_stands_there() -> None:
    assert printed(task("a", "C4:8"), (0, "p"), (4, "f")) == [(Beat(0), "p"), (Beat(4), "f")]


def test_held_back_players_read_less() -> None:
    assert printed(task("a", "C4:4", level_shift=-1), (0, "f")) == [(Beat(0), "mf")]


def test_hairpins_are_cut_to_what_is_played_and_end_in_a_dynamic() -> None:
    pin = Hairpin(Beat(0), Beat(8), True)
    curves = {0: LevelCurve(Staff((), dynamics((0, "p"), (8, "f")), (pin,)))}
    marks, pins = dynamics_of(task("a", "C4:4 D4:4 E4:4", 2), curves, TIMING)
    assert pins == (Hairpin(Beat(2), Beat(8), True),)
    assert [(mark.at, mark.dynamic.value) for mark in marks][-1] == (Beat(8), "f")


def test_a_pianist_has_one_loudness() -> None:
    tune = task("m", "C5:2 D5:2", priority=1, essential=True)
    under = task("h", "r:1 C4:1 C4:1", level_shift=-1)
    assert printed(tune + under, (0, "f")) == [(Beat(0), "f")]


def test_a_run_into_a_hit_does_not_make_the_chords_around_it_loud() -> None:
    run = task("run", "C4:1", 4, priority=0)
    chords = task("harmony.choir", "C4:4 r:1 C4:3", 0, level_shift=-2)
    told = led([*run, *chords])
    assert {one.task.level_shift for one in told} == {-2}


def test_a_run_is_under_the_hit_where_its_player_has_nothing_else() -> None:
    run = task("run", "C4:1", 4, priority=1, level_shift=-2)
    hit = [
        replace(one, task=replace(one.task, dynamics=dynamics((8, "ff"))))
        for one in task("accent.choir", "C5:1", 8, priority=0)
    ]
    told = led([*run, *hit])
    assert (told[0].task.rule, told[0].task.level_shift) == ("run", -2)


def test_a_hairpin_leads_to_a_dynamic_within_the_line() -> None:
    pin = Hairpin(Beat(0), Beat(4), True)
    curves = {0: LevelCurve(Staff((), dynamics((0, "p"), (4, "mf")), (pin,)))}
    notes = task("a", "C4:2 D4:2 E4:2 F4:2", level_shift=-1)
    marks, pins = dynamics_of(notes, curves, TIMING)
    assert pins and [(one.at, one.dynamic.value) for one in marks] == [
        (Beat(0), "pp"),
        (Beat(4), "mp"),
    ]
    held = LevelCurve(Staff((), marks, pins))
    assert held.at(Beat(6).quarters) == -1.0


def test_a_swell_without_a_mark_after_it_is_told_where_it_leads() -> None:
    pin = Hairpin(Beat(0), Beat(4), True)
    curves = {0: LevelCurve(Staff((), dynamics((0, "p")), (pin,)))}
    marks, _ = dynamics_of(task("a", "C4:4 E4:4"), curves, TIMING)
    assert [(one.at, one.dynamic.value) for one in marks] == [(Beat(0), "p"), (Beat(4), "mp")]


def test_the_rest_of_a_hairpin_that_leads_nowhere_is_not_printed() -> None:
    pin = Hairpin(Beat(0), Beat(4), True)
    curves = {0: LevelCurve(Staff((), dynamics((0, "mp"), (4, "mf")), (pin,)))}
    marks, pins = dynamics_of(task("a", "C4:1 E4:4", 3), curves, TIMING)
    assert pins == ()
    assert [(one.at, one.dynamic.value) for one in marks] == [(Beat(3), "mf")]


def test_those_held_back_swell_later_than_the_tune() -> None:
    marks = dynamics((0, "p"), (8, "f"))
    curve = LevelCurve(Staff((), marks, (Hairpin(Beat(0), Beat(8), True),)))
    starts = []
    for shift in (0, -1, -2):
        held = task("harmony.carrier", "C4:8", level_shift=shift)
        _, pins = dynamics_of(held, {0: curve}, TIMING)
        starts.append([pin.start.quarters for pin in pins])
    assert starts == [[0], [4], [6]]


def test_nobody_reads_a_hairpin_over_rests() -> None:
    line = task("a", "C4:4 D4:4 r:4 E4:4")
    for low, high, there in ((8, 12, False), (4, 8, True), (6, 12, True)):
        curves = {
            0: LevelCurve(
                Staff((), dynamics((0, "p"), (12, "ff")), (Hairpin(Beat(low), Beat(high), True),))
            )
        }
        _, pins = dynamics_of(line, curves, TIMING)
        assert bool(pins) is there


@pytest.mark.parametrize(("ensemble", "seed"), [("studio-orchestra", 3), ("hybrid-orchestra", 1)])
def test_no_dynamic_is_said_again_while_it_is_in_force(ensemble: str, seed: int) -> None:
    written = adventure()
    score = orchestrate(
        written.sketch, load_ensemble(ensemble), written.tempo_map, Settings(seed=seed)
    ).score
    for line in score.lines:
        notes_of_all = [note for staff in line.staves for note in staff.notes]
        for staff in line.staves:
            for before, mark in pairwise(staff.dynamics):
                swells = any(before.at < pin.end <= mark.at for pin in staff.hairpins)
                last = max(note.end for note in notes_of_all if note.onset < mark.at)
                bar = score.grid.bars[score.grid.index_at(mark.at)].meter.length
                assert before.dynamic is not mark.dynamic or swells or mark.at - last >= bar
