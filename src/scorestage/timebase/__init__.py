"""The two clocks, film time and beats, and the map between them."""

from scorestage.timebase.bars import Bar, BarGrid, BarLabel, Position
from scorestage.timebase.beats import Beat, Beats
from scorestage.timebase.feet import FRAMES_PER_FOOT_16, FRAMES_PER_FOOT_35, FeetFrames
from scorestage.timebase.frameclick import FrameClick, click_number, nearest_third
from scorestage.timebase.instant import Exact, FilmRange, FilmSpan, FilmTime, exact
from scorestage.timebase.meter import Meter
from scorestage.timebase.rate import (
    FRAMES_23_976,
    FRAMES_24,
    FRAMES_25,
    FRAMES_29_97,
    FRAMES_29_97_DROP,
    RATES,
    FrameRate,
    frame_rate,
)
from scorestage.timebase.reading import FilmClock, clock_text
from scorestage.timebase.tempo import (
    Fermata,
    FreeBar,
    Ramp,
    RampLaw,
    Steady,
    Tempo,
    TempoEvent,
)
from scorestage.timebase.tempomap import Click, TempoMap
from scorestage.timebase.timecode import Timecode

__all__ = [
    "FRAMES_23_976",
    "FRAMES_24",
    "FRAMES_25",
    "FRAMES_29_97",
    "FRAMES_29_97_DROP",
    "FRAMES_PER_FOOT_16",
    "FRAMES_PER_FOOT_35",
    "RATES",
    "Bar",
    "BarGrid",
    "BarLabel",
    "Beat",
    "Beats",
    "Click",
    "Exact",
    "FeetFrames",
    "Fermata",
    "FilmClock",
    "FilmRange",
    "FilmSpan",
    "FilmTime",
    "FrameClick",
    "FrameRate",
    "FreeBar",
    "Meter",
    "Position",
    "Ramp",
    "RampLaw",
    "Steady",
    "Tempo",
    "TempoEvent",
    "TempoMap",
    "Timecode",
    "click_number",
    "clock_text",
    "exact",
    "frame_rate",
    "nearest_third",
]
