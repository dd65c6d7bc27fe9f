"""The variants of a theme that a cue can draw on, each with its operation named."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from scorestage.errors import MusicError
from scorestage.music.theme import Theme
from scorestage.thematics.intents import CATALOGUE, operation_named

OPERATIONS: dict[str, Callable[[Theme, int], Theme]] = {one.name: one.make for one in CATALOGUE}
"""Every operation that a cue may draw on, by name."""

UNCOUNTED = 15
"""Per 1,000: what is used but was not counted, such as new chords under the same tune."""
SHARES: dict[str, Fraction] = {
    one.name: Fraction(UNCOUNTED if one.share is None else one.share, 1000) for one in CATALOGUE
}
"""How often each is used: counted in Beethoven's sonatas (4,335 later occurrences of motifs)."""


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
