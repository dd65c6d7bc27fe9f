"""A written cue whose picture was re-cut: ranked repairs at the level of bars and beats."""

from scorestage.tempofit.repairs.prices import RepairPrices
from scorestage.tempofit.repairs.repair import (
    BarSource,
    Edit,
    EditKind,
    HitAfter,
    Origin,
    Repair,
)
from scorestage.tempofit.repairs.searching import repairs
from scorestage.tempofit.repairs.written import (
    Joints,
    WrittenCue,
    WrittenHit,
    click_places,
    written_hits,
)

__all__ = [
    "BarSource",
    "Edit",
    "EditKind",
    "HitAfter",
    "Joints",
    "Origin",
    "Repair",
    "RepairPrices",
    "WrittenCue",
    "WrittenHit",
    "click_places",
    "repairs",
    "written_hits",
]
