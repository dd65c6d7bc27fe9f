"""Composing: theme, brief and tempo map become a sketch."""

from scorestage.composing.request import Composition, CueRequest, Provenance
from scorestage.composing.writing import compose
from scorestage.music.style import Style

__all__ = ["Composition", "CueRequest", "Provenance", "Style", "compose"]
