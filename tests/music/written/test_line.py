"""Lines on the page: transposition, octaves, and another instrument taken up."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from scorestage.adapters.catalogue import load_instrument
from scorestage.errors import MusicError
from scorestage.music import Line, Note, Pitch, Player, Staff, Voice
from scorestage.music.written import page_clefs, page_shift, write_line
from scorestage.timebase import BarGrid, Beat, Beats, Meter

GRID = BarGrid.regular(3, Meter(4, 4))

WRITTEN_AS = {
    # sounding C4: in the part, in the C score
    "flute": ("C4", "C4"),
    "piccolo": ("C3", "C3"),
    "clarinet-bb": ("D4", "C4"),
    "clarinet-a": ("Eb4", "C4"),
    "horn": ("G4", "C4"),
    "english-horn": ("G4", "C4"),
    "alto-flute": ("F4", "C4"),
    "bass-clarinet": ("D5", "C4"),
    "trumpet-bb": ("D4", "C4"),
    "contrabassoon": ("C5", "C5"),
    "double-bass": ("C5", "C5"),
    "glockenspiel": ("C2", "C2"),
    "tenor": ("C4", "C4"),
    "alto-sax": ("A4", "C4"),
}


@pytest.mark.parametrize("name", sorted(WRITTEN_AS))
def test_a_sounding_c_stands_where_players_expect_it(name: str) -> None:
    instrument = load_instrument(name)
    in_part, in_score = WRITTEN_AS[name]
    note = Pitch.parse("C4")
    assert str(note.moved(page_shift(instrument, concert=False))) == in_part
    assert str(note.moved(page_shift(instrument, concert=True))) == in_score


def test_each_hand_of_the_piano_has_its_clef() -> None:
    piano = load_instrument("piano")
    assert page_clefs(piano, concert=True, staff=0)[0] == "G2"
    assert page_clefs(piano, concert=True, staff=1)[0] == "F4"


def test_a_bass_clarinet_may_read_bass_clef_in_the_c_score() -> None:
    assert "F4" in page_clefs(load_instrument("bass-clarinet"), concert=True)


def doubling(*changes: tuple[Beat, str]) -> Line:
    """A flute player with a piccolo beside the chair, a C5 in every bar."""
    flute, piccolo = load_instrument("flute"), load_instrument("piccolo")
    player = Player("fl2", "Flute 2", "Fl. 2", (flute, piccolo))
    notes = tuple(
        Note(f"n{bar}", Beat(4 * bar), Beats(4), (Pitch.parse("C5"),)) for bar in range(3)
    )
    return Line(player, (Staff((Voice(notes),)),), changes)


def test_from_the_change_on_notes_are_written_for_the_new_instrument() -> None:
    (staff,) = write_line(doubling((Beat(4), "piccolo"), (Beat(8), "flute")), GRID, concert=False)
    heads = [bar.voices[0].events[0].pitches[0].pitch for bar in staff.bars]
    assert [str(head) for head in heads] == ["C5", "C4", "C5"]


def test_an_instrument_nobody_has_is_told() -> None:
    with pytest.raises(MusicError, match="takes up 'tuba'"):
        write_line(doubling((Beat(Fraction(4)), "tuba")), GRID, concert=False)


def test_what_is_taken_up_before_the_first_note_of_a_bar_is_read_in_its_clef() -> None:
    triangle = replace(load_instrument("timpani"), id="tri", clefs=("percussion",))
    bells = load_instrument("glockenspiel")
    player = Player("perc", "Percussion", "Perc.", (triangle, bells))
    note = Note("n", Beat(6), Beats(1), (Pitch.parse("C6"),))
    line = Line(player, (Staff((Voice((note,)),)),), ((Beat(6), bells.id),))
    (staff,) = write_line(line, GRID, concert=True)
    assert [bar.clef for bar in staff.bars] == ["percussion", "G2", None]
