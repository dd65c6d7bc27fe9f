"""Ways of playing as TOML: one file each; an instrument may put its own words in their place."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from scorestage.adapters.catalogue.shelves import read
from scorestage.adapters.catalogue.table import Table
from scorestage.errors import CatalogueError
from scorestage.music import PlayingTechnique


def file_name_of(word: str) -> str:
    """The file a way of playing stands in, without `.toml`.

    >>> file_name_of("con sord."), file_name_of("flutter.")
    ('con-sord', 'flutter')
    """
    return re.sub(r"[^a-z0-9]+", "-", word.lower()).strip("-")


@lru_cache(maxsize=512)
def load_technique(word: str, *libraries: Path) -> PlayingTechnique:
    """What the catalogue knows of a way of playing, named as in an instrument's `plays`.

    Raises `CatalogueError` with file, line and key for whatever is wrong in its file.

    >>> load_technique("pizz.").cancelled_by
    'arco'
    """
    table = read("techniques", file_name_of(word), *libraries)
    table.string("id", "")
    found = changed(PlayingTechnique(word, "", ""), table)
    if table.string("word", word) != word:
        raise table.fault("word", f"this file is asked for as {word!r}", f"write word = {word!r}")
    table.string("name")
    table.string("notation")
    table.finish()
    return found


def changed(plain: PlayingTechnique, table: Table) -> PlayingTechnique:
    """A way of playing with what `table` says put in place of what it was."""
    return replace(
        plain,
        name=table.string("name", plain.name),
        notation=table.string("notation", plain.notation),
        printed=table.string("printed", plain.printed),
        cancelled_by=table.string("cancelled_by", plain.cancelled_by),
        playback=table.string("playback", plain.playback),
        program=program_at(table, "program", plain.program),
        gain_db=table.whole("gain_db", plain.gain_db),
        on_seconds=_seconds(table, "on_seconds", plain.on_seconds),
        off_seconds=_seconds(table, "off_seconds", plain.off_seconds),
    )


def techniques_of(table: Table, libraries: tuple[Path, ...]) -> tuple[PlayingTechnique, ...]:
    """What is known of each way of playing in an instrument's `plays`, its own words first.

    A word nobody has a file for is a fault, unless the instrument explains it in `[[techniques]]`.
    """
    own = {one.string("word"): one for one in table.tables("techniques")}
    found = []
    for word in table.strings("plays", ()):
        try:
            technique = load_technique(word, *libraries)
        except CatalogueError as fault:
            if word not in own or fault.where.file is not None:
                raise _told(table, word, fault) from None
            technique = PlayingTechnique(word, own[word].string("name"), "")
        found.append(changed(technique, own[word]) if word in own else technique)
    for word, one in own.items():
        one.finish()
        if word not in table.strings("plays", ()):
            raise one.fault("word", f"{word!r} is not among what it plays", "add it to plays")
    return tuple(found)


def _told(table: Table, word: str, fault: CatalogueError) -> CatalogueError:
    if fault.where.file is not None:
        return fault
    do = f"{fault.do}, or explain it under [[techniques]] with word, name and notation"
    return table.fault("plays", f"{word!r} is no known way of playing", do)


def program_at(table: Table, key: str, plain: int | None = None) -> int | None:
    """A General MIDI program from 0 to 127; `plain` where the key is not written."""
    if not table.has(key):
        return plain
    program = table.whole(key)
    if not 0 <= program <= 127:
        raise table.fault(key, f"{program} is no MIDI program", "they run from 0 to 127")
    return program


def _seconds(table: Table, key: str, plain: int) -> int:
    seconds = table.whole(key, plain)
    if not 0 <= seconds <= 600:
        raise table.fault(key, f"{key} must be whole seconds from 0 to 600")
    return seconds
