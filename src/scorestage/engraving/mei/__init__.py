"""Scores onto pages by way of MEI, which Verovio reads: where there is no LilyPond."""

from scorestage.engraving.mei.books import (
    STAFF_MM,
    MeiBook,
    mei_books,
    mei_part,
    mei_score,
    mei_sketch,
)
from scorestage.engraving.mei.headings import Heading, HeadLine

__all__ = [
    "STAFF_MM",
    "HeadLine",
    "Heading",
    "MeiBook",
    "mei_books",
    "mei_part",
    "mei_score",
    "mei_sketch",
]
