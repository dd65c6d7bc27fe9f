"""A whole cue for the printer: the score and every part in one source, one file for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scorestage.engraving.booktext import part_size
from scorestage.engraving.edition import Edition
from scorestage.engraving.ink import file_stem
from scorestage.engraving.partpages import PLAYERS_AT_A_DESK, part_book
from scorestage.engraving.scorepages import score_book
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


def score_source(score: Score, tempo_map: TempoMap, edition: Edition) -> BookSource:
    """The source of the conductor's score alone, printed to `score.pdf`.

    Raises `MusicError` for a score without bars or players, or for what cannot be written.
    """
    text = STYLESHEET + score_book(score, tempo_map, edition, "score")
    return BookSource(text, (PrintedFile("score.pdf", PageKind.SCORE),))


def sketch_source(sketch: Sketch, tempo_map: TempoMap, edition: Edition) -> BookSource:
    """The source of the short score: the sketch's strands with hits, film times and chords."""
    text = STYLESHEET + score_book(sketch.as_score(), tempo_map, edition, "sketch", short=True)
    return BookSource(text, (PrintedFile("sketch.pdf", PageKind.SKETCH),))


def part_source(score: Score, tempo_map: TempoMap, edition: Edition, player_id: str) -> BookSource:
    """The source of one player's part (or tacet sheet) alone.

    Raises `MusicError` for a player who is not in the score.
    """
    orders = {line.player.id: order for order, line in enumerate(score.lines)}
    if player_id not in orders:
        known = ", ".join(orders)
        raise MusicError(f"there is no player {player_id!r}", do=f"known: {known}")
    text, file = _part(score, orders[player_id], tempo_map, edition)
    return BookSource(STYLESHEET + part_size(edition) + text, (file,))


@dataclass(frozen=True, slots=True)
class Book:
    """One file of pages before it is printed: its source without the stylesheet, and its file."""

    text: str
    file: PrintedFile


def cue_books(score: Score, tempo_map: TempoMap, edition: Edition) -> tuple[Book, ...]:
    """The score and every part by themselves, to be printed in any company by `together`.

    Raises `MusicError` for a score without bars or players, or for what cannot be written.
    """
    whole = score_book(score, tempo_map, edition, "score")
    books = [Book(whole, PrintedFile("score.pdf", PageKind.SCORE))]
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
