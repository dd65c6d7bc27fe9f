"""What keeps a proposed cut off its beat is told, and what is said to help does."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from scorestage.conform.recutting import (
    MOST,
    Aim,
    Limits,
    Place,
    Prices,
    Shot,
    Target,
    Task,
    obstacles_of,
    recuts,
)
from scorestage.conform.recutting.obstacles import wider

PRICES = Prices()


def aim(shot: int, *frames: int, worth: float = 2.0) -> Aim:
    return Aim(
        Place(shot, None, f"cut {shot + 1}"),
        tuple(Target(one, worth, Fraction(one), f"bar {one}") for one in frames),
    )


def shots(*lengths: int, handle: int = 0, **changes: object) -> tuple[Shot, ...]:
    found, at = [], 0
    for number, frames in enumerate(lengths, start=1):
        shot = Shot(number, f"S{number}", at, at + frames, handle, handle)
        found.append(replace(shot, **changes) if number > 1 else shot)
        at += frames
    return tuple(found)


def test_what_costs_more_than_it_is_worth_says_by_how_much() -> None:
    task = Task(shots(60, 60, 60, handle=24), (aim(1, 80, worth=0.5),))
    way = recuts(task)[0]
    (told,) = obstacles_of(task, way, PRICES)
    assert told.points is not None and told.points > 0 and not told.reasons
    forced = replace(task, aims=(replace(task.aims[0], must=True),))
    dearer = recuts(forced)[0].points - way.points
    assert told.points == pytest.approx(float(dearer))
    most = next(one for one in recuts(task) if one.name == MOST)
    assert most.landed[0].is_met


def test_two_cuts_on_one_beat_stand_against_each_other() -> None:
    task = Task(shots(60, 20, 60), (aim(1, 60), aim(2, 60)))
    (told,) = obstacles_of(task, recuts(task)[0], PRICES)
    assert told.landed.place.shot == 2
    assert told.points is None and told.against == ("cut 2 on bar 60",)


def test_a_missing_handle_is_named_and_a_hold_would_do() -> None:
    task = Task(shots(60, 60, retimes=False), (aim(1, 66),), Limits(retime=Fraction(0)))
    found = recuts(task)
    (told,) = obstacles_of(task, found[0], PRICES)
    assert told.points is None and "no handle" in " ".join(told.reasons)
    assert told.helps == ("--hold 12",)
    assert found[-1].name == "beyond the limits, with --hold 12"
    assert found[-1].landed[0].is_met and found[-1].changes[0].held_frames == 6


def test_dialogue_over_the_cut_is_what_holds_it() -> None:
    first, second = shots(60, 60)
    said = ((50, 70),)
    task = Task(
        (replace(first, spoken=said, linked=True), replace(second, spoken=said)), (aim(1, 66),)
    )
    (told,) = obstacles_of(task, recuts(task)[0], PRICES)
    assert "dialogue" in " ".join(told.reasons) and not told.helps


def test_what_is_said_to_help_does() -> None:
    """Each option named, taken alone, lets the cut land where it stayed off."""
    limits = dict(wider(Limits()))
    for off in range(1, 30):
        task = Task(shots(60, 60, 60), (aim(1, 60 - off), aim(2, 120 + off % 7)))
        way = recuts(task)[0]
        for told in obstacles_of(task, way, PRICES):
            wish = Aim(told.landed.place, (told.target,), must=True)
            for words in told.helps:
                assert recuts(Task(task.shots, (wish,), limits[words]))
