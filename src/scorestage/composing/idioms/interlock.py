"""Two hands in turn: each fills the other's rests, so that one pattern comes of both.

Chords beaten so, swelling and fading, and one tone moved in a phrase's last bar.
"""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "interlock",
    (
        Line(
            Role.RHYTHM,
            bars={
                "2222": ("L.L.LL.L.L.LL.L.", "L.L.LL.L.L.LL.LL"),
                "222": ("L.LL.L.L.LL.", "L.LL.L.L.LLL"),
                "33": ("L.LL.LL.L.L.", "L.LL.LL.L.LL"),
            },
            cells={2: ("L.L.",), 3: ("L.LL.L", "LL.L.L")},
            accents=False,
        ),
        Line(
            Role.COLOUR,
            bars={
                "2222": (".h.h..h.h.h..h.h", ".h.h..h.h.b..h.."),
                "222": (".h..h.h.h..h", ".h..h.b.h..."),
                "33": (".h..h..h.h.h", ".h..h..h.b.."),
            },
            cells={2: (".h.h",), 3: (".h..h.", "..h.h.")},
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
