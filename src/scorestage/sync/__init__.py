"""What keeps an orchestra with the picture: clicks, streamers, punches, flutters, clocks."""

from scorestage.sync.click import ClickStroke, click_strokes, click_track
from scorestage.sync.clocks import Clock, Counter, PictureClock, Readings, StageClock
from scorestage.sync.crowding import seconds_words
from scorestage.sync.flutters import tempo_changes
from scorestage.sync.marks import (
    Flutter,
    Goal,
    Punch,
    StagePlan,
    StageWarning,
    Streamer,
    StreamerOnScreen,
    Trouble,
)
from scorestage.sync.scheme import FlutterWish, StageScheme, StreamerLength
from scorestage.sync.streamers import plan_hits, plan_stage
from scorestage.sync.timeline import CueTimeline, cue_timeline

__all__ = [
    "ClickStroke",
    "Clock",
    "Counter",
    "CueTimeline",
    "Flutter",
    "FlutterWish",
    "Goal",
    "PictureClock",
    "Punch",
    "Readings",
    "StageClock",
    "StagePlan",
    "StageScheme",
    "StageWarning",
    "Streamer",
    "StreamerLength",
    "StreamerOnScreen",
    "Trouble",
    "click_strokes",
    "click_track",
    "cue_timeline",
    "plan_hits",
    "plan_stage",
    "seconds_words",
    "tempo_changes",
]
