"""Aleatoric boxes in the model, and through MusicXML."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.adapters.formats.musicxml_schema import faults

from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.errors import MusicError
from scorestage.music import (
    AleatoricBox,
    Family,
    Instrument,
    Line,
    Note,
    Pitch,
    Player,
    Score,
    Staff,
    Voice,
    arrows_of,
    boxes_of,
    with_box,
)
from scorestage.timebase import BarGrid, Beat, Beats, Meter

FLUTE = Instrument("flute", "Flute", "Fl.", Family.WOODWIND, None, None, clefs=("G2",))
BOX = AleatoricBox("n0", "n2", Beat(10))


def _staff() -> Staff:
    pitches = ("C5", "F#5", "Bb4", "D5")
    onsets = (0, 1, 2, 12)
    notes = (
        Note(f"n{place}", Beat(onset), Beats(1), (Pitch.parse(pitch),))
        for place, (onset, pitch) in enumerate(zip(onsets, pitches, strict=True))
    )
    return Staff((Voice(tuple(notes)),))


def test_a_box_is_told_and_found_again() -> None:
    boxed = with_box(_staff(), BOX)
    assert list(boxes_of(boxed)) == [BOX]
    assert list(arrows_of(boxed)) == [(Beat(3), Beat(10))]
    assert list(boxes_of(_staff())) == []


def test_a_box_goes_through_musicxml_whole() -> None:
    line = Line(Player("fl", "Flute", "Fl.", (FLUTE,)), (with_box(_staff(), BOX),))
    content = write_score(Score(BarGrid.regular(4, Meter(4, 4)), (line,)))
    assert not faults(content)
    read = read_score(content)
    (staff,) = read.score.lines[0].staves
    assert list(boxes_of(staff)) == [BOX]
    assert not [loss for loss in read.report if not loss.layout]


@pytest.mark.parametrize(
    ("box", "words"),
    [
        (AleatoricBox("n0", "n9", Beat(8)), "n9"),
        (AleatoricBox("n0", "n2", Beat(3)), "cut off after"),
        (AleatoricBox("n2", "n0", Beat(8)), "cut off after"),
        (AleatoricBox("n0", "n2", Beat(Fraction(1, 2))), "cut off after"),
    ],
)
def test_a_box_that_cannot_be_is_refused(box: AleatoricBox, words: str) -> None:
    with pytest.raises(MusicError, match=words):
        with_box(_staff(), box)
