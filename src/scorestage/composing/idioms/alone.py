"""A solo with space round it: a low open fifth, and one soft chord where the phrase breathes."""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "alone",
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
                "2222": ("........", "........", "....H---"),
                "222": ("......", "......", "..H---"),
                "223": (".......", ".......", "....H--"),
            },
            cells={2: ("..", "..", "H-"), 3: ("...", "...", "H--")},
            head={2: ("..",), 3: ("...",)},
            accents=False,
        ),
    ),
    keeps_roots=True,
)
