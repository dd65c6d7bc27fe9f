"""Rehearsal marks of a drawing lifted over the tempos they would stand upon."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from scorestage.adapters.machines.svg_parts import DrawnText

_GAP = 90.0
_MOST_LIFTS = 6


@dataclass(frozen=True, slots=True)
class TextBox:
    """The box of a text in drawing units, y downward."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: TextBox) -> bool:
        """Whether two boxes share some place, or nearly."""
        beside = self.left < other.right + _GAP and other.left < self.right + _GAP
        return beside and self.top < other.bottom and other.top < self.bottom


def letters_lifted(
    texts: Sequence[DrawnText], measure: Callable[[DrawnText], TextBox]
) -> list[DrawnText]:
    """The texts, with each rehearsal mark so high that no tempo of its system lies under it."""
    tempos: dict[int, list[TextBox]] = {}
    for text in texts:
        if text.kind == "tempo":
            tempos.setdefault(text.system, []).append(measure(text))
    return [
        _lifted(text, measure, tempos.get(text.system, ())) if text.kind == "reh" else text
        for text in texts
    ]


def _lifted(
    mark: DrawnText, measure: Callable[[DrawnText], TextBox], tempos: Sequence[TextBox]
) -> DrawnText:
    lifted = mark
    for _ in range(_MOST_LIFTS):
        box = measure(lifted)
        under = [tempo for tempo in tempos if box.touches(tempo)]
        if not under:
            return lifted
        up = box.bottom - min(tempo.top for tempo in under) + _GAP
        lifted = replace(lifted, dropped=lifted.dropped - up)
    return lifted
