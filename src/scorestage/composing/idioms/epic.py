"""The modern trailer: low octaves, short strings in sixteenths grouped 3+3+2, brass that swells."""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "epic",
    (
        Line(
            Role.BASS,
            bars={"2222": ("R-------", "R-----R-", "R--R--R-")},
            cells={2: ("--", "R-"), 3: ("---",)},
            head={2: ("R-",), 3: ("R--",)},
        ),
        Line(
            Role.RHYTHM,
            bars={
                "2222": ("BBBMBBMBBBBMBBMB", "BBMBBMBMBBMBBMBH", "BBBMBBMBBMBHBMBH"),
                "222": ("BBMBBMBBMBBM", "BBMBBMBMBMBH"),
                "223": ("BBMBBBMBBBMBBM", "BBMBBBMBBMBMBH"),
            },
            cells={2: ("BBMB", "BBMH"), 3: ("BBMBBM", "BBMBMH")},
            accents=True,
            short=True,
        ),
        Line(
            Role.HARMONY,
            bars={"2222": ("C-------", "C-----C-", "C---C---")},
            cells={2: ("--",), 3: ("---",)},
            head={2: ("C-",), 3: ("C--",)},
        ),
    ),
)
