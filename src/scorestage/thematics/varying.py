"""The variants of a theme that a cue can draw on, each with its operation named."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from scorestage.errors import MusicError
from scorestage.music.theme import Theme
from scorestage.thematics.intents import operation_named
from scorestage.thematics.operations import (
    augment,
    change_mode,
    diminish,
    extend,
    fragment,
    invert,
    reharmonise,
    sequence,
)
from scorestage.thematics.ornaments import ornament

OPERATIONS: dict[str, Callable[[Theme, int], Theme]] = {
    "ornament": lambda theme, seed: ornament(theme, seed),
    "reharmonise": lambda theme, seed: reharmonise(theme, seed),
    "change-mode": lambda theme, seed: change_mode(theme),
    "fragment": lambda theme, seed: fragment(theme),
    "sequence": lambda theme, seed: sequence(theme, 1 if seed % 2 else -1, 3),
    "extend": lambda theme, seed: extend(theme),
    "augment": lambda theme, seed: augment(theme),
    "diminish": lambda theme, seed: diminish(theme),
    "invert": lambda theme, seed: invert(theme),
}
"""The operations whose results a cue may draw on, by name; `intents.CATALOGUE` has them all."""

SHARES: dict[str, Fraction] = {
    "ornament": Fraction(382, 1000),
    "fragment": Fraction(136, 1000),
    "sequence": Fraction(69, 1000),
    "change-mode": Fraction(54, 1000),
    "reharmonise": Fraction(54, 1000),
    "extend": Fraction(68, 1000),
    "augment": Fraction(10, 1000),
    "diminish": Fraction(10, 1000),
    "invert": Fraction(5, 1000),
}
"""How often each is used: counted in Beethoven's sonatas (4,335 later occurrences of motifs).

Extension stands in for its half of fragmentation and extension; reharmonising, which changes no
note, was not counted and is put level with the change of mode.
"""


def vary(theme: Theme, operation: str, seed: int = 0) -> Theme:
    """The theme under one named operation; raises `MusicError` for a name nobody knows."""
    return operation_named(operation).make(theme, seed)


def variants(theme: Theme, seed: int = 0) -> tuple[Theme, ...]:
    """All variants of a theme that can be written down, in the order of `OPERATIONS`."""
    found = []
    for operation in OPERATIONS:
        try:
            found.append(vary(theme, operation, seed))
        except MusicError:
            continue
    return tuple(found)
