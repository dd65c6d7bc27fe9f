"""Air for winds: long notes taken again, running lines given a place to breathe."""

from __future__ import annotations

import pytest
from tests.sketches import FOUR, notes, steady

from scorestage.adapters.catalogue import load_instrument
from scorestage.music import Articulation, Role
from scorestage.orchestration.breath import REST_SECONDS, with_breaths
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.timing import Timing
from scorestage.orchestration.values import Task

TEMPO_MAP = steady(16, FOUR, 60)
TIMING = Timing(TEMPO_MAP.grid, TEMPO_MAP)


def placed(text: str, *, essential: bool = False) -> list[Placed]:
    played = tuple(notes("n", text))
    task = Task(
        player="p",
        instrument=load_instrument("horn"),
        phrase=0,
        role=Role.HARMONY,
        rule="x",
        why="",
        priority=5,
        strand=0,
        notes=played,
        essential=essential,
    )
    return [Placed(note, task) for note in played]


def stretches(found: list[Placed]) -> list[float]:
    """Seconds between places to breathe."""
    result, start = [], found[0].start
    for one, after in zip(found, [*found[1:], None], strict=True):
        mark = Articulation.BREATH in one.note.articulations
        rest = after is None or TIMING.between(one.end, after.start) >= REST_SECONDS
        if after is None or mark or rest:
            result.append(TIMING.between(start, one.end))
            start = after.start if after is not None else start
    return result


@pytest.mark.parametrize("text", ["C4:30", "C4:8 D4:8 E4:8", " ".join(["C4:1 D4:1"] * 12)])
@pytest.mark.parametrize("rank", [0, 1])
@pytest.mark.parametrize("essential", [False, True])
def test_nobody_blows_longer_than_a_breath(text: str, rank: int, essential: bool) -> None:
    found = with_breaths(placed(text, essential=essential), 9.0, rank, TIMING)
    assert max(stretches(found)) <= 9.0
    assert found[-1].end == placed(text)[-1].end, "nothing is lost at the end"
    assert len({one.note.id for one in found}) == len(found)


def test_short_lines_are_left_alone() -> None:
    line = placed("C4:2 r:1 D4:4 r:1 E4:4")
    assert with_breaths(line, 9.0, 0, TIMING) == line


def test_the_tune_keeps_its_lengths_and_gets_a_breath_mark() -> None:
    line = placed(" ".join(["C4:1 D4:1"] * 8), essential=True)
    found = with_breaths(line, 9.0, 0, TIMING)
    assert [one.note.length for one in found] == [one.note.length for one in line]
    assert any(Articulation.BREATH in one.note.articulations for one in found)


def test_neighbours_breathe_in_turn() -> None:
    first = {one.start for one in with_breaths(placed("C4:32"), 9.0, 0, TIMING)}
    second = {one.start for one in with_breaths(placed("C4:32"), 9.0, 1, TIMING)}
    assert first != second
    assert all(TIMING.stress(at) == 3 for at in first | second), "at barlines"
