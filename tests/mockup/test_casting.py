"""Which sounds stand for which instrument."""

from __future__ import annotations

import pytest
from tests.mockup.small_orchestra import FLUTE, PERCUSSION, TRUMPET, VIOLIN

from scorestage.errors import MusicError
from scorestage.mockup.casting import cast, cast_stroke, is_sustained, ring_seconds
from scorestage.music import Technique


def _programs(technique: Technique, section: bool = True, tremolo: bool = False) -> list[int]:
    return [layer.program for layer in cast(VIOLIN, technique, section, tremolo)]


def test_a_section_is_an_ensemble_and_one_player_is_not() -> None:
    assert _programs(Technique.ORDINARIO) == [48, 40]
    assert _programs(Technique.ORDINARIO, section=False) == [40]


def test_strings_change_their_sound_with_the_technique() -> None:
    assert _programs(Technique.PIZZICATO) == [45]
    assert _programs(Technique.TREMOLO) == _programs(Technique.ORDINARIO, tremolo=True) == [44]


def test_a_muted_trumpet_is_another_sound() -> None:
    assert cast(TRUMPET, Technique.CON_SORDINO, False)[0].program == 59
    assert cast(TRUMPET, Technique.ORDINARIO, False)[0].program == 56
    assert cast(FLUTE, Technique.TREMOLO, False, True)[0].program == 73


def test_strokes_have_the_drum_keys_of_the_catalogue_or_an_orchestras_own() -> None:
    (snare,) = cast_stroke(PERCUSSION, "snare-drum")
    assert (snare.drum, snare.key) == (True, 38)
    assert not cast_stroke(PERCUSSION, "bass-drum")[0].drum  # a deep drum, not a kit's kick


def test_a_stroke_nobody_has_is_refused() -> None:
    with pytest.raises(MusicError, match="no sound 'anvil'"):
        cast_stroke(PERCUSSION, "anvil")


def test_what_rings_is_left_to_ring() -> None:
    assert is_sustained(73)
    assert not is_sustained(46)
    assert ring_seconds(46, False) > 1
    assert ring_seconds(0, False) < 0.2
    assert ring_seconds(0, True) > 3
