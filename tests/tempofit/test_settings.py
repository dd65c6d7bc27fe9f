from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.errors import FitError
from scorestage.tempofit import FitSettings, Weights


@pytest.mark.parametrize(
    "settings",
    [
        {"lowest_bpm": Fraction(100)},
        {"highest_bpm": Fraction(90)},
        {"lowest_bpm": Fraction(0)},
        {"meters": ()},
        {"top": 0},
        {"draws": -1},
        {"pickups": ()},
    ],
)
def test_settings_that_contradict_themselves_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(FitError):
        FitSettings(**settings)  # type: ignore[arg-type]


def test_early_sound_weighs_more_than_late() -> None:
    """V27: the limits at which sound early or late is seen, 45 and 125 ms."""
    weights = Weights()
    assert (round(weights.early_seconds * 24, 2), round(weights.late_seconds * 24, 2)) == (1.08, 3)
