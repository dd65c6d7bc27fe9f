"""How cues divide."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.composing.cues import request

from scorestage.composing.form import Part, Stretch, stretches_of
from scorestage.composing.frame import frame_of
from scorestage.production import WayIn, WayOut


def _form(**options: object) -> list[Stretch]:
    asked = request(**options)  # type: ignore[arg-type]
    return stretches_of(asked, frame_of(asked, asked.main_theme))


@settings(deadline=None)
@given(
    st.integers(1, 160),
    st.sampled_from([way.value for way in WayIn]),
    st.sampled_from([way.value for way in WayOut]),
    st.integers(0, 5),
)
def test_every_module_is_used_once(count: int, way_in: str, way_out: str, seed: int) -> None:
    form = _form(meters=("4/4",) * count, way_in=way_in, way_out=way_out, seed=seed)
    assert sum(stretch.count for stretch in form) == count
    assert all(stretch.count > 0 for stretch in form)


@pytest.mark.parametrize("count", [4, 8, 12, 20, 40, 100])
def test_the_theme_is_stated_in_every_cue_of_some_length(count: int) -> None:
    form = _form(meters=("4/4",) * count)
    stated = [stretch.count for stretch in form if stretch.part is Part.STATEMENT]
    assert max(stated) >= min(count - 1, 7)


def test_ways_in_and_out_shape_the_ends() -> None:
    sneaking = _form(meters=("4/4",) * 24, way_in="sneak", way_out="fade")
    assert sneaking[0].part is Part.INTRODUCTION
    assert sneaking[-1].part is Part.FADE
    assert _form(meters=("4/4",) * 24, way_in="pickup")[0].part is Part.STATEMENT
    assert _form(meters=("4/4",) * 24, way_out="cut")[-1].part is not Part.CLOSE
    assert _form(meters=("4/4",) * 24, way_out="ring-off")[-1].part is Part.CLOSE


def test_speech_gets_its_own_section() -> None:
    form = _form(meters=("4/4",) * 24, speech=((32, 48),))
    parts = [stretch.part for stretch in form]
    assert parts.count(Part.UNDERSCORE) == 1
    place = parts.index(Part.UNDERSCORE)
    assert form[place].count == 4
    assert Part.STATEMENT in parts[:place] and Part.STATEMENT in parts[place:]


def test_the_last_chord_has_time_to_ring() -> None:
    assert _form(meters=("2/4",) * 40, bpm=170)[-1].count == 2
    assert _form(meters=("4/4",) * 12, bpm=60)[-1].count == 1


def test_long_cues_have_room_between_statements() -> None:
    form = _form(meters=("4/4",) * 150)
    stated = sum(stretch.count for stretch in form if stretch.part is Part.STATEMENT)
    assert stated <= 100
