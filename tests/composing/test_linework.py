"""Lines that idioms share."""

from __future__ import annotations

from tests.composing.idioms.test_idioms import _passage

from scorestage.composing.linework import (
    chromatic,
    every,
    in_octave_near,
    sounding_at,
    struck_between,
    tones_within,
    two_bars,
)
from scorestage.composing.passage import struck
from scorestage.music import Pitch
from scorestage.timebase import Beat, Beats

PASSAGE = _passage("4/4")


def test_tones_in_reach() -> None:
    chord = PASSAGE.bars[0].harmonies[0].chord
    assert [str(one) for one in tones_within(chord, 48, 60)] == ["C3", "E3", "G3", "C4"]
    assert str(in_octave_near(Pitch.parse("G4"), 50)) == "G3"
    assert [one.key for one in chromatic(PASSAGE, 60, 3)] == [60, 61, 62]


def test_what_the_tune_does() -> None:
    note = struck(Beat(1), Beat(3), (Pitch.parse("C4"),), "x")
    assert sounding_at([note], Beat(2)) is note
    assert sounding_at([note], Beat(3)) is None
    assert struck_between([note], Beat(0), Beat(2)) and not struck_between([note], Beat(2), Beat(4))
    assert every(Beat(0), Beat(2), Beats(1)) == [Beat(0), Beat(1)]
    assert two_bars(PASSAGE, 7) == (PASSAGE.bars[7].start, PASSAGE.end)
