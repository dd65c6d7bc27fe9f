"""What stands at a point of a cue: of chords, sections, spans in order, the last one begun."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from scorestage.timebase import Beat


class Begun(Protocol):
    """Anything that begins at a beat and stands until the next one does."""

    @property
    def start(self) -> Beat:
        """Where it begins."""


B = TypeVar("B", bound=Begun)


def standing_at(spans: Sequence[B], at: Beat) -> B:
    """The last of `spans` (one or more, in order) begun by `at`; before the first one the first."""
    found = spans[0]
    for span in spans:
        if span.start > at:
            break
        found = span
    return found
