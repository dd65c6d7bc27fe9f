"""Scores onto pages: the conductor's score, every part, short scores, as LilyPond sources."""

from scorestage.engraving.books import (
    Book,
    BookSource,
    PageKind,
    PrintedFile,
    book_source,
    cue_books,
    part_source,
    score_source,
    sketch_source,
    together,
)
from scorestage.engraving.edition import Edition, PodiumMark, Timing
from scorestage.engraving.filenames import set_stem, set_stems

__all__ = [
    "Book",
    "BookSource",
    "Edition",
    "PageKind",
    "PodiumMark",
    "PrintedFile",
    "Timing",
    "book_source",
    "cue_books",
    "part_source",
    "score_source",
    "set_stem",
    "set_stems",
    "sketch_source",
    "together",
]
