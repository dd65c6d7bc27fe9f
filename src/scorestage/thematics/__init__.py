"""Themes: made, read, varied by named operations, told in numbers."""

from scorestage.thematics.facts import ThemeFacts, theme_facts
from scorestage.thematics.harmonising import harmonise
from scorestage.thematics.keyfinding import find_key, find_keys
from scorestage.thematics.making import make_theme
from scorestage.thematics.operations import (
    augment,
    change_mode,
    diminish,
    extend,
    fragment,
    invert,
    reharmonise,
    sequence,
    transpose,
)
from scorestage.thematics.ornaments import ornament
from scorestage.thematics.reading import of_notes, of_score
from scorestage.thematics.varying import OPERATIONS, variants, vary

__all__ = [
    "OPERATIONS",
    "ThemeFacts",
    "augment",
    "change_mode",
    "diminish",
    "extend",
    "find_key",
    "find_keys",
    "fragment",
    "harmonise",
    "invert",
    "make_theme",
    "of_notes",
    "of_score",
    "ornament",
    "reharmonise",
    "sequence",
    "theme_facts",
    "transpose",
    "variants",
    "vary",
]
