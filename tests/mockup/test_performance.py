"""What one player plays, as values."""

from __future__ import annotations

import pytest

from scorestage.mockup.performance import Curve, PlayedNote


@pytest.mark.parametrize(
    "wrong", [{"length_samples": 0}, {"program": 128}, {"velocity": 0}, {"key": 127.5}]
)
def test_notes_nobody_can_play_are_refused(wrong: dict[str, int]) -> None:
    right = {
        "start_samples": 0,
        "length_samples": 10,
        "program": 0,
        "drum": False,
        "key": 60,
        "velocity": 64,
    }
    PlayedNote(**right)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"note|program|key"):
        PlayedNote(**{**right, **wrong})  # type: ignore[arg-type]


def test_a_curve_is_straight_between_and_flat_outside() -> None:
    curve = Curve((100, 200, 200), (-20.0, 0.0, -6.0))
    assert [curve.at(p) for p in (0, 100, 150, 300)] == [-20, -20, -10, -6]
    assert Curve().at(5) == 0


def test_a_curve_must_run_forward() -> None:
    with pytest.raises(ValueError, match="backward"):
        Curve((10, 5), (0.0, 0.0))
    with pytest.raises(ValueError, match="one gain"):
        Curve((10,), ())
