"""Scores onto pages: the conductor's score, every part, short scores, as LilyPond sources."""

from scorestage.engraving.books import (
    BookSource,
    PageKind,
    PrintedFile,
    book_source,
    part_source,
    score_source,
    sketch_source,
)
from scorestage.engraving.edition import Edition, Timing

__all__ = [
    "BookSource",
    "Edition",
    "PageKind",
    "PrintedFile",
    "Timing",
    "book_source",
    "part_source",
    "score_source",
    "sketch_source",
]
