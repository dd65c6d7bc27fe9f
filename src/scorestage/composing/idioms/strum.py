"""Strummed strings: a bass tone, then the chord brushed down and, lighter, up."""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "strum",
    (
        Line(
            Role.BASS,
            bars={"2222": ("R...F...", "R...F.N."), "222": ("R.....", "R...N.")},
            cells={2: ("..", "F."), 3: ("F..",)},
            head={2: ("R.",), 3: ("R..",)},
        ),
        Line(
            Role.HARMONY,
            bars={
                "2222": ("..C-..CC", "..CC..CC", "..C-.CCC"),
                "222": ("..C-CC", "..CCCC"),
                "33": ("..C..C", ".CC..C"),
            },
            cells={2: ("C-", "CC"), 3: ("..C", ".CC")},
            head={2: ("..",), 3: ("..C",)},
            accents=False,
        ),
    ),
)
