"""The temp track heard: its pieces with tempo, meter, key and form, and how near a cue comes."""

from scorestage.spotting.temp.keys import HeardKey, keys_heard
from scorestage.spotting.temp.likeness import Likeness, LikenessPoint, Verdict, likeness_in_sound
from scorestage.spotting.temp.pieces import Section, TempPiece, TempTrack, hear_temp
from scorestage.spotting.temp.tempo import HeardTempo, tempos_heard

__all__ = [
    "HeardKey",
    "HeardTempo",
    "Likeness",
    "LikenessPoint",
    "Section",
    "TempPiece",
    "TempTrack",
    "Verdict",
    "hear_temp",
    "keys_heard",
    "likeness_in_sound",
    "tempos_heard",
]
