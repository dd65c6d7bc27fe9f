"""Heroic brass: dotted calls in block chords, open fifths below, a broad answer."""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "fanfare",
    (
        Line(
            Role.BASS,
            bars={"2222": ("R---F---", "R---R-F-", "R---F-N-")},
            cells={2: ("F-",), 3: ("F--",)},
            head={2: ("R-",), 3: ("R--",)},
        ),
        Line(
            Role.HARMONY,
            bars={
                "2222": (
                    "C-----CCC-------",
                    "C---C.CCC---C---",
                    "C--CC---C--CC---",
                    "C---C---C-CCC---",
                ),
                "222": ("C--CC---C---", "C-----CCC---", "C---C---C-CC"),
                "223": ("C--CC---C-----", "C-C-C---C-----", "C---C---C-CCC-"),
                "22222": ("C-----CCC---C-------", "C--CC---C--CC---C---", "C---C---C---C-CCC---"),
                "33": ("C--C-C", "C-----", "C-CC-C"),
                "3333": ("C--C-CC--C--", "C-CC-CC-----", "C--C--C-CC-C"),
            },
            cells={2: ("C---", "C--C", "C-CC"), 3: ("C---C-", "C-----", "C-C-C-")},
        ),
        Line(
            Role.RHYTHM,
            bars={"2222": ("....P...", "P...P.P.", "....P.PP")},
            cells={2: ("..", "P."), 3: ("..P", "P..")},
            head={2: ("..", "P."), 3: ("...", "P..")},
            short=True,
        ),
    ),
)
