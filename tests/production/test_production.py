"""The whole job: which picture is in force, which cue is meant, in what order they play."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.small_production import GONE, PICTURE, RADIO, SONG, STORM, small_production

from scorestage.production import in_film_order


def test_the_picture_in_force_is_the_one_named() -> None:
    recut = replace(PICTURE, id="v2", label="cut 4")
    both = small_production(pictures=(PICTURE, recut))
    assert both.current_picture is PICTURE
    assert replace(both, picture="v2").current_picture is recut
    assert replace(both, picture="").current_picture is None
    assert replace(both, picture="v9").current_picture is None


def test_a_cue_is_found_by_number_or_id() -> None:
    production = small_production()
    assert production.cue("1m02") is production.cue("cue002") is RADIO
    with pytest.raises(KeyError, match="9m99"):
        production.cue("9m99")


def test_cues_play_in_film_order_and_the_unplaced_last_by_number() -> None:
    early = replace(SONG, id="x", number="1m00")
    found = in_film_order((SONG, GONE, early, RADIO, STORM))
    assert found == (STORM, RADIO, GONE, early, SONG)


def test_cues_that_start_together_go_by_number() -> None:
    twin = replace(STORM, id="x", number="1m09")
    assert in_film_order((twin, STORM)) == (STORM, twin)
