"""Sections, harmonic rhythm, room and silence, on scores that are counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.composing.test_craft import _score

from scorestage.composing.heard import changes, heard_chords
from scorestage.composing.shape import shape_of
from scorestage.music import Mark, MarkKind, Score
from scorestage.timebase import Beat, FilmTime, Tempo, TempoMap


def _at_60(score: Score) -> TempoMap:
    return TempoMap.steady(FilmTime(0), Tempo(60), score.grid)


def test_chords_are_heard_through_passing_notes() -> None:
    score = _score("E5 E5 D5 D5 C5 C5 C5 C5", "C5 C5 B4 B4 A4 A4 G4 G4", "G4 G4 G4 G4 F4 F4 E4 E4",
                   "C3 C3 G3 G3 F3 F3 C3 C3")  # fmt: skip
    heard = heard_chords(score)
    assert [one.name for one in heard] == ["C", "G", "F", "C"]
    assert {one.key for one in heard} == {"C major"}
    assert changes(heard) == [Beat(2), Beat(4), Beat(6)]
    shape = shape_of(score, _at_60(score))
    assert shape.changes_per_minute == pytest.approx(3 * 60 / 8)
    assert shape.stillest is not None and shape.stillest.seconds == 2


def test_each_section_has_its_own_climax() -> None:
    score = _score(" ".join(["C5 D5 E5 D5"] * 4 + ["C5 D5 G5 D5"] + ["C5 D5 E5 D5"] * 3))
    marks = (Mark(Beat(16), MarkKind.REHEARSAL, "A"),)
    first, second = shape_of(replace(score, marks=marks), _at_60(score)).sections
    assert (first.name, first.first_bar, first.end_bar, first.climaxes) == ("", 0, 4, 1)
    assert (second.name, second.climax_bar, second.climax_share) == ("A", 4, 2 / 16)


def test_room_and_silence_are_shares_of_time() -> None:
    mud = _score("C5 C5 C5 C5", "E3 E3 E3 E3", "E2 F2 E2 F2", "C2 C3 C2 C3")
    shape = shape_of(mud, _at_60(mud))
    assert shape.muddy == pytest.approx(0.5)
    hollow = _score("C6 C6 - -", "C3 C5 - -")
    shape = shape_of(hollow, _at_60(hollow))
    assert shape.hollow == pytest.approx(0.5)
    assert shape.silence == pytest.approx(0.5)
    (silence,) = shape.silences
    assert (silence.start, silence.bar, silence.seconds) == (Beat(2), "1", 2)
