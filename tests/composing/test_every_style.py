"""Every style: any length, any meter, no crash, no empty bar, nothing beyond the end."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.composing import craft
from tests.composing.cues import request

from scorestage.adapters.catalogue import names
from scorestage.composing import compose
from scorestage.timebase import Meter

CASES = (("4/4", 8, 120), ("5/4", 20, 72), ("2+2+3/8", 40, 150))
"""Meter, seconds, quarters a minute."""


@pytest.mark.parametrize("style", names("styles"))
def test_a_cue_of_any_length_is_whole(style: str) -> None:
    for seed, (meter, seconds, bpm) in enumerate(CASES, start=1):
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
