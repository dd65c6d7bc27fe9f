"""Bossa nova: thumb on the beats, fingers off them, as João Gilberto's guitar had it.

The two-bar pattern is told bar by bar; in three it is a jazz samba in three, in five and seven the
last cell grows.
"""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "bossa",
    (
        Line(
            Role.BASS,
            bars={"2222": ("R--FF--R", "R--RF--F", "R--FF-A-")},
            cells={2: ("F-",), 3: ("F-F",)},
            head={2: ("R-",), 3: ("R-F",)},
        ),
        Line(
            Role.HARMONY,
            bars={
                "2222": ("C..C..C.", ".C..C-.C", "..C.C..C", "C.C..C.C"),
                "222": ("C..C.C", ".C.C-.", "C.C.C."),
                "223": ("C..C..C", ".C.C.C."),
                "22222": ("C..C..C..C", ".C..C-.C.C"),
            },
            cells={2: ("C.", ".C"), 3: ("C.C", ".C.")},
            turns=True,
        ),
    ),
)
