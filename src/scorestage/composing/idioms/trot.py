"""Riding without haste: bass and fifth, a clip-clop between, open chords at the phrase's end."""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "trot",
    (
        Line(
            Role.BASS,
            bars={"2222": ("R---F---", "R-..F-..", "R-R-F-N-")},
            cells={2: ("F-", "--"), 3: ("F--", "---")},
            head={2: ("R-",), 3: ("R--",)},
        ),
        Line(
            Role.RHYTHM,
            bars={"2222": ("..BH..BH", ".HBH.HBH", "..BHBHBH"), "33": ("..B..H", ".BH.BH")},
            cells={2: ("BH", ".H"), 3: (".BH", "B.H")},
            head={2: (".H", ".."), 3: ("..H",)},
            short=True,
            accents=False,
        ),
        Line(
            Role.HARMONY,
            bars={"2222": ("........", "C-------", "....C---")},
            cells={2: ("..", "..", "C-"), 3: ("...", "...", "C--")},
            head={2: ("..",), 3: ("...",)},
        ),
    ),
)
