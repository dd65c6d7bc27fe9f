"""Condensing: nothing sounds otherwise, and every change of who plays is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from tests.engraving.small_cue import HORN, VIOLIN, note, player, small_edition, staff
from tests.shared_material import shared

from scorestage.adapters.formats.musicxml import read_score
from scorestage.engraving.condensing import condensed
from scorestage.engraving.scorepages import set_lines
from scorestage.music import Line, Note, Score, Slur, Staff, Words
from scorestage.timebase import BarGrid, Beat, Meter

GRID = BarGrid.regular(6, Meter(4, 4))


def heads(notes: tuple[Note, ...]) -> Counter[object]:
    return Counter((note.onset, note.end, head) for note in notes for head in note.pitches)


def horns(one: Staff, two: Staff) -> Score:
    return Score(GRID, (Line(player("Horn 1", HORN), (one,)), Line(player("Horn 2", HORN), (two,))))


def two_horns() -> Score:
    one = staff(
        note("a0", 0, 4, "C4"),
        note("a1", 4, 4, "G4"),
        note("a2", 8, 4, "E4"),
        note("a3", 12, 2, "F4"),
        note("a4", 14, 4, "G4"),
        slurs=(Slur("a3", "a4"),),
    )
    two = staff(
        note("b1", 4, 4, "G4"),
        note("b2", 8, 4, "C4"),
        note("b3", 12, 4, "D4"),
        note("b5", 20, 4, "C4"),
    )
    return horns(one, two)


def test_who_plays_is_told_bar_by_bar() -> None:
    (line,) = condensed(two_horns()).lines
    assert line.player.name == "Horn 1, 2"
    told = [(word.at.quarters, word.text) for word in line.staves[0].words]
    assert told == [(0, "1."), (4, "a2"), (20, "2.")]
    upper, lower = line.staves[0].voices
    assert [len(one.pitches) for one in upper.notes] == [1, 1, 2, 1, 1, 1]
    assert [one.id for one in lower.notes] == ["b3"]
    assert line.staves[0].slurs == (Slur("a3", "a4"),)


def test_sections_and_other_instruments_keep_their_staves() -> None:
    score = two_horns()
    section = replace(score.lines[1], player=player("Horn 2", HORN, count=4))
    assert condensed(replace(score, lines=(score.lines[0], section))).lines[1] is section
    other = replace(score.lines[1], player=player("Violin", VIOLIN))
    assert len(condensed(replace(score, lines=(score.lines[0], other))).lines) == 2


def test_the_page_is_condensed_and_the_parts_are_not() -> None:
    house = replace(small_edition().house, condensed=True)
    score = two_horns()
    assert len(set_lines(score, replace(small_edition(), house=house))) == 1
    assert len(set_lines(score, small_edition())) == 2 == len(score.lines)


@pytest.mark.parametrize("name", ["beethoven-6-5", "boulanger-matin"])
def test_every_note_of_a_symphony_is_there(name: str) -> None:
    score = read_score(shared(f"scores/{name}.mxl").read_bytes(), name).score
    whole = condensed(score)
    assert len(whole.lines) < len(score.lines)
    before = Counter(heads(tuple(n for line in score.lines for n in line.notes)))
    after = Counter(heads(tuple(n for line in whole.lines for n in line.notes)))
    assert set(after) == set(before)
    for line in whole.lines:
        for staff_ in line.staves:
            for voice in staff_.voices:
                for one, two in zip(voice.notes, voice.notes[1:], strict=False):
                    assert one.end <= two.onset or one.onset == two.onset or line in score.lines


def test_third_and_fourth_are_called_by_their_numbers() -> None:
    lines = (
        Line(player("Horn 3", HORN), (staff(note("a", 0, 4, "C4")),)),
        Line(player("Horn 4", HORN), (staff(note("b", 8, 4, "G4")),)),
    )
    (line,) = condensed(Score(GRID, lines)).lines
    assert [word.text for word in line.staves[0].words] == ["3.", "4."]


def test_a_second_player_who_reads_another_clef_shares_the_staff() -> None:
    score = two_horns()
    high, low = replace(HORN, clefs=("G2",)), replace(HORN, clefs=("G2", "F4"))
    first = replace(score.lines[0], player=player("Horn 1", high))
    second = replace(score.lines[1], player=player("Horn 2", low))
    (line,) = condensed(replace(score, lines=(first, second))).lines
    assert line.player.instrument.clefs == ("G2", "F4")


def test_words_that_told_who_plays_are_told_anew() -> None:
    score = two_horns()
    staves = replace(
        score.lines[0].staves[0], words=(Words(Beat(4), "a 2"), Words(Beat(4), "dolce"))
    )
    first = replace(score.lines[0], staves=(staves,))
    (line,) = condensed(replace(score, lines=(first, score.lines[1]))).lines
    assert [word.text for word in line.staves[0].words] == ["1.", "a2", "dolce", "2."]


def test_who_is_left_out_of_the_score_shares_no_staff() -> None:
    score = two_horns()
    silent = replace(score.lines[1], staves=(Staff(()),))
    house = replace(small_edition().house, condensed=True, silent_staves=False)
    (only,) = set_lines(
        replace(score, lines=(score.lines[0], silent)), replace(small_edition(), house=house)
    )
    assert only.line.player.name == "Horn 1"
