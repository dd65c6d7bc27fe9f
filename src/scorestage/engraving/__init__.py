"""Scores onto pages: the conductor's score, every part, short scores, as LilyPond sources."""

from scorestage.engraving.books import (
    Book,
    BookSource,
    PageKind,
    PrintedFile,
    book_source,
    cue_books,
    part_in_book,
    part_source,
    roomier,
    score_in_book,
    score_source,
    sketch_in_book,
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
    "part_in_book",
    "part_source",
    "roomier",
    "score_in_book",
    "score_source",
    "set_stem",
    "set_stems",
    "sketch_in_book",
    "sketch_source",
    "together",
]
