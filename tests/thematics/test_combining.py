"""Two tunes known to go together do; what cannot is refused."""

from __future__ import annotations

import pytest
from tests.thematics.tunes import GREENSLEEVES, ODE_TO_JOY, TWINKLE, tune

from scorestage.errors import MusicError
from scorestage.thematics import combine, of_notes
from scorestage.timebase import Beats, Meter

JOY = of_notes(ODE_TO_JOY, Meter(4, 4), theme_id="joy")
TWINKLE_THEME = of_notes(TWINKLE, Meter(4, 4), theme_id="twinkle")


FRERE = of_notes(
    tune(
        "C5 D5 E5 C5 C5 D5 E5 C5 E5 F5 G5:2 E5 F5 G5:2 "
        "G5:1/2 A5:1/2 G5:1/2 F5:1/2 E5 C5 G5:1/2 A5:1/2 G5:1/2 F5:1/2 E5 C5 C5 G4 C5:2 C5 G4 C5:2"
    ),
    Meter(4, 4),
    theme_id="frere",
)


def test_a_canon_goes_with_itself() -> None:
    found = combine(FRERE, FRERE, 4)
    best = found[0]
    assert best.clash_share < 0.25
    assert best.parallels == 0
    assert any(one.enters == Beats(8) and one.answer.key == "C" for one in found)


def test_two_tunes_are_fitted_together() -> None:
    found = combine(JOY, TWINKLE_THEME)
    assert len(found) == 3
    assert found[0].answer.varies == "twinkle"
    assert found[0].answer.operation.endswith("counterpoint")
    assert found == combine(JOY, TWINKLE_THEME)


def test_another_meter_is_refused() -> None:
    green = of_notes(GREENSLEEVES, Meter(6, 8), theme_id="green")
    with pytest.raises(MusicError, match="meter first"):
        combine(JOY, green)
