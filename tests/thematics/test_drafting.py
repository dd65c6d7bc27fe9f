"""Drafts: forms kept, leading tones bent."""

from __future__ import annotations

from random import Random

import pytest

from scorestage.music.key import Key
from scorestage.music.mood import mood_of
from scorestage.music.style import Style
from scorestage.thematics.drafting import draft_tune
from scorestage.thematics.rhythm import Pace
from scorestage.thematics.sheet import LeadSheet, draw_sheet
from scorestage.timebase import Meter


@pytest.mark.parametrize("form", ["sentence", "period", "hybrid", "loop"])
@pytest.mark.parametrize("seed", range(4))
def test_a_draft_runs_through_eight_bars_within_twelve_steps(form: str, seed: int) -> None:
    random = Random(seed)
    key = Key("G", "minor" if seed % 2 else "major")
    sheet = draw_sheet(Style("x", "X"), mood_of([]), key, Meter(3, 4), form, random)
    draft = draft_tune(sheet, form, Pace(2, 1, 0), 2, 0, random)
    steps = [step for _, step in draft.line]
    assert max(steps) - min(steps) <= 11
    assert {int(slot.onset // 3) for slot, _ in draft.line if slot.onset >= 0} == set(range(8))
    assert 2 <= draft.motif_notes <= 8
    if form != "loop":
        assert steps[-1] % 7 == 0


def test_the_sixth_rises_with_the_leading_tone() -> None:
    sheet = LeadSheet(Key("A", "minor"), Meter(4, 4), ("V",) * 8)
    draft = draft_tune(sheet, "sentence", Pace(2, 0, 0), 1, 0, Random(3))
    bent = {draft.pitch_of(slot, step).step: draft.pitch_of(slot, step).alter
            for slot, step in draft.line if step % 7 in (5, 6)}  # fmt: skip
    assert all(alter == 1 for alter in bent.values())
