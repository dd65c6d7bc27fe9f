"""Brackets, names and tall signatures."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.engraving.small_cue import (
    FLUTE,
    HORN,
    PIANO,
    VIOLIN,
    instrument,
    player,
    small_edition,
    small_score,
)

from scorestage.engraving.scorepages import set_lines
from scorestage.engraving.staves import Frame
from scorestage.engraving.stretches import one_by_one
from scorestage.engraving.systems import SetLine, full_system, short_system, tall_signatures
from scorestage.music import Family, Instrument, Line, Staff
from scorestage.music.written import write_out
from scorestage.timebase import BarGrid, Meter

GRID = BarGrid.regular(1, Meter(4, 4))
FRAME = Frame(one_by_one(1), {})
EMPTY = write_out(Staff(()), GRID)


def _lines(*counts: tuple[Instrument, int]) -> list[SetLine]:
    found = []
    for held, count in counts:
        for number in range(count):
            line = Line(player(f"{held.name} {number + 1}", held), (Staff(()),) * held.staves)
            found.append(SetLine(line, (EMPTY,) * held.staves))
    return found


def test_each_family_has_its_signature() -> None:
    lines = _lines((FLUTE, 8), (HORN, 5), (VIOLIN, 5))
    assert tall_signatures(lines) == {0: 8, 8: 5, 13: 5}


def test_small_families_share_one_and_large_ones_have_several() -> None:
    drums = instrument("Drum", Family.PERCUSSION)
    harp = instrument("Harp", Family.PLUCKED, staves=2)
    with_harp = _lines((HORN, 6), (drums, 2), (harp, 1), (VIOLIN, 5))
    assert tall_signatures(with_harp) == {0: 6, 6: 4, 10: 5}
    assert tall_signatures(_lines((HORN, 6), (drums, 1), (VIOLIN, 5))) == {0: 7, 7: 5}
    assert tall_signatures(_lines((FLUTE, 21))) == {0: 7, 7: 7, 14: 7}


def test_signatures_cover_all_staves_once() -> None:
    lines = set_lines(small_score(), small_edition())
    staves = sum(len(line.staves) for line in lines)
    covered: list[int] = []
    for first, count in tall_signatures(lines).items():
        covered += range(first, first + count)
    assert covered == list(range(staves))


def test_families_are_bracketed_and_desks_of_one_instrument_within() -> None:
    text = full_system(_lines((FLUTE, 2), (HORN, 1), (VIOLIN, 2)), FRAME, tall=False)
    assert text.count(r"\new StaffGroup <<") == 2
    assert text.count("SystemStartSquare") == 0
    oboe = instrument("Oboe", Family.WOODWIND)
    text = full_system(_lines((FLUTE, 2), (oboe, 1)), FRAME, tall=False)
    assert text.count("SystemStartSquare") == 1


def test_keyboards_have_a_brace_and_one_name() -> None:
    text = full_system(_lines((PIANO, 1)), FRAME, tall=False)
    assert text.count(r"\new PianoStaff") == 1
    assert text.count("instrumentName") == 1
    assert text.count(r"\new Staff ") == 2


def test_divided_strings_stand_together() -> None:
    line = _lines((VIOLIN, 1))[0]
    divided = SetLine(replace(line.line, staves=(Staff(()),) * 2), (EMPTY, EMPTY))
    assert r"\new GrandStaff" in full_system([divided], FRAME, tall=False)


def test_tempos_stand_again_over_the_last_family_and_chords_over_the_rhythm_section() -> None:
    guitar = instrument("Guitar", Family.RHYTHM)
    lines = _lines((FLUTE, 2), (guitar, 2), (VIOLIN, 2))
    text = full_system(lines, FRAME, tall=False, again="AGAIN\n", chords="CHORDS\n")
    order = [text.index(word) for word in ("Flute 2", "CHORDS", "Guitar 1", "AGAIN", "Violin 1")]
    assert order == sorted(order)


def test_a_sketch_stands_in_one_bracket_under_its_chords() -> None:
    text = short_system(_lines((FLUTE, 1), (PIANO, 1)), FRAME, tall=True, chords="CHORDS\n")
    assert text.startswith("CHORDS\n\\new StaffGroup <<")
    assert "TimeSignature.details.staves = #3" in text
    assert text.count("tallSignature") == 1


def test_room_for_graces_is_left_in_every_voice() -> None:
    frame = Frame(one_by_one(1), {0: Fraction(1, 2)})
    text = full_system(_lines((FLUTE, 2)), frame, tall=False)
    assert text.count(r"\grace { s1*1/8 }") == 4
