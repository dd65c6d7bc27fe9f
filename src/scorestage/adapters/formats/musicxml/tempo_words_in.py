"""Tempo words that a program wrote over every staff, or beside its metronome mark, told once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from scorestage.adapters.formats.musicxml.facts_in import Place, ReadPart
from scorestage.music import MarkKind

_LEAST_PARTS = 3
_TEMPO = re.compile(
    r"(?:a tempo|adagi|allegr|andant|anim|assez|bewegt|breit|brisk|fast|feierlich|freely|gehend|"
    r"grave|heavy|langsam|larg|lebhaft|lent|lively|l'istesso|maestoso|march|massig|mässig|mäßig|"
    r"moder|modéré|poco (?:più|meno)|prest|quick|quasi|rapid|rasch|ruhig|schnell|slow|sostenuto|"
    r"stately|steady|tempo|tranquil|tres|très|vif|vite|viv|with|ziemlich|"
    r"(?:più|meno|molto|un poco) (?:mosso|allegro|lento|animato|tranquillo|presto|vivo))",
    re.IGNORECASE,
)
"""How words that tell a tempo begin, in the languages that scores use."""


def raise_tempo_words(parts: Sequence[ReadPart]) -> None:
    """Words where the tempo changes become marks over the whole score.

    Either all parts say the same there, or one says it beside its own tempo and it reads like a
    tempo. Anything else stays with its player.
    """
    timed = {place for part in parts for place, _ in part.tempos}
    said: dict[tuple[Place, str], int] = defaultdict(int)
    for part in parts:
        for key in {(one.at, one.sign) for one in part.signs if isinstance(one.sign, str)}:
            said[key] += key[0] in timed
    everywhere = {
        key for key, count in said.items() if count == len(parts) and count >= _LEAST_PARTS
    }
    for part in parts:
        own = {place for place, _ in part.tempos}
        kept = []
        for one in part.signs:
            told = one.sign
            if isinstance(told, str) and (
                (one.at, told) in everywhere or (one.at in own and _TEMPO.match(told.strip("[( ")))
            ):
                part.marks.append((one.at, MarkKind.TEXT, told))
            else:
                kept.append(one)
        part.signs[:] = kept
