"""Spelling by what stands around: scales, chords and real music come out as they were written."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.shared_material import shared

from scorestage.adapters.formats.musicxml import read_score
from scorestage.music.pitch import Pitch
from scorestage.music.spelling import pitch_on_line, spelled

SCALES = {
    2: "D4 E4 F#4 G4 A4 B4 C#5 D5",
    -3: "Eb4 F4 G4 Ab4 Bb4 C5 D5 Eb5",
    6: "F#4 G#4 A#4 B4 C#5 D#5 E#5 F#5",
    -1: "D4 E4 F4 G4 A4 Bb4 C#5 D5",
}


@pytest.mark.parametrize("place", range(-8, 13))
def test_every_place_of_the_line_sounds_as_its_key(place: int) -> None:
    key = 60 + place * 7 % 12
    assert pitch_on_line(key, place).midi == key


@pytest.mark.parametrize(("signature", "names"), SCALES.items())
def test_scales_in_their_keys(signature: int, names: str) -> None:
    told = [Pitch.parse(name) for name in names.split()]
    keys = [(Fraction(at), pitch.key) for at, pitch in enumerate(told)]
    assert list(spelled(keys, signature)) == told


def test_a_real_movement_without_its_signature_is_spelled_as_its_composer_did() -> None:
    read = read_score(shared("scores/bach-brandenburg-3-1.mxl").read_bytes())
    notes = [
        (note.onset.quarters, pitch) for _, note in read.score.notes() for pitch in note.sounding
    ]
    found = spelled([(onset, pitch.key) for onset, pitch in notes])
    right = sum(one == pitch for one, (_, pitch) in zip(found, notes, strict=True))
    assert right > 0.98 * len(notes)
