"""A rise through two octaves that comes to rest high up, over held strings: the sky opens."""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "ascent",
    (
        Line(
            Role.RHYTHM,
            bars={
                "2222": ("..BMHbmh", "BMHbmh--", "....BMHb"),
                "222": (".BMHbh", "BMHbm-", "..BMHb"),
                "33": (".BMHbh", "BMHbm-", "..BMHb"),
                "22222": ("..BMHMHbmh", "BMHbmh----"),
            },
            cells={2: ("BM", "Hb", "mh"), 3: ("BMH", "bmh")},
            head={2: ("..", "BM"), 3: (".BM", "BMH")},
            accents=False,
        ),
        Line(
            Role.HARMONY,
            cells={2: ("--",), 3: ("---",)},
            head={2: ("T-",), 3: ("T--",)},
            accents=False,
        ),
        Line(
            Role.BASS,
            cells={2: ("--",), 3: ("---",)},
            head={2: ("R-",), 3: ("R--",)},
            accents=False,
        ),
    ),
)
