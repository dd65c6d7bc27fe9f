"""Who prints the pages: LilyPond where it is, else Verovio; both from the same score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from scorestage.adapters.machines import lilypond, verovio_pages
from scorestage.engraving import (
    BookSource,
    Edition,
    PrintedFile,
    book_source,
    part_source,
    score_source,
    sketch_source,
)
from scorestage.engraving.mei import MeiBook, mei_books, mei_part, mei_score, mei_sketch
from scorestage.errors import MachineError
from scorestage.music import Score, Sketch
from scorestage.timebase import TempoMap


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


def print_cue(
    score: Score, tempo_map: TempoMap, edition: Edition, engraver: Engraver, room: Path
) -> Printed:
    """The conductor's score and every part; `room` is an empty folder to work in.

    Raises `MachineError` where nobody is here to print, or the printing fails.
    """
    return _printed(
        engraver,
        room,
        lambda: book_source(score, tempo_map, edition),
        lambda: mei_books(score, tempo_map, edition),
    )


def print_score(
    score: Score, tempo_map: TempoMap, edition: Edition, engraver: Engraver, room: Path
) -> Printed:
    """The conductor's score alone."""
    return _printed(
        engraver,
        room,
        lambda: score_source(score, tempo_map, edition),
        lambda: (mei_score(score, tempo_map, edition),),
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
        lambda: part_source(score, tempo_map, edition, player),
        lambda: (mei_part(score, player, tempo_map, edition),),
    )


def print_sketch(
    sketch: Sketch, tempo_map: TempoMap, edition: Edition, engraver: Engraver, room: Path
) -> Printed:
    """The short score."""
    return _printed(
        engraver,
        room,
        lambda: sketch_source(sketch, tempo_map, edition),
        lambda: (mei_sketch(sketch, tempo_map, edition),),
    )


def _printed(
    engraver: Engraver,
    room: Path,
    as_lilypond: Callable[[], BookSource],
    as_mei: Callable[[], Sequence[MeiBook]],
) -> Printed:
    if engraver_for(engraver) is Engraver.VEROVIO:
        books = as_mei()
        laid = verovio_pages.lay_out(books, room)
        files = zip((book.file for book in books), laid.contents, strict=True)
        return Printed(tuple(files), laid.maker, laid.warnings)
    if not lilypond.has_lilypond():
        raise MachineError(
            "there is no engraver here: neither LilyPond nor Verovio is installed",
            do="pip install lilypond==2.24.3 (Intel and AMD machines) or pip install verovio, "
            "or put LilyPond 2.24 or later on the PATH; scores as MusicXML need neither",
        )
    source = as_lilypond()
    engraved = lilypond.engrave(source, room)
    contents = (file.read_bytes() for file in engraved.files)
    maker = f"LilyPond {lilypond.lilypond_version()}"
    return Printed(tuple(zip(source.files, contents, strict=True)), maker, engraved.warnings)
