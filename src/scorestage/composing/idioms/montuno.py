"""Son and salsa: the piano's broken octaves against the clave, a bass that comes early."""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "montuno",
    (
        Line(
            Role.BASS,
            bars={"2222": ("R--F--R-", "R--F--O-", "R--F--A-"), "222": ("R--F--", "R--F-A")},
            cells={2: ("F-", ".F"), 3: (".F-", "F--")},
            head={2: ("R-",), 3: ("R-F",)},
        ),
        Line(
            Role.RHYTHM,
            bars={
                "2222": ("P.HB.HB.", ".HB.HB.H", "P.HB.HBM"),
                "222": ("P.HB.H", ".HB.HB"),
                "223": ("P.HB.HB", ".HB.HBM"),
            },
            cells={2: ("PH", ".H", "BH"), 3: ("P.H", "BH.")},
            turns=True,
        ),
        Line(
            Role.HARMONY,
            bars={"2222": ("...C....", "C.....C.", "..C.C.CC")},
            cells={2: ("..", ".C"), 3: ("..C", "...")},
            head={2: ("..",), 3: ("...",)},
            short=True,
        ),
    ),
)
