"""Clefs of a sketch as it is read on paper."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.engraving.small_cue import small_edition, small_map
from tests.sketches import FOUR, notes

from scorestage.engraving import sketch_source
from scorestage.engraving.shortscore import short_score
from scorestage.music import Role, Sketch, Staff, Strand, Voice
from scorestage.music.written import clefs_for
from scorestage.timebase import BarGrid

LOW = "C3+G3+C4:4 C3+G3+C4:4 D3+A3+D4:4 C3+G3+C4:4"
HIGH = "E4+G4+C5:4 E4+G4+C5:4 F4+A4+D5:4 E4+G4+C5:4"


def clefs_of(role: Role, words: str, clef: str = "") -> dict[int, str]:
    staff = replace(Staff((Voice(tuple(notes("h", words))),)), clef=clef)
    sketch = Sketch(BarGrid.regular(8, FOUR), (Strand(role, staff),))
    line = short_score(sketch).lines[0]
    assert line.staves == sketch.as_score().lines[0].staves
    clefs = line.player.instrument.clefs
    return dict(clefs_for(line.staves[0].notes, clefs, sketch.grid))


@pytest.mark.parametrize("role", [Role.COUNTER, Role.HARMONY, Role.RHYTHM, Role.COLOUR])
def test_what_lies_low_is_read_in_the_bass_clef(role: Role) -> None:
    assert clefs_of(role, f"{HIGH} {LOW}") == {0: "G2", 4: "F4"}
    assert clefs_of(role, HIGH) == {0: "G2"}


def test_tunes_and_high_accents_keep_their_clef() -> None:
    assert clefs_of(Role.MELODY, f"{HIGH} {LOW}") == {0: "G2"}
    assert clefs_of(Role.ACCENT, HIGH) == {0: "G2"}
    assert clefs_of(Role.BASS, LOW) == {0: "F4"}


def test_accents_over_four_octaves_are_read_by_two_hands() -> None:
    staff = Staff((Voice(tuple(notes("a", "E2+E3+G3+C4+E4:1 C5:1 C3:2"))),))
    sketch = Sketch(BarGrid.regular(1, FOUR), (Strand(Role.ACCENT, staff),))
    (line,) = short_score(sketch).lines
    high, low = ([[str(p) for p in note.pitches] for note in one.notes] for one in line.staves)
    assert (high, low) == ([["C4", "E4"], ["C5"]], [["E2", "E3", "G3"], ["C3"]])
    assert len({note.id for one in line.staves for note in one.notes}) == 4
    assert (line.player.instrument.staves, line.player.instrument.clefs) == (2, ("G2", "F4"))
    named = Strand(Role.ACCENT, replace(staff, clef="F4"))
    assert len(short_score(replace(sketch, strands=(named,))).lines[0].staves) == 1


def test_a_clef_that_was_asked_for_stays() -> None:
    assert clefs_of(Role.HARMONY, f"{HIGH} {LOW}", "C3") == {0: "C3"}


def test_staves_that_play_now_and_then_go_where_they_are_silent() -> None:
    tune = Staff((Voice(tuple(notes("m", HIGH))),))
    roles = (Role.MELODY, Role.COUNTER, Role.HARMONY, Role.BASS, Role.ACCENT)
    sketch = Sketch(BarGrid.regular(4, FOUR), tuple(Strand(role, tune) for role in roles))
    text = sketch_source(sketch, small_map(), small_edition()).text
    staves = [part.split("}")[0] for part in text.split(r"\new Staff \with {")[1:]]
    assert [r"\RemoveEmptyStaves" in one for one in staves] == [False, True, False, False, True]
    alone = replace(sketch, strands=sketch.strands[-1:])
    assert r"\RemoveEmptyStaves" not in sketch_source(alone, small_map(), small_edition()).text
