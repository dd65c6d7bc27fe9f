"""Patterns of letters: what they say, bar by bar."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from tests.composing.idioms.test_idioms import _passage

from scorestage.composing.idioms import idioms_at_hand
from scorestage.composing.strokes import (
    Groove,
    Line,
    cell_beats,
    pattern_of,
    played_bar,
    tones_of,
    unit_of,
)
from scorestage.music import Role
from scorestage.timebase import Meter

GROOVES = {name: one for name, one in idioms_at_hand().items() if isinstance(one, Groove)}


@pytest.mark.parametrize("name", GROOVES)
def test_every_pattern_fills_its_bar(name: str) -> None:
    for line in GROOVES[name].lines:
        for groups, patterns in line.bars.items():
            eighths = sum(int(group) for group in groups)
            assert all(len(pattern) in (eighths, 2 * eighths) for pattern in patterns)
        fine = {
            Fraction(len(pattern), group)
            for cells in (line.cells, line.head)
            for group, patterns in cells.items()
            for pattern in patterns
        }
        assert len(fine) == 1, "cells of a line must be of one fineness"
        assert set(line.cells) == {2, 3}


@pytest.mark.parametrize("name", GROOVES)
def test_every_way_to_play_a_cycle_is_as_long_as_the_plain_one(name: str) -> None:
    for line in GROOVES[name].lines:
        assert line.turns or not line.cycles
        for groups, ways in line.cycles.items():
            eighths = sum(int(group) for group in groups)
            assert all(len(way) == len(line.bars[groups]) for way in ways)
            assert all(len(one) in (eighths, 2 * eighths) for way in ways for one in way)


def test_no_cycle_is_played_as_the_one_before() -> None:
    passage = _passage("4/4", 0, "1/2", 1, ("I", "IV", "V", "I") * 4)
    (drum,) = [one for one in GROOVES["masmudi"].lines if one.role is Role.RHYTHM]
    bars = [pattern_of(passage, drum, bar, number) for number, bar in enumerate(passage.bars)]
    cycles = [tuple(bars[at : at + 2]) for at in range(0, 16, 2)]
    assert cycles[0] == drum.bars["2222"]
    assert all(one != other for one, other in pairwise(cycles))
    assert set(cycles) <= {drum.bars["2222"], *drum.cycles["2222"]}


def test_the_left_head_of_the_tabla_is_silent_at_khali() -> None:
    (left,) = [one for one in GROOVES["teental"].lines if one.role is Role.BASS]
    for cycle in (left.bars["2222"], *left.cycles["2222"]):
        assert set(cycle[2][2:]) == {"."}


def test_a_stroke_lasts_as_long_as_it_is_held() -> None:
    passage = _passage("4/4")
    line = Line(Role.BASS, cells={2: ("..",), 3: ("...",)})
    notes = played_bar(passage, passage.bars[0], "R--.F.R-", line, "x")
    assert [(note.onset.quarters, note.length.quarters) for note in notes] == [
        (0, Fraction(3, 2)),
        (2, Fraction(1, 2)),
        (3, 1),
    ]
    assert notes[0].sounding == (passage.bars[0].harmonies[0].bass,)


def test_strokes_too_fast_are_left_out() -> None:
    fast = _passage("4/4", 0, "1/3")
    line = Line(Role.RHYTHM, cells={2: ("..",), 3: ("...",)})
    notes = played_bar(fast, fast.bars[0], "BMHMBMHMBMHMBMHM", line, "x")
    assert len(notes) == 8


def test_a_cycle_goes_on_from_bar_to_bar() -> None:
    passage = _passage("6/8")
    line = Line(Role.RHYTHM, bars={"33": ("ssssss", "kkkkkk")}, turns=True)
    told = [pattern_of(passage, line, bar, n)[0] for n, bar in enumerate(passage.bars[:4])]
    assert told == ["s", "k", "s", "k"]


@pytest.mark.parametrize(
    ("meter", "beats", "unit"),
    [
        ("4/4", [2, 2, 2, 2], Fraction(1, 2)),
        ("2+2+3+2+2/8", [2, 2, 3, 2, 2], Fraction(1, 2)),
        ("12/8", [3, 3, 3, 3], Fraction(1, 2)),
        ("2+2+3/16", [2, 2, 3], Fraction(1, 4)),
        ("3/2", [2] * 6, Fraction(1, 2)),
    ],
)
def test_bars_fall_into_groups(meter: str, beats: list[int], unit: Fraction) -> None:
    assert cell_beats(Meter.parse(meter)) == beats
    assert unit_of(Meter.parse(meter)) == unit


def test_letters_of_the_key_do_not_follow_the_chord() -> None:
    passage = _passage("4/4")
    for bar in passage.bars:
        chord = bar.harmonies[0]
        assert [str(one) for one in tones_of("D", chord, passage, bar.start)] == ["C2", "G2"]
        assert [str(one) for one in tones_of("t", chord, passage, bar.start)] == ["C3"]


def test_an_ewe_bell_strikes_seven_in_twelve() -> None:
    passage = _passage("12/8")
    bell = idioms_at_hand()["bell"].write(passage)[Role.RHYTHM]
    first = passage.bars[0]
    eighths = [int((n.onset - first.start).quarters * 2) for n in bell if n.onset < first.end]
    assert eighths == [0, 2, 4, 5, 7, 9, 11]


def test_a_buleria_leans_on_twelve_three_six_eight_and_ten() -> None:
    passage = _passage("12/8")
    chords = idioms_at_hand()["buleria"].write(passage)[Role.HARMONY]
    first = passage.bars[0]
    eighths = {int((n.onset - first.start).quarters * 2) for n in chords if n.onset < first.end}
    assert {0, 3, 6, 8, 10} <= eighths


def test_teentals_left_head_is_silent_at_khali() -> None:
    passage = _passage("4/4")
    low = idioms_at_hand()["teental"].write(passage)[Role.BASS]
    struck = [sum(bar.start <= n.onset < bar.end for n in low) for bar in passage.bars[:4]]
    assert struck == [4, 4, 1, 3]
