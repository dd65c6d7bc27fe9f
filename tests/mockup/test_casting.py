"""Which sounds stand for which instrument."""

from __future__ import annotations

import pytest
from tests.mockup.small_orchestra import FLUTE, PERCUSSION, TRUMPET, VIOLIN

from scorestage.errors import MusicError
from scorestage.mockup.casting import cast, cast_stroke, is_sustained, ring_seconds
from scorestage.music import Technique

SECTION = ((48, 0.0),)


def _programs(technique: Technique, section: bool = True, **more: object) -> list[int]:
    strings = SECTION if section else None
    return [layer.program for layer in cast(VIOLIN, technique, strings, **more)]  # type: ignore[arg-type]


def test_a_section_is_an_ensemble_and_one_player_is_not() -> None:
    assert _programs(Technique.ORDINARIO) == [48, 40]
    assert _programs(Technique.ORDINARIO, section=False) == [40]


def test_low_down_the_solo_instrument_leads() -> None:
    high = cast(VIOLIN, Technique.ORDINARIO, SECTION, key=67)
    low = cast(VIOLIN, Technique.ORDINARIO, SECTION, key=38)
    assert high[0].gain_db > high[1].gain_db
    assert low[0].gain_db < low[1].gain_db


def test_strings_change_their_sound_with_the_technique() -> None:
    assert _programs(Technique.PIZZICATO) == [45]
    assert _programs(Technique.TREMOLO, tremolo=True) == [44]


def test_where_the_tremolo_sound_does_not_tremble_the_section_plays_on() -> None:
    layers = cast(VIOLIN, Technique.ORDINARIO, ((44, 0.0), (48, -6.0)), tremolo=True)
    assert [layer.program for layer in layers] == [44, 48, 40]


def test_a_muted_trumpet_is_another_sound() -> None:
    assert cast(TRUMPET, Technique.CON_SORDINO, None)[0].program == 59
    assert cast(TRUMPET, Technique.ORDINARIO, None)[0].program == 56
    assert cast(FLUTE, Technique.TREMOLO, None, tremolo=True)[0].program == 73


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
