"""What is particular to parts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.engraving.small_cue import (
    CLARINET,
    FLUTE,
    GRID,
    HORN,
    LOS_ANGELES,
    PICCOLO,
    VIOLIN,
    note,
    player,
    small_edition,
    small_map,
    small_score,
    staff,
)

from scorestage.engraving.partpages import folds_out, part_book, transposition_text
from scorestage.music import Instrument, Line, Score, Staff
from scorestage.timebase import BarGrid, FilmTime, Meter, Tempo, TempoMap


@pytest.mark.parametrize(
    ("held", "told"), [(CLARINET, "in B♭"), (HORN, "in F"), (FLUTE, ""), (PICCOLO, "")]
)
def test_parts_say_what_they_sound_in(held: Instrument, told: str) -> None:
    assert transposition_text(player(held.name, held)) == told
    assert transposition_text(player(f"{held.name} {told}", held)) == ""


def _part(number: int, **house: bool) -> str:
    score = small_score()
    edition = replace(small_edition(), house=replace(LOS_ANGELES, **house))
    return part_book(score, score.lines[number], small_map(), edition, "part")


def test_long_rests_break_at_letters_tempos_and_meters() -> None:
    assert [line.split()[0] for line in _part(2).splitlines() if line.strip().startswith("R1")] == [
        "R1*2",
        "R1*3/4",
        "R1*7/8",
        "R1*3",
    ]
    assert '#("101–102" "" "103" "104" "105" "106–108" "" "")' in _part(2)


def test_parts_have_no_film_times_unless_the_house_wants_them() -> None:
    assert r"\film-time" not in _part(0)
    assert _part(0, timings_in_parts=True).count(r"\film-time") == 8


def test_bar_numbers_at_system_starts_only_where_the_house_likes_it_so() -> None:
    assert "centerBarNumbers = ##t" in _part(0)
    assert "centerBarNumbers = ##t" not in _part(0, bar_number_every_bar=False)


def test_a_section_knows_its_desks() -> None:
    assert 'copies = "7 desks"' in _part(6)
    assert 'copies = ""' in _part(0)


def test_who_is_silent_gets_a_tacet_sheet_with_length_and_bars() -> None:
    line = Line(player("Viola", VIOLIN), (Staff(()),))
    told = part_book(small_score(), line, small_map(), small_edition(), "viola")
    lasting = small_map().end - small_map().start
    seconds = (lasting.seconds * 100 + Fraction(1, 2)).__floor__()
    assert rf'\markup \tacet "bars 101–108, 0:{seconds // 100}.{seconds % 100:02}"' in told
    assert r"\score" not in told
    assert len(GRID.bars) == 8


@pytest.mark.parametrize(("rest_bars", "folds"), [(0, True), (2, False)])
def test_a_long_part_without_a_rest_folds_out(rest_bars: int, folds: bool) -> None:
    bars = 240
    grid = BarGrid.regular(bars, Meter(4, 4))
    resting = {bar for start in range(4, bars, 6) for bar in range(start, start + rest_bars)}
    notes = [
        note(f"n{16 * bar + place}", Fraction(16 * bar + place, 4), "1/4", "C5")
        for bar in range(bars)
        if bar not in resting
        for place in range(16)
    ]
    line = Line(player("Violin", VIOLIN), (staff(*notes),))
    tempo_map = TempoMap.steady(FilmTime(0), Tempo(96), grid)
    score = Score(grid, (line,))
    assert folds_out(score, line, tempo_map, small_edition()) is folds


def test_a_short_part_and_a_silent_one_do_not() -> None:
    score = small_score()
    assert not any(folds_out(score, one, small_map(), small_edition()) for one in score.lines)
