"""Clefs of a sketch as it is read on paper."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.sketches import FOUR, notes

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


@pytest.mark.parametrize("role", [Role.MELODY, Role.ACCENT])
def test_tunes_and_accents_keep_their_clef(role: Role) -> None:
    assert clefs_of(role, f"{HIGH} {LOW}") == {0: "G2"}
    assert clefs_of(Role.BASS, LOW) == {0: "F4"}


def test_a_clef_that_was_asked_for_stays() -> None:
    assert clefs_of(Role.HARMONY, f"{HIGH} {LOW}", "C3") == {0: "C3"}
