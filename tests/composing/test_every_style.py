"""Every style: any length, any meter, no crash, no empty bar, nothing beyond the end."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.composing import craft
from tests.composing.cues import request

from scorestage.adapters.catalogue import names
from scorestage.adapters.catalogue.styles import load_style
from scorestage.composing import compose
from scorestage.thematics import make_theme, variants
from scorestage.timebase import Meter

CASES = (("4/4", 8, 120), ("5/4", 20, 72), ("2+2+3/8", 40, 150))
"""Meter, seconds, quarters a minute."""


@pytest.mark.parametrize("style", names("styles"))
def test_a_cue_of_any_length_is_whole(style: str) -> None:
    turn = names("styles").index(style) % 2
    for seed, (meter, seconds, bpm) in enumerate((CASES[0], CASES[1 + turn]), start=1):
        length = Meter.parse(meter).length.quarters
        count = max(1, round(Fraction(seconds * bpm, 60) / length))
        asked = request(
            style, meters=(meter,) * count, bpm=bpm, theme_meter=meter, seed=seed,
            hits=[("9/2", "accent", 4)] if seed > 1 else [],
        )  # fmt: skip
        sketch = compose(asked).sketch
        assert craft.silent_bars(sketch) == []
        assert craft.off_grid(sketch) == []
        assert craft.overlaps(sketch) == []
        assert craft.duplicate_ids(sketch) == []
        assert craft.out_of_register(sketch) == []
        end = max(note.end for _, note in craft.all_notes(sketch))
        assert end == asked.tempo_map.grid.end


def test_chords_of_quarter_tone_modes_stand_on_the_twelve_tones() -> None:
    for style, seed in (("maqam-rast", 14), ("maqam-hijaz", 305)):
        theme = make_theme(load_style(style), seed, theme_id="main")
        asked = request(style, meters=("4/4",) * 40, bpm=120, seed=seed, tone=("heroic",))
        asked = replace(asked, themes=(theme, *variants(theme, seed)))
        assert compose(asked).sketch.chords == ()
        named = replace(asked.style, harmony=replace(asked.style.harmony, symbols=True))
        chords = compose(replace(asked, style=named)).sketch.chords
        assert chords
        for chord in chords:
            assert "(" not in chord.root + chord.bass


ONE_TUNE = tuple(name for name in names("styles") if load_style(name).one_tune)


@pytest.mark.parametrize("style", ONE_TUNE)
def test_where_a_tradition_has_one_tune_nothing_goes_against_it(style: str) -> None:
    theme = make_theme(load_style(style), 4, theme_id="main")
    other = make_theme(load_style(style), 5, theme_id="other")
    asked = request(style, meters=("4/4",) * 40, bpm=120, seed=4, tone=("heroic",))
    asked = replace(asked, themes=(theme, *variants(theme, 4), other))
    told = {note.origin for role, note in craft.all_notes(compose(asked).sketch)}
    assert not [one for one in told if "hint" in one or "counter" in one]
