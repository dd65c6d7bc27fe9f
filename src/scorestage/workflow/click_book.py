"""`calc book`: click-book pages for a tempo, on screen, as PDF and as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scorestage.adapters.formats.csv_table import csv_of
from scorestage.adapters.formats.pdf_click_book import click_book_pdf
from scorestage.adapters.store import write_bytes
from scorestage.errors import InputError, Where
from scorestage.paperwork import click_book_pages, click_book_table, click_of
from scorestage.timebase import (
    ClickBook,
    ClickBookRow,
    FrameClick,
    FrameRate,
    Tempo,
    Timecode,
    frame_rate,
    read_tempo,
)
from scorestage.workflow.calc import Answer, exact_and_float
from scorestage.workflow.tell import tell_moment

MOST_BEATS = 10_000
MOST_TEMPOS = 200


def click_book(
    tempo: str,
    rate: str,
    beats: int,
    start: str = "00:00:00:00",
    targets: tuple[Path, ...] = (),
    last: str = "",
) -> Answer:
    """Beats 1 to `beats` of a tempo; `targets` (.pdf, .csv) are written, too.

    `start` is the timecode of beat 1. With a `last` frame click the book goes on from eighth to
    eighth of a frame up to it. Nothing is written where one of the targets cannot be.
    """
    fps = frame_rate(rate)
    if not 1 <= beats <= MOST_BEATS:
        raise InputError(f"a click book of {beats} beats", do=f"print 1 to {MOST_BEATS}")
    first = Timecode.parse(start, fps).frames
    books = [ClickBook(one, fps, first) for one in _tempos(tempo, last, fps)]
    book = books[0]
    for target in targets:
        if target.suffix.lower() not in (".pdf", ".csv"):
            do = "end the name in .pdf or .csv"
            raise InputError("a click book is not written so", Where(file=target), do)
    pages = [page for one in books for page in click_book_pages(one, beats)]
    for target in targets:
        if target.suffix.lower() == ".pdf":
            write_bytes(target, click_book_pdf(pages, _running(books)))
        else:
            write_bytes(target, csv_of(click_book_table(books, beats)))
    told: dict[str, Any] = {
        **exact_and_float("bpm", book.tempo.bpm),
        "frame_click": pages[0].click,
        **exact_and_float("frames_per_beat", book.frames_per_beat),
        "rate": fps.name,
        "rounding": pages[0].rounding,
        "clicks": [click_of(one) for one in books],
        "files": [str(target) for target in targets],
        "rows": [_told(row) for row in book.rows(1, beats)],
    }
    facts = ((label.lower(), fact) for label, fact in pages[0].facts if fact)
    if len(books) > 1:
        count = f"{len(books)} tempos, {len(pages)} pages"
        return Answer(told, (("click book", f"{_running(books)[11:]}, {count}"),))
    return Answer(told, (("click book", f"{pages[0].click}  {pages[0].tempo}"), *facts))


def _tempos(first: str, last: str, rate: FrameRate) -> list[Tempo]:
    """One tempo, or every frame click between two."""
    if not last:
        return [read_tempo(first, rate)]
    one, other = sorted((FrameClick.parse(first), FrameClick.parse(last)))
    if other.eighths - one.eighths >= MOST_TEMPOS:
        told = f"a click book from {one} to {other} has too many pages"
        raise InputError(told, do=f"print up to {MOST_TEMPOS} tempos at once")
    return [FrameClick(n).tempo(rate) for n in range(one.eighths, other.eighths + 1)]


def _running(books: Sequence[ClickBook]) -> str:
    ends = dict.fromkeys(click_of(book) for book in (books[0], books[-1]))
    return f"Click book {' to '.join(ends)}"


def _told(row: ClickBookRow) -> dict[str, Any]:
    return {
        "beat": row.beat,
        **tell_moment("at", row.into.seconds),
        **exact_and_float("frames", row.frames),
        "clock": row.clock,
        "timecode": row.timecode,
        "feet_35mm": row.feet_35mm,
        "feet_16mm": row.feet_16mm,
    }
