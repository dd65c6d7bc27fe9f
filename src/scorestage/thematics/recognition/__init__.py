"""Recognition: where a theme sounds in any score, and which ideas a score repeats."""

from scorestage.thematics.recognition.between import (
    MelodyLikeness,
    melody_likeness,
    theme_likeness,
)
from scorestage.thematics.recognition.discovering import Appearance, Pattern, discover
from scorestage.thematics.recognition.finding import LEAST_LIKENESS, Occurrence
from scorestage.thematics.recognition.naming import Transformation
from scorestage.thematics.recognition.searching import ScoreIndex, find_theme

__all__ = [
    "LEAST_LIKENESS",
    "Appearance",
    "MelodyLikeness",
    "Occurrence",
    "Pattern",
    "ScoreIndex",
    "Transformation",
    "discover",
    "find_theme",
    "melody_likeness",
    "theme_likeness",
]
