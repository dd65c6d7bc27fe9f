"""Keys against the circle of fifths."""

from __future__ import annotations

import pytest

from scorestage.errors import MusicError
from scorestage.music import Pitch
from scorestage.music.key import MODES, Key

SHARPS = {"C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5}
FLATS = {"F": 1, "Bb": 2, "Eb": 3, "Ab": 4, "Db": 5}


@pytest.mark.parametrize(("tonic", "accidentals"), (SHARPS | FLATS).items())
def test_major_keys_have_the_accidentals_of_the_circle_of_fifths(
    tonic: str, accidentals: int
) -> None:
    assert Key(tonic).accidentals() == accidentals


def test_a_minor_key_is_spelled_like_its_relative_major() -> None:
    names = {str(Key("C", "minor").at(step))[:-1] for step in range(7)}
    assert names == {str(Key("Eb").at(step))[:-1] for step in range(7)}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("tonic", ["C", "F#", "Bb", "Ab"])
def test_steps_and_pitches_lead_back_to_each_other(tonic: str, mode: str) -> None:
    key = Key(tonic, mode)
    for steps in range(-9, 10):
        for alter in (-1, 0, 1):
            assert key.steps_of(key.at(steps, alter)) == (steps, alter)


def test_recasting_keeps_step_and_alteration() -> None:
    moved = [Key("C").recast(Pitch.parse(name), Key("Eb", "minor")) for name in ("C4", "E4", "F#4")]
    assert [str(pitch) for pitch in moved] == ["Eb4", "Gb4", "A4"]


def test_a_moved_key_takes_the_readable_spelling() -> None:
    assert str(Key("B").moved(2)) == "Db major"
    assert str(Key("E", "minor").moved(2)) == "F# minor"
    assert Key("G#").moved(0) == Key("Ab")


def test_a_key_spells_what_a_keyboard_gives() -> None:
    assert [str(Key("Eb").spell(midi)) for midi in (63, 68, 61)] == ["Eb4", "Ab4", "Db4"]
    assert str(Key("E").spell(63)) == "D#4"


def test_an_unknown_mode_says_which_there_are() -> None:
    with pytest.raises(MusicError, match=r"no mode .*dorian"):
        Key("C", "happy")
