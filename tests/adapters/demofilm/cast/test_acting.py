"""Wick speaks when he speaks, and his hand is where she lands."""

from __future__ import annotations

from math import hypot

import pytest

from scorestage.adapters.demofilm.cast.acting import gaze, receiving, talk, welcoming
from scorestage.adapters.demofilm.scenes.indoors import _first_flight, _return_flight
from scorestage.adapters.demofilm.scenes.scene import beat_of
from scorestage.adapters.demofilm.story import STORY


@pytest.mark.parametrize("line", [k for k, x in enumerate(STORY.lines) if x.speaker == "WICK"])
def test_the_mouth_moves_while_the_line_is_said_and_only_then(line: int) -> None:
    said = STORY.lines[line]
    (shot,) = (s for s in STORY.shots if s.first_frame <= said.first_frame < s.end_frame)
    opened = [talk(shot.id, n, line) for n in range(shot.end_frame - shot.first_frame)]
    first, end = said.first_frame - shot.first_frame, said.end_frame - shot.first_frame
    assert not any(opened[:first])
    assert not any(opened[end:])
    assert min(opened[first:end]) > 0
    assert max(opened[first:end]) > 0.5


def test_she_lands_on_his_hand() -> None:
    """His feet stand at (540, floor + 66) and he is 350 px tall in both scenes."""
    for shot, moment in (("meeting", "lands"), ("home", "home")):
        lands = beat_of(shot, moment)
        if shot == "meeting":
            guest = _first_flight(lands, lands)
            hand = welcoming(lands, lands, guest).right_hand
        else:
            guest = _return_flight(lands, lands)
            hand = receiving(lands, lands, guest, lands).right_hand
        at = 540 + hand[0] * 3.5, 430 + 40 * 1.5 + 66 + hand[1] * 3.5
        assert hypot(guest[0] - at[0], guest[1] - at[1]) < 30


def test_eyes_do_not_leave_the_face() -> None:
    assert gaze((9999, -9999), (0, 0)) == (1.0, -0.8)
    assert gaze((0, 0), (0, 0)) == (0.0, 0.0)
