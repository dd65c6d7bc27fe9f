"""Every scene draws every part of its shot, inside the range of the stage."""

from __future__ import annotations

import numpy as np
import pytest

from scorestage.adapters.demofilm.picture import _SCENES
from scorestage.adapters.demofilm.story import STORY


@pytest.mark.parametrize("shot", [shot.id for shot in STORY.shots])
def test_a_scene_can_be_drawn_from_its_first_frame_to_its_last(shot: str) -> None:
    """Twelve frames after the end too: a dissolve may need them."""
    long = STORY.shot(shot).end_frame - STORY.shot(shot).first_frame
    draw = _SCENES[shot]()
    for n in (-12 if shot == "dawn" else 0, long // 3, long // 2, long - 1, long + 12):
        stage = draw(n)
        assert stage.shape == (STORY.height_px, STORY.width_px, 3)
        assert stage.dtype == np.uint16
        assert stage.max() <= 255
        assert stage.std() > 5


def test_scenes_are_the_shots() -> None:
    assert list(_SCENES) == [shot.id for shot in STORY.shots]
