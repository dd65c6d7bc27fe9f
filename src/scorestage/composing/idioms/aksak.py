"""Balkan limping meters: the big drum on each group, the thin stick between.

7/8 as rachenitsa (2+2+3), 11/8 as kopanitsa (2+2+3+2+2), 5/8 paidushko, 9/8 daichovo; even meters
are grouped 3+3+2 so that they limp too. Rice, May It Fill Your Soul (1994); Brăiloiu, Le rythme
aksak (1951).
"""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "aksak",
    (
        Line(
            Role.BASS,
            bars={
                "2222": ("R--R--R-", "R--R--F-", "R--R--N-"),
                "22222": ("R--R--R-F-", "R--R--F-N-"),
                "222": ("R--R--", "R--N--"),
            },
            cells={2: ("R-", "F-"), 3: ("R--", "F--")},
            head={2: ("R-",), 3: ("R--",)},
        ),
        Line(
            Role.HARMONY,
            bars={
                "2222": ("..C..C.C", ".CC.CC.C", "..C.CC.C"),
                "22222": ("..C..C.C.C", ".CC.CC.C.C"),
                "222": ("..C..C", ".CC.CC"),
            },
            cells={2: (".C",), 3: ("..C", ".CC")},
            short=True,
        ),
        Line(
            Role.RHYTHM,
            bars={
                "2222": ("PHHPHHPH", "P.HP.HPH", "PHHPHHHH"),
                "22222": ("PHHPHHPHPH", "PHHPHHPHHH"),
                "222": ("PHHPHH", "PHPHHH"),
            },
            cells={2: ("PH",), 3: ("PHH", "P.H")},
            short=True,
        ),
    ),
    keeps_roots=True,
)
