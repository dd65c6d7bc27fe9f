"""A map from a performance: taps, a rubato take, a recording become bars that can be conducted."""

from scorestage.tempofit.played.alignment import PlayedNote, WrittenNote
from scorestage.tempofit.played.conduct import conduct
from scorestage.tempofit.played.following import (
    FollowedTake,
    map_of_scored_take,
    map_of_unknown_take,
)
from scorestage.tempofit.played.listening import onsets_in_sound, taps_in_sound
from scorestage.tempofit.played.tapping import TappedMap, map_of_taps
from scorestage.tempofit.played.taps import CountedTap, Tap, count_taps
from scorestage.tempofit.played.tracking import Onsets, RivalBeat, onsets_of, onsets_of_notes
from scorestage.tempofit.played.values import (
    Follow,
    Observed,
    PlayedBeat,
    PlayedMap,
    PlayedSettings,
)
from scorestage.tempofit.played.ways import TempoRange

__all__ = [
    "CountedTap",
    "Follow",
    "FollowedTake",
    "Observed",
    "Onsets",
    "PlayedBeat",
    "PlayedMap",
    "PlayedNote",
    "PlayedSettings",
    "RivalBeat",
    "Tap",
    "TappedMap",
    "TempoRange",
    "WrittenNote",
    "conduct",
    "count_taps",
    "map_of_scored_take",
    "map_of_taps",
    "map_of_unknown_take",
    "onsets_in_sound",
    "onsets_of",
    "onsets_of_notes",
    "taps_in_sound",
]
