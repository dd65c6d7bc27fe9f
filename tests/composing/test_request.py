"""Requests and streams."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.composing.cues import request

from scorestage.composing.request import stream
from scorestage.errors import InputError
from scorestage.production import Brief


def test_the_named_theme_is_the_main_one() -> None:
    asked = request()
    second = replace(asked.main_theme, id="second")
    both = replace(asked, themes=(*asked.themes, second))
    assert both.main_theme.id == "main"
    assert replace(both, cue=replace(both.cue, theme="second")).main_theme.id == "second"


def test_variants_are_no_main_themes() -> None:
    asked = request()
    only_variants = replace(asked, themes=asked.themes[1:])
    with pytest.raises(InputError, match="no theme"):
        _ = only_variants.main_theme
    assert len(asked.variants_of(asked.main_theme)) == len(asked.themes) - 1


def test_film_and_cue_words_add_up() -> None:
    asked = request(tone=("joy",), brief=Brief(tone=("grief",)))
    assert asked.mood.valence > 0
    assert request(brief=Brief(tone=("grief",))).mood.minor is True


def test_streams_do_not_disturb_each_other() -> None:
    first = stream(1, "bar", 3).random()
    others = {stream(1, "bar", 4).random(), stream(2, "bar", 3).random(), stream(1, "key").random()}
    assert stream(1, "bar", 3).random() == first
    assert len(others | {first}) == 4
