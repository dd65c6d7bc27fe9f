"""Chords broken by few players: phrase by phrase, each as it would be by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from tests.sketches import FOUR, notes, steady

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import Player, Role, Sketch, Staff, Strand, Voice
from scorestage.orchestration import engine, orchestrate
from scorestage.orchestration.breaking import break_chords
from scorestage.orchestration.exchanging import Settle
from scorestage.orchestration.job import Job
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.values import Task

BARS = 16
LAST = Fraction(4 * BARS - 16)
TEMPO_MAP = steady(BARS, FOUR, 72)


def strand(role: Role, name: str, text: str) -> Strand:
    return Strand(role, Staff((Voice(tuple(notes(name, text, 0))),)))


SKETCH = Sketch(
    TEMPO_MAP.grid,
    (
        strand(Role.MELODY, "m", "C5:2 D5:2 " * BARS),
        strand(Role.HARMONY, "h", "E4+F4+A4+B4:4 " * BARS),
        strand(Role.BASS, "b", "D3:4 " * BARS),
    ),
)


def broken() -> set[tuple[str, Fraction]]:
    result = orchestrate(SKETCH, load_ensemble("saxophone-quartet"), TEMPO_MAP)
    rules = {name for (name, _), one in result.grounds.items() if one.rule.endswith(".broken")}
    return {
        (line.player.id, note.onset.quarters)
        for line, note in result.score.notes()
        if note.id in rules
    }


def test_where_it_does_not_serve_the_chords_elsewhere_are_broken_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In the last phrase alone a break is made to cost its player everything."""
    usual = broken()
    assert any(at < LAST for _, at in usual) and any(at >= LAST for _, at in usual)

    def hindered(
        job: Job,
        tasks: dict[str, list[Task]],
        settled: dict[str, list[Placed]],
        settle: Settle,
    ) -> None:
        def settle_badly(player: Player, asked: Sequence[Task]) -> list[Placed]:
            late = [
                note.onset.quarters
                for task in asked
                for note in task.notes
                if task.rule.endswith(".broken") and note.onset.quarters >= LAST
            ]
            kept = [
                replace(task, notes=tuple(one for one in task.notes if one.onset.quarters < LAST))
                for task in asked
            ]
            return settle(player, [one for one in kept if one.notes] if late else asked)

        break_chords(job, tasks, settled, settle_badly)

    monkeypatch.setattr(engine, "break_chords", hindered)
    assert broken() == {(player, at) for player, at in usual if at < LAST}
