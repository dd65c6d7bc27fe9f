"""What a scene is: made once, then asked for each of its frames."""

from __future__ import annotations

from collections.abc import Callable

from scorestage.adapters.demofilm.drawing.paper import Stage
from scorestage.adapters.demofilm.story import STORY

Draw = Callable[[int], Stage]
"""Draws the frame of this number, counted from the scene's first."""


def beat_of(shot: str, moment: str) -> int:
    """The frame of the shot in which a moment of the story falls.

    >>> beat_of("strike", "strike")
    26
    """
    return STORY.moment(moment).frame - STORY.shot(shot).first_frame
