"""The habanera's dotted bass, chords on its answer: Carmen, and half of all screen romances."""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "habanera",
    (
        Line(
            Role.BASS,
            bars={
                "2222": ("R--FO-F-", "R--FO-F-", "R--FO-A-"),
                "222": ("R--FO-", "R--FA-"),
                "33": ("R--F-O", "R--F-A"),
            },
            cells={2: ("F-", "OF"), 3: ("O-F", "F--")},
            head={2: ("R-",), 3: ("R-F",)},
        ),
        Line(
            Role.HARMONY,
            bars={"2222": ("....C-C-", "..C.C-C.", "....C-CC"), "222": ("..C-C-", "..C-CC")},
            cells={2: ("C-", ".C"), 3: (".C-", "C-C")},
            head={2: ("..",), 3: ("..C",)},
        ),
    ),
)
