"""The demo film: the package draws, speaks and mixes its own short film, the same every time."""

from scorestage.adapters.demofilm.film import DemoFiles, draw_demo_film
from scorestage.adapters.demofilm.picture import frames
from scorestage.adapters.demofilm.screenplay import fountain, srt
from scorestage.adapters.demofilm.sounds.sound import soundtrack
from scorestage.adapters.demofilm.sounds.temp import temp_track
from scorestage.adapters.demofilm.story import (
    STORY,
    Boundary,
    Change,
    Effect,
    Line,
    Moment,
    Shot,
    Story,
)

__all__ = [
    "STORY",
    "Boundary",
    "Change",
    "DemoFiles",
    "Effect",
    "Line",
    "Moment",
    "Shot",
    "Story",
    "draw_demo_film",
    "fountain",
    "frames",
    "soundtrack",
    "srt",
    "temp_track",
]
