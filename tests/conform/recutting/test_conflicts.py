"""What cannot land is told with what stands against it, to the frame."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from scorestage.conform.recutting import (
    Aim,
    Limits,
    Place,
    Prices,
    Shot,
    Target,
    Task,
    cheapest,
    conflicts_of,
    recuts,
)

PRICES = Prices()
LIMITS = Limits(retime=Fraction(0))


def must(shot: int, frame: int) -> Aim:
    return Aim(
        Place(shot, None, f"cut {shot + 1}"), (Target(frame, 0.0, Fraction(frame), "bar 2"),), True
    )


def shots(**second: object) -> tuple[Shot, ...]:
    made = Shot(2, "B", 48, 96)
    return (
        Shot(1, "A", 0, 48, spoken=((4, 46),)),
        replace(made, **second),  # type: ignore[arg-type]
        Shot(3, "C", 96, 144, tail_frames=10),
    )


def test_words_against_a_landing() -> None:
    task = Task(shots(), (must(1, 40),), LIMITS)
    assert cheapest(task, PRICES) is None and recuts(task, PRICES) == ()
    (told,) = conflicts_of(task, PRICES)
    assert told.short_frames == 8 and told.against is None
    assert any("dialogue" in reason for reason in told.reasons)


def test_a_handle_against_a_landing() -> None:
    task = Task(shots(), (must(1, 48), must(2, 110)), LIMITS)
    (told,) = conflicts_of(task, PRICES)
    assert told.short_frames == -14
    assert any("no handle" in reason for reason in told.reasons)


def test_two_landings_against_each_other() -> None:
    roomy = shots(head_frames=8, tail_frames=8)
    task = Task((replace(roomy[0], tail_frames=6), *roomy[1:]), (must(1, 52), must(2, 94)), LIMITS)
    assert cheapest(task, PRICES) is not None
    tight = Task(roomy, (must(1, 48), must(2, 120)), LIMITS)
    (told,) = conflicts_of(tight, PRICES)
    assert told.short_frames == -8 and told.aim.place.shot == 2


def test_the_nearest_is_had_where_it_is_asked_for() -> None:
    task = Task(shots(), (must(1, 40),), LIMITS, nearest=True)
    first = recuts(task, PRICES)[0]
    assert not first.landed[0].is_met and first.landed[0].after_frame == 48
