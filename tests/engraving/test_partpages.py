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
    player,
    small_edition,
    small_map,
    small_score,
)

from scorestage.engraving.partpages import part_book, transposition_text
from scorestage.music import Instrument, Line, Staff


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
