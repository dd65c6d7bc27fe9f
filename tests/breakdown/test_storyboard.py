"""Panels: their order, their names, their frames."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.breakdown import Panel, lasting, panel_names
from scorestage.errors import InputError
from scorestage.timebase import FRAMES_24, FRAMES_29_97


def test_names_are_counted_as_people_count() -> None:
    names = ["p10.png", "p2.png", "sc12A-p1_36f.jpg", "Scene 3 p1 2,5s.png"]
    found = panel_names(names, FRAMES_24)
    assert [one.name for one in found] == ["p2.png", "p10.png", "sc12A-p1_36f.jpg", names[3]]
    assert [(one.scene, one.seconds) for one in found[2:]] == [
        ("12A", Fraction(3, 2)),
        ("3", Fraction(5, 2)),
    ]


def test_a_scene_lasts_as_estimated_however_its_panels_divide() -> None:
    board = [Panel(f"{n}.png", "1") for n in range(7)]
    shown = lasting(board, {"1": Fraction(10)}, FRAMES_29_97)
    frames = [frames for _, frames in shown]
    assert sum(frames) == 300 and max(frames) - min(frames) <= 1


def test_panels_of_no_scene_stand_three_seconds_and_none_is_empty() -> None:
    board = [Panel("a"), Panel("b", seconds=Fraction(1, 1000)), Panel("c", "9", Fraction(12))]
    assert [f for _, f in lasting(board, {"9": Fraction(5)}, FRAMES_24)] == [72, 1, 287]
    with pytest.raises(InputError):
        lasting([Panel("a", seconds=Fraction(0))], {}, FRAMES_24)


def test_panels_know_their_scene_without_leading_noughts() -> None:
    found = panel_names(["sc012a_p1.png", "sc000_p1.png"], FRAMES_24)
    assert [one.scene for one in found] == ["0", "12A"]
