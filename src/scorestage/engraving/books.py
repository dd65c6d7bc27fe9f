"""A whole cue for the printer: the score and every part in one source, one file for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scorestage.engraving.booktext import part_size
from scorestage.engraving.edition import Edition
from scorestage.engraving.ink import file_stem
from scorestage.engraving.partpages import PLAYERS_AT_A_DESK, part_book
from scorestage.engraving.scorepages import score_book
from scorestage.engraving.shortscore import short_score
from scorestage.engraving.stylesheet import STYLESHEET
from scorestage.errors import MusicError
from scorestage.music import Score, Sketch
from scorestage.timebase import TempoMap


class PageKind(StrEnum):
    """What a printed file is."""

    SCORE = "score"
    PART = "part"
    TACET = "tacet"
    SKETCH = "sketch"


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """A file that one run of LilyPond leaves: its name, what it is, whose, and how many copies."""

    name: str
    kind: PageKind
    player: str = ""
    copies: int = 1


@dataclass(frozen=True, slots=True)
class BookSource:
    """A LilyPond source and the PDF files it makes."""

    text: str
    files: tuple[PrintedFile, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """One file of pages before it is printed: its source without the stylesheet, and its file."""

    text: str
    file: PrintedFile


def score_source(score: Score, tempo_map: TempoMap, edition: Edition) -> BookSource:
    """The source of the conductor's score alone, printed to `score.pdf`.

    Raises `MusicError` for a score without bars or players, or for what cannot be written.
    """
    return together([score_in_book(score, tempo_map, edition)])


def score_in_book(score: Score, tempo_map: TempoMap, edition: Edition) -> Book:
    """The conductor's score by itself."""
    text = score_book(score, tempo_map, edition, "score")
    return Book(text, PrintedFile("score.pdf", PageKind.SCORE))


def sketch_source(sketch: Sketch, tempo_map: TempoMap, edition: Edition) -> BookSource:
    """The source of the short score: the sketch's strands with hits, film times and chords."""
    return together([sketch_in_book(sketch, tempo_map, edition)])


def sketch_in_book(sketch: Sketch, tempo_map: TempoMap, edition: Edition) -> Book:
    """The short score by itself."""
    text = score_book(short_score(sketch), tempo_map, edition, "sketch", short=True)
    return Book(text, PrintedFile("sketch.pdf", PageKind.SKETCH))


def part_source(score: Score, tempo_map: TempoMap, edition: Edition, player_id: str) -> BookSource:
    """The source of one player's part (or tacet sheet) alone.

    Raises `MusicError` for a player who is not in the score.
    """
    return together([part_in_book(score, tempo_map, edition, player_id)])


def part_in_book(score: Score, tempo_map: TempoMap, edition: Edition, player_id: str) -> Book:
    """One player's part (or tacet sheet) by itself.

    Raises `MusicError` for a player who is not in the score.
    """
    orders = {line.player.id: order for order, line in enumerate(score.lines)}
    if player_id not in orders:
        known = ", ".join(orders)
        raise MusicError(f"there is no player {player_id!r}", do=f"known: {known}")
    text, file = _part(score, orders[player_id], tempo_map, edition)
    return Book(part_size(edition) + text, file)


_SYSTEMS_A_PAGE = re.compile(r"max-systems-per-page = (\d+)")
_STAFF_SIZE = re.compile(r"\(set-global-staff-size ([\d.]+)\)")
_SMALLER = 0.92


def roomier(book: Book) -> Book:
    """The book with fewer systems on a page; where there is one already, with smaller staves.

    >>> file = PrintedFile("horn.pdf", PageKind.PART)
    >>> roomier(Book("max-systems-per-page = 9", file)).text
    'max-systems-per-page = 8'
    """
    told = _SYSTEMS_A_PAGE.search(book.text)
    if told and int(told[1]) > 1:
        fewer = f"max-systems-per-page = {int(told[1]) - 1}"
        return Book(_SYSTEMS_A_PAGE.sub(fewer, book.text, count=1), book.file)

    def smaller(match: re.Match[str]) -> str:
        return f"(set-global-staff-size {float(match[1]) * _SMALLER:.4f})"

    return Book(_STAFF_SIZE.sub(smaller, book.text, count=1), book.file)


def cue_books(score: Score, tempo_map: TempoMap, edition: Edition) -> tuple[Book, ...]:
    """The score and every part by themselves, to be printed in any company by `together`.

    Raises `MusicError` for a score without bars or players, or for what cannot be written.
    """
    books = [score_in_book(score, tempo_map, edition)]
    size = part_size(edition)
    for order in range(len(score.lines)):
        text, file = _part(score, order, tempo_map, edition)
        books.append(Book(size + text, file))
    return tuple(books)


def together(books: Sequence[Book]) -> BookSource:
    """The source of several books for one run of LilyPond; scores must stand before parts."""
    text = STYLESHEET + "".join(book.text for book in books)
    return BookSource(text, tuple(book.file for book in books))


def book_source(score: Score, tempo_map: TempoMap, edition: Edition) -> BookSource:
    r"""The source of the score and all parts: one `\book` each, for one run of LilyPond."""
    return together(cue_books(score, tempo_map, edition))


def _part(
    score: Score, order: int, tempo_map: TempoMap, edition: Edition
) -> tuple[str, PrintedFile]:
    """One player's book and the file it is printed to; numbered in score order."""
    line = score.lines[order]
    stem = f"part-{order + 1:02}-{file_stem(line.player.id)}"
    kind = PageKind.TACET if line.is_silent else PageKind.PART
    copies = -(-line.player.count // PLAYERS_AT_A_DESK)
    text = part_book(score, line, tempo_map, edition, stem)
    return text, PrintedFile(f"{stem}.pdf", kind, line.player.id, copies)
