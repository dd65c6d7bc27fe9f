"""Hits to ranked tempo and meter maps, each with its chance baseline."""

from scorestage.tempofit.candidate import Candidate, Chance, CostTerms, Landing
from scorestage.tempofit.fit import fit
from scorestage.tempofit.judge import judged, land, tempo_steps_percent
from scorestage.tempofit.listing import ListedTempo, tempo_list
from scorestage.tempofit.settings import FitSettings, Weights

__all__ = [
    "Candidate",
    "Chance",
    "CostTerms",
    "FitSettings",
    "Landing",
    "ListedTempo",
    "Weights",
    "fit",
    "judged",
    "land",
    "tempo_list",
    "tempo_steps_percent",
]
