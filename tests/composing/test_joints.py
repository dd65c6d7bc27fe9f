"""A bass that moves with block chords."""

from __future__ import annotations

from dataclasses import replace

from tests.composing.idioms.test_idioms import _passage

from scorestage.composing.joints import unparalleled
from scorestage.composing.passage import struck
from scorestage.music import Note, Pitch, Role

PASSAGE = _passage("4/4")


def _texture(origin: str) -> dict[Role, list[Note]]:
    one, other = PASSAGE.bars[0], PASSAGE.bars[1]
    chords = [
        struck(one.start, one.end, tuple(map(Pitch.parse, ("D4", "F4", "A4"))), "x"),
        struck(other.start, other.end, tuple(map(Pitch.parse, ("E4", "G4", "B4"))), "x"),
    ]
    bass = [
        struck(one.start, one.end, (Pitch.parse("D2"),), origin),
        struck(other.start, other.end, (Pitch.parse("E2"),), origin),
    ]
    return {Role.HARMONY: chords, Role.BASS: bass}


def test_a_bass_off_its_chord_comes_back_to_it() -> None:
    mended = unparalleled(PASSAGE, _texture("x"))[Role.BASS]
    assert mended[0].sounding == (PASSAGE.bars[0].harmonies[0].bass,)
    assert mended[1] == _texture("x")[Role.BASS][1]


def test_a_drone_stays() -> None:
    texture = _texture("drone")
    assert unparalleled(PASSAGE, texture)[Role.BASS] == texture[Role.BASS]


def test_what_does_not_run_along_stays() -> None:
    texture = _texture("x")
    low = texture[Role.BASS][1]
    texture[Role.BASS][1] = replace(low, pitches=(Pitch.parse("C2"),))
    assert unparalleled(PASSAGE, texture) is texture
