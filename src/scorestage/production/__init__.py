"""The film job: its picture, cues, hits, people and house."""

from scorestage.production.click_style import (
    AdditiveClick,
    ClickPattern,
    ClickStyle,
    ClickVariant,
    PatternClick,
)
from scorestage.production.cue import (
    Cue,
    CueStatus,
    CueTiming,
    Groove,
    Hit,
    HitKind,
    HitStatus,
    HitWant,
    Layer,
    ScoringLevel,
    ScoringOption,
    WayIn,
    WayOut,
)
from scorestage.production.curves import Curve, CurveKind, CurvePoint, parse_curve
from scorestage.production.cut_list import (
    CutEvent,
    CutList,
    CutMarker,
    CutSource,
    Transition,
    TransitionKind,
)
from scorestage.production.film import PictureVersion, Reel, cue_number, reel_and_cue
from scorestage.production.house import House, Paper
from scorestage.production.numbering import CueNumber, Numbering
from scorestage.production.people import Brief, Credit, Note, Person, Task
from scorestage.production.production import Production, in_film_order
from scorestage.production.recut import BarState, KeptStretch
from scorestage.production.reels import FirstFrame, ReelClock, ReelPlaces, reels_at
from scorestage.production.screenplay import (
    Scene,
    Screenplay,
    ScriptKind,
    ScriptLine,
    ScriptScene,
    eighths_text,
    plain_number,
    read_eighths,
)
from scorestage.production.talk import moment_of, notes_of_cue, speaks_of

__all__ = [
    "AdditiveClick",
    "BarState",
    "Brief",
    "ClickPattern",
    "ClickStyle",
    "ClickVariant",
    "Credit",
    "Cue",
    "CueNumber",
    "CueStatus",
    "CueTiming",
    "Curve",
    "CurveKind",
    "CurvePoint",
    "CutEvent",
    "CutList",
    "CutMarker",
    "CutSource",
    "FirstFrame",
    "Groove",
    "Hit",
    "HitKind",
    "HitStatus",
    "HitWant",
    "House",
    "KeptStretch",
    "Layer",
    "Note",
    "Numbering",
    "Paper",
    "PatternClick",
    "Person",
    "PictureVersion",
    "Production",
    "Reel",
    "ReelClock",
    "ReelPlaces",
    "Scene",
    "ScoringLevel",
    "ScoringOption",
    "Screenplay",
    "ScriptKind",
    "ScriptLine",
    "ScriptScene",
    "Task",
    "Transition",
    "TransitionKind",
    "WayIn",
    "WayOut",
    "cue_number",
    "eighths_text",
    "in_film_order",
    "moment_of",
    "notes_of_cue",
    "parse_curve",
    "plain_number",
    "read_eighths",
    "reel_and_cue",
    "reels_at",
    "speaks_of",
]
