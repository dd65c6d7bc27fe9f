"""Themes in other keys and other meters."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from tests.composing.cues import METERS, request
from tests.thematics.tunes import ODE_TO_JOY, tune

from scorestage.composing.frame import Frame, frame_of
from scorestage.composing.placing import felt_place, placed_bar, placed_pickup, recast_theme
from scorestage.music import Note, Theme
from scorestage.music.key import Key
from scorestage.thematics import of_notes
from scorestage.timebase import Beat, Meter

JOY = of_notes(ODE_TO_JOY, Meter(4, 4), theme_id="joy")


def _frame(meter: str, count: int = 8, theme: Theme = JOY, pickup: str = "0") -> Frame:
    return frame_of(request(meters=(meter,) * count, pickup=pickup), theme)


def _all(meter: str) -> list[Note]:
    frame = _frame(meter, 16)
    return [
        note
        for bar, module in enumerate(frame.modules[:8])
        for note in placed_bar(frame, JOY, bar, module)
    ]


@pytest.mark.parametrize("meter", METERS)
def test_the_tune_keeps_its_notes_in_their_order_in_any_meter(meter: str) -> None:
    placed = _all(meter)
    assert [note.sounding for note in placed] == [note.sounding for note in JOY.notes][
        : len(placed)
    ]
    assert all(one.end <= other.onset for one, other in pairwise(placed))
    assert all((note.onset.quarters * 4).denominator == 1 for note in placed)


def test_nothing_moves_in_its_own_meter() -> None:
    assert [(note.onset, note.length) for note in _all("4/4")] == [
        (note.onset, note.length) for note in JOY.notes
    ]


@pytest.mark.parametrize("meter", ["3/4", "5/4", "6/8"])
def test_what_stood_on_a_beat_stands_on_a_beat(meter: str) -> None:
    theme = of_notes(tune("C4:2 D4 E4:1/2 F4:1/2 G4:4"), Meter(4, 4), theme_id="t")
    frame = _frame(meter, 2, theme)
    placed = placed_bar(frame, theme, 0, frame.modules[0])
    bar = Meter.parse(meter)
    places = [felt_place(bar, note.onset.quarters % bar.length.quarters) for note in placed]
    assert places[0] == 0
    assert [place.denominator == 1 for place in places][:3] == [True, True, True]


def test_a_change_of_mode_follows_the_chords() -> None:
    minor = recast_theme(JOY, Key("D", "minor"))
    assert str(minor.notes[0].sounding[0]) == "F4"
    assert str(minor.chords[0]) == "Dm"
    moved = recast_theme(JOY, Key("Bb"))
    gaps = {
        new.sounding[0].key - old.sounding[0].key
        for new, old in zip(moved.notes, JOY.notes, strict=True)
    }
    assert gaps == {-4}


def test_an_upbeat_needs_room() -> None:
    theme = of_notes(tune("A4 D5:4 A4:4", start="-1"), Meter(4, 4), theme_id="t")
    frame = _frame("4/4", 4, theme)
    assert placed_pickup(frame, theme, frame.modules[0]) == []
    assert [note.onset for note in placed_pickup(frame, theme, frame.modules[1])] == [Beat(3)]
    with_room = _frame("4/4", 4, theme, pickup="1")
    assert [note.onset for note in placed_pickup(with_room, theme, with_room.modules[0])] == [
        Beat(-1)
    ]


def test_felt_places_agree_between_meters() -> None:
    assert felt_place(Meter(4, 4), Fraction(5, 2)) == Fraction(5, 2)
    assert felt_place(Meter(6, 8), Fraction(5, 2)) == Fraction(5, 3)
