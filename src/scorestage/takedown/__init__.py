"""Taking down a performance: keys, controllers and a click become notes on paper."""

from scorestage.takedown.clicked import ClickFit, played_to_click
from scorestage.takedown.performance import (
    ConductorTrack,
    ControlLane,
    Performance,
    PlayedTone,
    PlayedTrack,
)
from scorestage.takedown.playing import ORDINARY, Playing, playing_of
from scorestage.takedown.switches import Heard, Switch, SwitchMap, without_switches
from scorestage.takedown.taking import (
    Doubt,
    PlannedPlayer,
    PlannedTrack,
    TakenDown,
    TakenPlayer,
    TakeSettings,
    take_down,
)

__all__ = [
    "ORDINARY",
    "ClickFit",
    "ConductorTrack",
    "ControlLane",
    "Doubt",
    "Heard",
    "Performance",
    "PlannedPlayer",
    "PlannedTrack",
    "PlayedTone",
    "PlayedTrack",
    "Playing",
    "Switch",
    "SwitchMap",
    "TakeSettings",
    "TakenDown",
    "TakenPlayer",
    "played_to_click",
    "playing_of",
    "take_down",
    "without_switches",
]
