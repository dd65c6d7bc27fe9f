"""Composing: theme, brief and tempo map become a sketch."""

from scorestage.composing.formwish import CueForm, FormWish, SectionWish
from scorestage.composing.request import Composition, CueRequest, KeptRun, NoteReason, Provenance
from scorestage.composing.writing import compose, plan_form
from scorestage.music.style import Style

__all__ = [
    "Composition",
    "CueForm",
    "CueRequest",
    "FormWish",
    "KeptRun",
    "NoteReason",
    "Provenance",
    "SectionWish",
    "Style",
    "compose",
    "plan_form",
]
