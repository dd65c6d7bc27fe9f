"""A cut list as a value: order, tracks, places in the source."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.errors import InputError
from scorestage.production import CutEvent, CutList, CutMarker, CutSource
from scorestage.timebase import FRAMES_24, FRAMES_25, FRAMES_29_97_DROP


def test_an_event_cannot_end_before_it_begins() -> None:
    with pytest.raises(InputError, match="event 007 ends before it begins"):
        CutEvent(10, 9, CutSource("A"), number="007")


def test_the_source_frame_shown_goes_by_speed_and_by_the_sources_own_rate() -> None:
    as_shot = CutEvent(100, 200, CutSource("A", rate=FRAMES_25), Fraction(50))
    assert as_shot.source_at(124, FRAMES_24) == 75
    backwards = CutEvent(100, 200, CutSource("A"), Fraction(50), speed=Fraction(-1))
    assert backwards.source_at(110, FRAMES_24) == 40
    frozen = CutEvent(100, 200, CutSource("A"), Fraction(50), speed=Fraction(0))
    assert frozen.source_at(199, FRAMES_24) == 50


def test_picture_and_tracks_are_in_order_and_bounds_hold_everything() -> None:
    sound = CutEvent(5, 60, CutSource("S"), track="A10")
    second = CutEvent(30, 50, CutSource("B"))
    first = CutEvent(10, 30, CutSource("A"))
    cut = CutList("x", FRAMES_24, (sound, second, first), end_frames=80)
    assert cut.picture == (first, second) and cut.tracks == ("V1", "A10")
    assert (cut.first_frame, cut.last_frame) == (5, 80)
    assert cut.on_track("A10") == (sound,)


def test_shifting_moves_everything_and_back_is_the_same() -> None:
    cut = CutList(
        "x",
        FRAMES_29_97_DROP,
        (CutEvent(1, 2, CutSource("A")),),
        (CutMarker(Fraction(3, 2), "door"),),
        0,
        4,
    )
    moved = cut.shifted(1798)
    assert moved.markers[0].at_frames == Fraction(3599, 2) and moved.start_frames == 1798
    assert moved.label(moved.events[0].record_out_frames) == "00:01:00;02"
    assert moved.shifted(-1798) == cut


def test_sources_are_called_by_clip_then_file_then_reel() -> None:
    assert CutSource("A", "clip", "x/y.mov").name == "clip"
    assert CutSource("A", "", "x\\y.mov").name == "y.mov"
    assert CutSource("A").name == "A"
