"""Klezmer: bass on the beats, sekund and cimbalom between; the bulgar leans 3+3+2 over it.

In three it is the limping hora (zhok), one and three struck, two empty; seven and five take a long
beat at the end. Slobin, American Klezmer (2002); Feldman, Klezmer (2016).
"""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "freylekhs",
    (
        Line(
            Role.BASS,
            bars={
                "2222": ("R.F.R.F.", "R..R..F.", "R.F.R.N."),
                "222": ("R---..", "R---F-", "R---N-"),
                "33": ("R-....", "R-.F.."),
            },
            cells={2: ("R.", "F."), 3: ("R..", "F..")},
            head={2: ("R.",), 3: ("R..",)},
            short=True,
        ),
        Line(
            Role.HARMONY,
            bars={
                "2222": (".C.C.C.C", "C..C..C.", ".C.C.CCC"),
                "222": ("....C.", "....CC", "....C-"),
                "33": ("..C..C", "..C.CC"),
            },
            cells={2: (".C",), 3: (".CC", "..C")},
            short=True,
        ),
        Line(
            Role.RHYTHM,
            bars={
                "2222": ("........", "BBHBBBHB", "HMBMHMBM"),
                "222": ("......", "......", "HMBMHM"),
            },
            cells={2: ("..", "BH"), 3: ("...", "BHM")},
            accents=False,
        ),
    ),
)
