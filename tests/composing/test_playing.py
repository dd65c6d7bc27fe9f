"""The tune in its style's own modes, without the steps that its scale leaves out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.composing import craft
from tests.composing.cues import request, themes

from scorestage.adapters.catalogue.styles import load_style
from scorestage.composing import compose
from scorestage.composing.playing import own_mode
from scorestage.errors import CatalogueError
from scorestage.music import Role
from scorestage.music.key import Key


def test_a_strangers_theme_is_brought_into_the_mode() -> None:
    """An adventure's major theme, played in Rast, has its neutral thirds."""
    asked = replace(request("maqam-rast", bpm=80), themes=themes("adventure"))
    (strand,) = compose(asked).sketch.of_role(Role.MELODY)
    alters = {Fraction(note.sounding[0].midi) % 1 for note in strand.staff.notes}
    assert alters == {Fraction(0), Fraction(1, 2)}


def test_a_style_without_modes_of_its_own_takes_the_theme_as_it_is() -> None:
    assert own_mode(load_style("tender"), "locrian") == "locrian"
    assert own_mode(load_style("klezmer"), "major") == "freygish"
    assert own_mode(load_style("klezmer"), "minor") == "mi-sheberakh"


@pytest.mark.parametrize("name", ["jiangnan", "west-african", "children", "western"])
def test_five_tones_are_five(name: str) -> None:
    asked = request(name, bpm=96)
    composed = compose(asked)
    (strand,) = composed.sketch.of_role(Role.MELODY)
    told = [note for note in strand.staff.notes if note.origin.startswith("theme:")]
    home = Key(asked.main_theme.key, asked.main_theme.mode)
    key = next(
        home.moved(away)
        for away in (0, 2, -2, 5, -5)
        if str(home.moved(away).home)[:-1] == composed.form.sections[-1].key.partition(" ")[0]
    )
    steps = {key.steps_of(note.sounding[0])[0] % 7 + 1 for note in told if not note.grace}
    assert len(steps) <= 6


def test_a_manner_nobody_has_is_named() -> None:
    asked = request("folk")
    strange = replace(asked, style=replace(asked.style, manner="yodel"))
    with pytest.raises(CatalogueError, match="yodel"):
        compose(strange)


@pytest.mark.parametrize("seed", range(4))
def test_what_answers_the_tune_stays_below_it_however_it_is_played(seed: int) -> None:
    """Tones of a row are chosen by the register; that of a hint or an answer is the lower one."""
    asked = request("expressionist", meters=("4/4",) * 24, bpm=60, seed=seed)
    asked = replace(asked, style=replace(asked.style, counter_melody=True))
    sketch = compose(asked).sketch
    answers = [note for note in craft.notes_of(sketch, Role.COUNTER) if "+row" in note.origin]
    register = asked.style.melody
    assert answers
    for note in answers:
        assert register.low.key - 9 <= note.sounding[0].key <= register.high.key - 9
    assert craft.out_of_register(sketch) == []
