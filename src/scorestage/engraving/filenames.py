"""How the files of a set are called: `Show-1m01-v2-Horn_1`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from scorestage.engraving.edition import Edition

_LONGEST = 60
_LONGEST_SHOW = 40


def word(text: str, longest: int = _LONGEST) -> str:
    """Text as one word of a file name that every system takes; empty where nothing is left.

    >>> word("Clarinet 1 (B♭)"), word("The Long Way Home"), word("../../etc")
    ('Clarinet_1_Bb', 'The_Long_Way_Home', 'etc')
    """
    told = text.replace("♭", "b").replace("♯", "#").replace("#", "-sharp")
    flat = unicodedata.normalize("NFKD", told).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^A-Za-z0-9]+", "_", flat)[:longest].strip("_")


def set_stem(edition: Edition, what: str) -> str:
    """The stem of one file of a set: production, cue, version, and what it is.

    Words of the edition that are empty are left out.
    """
    named = edition.production or edition.cue_number
    show = word(edition.production if named else edition.files_called, _LONGEST_SHOW)
    pieces = (show, word(edition.cue_number), word(edition.version), word(what) or "Part")
    return "-".join(piece for piece in pieces if piece)


def set_stems(edition: Edition, names: Sequence[str]) -> tuple[str, ...]:
    """The stems of all parts; two players of one name get a number behind."""
    taken: set[str] = set()
    found = []
    for name in names:
        stem = set_stem(edition, name)
        count = 1
        while stem.casefold() in taken:
            count += 1
            stem = set_stem(edition, f"{word(name)[: _LONGEST - 6]} {count}")
        taken.add(stem.casefold())
        found.append(stem)
    return tuple(found)
