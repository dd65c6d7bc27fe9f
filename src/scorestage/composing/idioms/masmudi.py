"""Masmudi kabir, the great cycle of eight: dum dum . tak, dum . tak tak, over tonic and fifth.

A cycle fills two bars of four; other meters take what fits of it. Farraj and Abu Shumays, Inside
Arabic Music (2019).
"""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "masmudi",
    (
        Line(
            Role.BASS,
            bars={"2222": ("d-d-----", "d-------")},
            cycles={
                "2222": (("d-d---..", "d-----d-"), ("d-d-----", "d---....")),
            },
            cells={2: ("..",), 3: ("..d", "...")},
            head={2: ("d-",), 3: ("d--",)},
            turns=True,
            accents=False,
        ),
        Line(
            Role.RHYTHM,
            bars={"2222": ("....kkk-", "..kkk-k-")},
            cycles={
                "2222": (
                    ("......k-", "....k-k-"),
                    ("..k...kk", "..k.k-k-"),
                    ("....k-kk", "..k.kkkk"),
                    ("....k...kkk.....", "....k.kkk...k.kk"),
                    ("....kkk-", ".kk.k-kk"),
                )
            },
            cells={2: ("k-", "kk"), 3: (".k-", "k.k")},
            head={2: (".k",), 3: ("..k",)},
            turns=True,
            short=True,
            accents=False,
        ),
        Line(
            Role.HARMONY,
            cells={2: ("--",), 3: ("---",)},
            head={2: ("s-",), 3: ("s--",)},
            accents=False,
        ),
    ),
    keeps_roots=True,
)
