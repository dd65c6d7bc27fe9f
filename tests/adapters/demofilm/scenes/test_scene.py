"""Moments counted from the first frame of their shot."""

from __future__ import annotations

import pytest

from scorestage.adapters.demofilm.scenes.scene import beat_of
from scorestage.adapters.demofilm.story import STORY


@pytest.mark.parametrize(
    ("shot", "moment"),
    [("meeting", "lands"), ("launch", "touch"), ("beam", "found"), ("home", "home")],
)
def test_a_moment_lies_in_its_shot(shot: str, moment: str) -> None:
    whole = STORY.shot(shot)
    assert 0 <= beat_of(shot, moment) < whole.end_frame - whole.first_frame
