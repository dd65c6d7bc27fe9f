"""Turns: where a player rests long enough, in seconds and not in bars."""

from __future__ import annotations

from fractions import Fraction

from tests.engraving.small_cue import FLUTE, note, player, staff

from scorestage.engraving.lines import set_up_lines, written_line
from scorestage.engraving.stretches import one_by_one
from scorestage.engraving.turns import sounding_spans, turn_places
from scorestage.music import Line
from scorestage.timebase import BarGrid, FilmTime, Meter, Tempo, TempoMap

GRID = BarGrid.regular(4, Meter(4, 4))
LINE = Line(player("Flute 1", FLUTE), (staff(note("a", 0, 4, "C5"), note("b", 9, 7, "D5")),))


def places(bpm: int, seconds: str) -> frozenset[int]:
    tempo_map = TempoMap.steady(FilmTime(0), Tempo(bpm), GRID)
    staves = written_line(LINE, GRID, concert=False)
    return turn_places(staves, one_by_one(4), tempo_map, Fraction(seconds))


def test_a_slow_tempo_leaves_time_that_a_fast_one_does_not() -> None:
    # Five beats of rest: 5 s at 60, 2.5 s at 120.
    assert places(60, "5") == {1, 2}
    assert places(120, "5") == frozenset()
    assert places(120, "5/2") == {1, 2}


def test_notes_that_follow_one_another_are_one_span() -> None:
    tempo_map = TempoMap.steady(FilmTime(0), Tempo(60), GRID)
    spans = sounding_spans(written_line(LINE, GRID, concert=False), tempo_map)
    assert spans[0] == (0, 4) and spans[-1][1] == 16


def test_a_player_of_one_instrument_needs_no_list() -> None:
    assert set_up_lines(LINE, GRID) == ()
