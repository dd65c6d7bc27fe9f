"""Slurs get numbers that never clash; dynamics and hairpins stand in the right bar."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.errors import MusicError
from scorestage.music import (
    Dynamic,
    DynamicMark,
    Hairpin,
    Note,
    Pitch,
    Slur,
    Staff,
    Technique,
    TechniqueMark,
    Voice,
    Words,
)
from scorestage.music.written import Edge, write_out
from scorestage.timebase import BarGrid, Beat, Beats, Meter

GRID = BarGrid.regular(2, Meter(4, 4))
NOTES = tuple(Note(f"n{at}", Beat(at), Beats(1), (Pitch.parse("C5"),)) for at in range(8))


def slurred(*slurs: Slur) -> list[list[tuple[str, int]]]:
    staff = Staff((Voice(NOTES),), slurs=slurs)
    return [
        [(slur.edge.value, slur.number) for slur in event.slurs]
        for bar in write_out(staff, GRID).bars
        for event in bar.voices[0].events
    ]


def test_slurs_within_a_phrase_have_numbers_of_their_own() -> None:
    found = slurred(Slur("n0", "n4"), Slur("n1", "n2"), Slur("n6", "n7"))
    assert found[0] == [("start", 1)]
    assert found[1] == [("start", 2)]
    assert found[2] == [("stop", 2)]
    assert found[4] == [("stop", 1)]
    assert found[6] == [("start", 1)]


def test_a_slur_from_grace_notes_ends_on_their_note() -> None:
    note = Note("a", Beat(0), Beats(4), (Pitch.parse("C5"),), grace=(Pitch.parse("B4"),))
    staff = Staff((Voice((note,)),), slurs=(Slur("a", "a"),))
    (edge,) = write_out(staff, GRID).bars[0].voices[0].events[0].slurs
    assert (edge.edge, edge.from_grace) == (Edge.STOP, True)


@pytest.mark.parametrize("slur", [Slur("n0", "x"), Slur("n3", "n1"), Slur("n1", "n1")])
def test_a_slur_must_lead_from_a_note_to_a_later_one(slur: Slur) -> None:
    with pytest.raises(MusicError, match="slur"):
        slurred(slur)


def test_signs_stand_in_their_bar_and_a_hairpin_ends_before_the_barline() -> None:
    staff = Staff(
        (Voice(NOTES),),
        (DynamicMark(Beat(4), Dynamic.F),),
        (Hairpin(Beat(2), Beat(4), True),),
        techniques=(TechniqueMark(Beat("9/2"), Technique.PIZZICATO),),
        words=(Words(Beat(0), "espr."),),
    )
    first, second = write_out(staff, GRID).bars
    assert [(one.offset, one.edge) for one in first.directions] == [
        (0, Edge.POINT),
        (2, Edge.START),
        (4, Edge.STOP),
    ]
    assert [(one.offset, type(one.sign).__name__) for one in second.directions] == [
        (0, "DynamicMark"),
        (Fraction(1, 2), "TechniqueMark"),
    ]


def test_a_sign_after_the_last_bar_is_told() -> None:
    staff = Staff((), dynamics=(DynamicMark(Beat(9), Dynamic.F),))
    with pytest.raises(MusicError, match="outside the bars"):
        write_out(staff, GRID)
