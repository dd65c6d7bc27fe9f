"""Ewe timelines: the double bell repeats its pattern, rattle and drums speak against it.

12/8 is the standard pattern of Agbadza (2 2 1 2 2 2 1), started on the low bell; two bars of 6/8
hold it once; in four the bell of Gahu; in five and seven the pattern's own cell (2 2 1) is set on
as far as the bar goes. Jones, Studies in African Music (1959); Locke, Drum Gahu (1987); Agawu, The
African Imagination in Music (2016).
"""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "bell",
    (
        Line(
            Role.RHYTHM,
            bars={
                "3333": ("s-k-kk-k-k-k",),
                "33": ("s-k-kk", ".k-k-k"),
                "222": ("s-k-kk", ".k-k-k"),
                "2222": ("s--k--k---k---k-",),
                "22222": ("s-k-kk-k-k",),
                "223": ("s-k-kk-",),
                "333": ("s-k-kk-k-",),
                "332": ("s-k-kk-k",),
            },
            cells={2: ("k-", "kk"), 3: ("k-k", "-kk")},
            head={2: ("s-",), 3: ("s-k",)},
            turns=True,
            accents=False,
        ),
        Line(
            Role.HARMONY,
            bars={
                "3333": ("..C..C..C..C", ".CC.CC.CC.CC", "C.CC.CC.C.C."),
                "2222": ("..C...C.", ".CC..CC.", "..C.C.CC"),
                "33": ("..C..C", ".CC.CC"),
            },
            cells={2: (".C",), 3: ("..C", ".CC")},
            short=True,
            accents=False,
        ),
        Line(
            Role.BASS,
            bars={
                "3333": ("R-----F-R---", "R--F--R-FF--", "R-RF-FR--A--"),
                "2222": ("R-....F-", "R--F..FF", "R.FF.R.F"),
                "33": ("R--F-F", "R-FF--"),
            },
            cells={2: ("F-", ".."), 3: ("F-F", "..F")},
            head={2: ("R-",), 3: ("R--",)},
        ),
    ),
)
