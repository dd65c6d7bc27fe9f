"""What a person says a shot shows: kept by timecode, beside the picture version it is of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scorestage.adapters.store.shapes import as_text
from scorestage.adapters.store.toml_file import Field, TableShape, TomlFile, tables, write_tables
from scorestage.timebase import FilmClock, FilmTime


@dataclass(frozen=True, slots=True)
class ShotWords:
    """Words for the shot that begins at a moment of the film, written as a label.

    Empty words say that the shot is not to be noted.
    """

    at: str
    words: str

    def moment(self, clock: FilmClock) -> FilmTime:
        """When the shot begins."""
        return clock.read(self.at)


_SHAPE = TableShape(
    (
        Field("at", as_text, str, required=True),
        Field("words", as_text, str, "", required=True),
    )
)


def read_shot_words(path: Path, clock: FilmClock) -> tuple[ShotWords, ...]:
    """All words of a picture version in film order; none where there is no file."""
    if not path.exists():
        return ()
    file = TomlFile.read(path)
    found = [
        ShotWords(**_SHAPE.read(file, table, "shot", index))
        for index, table in enumerate(tables(file, "shot"))
    ]
    return tuple(sorted(found, key=lambda one: one.moment(clock)))


def write_shot_words(path: Path, words: tuple[ShotWords, ...], clock: FilmClock) -> None:
    """Write them in film order; what a person put into the file besides stays."""
    file = TomlFile.read_or_new(path)
    ordered = sorted(words, key=lambda one: one.moment(clock))
    write_tables(file, "shot", _SHAPE, ordered, "at")
    file.write()
