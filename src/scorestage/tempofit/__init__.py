"""Hits to ranked tempo and meter maps, each with its chance baseline."""

from scorestage.tempofit.candidate import Candidate, Chance, CostTerms, Landing
from scorestage.tempofit.fit import first_fit, fit
from scorestage.tempofit.judge import judged, land
from scorestage.tempofit.listing import ListedTempo, tempo_list
from scorestage.tempofit.refit import refit
from scorestage.tempofit.settings import FitSettings, Weights
from scorestage.tempofit.steps import tempo_steps_percent

__all__ = [
    "Candidate",
    "Chance",
    "CostTerms",
    "FitSettings",
    "Landing",
    "ListedTempo",
    "Weights",
    "first_fit",
    "fit",
    "judged",
    "land",
    "refit",
    "tempo_list",
    "tempo_steps_percent",
]
