"""Two-chord progressions that film has taught to listeners, and phrases of Roman numerals.

The classes are Murphy's tonal-triadic progression classes: quality of one chord, semitones up to
the root of the next, its quality. They read as themselves only while the first is heard as tonic,
both stand in root position, and they swing to and fro at least twice.
"""

from __future__ import annotations

from scorestage.errors import MusicError
from scorestage.music.harmony import chord_tones
from scorestage.music.marks import ChordSymbol

PROGRESSION_CLASSES: dict[str, tuple[str, str]] = {
    "heroism": ("I", "II"),
    "space": ("I", "#IV"),
    "fantastic": ("I", "bVI"),
    "loss": ("I", "iii"),
    "romance": ("I", "iv"),
    "wonder": ("i", "IV"),
    "mystery": ("i", "II"),
    "dramatic": ("i", "nVII"),
    "danger": ("i", "#iv"),
    "evil": ("i", "bvi"),
    "uncanny": ("i", "nIII"),
    "mediants": ("I", "nIII"),
}
"""Name of each class and its two chords."""


def classes_for(mode_family: str, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Those of the named classes whose first chord is the tonic of a `major` or `minor` key.

    Raises `MusicError` for a class nobody knows.
    """
    unknown = [name for name in names if name not in PROGRESSION_CLASSES]
    if unknown:
        known = ", ".join(PROGRESSION_CLASSES)
        raise MusicError(f"{unknown[0]!r} is no class of progression", do=f"known: {known}")
    first = "i" if mode_family == "minor" else "I"
    pairs = (PROGRESSION_CLASSES[name] for name in names)
    return tuple(pair for pair in pairs if pair[0] == first)


def class_between(one: ChordSymbol, other: ChordSymbol) -> str:
    """The class of two triads in Murphy's words, `M8M`; empty where one is no plain triad.

    >>> from scorestage.timebase import Beat
    >>> class_between(ChordSymbol(Beat(0), "C", "major"), ChordSymbol(Beat(4), "Ab", "major"))
    'M8M'
    """
    letters = {"major": "M", "minor": "m"}
    if one.quality not in letters or other.quality not in letters:
        return ""
    up = (chord_tones(other)[0].key - chord_tones(one)[0].key) % 12
    return f"{letters[one.quality]}{up}{letters[other.quality]}"


def in_bar(entry: str) -> tuple[str, ...]:
    """The numerals of one bar: `ii-V7` divides it in two.

    >>> in_bar("ii-V7")
    ('ii', 'V7')
    """
    return tuple(entry.split("-"))
