"""Click-book pages: every beat of one tempo by clock, timecode and feet+frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scorestage.paperwork.table import Column, Table
from scorestage.timebase import (
    ClickBook,
    ClickBookRow,
    FrameClick,
    Tempo,
    best_written_click,
    drift_per_minute,
)

BEATS_TO_A_PAGE = 100
COLUMNS = (
    Column("CLICK", 8, right=True),
    Column("BPM", 12, right=True),
    Column("BEAT", 8, right=True),
    Column("MIN:SEC", 14, right=True),
    Column("TIMECODE", 24, right=True),
    Column("35 MM", 16, right=True),
    Column("16 MM", 16, right=True),
    Column("FRAMES", 14, right=True),
    Column("SECONDS", 14, right=True),
)


@dataclass(frozen=True, slots=True)
class ClickBookPage:
    """One page: what stands at its head and its rows, cells in the order of `HEADINGS`."""

    click: str
    tempo: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    rounding: str


HEADINGS = ("BEAT", "MIN:SEC", "TIMECODE", "35 MM", "16 MM")


def click_book_table(books: Sequence[ClickBook], beats: int) -> Table:
    """All rows as a table for a spreadsheet, with exact frames and seconds beside the labels.

    The first columns say which tempo a row belongs to.
    """
    rows = tuple(
        (
            *(click_of(book), str(book.tempo.bpm), *_cells(row)),
            *(str(row.frames), str(row.into.seconds)),
        )
        for book in books
        for row in book.rows(1, beats)
    )
    return Table("Click book", COLUMNS, rows)


def click_book_pages(book: ClickBook, beats: int) -> tuple[ClickBookPage, ...]:
    """The printed pages from beat 1 on, a hundred beats on each.

    >>> from scorestage.timebase import FRAMES_24
    >>> page = click_book_pages(ClickBook(Tempo(96), FRAMES_24), 120)[1]
    >>> page.click, page.tempo, page.rows[0]
    ('15-0', '96 bpm', ('101', '1:02.50', '00:01:02:12', '93+12', '37+20'))
    """
    return tuple(
        ClickBookPage(
            click=click_of(book),
            tempo=f"{_short(book.tempo)} bpm",
            facts=_facts(book),
            rows=tuple(_cells(row) for row in book.rows(first, min(beats, first + 99))),
            rounding=_rounding(book),
        )
        for first in range(1, beats + 1, BEATS_TO_A_PAGE)
    )


def _cells(row: ClickBookRow) -> tuple[str, ...]:
    return str(row.beat), row.clock, row.timecode, row.feet_35mm, row.feet_16mm


def click_of(book: ClickBook) -> str:
    """The frame click; with `~` where no eighth of a frame is exact."""
    click = FrameClick.nearest(book.tempo, book.rate)
    return f"{'' if click.frames == book.frames_per_beat else '~'}{click}"


def _facts(book: ClickBook) -> tuple[tuple[str, str], ...]:
    click = FrameClick.nearest(book.tempo, book.rate)
    written = best_written_click(book.tempo)
    drift = drift_per_minute(book.tempo, written.tempo).seconds
    real = "exactly" if not drift else f"{abs(float(drift)):.2f} s a minute off"
    nearest = "" if click.frames == book.frames_per_beat else _short(click.tempo(book.rate))
    return (
        ("Frame rate", book.rate.name),
        ("Frames a beat", _plain(float(book.frames_per_beat), 4)),
        ("Seconds a beat", _plain(60 / float(book.tempo.bpm), 4)),
        (f"{click} is", f"{nearest} bpm" if nearest else ""),
        ("Written click", f"{written}, {real}"),
    )


def _rounding(book: ClickBook) -> str:
    frames = (
        "frames are exact" if book.is_exact else f"frames are rounded to {book.decimals} decimals"
    )
    return f"Every beat is counted from beat 1: {frames}, clock times to hundredths (half up)."


def _short(tempo: Tempo) -> str:
    return _plain(float(tempo.bpm), 4)


def _plain(number: float, decimals: int) -> str:
    text = f"{number:.{decimals}f}"
    return text.rstrip("0").rstrip(".")
