"""Key switches of sound libraries as TOML: one file each, anybody's own beside the package's."""

from __future__ import annotations

import re
from pathlib import Path

from scorestage.adapters.catalogue.shelves import read
from scorestage.adapters.catalogue.table import Table
from scorestage.takedown import ORDINARY, Switch, SwitchMap, playing_of

_NAME = re.compile(r"([A-Ga-g])([#b]?)(-?\d)")
_SEMITONES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_MIDDLE = {"C3": 5, "C4": 4, "C5": 3}
"""By what middle C (MIDI 60) is called, the octaves to be added to a key's own."""
_PLAIN = re.compile(r"\b(?:sus\w*|long|ord\w*|arco|normal|legato|senza\w*)\b")


def load_switch_map(name: str, *libraries: Path) -> SwitchMap:
    """A switch map by its id: a library's own before the package's.

    Raises `CatalogueError` with file, line and key for whatever is wrong in its file.

    >>> load_switch_map("logic-studio-strings").switches[0].key
    36
    """
    return switch_map_of(read("switchmaps", name, *libraries))


def switch_map_of(table: Table) -> SwitchMap:
    """What a file says: `key` (by name or MIDI number), `controller` or `program`; `values`
    bound the key's velocity or the controller's value; `playing` are words as a track has."""
    table.whole("schema", 1)
    table.string("about", "")
    middle = table.string("middle_c", "C4")
    if middle not in _MIDDLE:
        raise table.fault("middle_c", f"{middle!r} is no middle C", "write C3, C4 or C5")
    found = SwitchMap(
        table.string("id", "own"),
        table.string("name"),
        tuple(_switch(one, _MIDDLE[middle]) for one in table.tables("switches")),
        table.strings("instruments", ()),
    )
    table.finish()
    return found


def _switch(table: Table, octaves: int) -> Switch:
    words = table.string("playing")
    playing, rest = playing_of(words)
    if playing == ORDINARY and rest and not _PLAIN.search(words.lower()):
        do = "write for example sustain, staccato, pizz., tremolo, con sord., harmonics"
        raise table.fault("playing", f"{words!r} is no way of playing known here", do)
    low, high = _bounds(table)
    chosen = [key for key in ("key", "controller", "program") if table.has(key)]
    if len(chosen) != 1:
        raise table.fault("playing", "a switch is one of key, controller, program", "write one")
    one = Switch(
        playing,
        _key(table, octaves) if table.has("key") else None,
        _number(table, "controller") if table.has("controller") else None,
        _number(table, "program") if table.has("program") else None,
        low,
        high,
        table.truth("held", False),
    )
    table.finish()
    return one


def _bounds(table: Table) -> tuple[int, int]:
    told = table.wholes("values", (0, 127))
    if len(told) != 2 or not 0 <= told[0] <= told[1] <= 127:
        raise table.fault("values", "values are two numbers from 0 to 127", "write [1, 64]")
    return told[0], told[1]


def _number(table: Table, key: str) -> int:
    number = table.whole(key)
    if not 0 <= number <= 127:
        raise table.fault(key, f"{number} is no {key}", "they run from 0 to 127")
    return number


def _key(table: Table, octaves: int) -> int:
    text = table.string("key")
    number = int(text) if text.isdigit() else key_number(text, octaves)
    if number is None or not 0 <= number <= 127:
        raise table.fault("key", f"{text!r} is no key", "write for example C0, F#-1 or 24")
    return number


def key_number(text: str, octaves: int = 4) -> int | None:
    """The MIDI key of a name; `octaves` 4 where middle C is C4, 5 where it is C3.

    >>> key_number("C4"), key_number("C3", 5), key_number("Bb-1")
    (60, 60, 10)
    """
    match = _NAME.fullmatch(text.strip())
    if match is None:
        return None
    sign = {"#": 1, "b": -1, "": 0}[match[2]]
    return _SEMITONES[match[1].upper()] + sign + 12 * (int(match[3]) + 1 + octaves - 4)
