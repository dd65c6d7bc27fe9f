"""Stride and rag at the cinema piano: low bass, chord, low fifth, chord, a run into the next."""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "stride",
    (
        Line(
            Role.BASS,
            bars={
                "2222": ("R-..F-..", "R-..F-.A", "R-..R-..", "R-O-F-A-"),
                "222": ("R-....", "R-..A-"),
                "33": ("R--F--", "R--F-A"),
            },
            cells={2: ("..", "F-"), 3: ("F--", "...")},
            head={2: ("R-",), 3: ("R--",)},
        ),
        Line(
            Role.HARMONY,
            bars={
                "2222": ("..C...C.", "..C.C.C.", "..CC..C.", "..C...CC"),
                "222": ("..C.C.", "..CCC."),
                "33": ("..C..C", ".CC.CC"),
            },
            cells={2: ("C.", ".C"), 3: ("..C", ".CC")},
            head={2: ("..",), 3: ("..C",)},
            short=True,
        ),
    ),
)
