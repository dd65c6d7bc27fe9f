"""What keeps an orchestra with the picture: clicks, streamers, punches, flutters, clocks."""

from scorestage.sync.click import click_blocks, click_strokes, click_track, dithered, sample_of
from scorestage.sync.clocks import Clock, Counter, PictureClock, Readings, StageClock
from scorestage.sync.crowding import off_the_film, seconds_words
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
from scorestage.sync.strokes import (
    ClickStroke,
    SoftPassage,
    count_off,
    plan_clicks,
    warning_strokes,
)
from scorestage.sync.timeline import CueTimeline, cue_timeline, whole_second

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
    "SoftPassage",
    "StageClock",
    "StagePlan",
    "StageScheme",
    "StageWarning",
    "Streamer",
    "StreamerLength",
    "StreamerOnScreen",
    "Trouble",
    "click_blocks",
    "click_strokes",
    "click_track",
    "count_off",
    "cue_timeline",
    "dithered",
    "off_the_film",
    "plan_clicks",
    "plan_hits",
    "plan_stage",
    "sample_of",
    "seconds_words",
    "tempo_changes",
    "warning_strokes",
    "whole_second",
]
