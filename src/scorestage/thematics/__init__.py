"""Themes: made, read, varied by named operations, told in numbers."""

from scorestage.thematics.combining import Counterpoint, combine
from scorestage.thematics.facts import ThemeFacts, theme_facts
from scorestage.thematics.harmonising import harmonise
from scorestage.thematics.intents import CATALOGUE, Operation, drawn, operation_named
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
from scorestage.thematics.rewriting import cluster, hint, new_meter, same_rhythm, thin
from scorestage.thematics.rows import Row
from scorestage.thematics.turning import (
    retrograde,
    retrograde_invert,
    stretch,
    transpose_diatonic,
)
from scorestage.thematics.varying import OPERATIONS, variants, vary

__all__ = [
    "CATALOGUE",
    "OPERATIONS",
    "Counterpoint",
    "Operation",
    "Row",
    "ThemeFacts",
    "augment",
    "change_mode",
    "cluster",
    "combine",
    "diminish",
    "drawn",
    "extend",
    "find_key",
    "find_keys",
    "fragment",
    "harmonise",
    "hint",
    "invert",
    "make_theme",
    "new_meter",
    "of_notes",
    "of_score",
    "operation_named",
    "ornament",
    "reharmonise",
    "retrograde",
    "retrograde_invert",
    "same_rhythm",
    "sequence",
    "stretch",
    "theme_facts",
    "thin",
    "transpose",
    "transpose_diatonic",
    "variants",
    "vary",
]
