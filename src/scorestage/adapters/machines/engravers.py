"""Who prints the pages: LilyPond where it is, else Verovio; both from the same score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Protocol, TypeVar

from scorestage.adapters.machines import lilypond, verovio_pages
from scorestage.engraving import (
    Book,
    Edition,
    PrintedFile,
    cue_books,
    part_in_book,
    roomier,
    score_in_book,
    sketch_in_book,
    together,
)
from scorestage.engraving.mei import MeiBook, mei_books, mei_part, mei_score, mei_sketch
from scorestage.engraving.songpages import SongEdition, song_in_book
from scorestage.engraving.stylesheet import STYLESHEET
from scorestage.errors import MachineError
from scorestage.music import Score, Sketch
from scorestage.timebase import TempoMap

_Book = TypeVar("_Book")
_ROUNDS = 3
"""How often pages that turn out too full are made again with more room."""
_MOST_LETTERS = 600_000
"""How long the source of one run may be where it can be divided: about 1.2 GB of memory."""


class Engraver(StrEnum):
    """Who prints; automatic takes LilyPond where it is."""

    AUTOMATIC = "automatic"
    LILYPOND = "lilypond"
    VEROVIO = "verovio"


@dataclass(frozen=True, slots=True)
class Printed:
    """Finished pages: the files with their contents, what made them, and what it warned of."""

    files: tuple[tuple[PrintedFile, bytes], ...]
    maker: str
    warnings: tuple[str, ...]


def engraver_for(wish: Engraver) -> Engraver:
    """Who will print. A wish is kept even where its program is missing, so that this is said.

    >>> engraver_for(Engraver.VEROVIO)
    <Engraver.VEROVIO: 'verovio'>
    """
    if wish is not Engraver.AUTOMATIC:
        return wish
    if lilypond.has_lilypond() or not verovio_pages.has_verovio():
        return Engraver.LILYPOND
    return Engraver.VEROVIO


class Shelf(Protocol):
    """Where finished pages are kept by the mark of all that they are made of."""

    def get(self, key: str) -> bytes | None:
        """What lies there; None where nothing does."""
        ...

    def put(self, key: str, content: bytes) -> None:
        """Keep it."""
        ...


def print_cue(
    score: Score,
    tempo_map: TempoMap,
    edition: Edition,
    engraver: Engraver,
    room: Path,
    *,
    workers: int = 1,
    shelf: Shelf | None = None,
) -> Printed:
    """The conductor's score and every part; `room` is an empty folder to work in.

    `workers` processes share the work. Pages that lie on the `shelf` are not made again.

    Raises `MachineError` where nobody is here to print, or the printing fails.
    """
    if engraver_for(engraver) is Engraver.VEROVIO:
        mei = mei_books(score, tempo_map, edition)
        return _from_shelf(
            [(_key(Engraver.VEROVIO, repr(book)), book) for book in mei],
            lambda missing: _laid_out(missing, room),
            shelf,
            [book.file for book in mei],
            lambda: f"Verovio {verovio_pages.verovio_version()}",
        )
    _need_lilypond()
    books = cue_books(score, tempo_map, edition)
    version = lilypond.lilypond_version()
    head = f"{version} {STYLESHEET}"
    return _from_shelf(
        [(_key(Engraver.LILYPOND, head + book.text), book) for book in books],
        lambda missing: _side_by_side(missing, room, workers),
        shelf,
        [book.file for book in books],
        lambda: f"LilyPond {version}",
    )


def _key(engraver: Engraver, told: str) -> str:
    return sha256(f"{engraver} {told}".encode()).hexdigest()


def _from_shelf(
    wanted: Sequence[tuple[str, _Book]],
    make: Callable[[Sequence[_Book]], tuple[Sequence[bytes], tuple[str, ...]]],
    shelf: Shelf | None,
    files: Sequence[PrintedFile],
    maker: Callable[[], str],
) -> Printed:
    """Those of the books that lie on the shelf, the others made and put there."""
    found = [shelf.get(key) if shelf is not None else None for key, _ in wanted]
    missing = [place for place, content in enumerate(found) if content is None]
    warnings: tuple[str, ...] = ()
    if missing:
        made, warnings = make([wanted[place][1] for place in missing])
        for place, content in zip(missing, made, strict=True):
            found[place] = content
            if shelf is not None and not warnings:
                shelf.put(wanted[place][0], content)
    contents = [content for content in found if content is not None]
    return Printed(tuple(zip(files, contents, strict=True)), maker(), warnings)


def _laid_out(books: Sequence[MeiBook], room: Path) -> tuple[Sequence[bytes], tuple[str, ...]]:
    laid = verovio_pages.lay_out(books, room)
    return laid.contents, laid.warnings


def _side_by_side(
    books: Sequence[Book], room: Path, workers: int, *, rounds: int = _ROUNDS
) -> tuple[Sequence[bytes], tuple[str, ...]]:
    """The books shared out among processes by their length, each in a room of its own.

    Which pages are too full is known only when they are laid out; those are made again.
    """
    shares = _shares([len(book.text) for book in books], max(1, workers))

    def printed(number: int) -> lilypond.Engraved:
        source = together([books[place] for place in shares[number]])
        return lilypond.engrave(source, room / f"share-{number}")

    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        engraved = list(pool.map(printed, range(len(shares))))
    contents = [b""] * len(books)
    crowded: list[int] = []
    for share, made in zip(shares, engraved, strict=True):
        for place, file in zip(share, made.files, strict=True):
            contents[place] = file.read_bytes()
            if file.name in made.crowded:
                crowded.append(place)
    told = [warning for made in engraved for warning in made.warnings]
    if crowded:
        again, more = _with_more_room([books[place] for place in crowded], room, workers, rounds)
        told += more
        for place, content in zip(crowded, again, strict=True):
            contents[place] = content or contents[place]
    return contents, tuple(dict.fromkeys(told))


def _with_more_room(
    books: Sequence[Book], room: Path, workers: int, rounds: int
) -> tuple[Sequence[bytes], tuple[str, ...]]:
    """Books whose pages were too full made again with more room; empty for those given up."""
    if not rounds:
        names = ", ".join(book.file.name.removesuffix(".pdf") for book in books)
        return [b""] * len(books), (f"pages are crowded: {names}",)
    return _side_by_side(
        [roomier(book) for book in books], room / "roomier", workers, rounds=rounds - 1
    )


def _shares(lengths: Sequence[int], workers: int) -> list[list[int]]:
    """The places of what is to be done, shared out so that all are done about together.

    What is too long for so many runs gets more of them, done by and by.

    >>> _shares([90, 40, 30, 30], 2)
    [[0], [1, 2, 3]]
    >>> _shares([900_000, 400_000, 400_000], 1)
    [[0], [1], [2]]
    """
    runs = max(workers, -(-sum(lengths) // _MOST_LETTERS))
    shares: list[list[int]] = [[] for _ in range(min(runs, len(lengths)))]
    for place in sorted(range(len(lengths)), key=lambda at: -lengths[at]):
        lightest = min(shares, key=lambda share: sum(lengths[at] for at in share))
        lightest.append(place)
    return [sorted(share) for share in shares]


def _need_lilypond() -> None:
    if not lilypond.has_lilypond():
        raise MachineError(
            "there is no engraver here: neither LilyPond nor Verovio is installed",
            do="pip install lilypond==2.24.3 (Intel and AMD machines) or pip install verovio, "
            "or put LilyPond 2.24 or later on the PATH; scores as MusicXML need neither",
        )


def print_score(
    score: Score, tempo_map: TempoMap, edition: Edition, engraver: Engraver, room: Path
) -> Printed:
    """The conductor's score alone."""
    return _printed(
        engraver,
        room,
        lambda: (score_in_book(score, tempo_map, edition),),
        lambda: (mei_score(score, tempo_map, edition),),
    )


def print_song(
    score: Score, tempo_map: TempoMap, told: SongEdition, engraver: Engraver, room: Path
) -> Printed:
    """The pages of a song."""
    return _printed(
        engraver,
        room,
        lambda: (song_in_book(score, tempo_map, told),),
        lambda: (mei_score(score, tempo_map, told.edition),),
    )


def print_part(
    score: Score,
    player: str,
    tempo_map: TempoMap,
    edition: Edition,
    engraver: Engraver,
    room: Path,
) -> Printed:
    """One player's part alone."""
    return _printed(
        engraver,
        room,
        lambda: (part_in_book(score, tempo_map, edition, player),),
        lambda: (mei_part(score, player, tempo_map, edition),),
    )


def print_sketch(
    sketch: Sketch, tempo_map: TempoMap, edition: Edition, engraver: Engraver, room: Path
) -> Printed:
    """The short score."""
    return _printed(
        engraver,
        room,
        lambda: (sketch_in_book(sketch, tempo_map, edition),),
        lambda: (mei_sketch(sketch, tempo_map, edition),),
    )


def _printed(
    engraver: Engraver,
    room: Path,
    as_lilypond: Callable[[], Sequence[Book]],
    as_mei: Callable[[], Sequence[MeiBook]],
) -> Printed:
    if engraver_for(engraver) is Engraver.VEROVIO:
        books = as_mei()
        laid = verovio_pages.lay_out(books, room)
        files = zip((book.file for book in books), laid.contents, strict=True)
        return Printed(tuple(files), laid.maker, laid.warnings)
    _need_lilypond()
    written = as_lilypond()
    contents, warnings = _side_by_side(written, room, 1)
    maker = f"LilyPond {lilypond.lilypond_version()}"
    files = zip((book.file for book in written), contents, strict=True)
    return Printed(tuple(files), maker, warnings)
