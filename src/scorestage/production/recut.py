"""What a re-cut does to written music: where the picture went, and how far each bar's work is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scorestage.timebase import FilmRange, FilmSpan


class BarState(StrEnum):
    """How far the work on a bar is: free to change, on the players' stands, or recorded."""

    FREE = "free"
    ISSUED = "issued"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class KeptStretch:
    """A stretch of the old picture that is in the new one, `by` later (negative: earlier).

    >>> kept = KeptStretch(FilmRange(FilmTime(2), FilmTime(5)), FilmSpan("-1/2"))
    >>> kept.new
    FilmRange(start=FilmTime('3/2'), end=FilmTime('9/2'))
    """

    old: FilmRange
    by: FilmSpan

    @property
    def new(self) -> FilmRange:
        """Where it lies in the new picture."""
        return FilmRange(self.old.start + self.by, self.old.end + self.by)
