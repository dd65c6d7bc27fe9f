"""Spotting: what happens in a film, and where it asks for music.

Frames go into a `PictureIndexBuilder`, sound into a `SoundIndexBuilder`; `watch` lets the
detectors look at both, `propose` makes cues and hits of what they found.
"""

from scorestage.spotting.choosing import CueRules
from scorestage.spotting.detecting import Detector
from scorestage.spotting.footage import Footage, Speech
from scorestage.spotting.hits import HitRules
from scorestage.spotting.marks import ShotMarks
from scorestage.spotting.moments import Evidence, Moment, MomentKind
from scorestage.spotting.need import Amount, Need
from scorestage.spotting.picture import (
    WORKING_SIZE_PX,
    Measured,
    PictureIndex,
    PictureIndexBuilder,
    index_of,
)
from scorestage.spotting.proposal import ProposedCue, SpottingProposal, SpottingRules, propose
from scorestage.spotting.shots import Seam, Shot
from scorestage.spotting.sound import SOUND_RATE_HZ, SoundIndex, SoundIndexBuilder
from scorestage.spotting.watching import watch
from scorestage.spotting.words import Character

__all__ = [
    "SOUND_RATE_HZ",
    "WORKING_SIZE_PX",
    "Amount",
    "Character",
    "CueRules",
    "Detector",
    "Evidence",
    "Footage",
    "HitRules",
    "Measured",
    "Moment",
    "MomentKind",
    "Need",
    "PictureIndex",
    "PictureIndexBuilder",
    "ProposedCue",
    "Seam",
    "Shot",
    "ShotMarks",
    "SoundIndex",
    "SoundIndexBuilder",
    "Speech",
    "SpottingProposal",
    "SpottingRules",
    "index_of",
    "propose",
    "watch",
]
