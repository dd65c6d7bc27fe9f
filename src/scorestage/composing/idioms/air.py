"""A slow air: pipes' drone, the regulators' chord only where the singer has taken breath.

Sean-nos song has no accompaniment of its own; what there is stays out of its way (Ó Canainn,
Traditional Music in Ireland, 1978).
"""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "air",
    (
        Line(
            Role.BASS,
            cells={2: ("--",), 3: ("---",)},
            head={2: ("D-",), 3: ("D--",)},
            accents=False,
        ),
        Line(
            Role.HARMONY,
            bars={
                "2222": ("....T---", "........", "......T-", "..T-..C-"),
                "222": ("..T---", "......", "....T-", "..C---"),
                "33": ("...T--", "......", ".....T", "...C--"),
            },
            cells={2: ("T-", "--", ".."), 3: ("T--", "...", "---")},
            head={2: ("..",), 3: ("...",)},
            accents=False,
        ),
    ),
    keeps_roots=True,
)
