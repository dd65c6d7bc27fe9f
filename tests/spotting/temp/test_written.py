"""Harmony, rhythm and scoring of two scores: runs in common against pieces built to have them."""

from __future__ import annotations

from tests.orchestration.checking.passages import solo
from tests.sketches import FOUR, notes

from scorestage.music import Score, Theme
from scorestage.spotting.temp.written import (
    chords_of,
    harmony_shared,
    mode_of,
    rhythm_shared,
    scoring_shared,
)
from scorestage.timebase import BarGrid

WALK = "C4+E4+G4:2 A3+C4+E4:2 D4+F4+A4:2 G3+B3+D4:2 E3+G3+B3:2 A3+C4+E4:2 F3+A3+C4:2 C4+E4+G4:2"
UP = (
    "D4+F#4+A4:2 B3+D4+F#4:2 E4+G4+B4:2 A3+C#4+E4:2 F#3+A3+C#4:2 B3+D4+F#4:2 G3+B3+D4:2 D4+F#4+A4:2"
)
HALVES = "C4+E4+G4:2 G3+B3+D4:2 " * 4
DOTTED = "C5:3/2 D5:1/2 E5:1 G5:1 "
EVEN = "C5:1 D5:1 E5:1 G5:1 "


def score(text: str, instrument: str = "piano") -> Score:
    line = solo(instrument, text)
    end = max(note.end.quarters for note in line.notes)
    return Score(BarGrid.regular(int(-(-end // 4)), FOUR), (line,))


def tune(text: str) -> Theme:
    return Theme("t", "t", tuple(notes("t", text)), FOUR)


def test_chords_are_read_by_half_bars_and_held_ones_count_once() -> None:
    found = [one.name for one in chords_of(score(WALK))]
    assert found == ["C", "Am", "Dm", "G", "Em", "Am", "F", "C"]
    assert [one.name for one in chords_of(score("C4+E4+G4:4 C4+E4+G4:4"))] == ["C"]


def test_the_same_harmony_in_another_key_and_later() -> None:
    run = harmony_shared(score(WALK), score("C4+F4+Ab4:4 " + UP))
    assert run.counts and len(run) == 8
    assert run.names[0] == ("C", "D") and run.names[-1] == ("C", "D")
    assert all(other.quarters - one.quarters == 4 for one, other in run.pairs)


def test_two_chords_that_alternate_are_everybodys() -> None:
    run = harmony_shared(score(HALVES), score(HALVES))
    assert len(run) == 8 and not run.counts
    nothing = harmony_shared(score(WALK), score("C4:4 D4:4"))
    assert len(nothing) == 0 and not nothing.counts


def test_rhythm_of_the_tune() -> None:
    grid = BarGrid.regular(4, FOUR)
    run = rhythm_shared(tune(DOTTED * 4), tune(EVEN + DOTTED * 3), grid, grid)
    assert run.counts
    assert [one.quarters for _, one in run.pairs] == [4, 8, 12]
    even = rhythm_shared(tune(EVEN * 4), tune(EVEN * 4), grid, grid)
    assert not even.counts and not even.pairs


def test_mode_and_scoring() -> None:
    key = mode_of(score(WALK))
    assert key is not None and key.name == "C major"
    assert mode_of(Score(BarGrid.regular(1, FOUR), ())) is None
    assert scoring_shared(score(WALK), score(UP)) == 1
    assert scoring_shared(score(WALK), score("C5:4", "flute")) == 0
