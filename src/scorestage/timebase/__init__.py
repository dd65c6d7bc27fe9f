"""The two clocks, film time and beats, and the map between them."""

from scorestage.timebase.bars import Bar, BarGrid, BarLabel, Position
from scorestage.timebase.beats import Beat, Beats
from scorestage.timebase.clickbook import ClickBook, ClickBookRow
from scorestage.timebase.feet import (
    FRAMES_PER_FOOT_16,
    FRAMES_PER_FOOT_35,
    FeetFrames,
    read_feet,
)
from scorestage.timebase.fractionlabel import feet_text, frame_decimals, mixed_text, timecode_text
from scorestage.timebase.frameclick import FrameClick, click_number
from scorestage.timebase.freetime import FreeStretch, free_stretches
from scorestage.timebase.instant import Exact, FilmRange, FilmSpan, FilmTime, exact
from scorestage.timebase.meter import Meter
from scorestage.timebase.ramplength import end_tempo
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
from scorestage.timebase.tempotext import read_meter, read_tempo
from scorestage.timebase.thirds import (
    beat_text,
    nearest_third,
    read_number,
    seconds_text,
    thirds_of,
)
from scorestage.timebase.timecode import Timecode
from scorestage.timebase.writtenclick import (
    WRITTEN_COUNTS,
    WrittenClick,
    best_written_click,
    drift_per_minute,
)

__all__ = [
    "FRAMES_23_976",
    "FRAMES_24",
    "FRAMES_25",
    "FRAMES_29_97",
    "FRAMES_29_97_DROP",
    "FRAMES_PER_FOOT_16",
    "FRAMES_PER_FOOT_35",
    "RATES",
    "WRITTEN_COUNTS",
    "Bar",
    "BarGrid",
    "BarLabel",
    "Beat",
    "Beats",
    "Click",
    "ClickBook",
    "ClickBookRow",
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
    "FreeStretch",
    "Meter",
    "Position",
    "Ramp",
    "RampLaw",
    "Steady",
    "Tempo",
    "TempoEvent",
    "TempoMap",
    "Timecode",
    "WrittenClick",
    "beat_text",
    "best_written_click",
    "click_number",
    "clock_text",
    "drift_per_minute",
    "end_tempo",
    "exact",
    "feet_text",
    "frame_decimals",
    "frame_rate",
    "free_stretches",
    "mixed_text",
    "nearest_third",
    "read_feet",
    "read_meter",
    "read_number",
    "read_tempo",
    "seconds_text",
    "thirds_of",
    "timecode_text",
]
