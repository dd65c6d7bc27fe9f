"""Broken chords in the classical way: low, high, middle, high."""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "alberti",
    (
        Line(
            Role.RHYTHM,
            bars={"2222": ("BHMHBHMH", "BHMHBHMH", "BHMHBMHM"), "222": ("BHMHMH", "BMHMHM")},
            cells={2: ("BH", "MH"), 3: ("BMH", "BHM")},
            head={2: ("BH",), 3: ("BMH",)},
            accents=False,
        ),
        Line(
            Role.BASS,
            bars={"2222": ("R-------", "R---R---", "R---F-R-")},
            cells={2: ("--", ".."), 3: ("---", "...")},
            head={2: ("R-",), 3: ("R--",)},
            accents=False,
        ),
    ),
)
