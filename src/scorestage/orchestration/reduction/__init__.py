"""A full score read backward: its layers bar by bar, and the short score or piano it comes from."""

from scorestage.orchestration.reduction.layers import Layer, LayeredBar, layers_of
from scorestage.orchestration.reduction.piano import PianoReduction, piano_of
from scorestage.orchestration.reduction.short import ROLES, Reduction, reduce_score

__all__ = [
    "ROLES",
    "Layer",
    "LayeredBar",
    "PianoReduction",
    "Reduction",
    "layers_of",
    "piano_of",
    "reduce_score",
]
