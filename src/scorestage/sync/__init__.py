"""What keeps an orchestra with the picture: clicks, streamers, punches, flutters, clocks."""

from scorestage.sync.click import ClickStroke, click_strokes, click_track
from scorestage.sync.clocks import Counter, Readings, StageClock
from scorestage.sync.streamers import (
    Flutter,
    Goal,
    Punch,
    StagePlan,
    Streamer,
    StreamerOnScreen,
    plan_stage,
)
from scorestage.sync.timeline import CueTimeline, cue_timeline

__all__ = [
    "ClickStroke",
    "Counter",
    "CueTimeline",
    "Flutter",
    "Goal",
    "Punch",
    "Readings",
    "StageClock",
    "StagePlan",
    "Streamer",
    "StreamerOnScreen",
    "click_strokes",
    "click_track",
    "cue_timeline",
    "plan_stage",
]
