"""Title cards: still lettering on an even ground."""

from __future__ import annotations

import pytest
from tests.drawn_clips import Frame, cut, flat, scene
from tests.spotting.footage_kit import real_footage, watched

from scorestage.spotting import Footage, Moment
from scorestage.spotting.detectors.title_cards import DETECTOR
from scorestage.timebase import FRAMES_24


def titles(frames: list[Frame]) -> tuple[Moment, ...]:
    return DETECTOR(Footage(watched(frames)))


def card(ground: int, ink: int, rows: tuple[int, ...]) -> Frame:
    frame = flat(ground)
    for row in rows:
        frame[row : row + 4, 40:90:3] = ink
    return frame


@pytest.mark.parametrize(("ground", "ink", "name"), [(0, 255, "black"), (240, 20, "white")])
def test_a_card_among_shots(ground: int, ink: int, name: str) -> None:
    frames = [*cut((scene(1), 40)), *[card(ground, ink, (30, 38))] * 48, *cut((scene(2), 40))]
    (one,) = titles(frames)
    rate = FRAMES_24
    assert rate.nearest_frame(one.at) == rate.nearest_frame(one.span.start) == 40
    assert rate.nearest_frame(one.span.end) == 88
    assert one.words == f"title card on {name}"


def test_one_card_after_another_is_two() -> None:
    frames = [*[card(0, 255, (20,))] * 40, *[card(0, 255, (30, 38, 50))] * 40]
    assert [FRAMES_24.nearest_frame(one.at) for one in titles(frames)] == [0, 40]


def test_black_shots_and_blinks_are_none() -> None:
    assert titles([flat(0)] * 60) == ()
    assert titles(cut((scene(1), 60))) == ()
    assert titles([*[flat(0)] * 30, *[card(0, 255, (30,))] * 8, *[flat(0)] * 30]) == ()
    assert titles([]) == ()


def test_the_trailers_cards() -> None:
    found = DETECTOR(real_footage("sintel-trailer"))
    assert [FRAMES_24.nearest_frame(one.at) for one in found] == [224, 1014, 1140, 1163]


def test_the_bunny_has_none_on_an_even_ground() -> None:
    assert DETECTOR(real_footage("big-buck-bunny-opening")) == ()
