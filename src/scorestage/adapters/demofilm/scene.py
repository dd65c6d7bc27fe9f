"""What every scene needs: how a scene is drawn, and mouths that move with the dialogue."""

from __future__ import annotations

from collections.abc import Callable
from math import pi, sin

from scorestage.adapters.demofilm.motion import keys
from scorestage.adapters.demofilm.paper import Point, Stage
from scorestage.adapters.demofilm.story import STORY

Draw = Callable[[int], Stage]


def talk(shot: str, n: int, line: int) -> float:
    """How far Wick's mouth is open in frame `n` of a shot while he speaks this line (0..1)."""
    said = STORY.lines[line]
    at = STORY.shot(shot).first_frame + n - said.first_frame
    long = said.end_frame - said.first_frame
    if not 0 <= at < long:
        return 0.0
    held = at - at % 2
    syllable = 0.5 + 0.5 * sin(2 * pi * held / 5.3 - 1.2)
    return 0.18 + 0.62 * syllable * sin(pi * min(1.0, (held + 1) / long)) ** 0.4


def keys_point(n: float, keyed: tuple[tuple[float, Point], ...]) -> Point:
    """Through points by frame, both ways eased."""
    return (
        keys(n, *((frame, point[0]) for frame, point in keyed)),
        keys(n, *((frame, point[1]) for frame, point in keyed)),
    )
