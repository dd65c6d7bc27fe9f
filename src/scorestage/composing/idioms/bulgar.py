"""Bulgar: eight eighths as three, three and two, the bass on each, the secunda's chords between.

Slobin (ed.), American Klezmer (2002); Feldman, Klezmer (2016).
"""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "bulgar",
    (
        Line(
            Role.BASS,
            bars={"2222": ("R--F--R-", "R--F--F-", "R--F--RN"), "22": ("R--F", "R--N")},
            cells={2: ("R-", "F-"), 3: ("F--", "R--")},
            head={2: ("R-",), 3: ("R--",)},
        ),
        Line(
            Role.HARMONY,
            bars={"2222": (".CC.CC.C", ".C..C..C", ".CC.CCCC"), "22": (".CC.", ".C.C")},
            cells={2: (".C",), 3: (".CC", "..C")},
            short=True,
            accents=False,
        ),
    ),
)
