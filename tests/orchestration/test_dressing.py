"""Balance and ways of playing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from tests.orchestration.scenes import Scene, scene
from tests.sketches import adventure, lament

from scorestage.music import Family, Role, Slur, Technique
from scorestage.orchestration.levels import LevelCurve
from scorestage.orchestration.practice import strength
from scorestage.orchestration.values import Task


def power(found: Scene, tasks: Iterable[Task], curves: dict[int, LevelCurve]) -> float:
    """A layer's weight, worked out anew: trumpets at forte, 5 dB a step, spread over players."""
    players = {task.player: task for task in tasks}
    middle = (found.company.phrase.start + found.company.phrase.end) / 2
    total = 0.0
    for task in players.values():
        level = curves[task.strand].at(middle) + task.level_shift
        count = next(one.player.count for one in found.company.chairs if one.id == task.player)
        total += strength(task.instrument, count, level) * 10 ** (5 * level / 20)
    return total / max(1, len(players)) ** 0.5


@pytest.mark.parametrize("bar", [0, 4, 8, 12, 16])
def test_no_layer_covers_the_tune_unless_it_is_held_back_already(bar: int) -> None:
    found = scene(adventure(), "studio-orchestra", bar)
    curves = found.job.curves
    tune = power(found, [one for one in found.tasks if one.role is Role.MELODY], curves)
    most = 1 if found.company.phrase.tier <= 2 else 2
    for role in (Role.HARMONY, Role.RHYTHM, Role.COUNTER):
        layer = [one for one in found.tasks if one.role is role and not one.dynamics]
        held = all(one.level_shift <= -most or found.company.phrase.level < -1 for one in layer)
        assert power(found, layer, curves) <= tune or held, role


def test_whispering_strings_are_muted() -> None:
    found = scene(lament(), "string-orchestra", 0)
    assert found.company.phrase.tier == 0
    strings = [one for one in found.tasks if one.instrument.family is Family.STRINGS]
    assert strings
    assert all(Technique.CON_SORDINO in one.techniques for one in strings)


def test_pizzicato_is_asked_of_strings_with_short_notes_only() -> None:
    seen = 0
    for seed in range(8):
        for task in scene(adventure(), "studio-orchestra", 20, seed).tasks:
            if Technique.PIZZICATO in task.techniques:
                seen += 1
                assert "pizz." in task.instrument.plays
                assert task.role in (Role.RHYTHM, Role.BASS)
    assert seen


def test_what_the_composer_slurs_is_not_plucked() -> None:
    whole = adventure()
    strands = []
    for one in whole.sketch.strands:
        ids = [note.id for note in one.staff.notes]
        pairs = tuple(Slur(first, last) for first, last in zip(ids[::2], ids[1::2], strict=False))
        slurred = replace(one, staff=replace(one.staff, slurs=pairs))
        strands.append(slurred if one.role is Role.RHYTHM else one)
    legato = replace(whole, sketch=replace(whole.sketch, strands=tuple(strands)))
    plucked = {
        task.role
        for seed in range(8)
        for task in scene(legato, "studio-orchestra", 20, seed).tasks
        if Technique.PIZZICATO in task.techniques
    }
    assert plucked <= {Role.BASS}
