"""A short mark of the music in a part, so that pages can be told from those of other notes."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from scorestage.engraving.setcheck.values import Sheet

_LETTERS = 16


def music_mark(sheets: Iterable[Sheet]) -> str:
    """Sixteen letters that change with every note, sign and bar label of the part.

    Barlines are left out: they are held against the score, and say nothing of the notes.

    >>> music_mark([]) == music_mark([Sheet("Horn", ())])
    False
    """
    told = [
        repr(
            (
                [(bar.label, bar.meter, str(bar.quarters)) for bar in sheet.bars],
                sorted(
                    (s.bar, str(s.offset_quarters), str(s.length_quarters), str(s.key))
                    for s in sheet.sounds
                ),
                sorted(
                    (s.bar, str(s.offset_quarters), s.kind, s.text)
                    for s in (*sheet.signs, *sheet.marks)
                    if s.kind != "barline"
                ),
            )
        )
        for sheet in sheets
    ]
    return sha256("\n".join(told).encode()).hexdigest()[:_LETTERS]
