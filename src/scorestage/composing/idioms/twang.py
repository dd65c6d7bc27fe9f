"""Italian westerns: the short-short-long of the guitar on one tone, a bell, distance."""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "twang",
    (
        Line(
            Role.RHYTHM,
            bars={
                "2222": ("k-kkk-kkk-kkk-kk", "k-kkk-..k-kkk-..", "k-kkk-kks-sss-ss"),
                "222": ("k-kkk-kkk-kk", "k-kkk-..k-kk"),
                "223": ("k-kkk-kkk-kkk-", "k-kkk-..k-kkkk"),
                "33": ("k.kk.k", "kkkk.k"),
            },
            cells={2: ("k-kk", "k-.."), 3: ("k-k-kk", "k-kkkk")},
            accents=True,
        ),
        Line(
            Role.BASS,
            bars={"2222": ("D-------", "D---....", "D---d-d-")},
            cells={2: ("--",), 3: ("---",)},
            head={2: ("D-",), 3: ("D--",)},
            accents=False,
        ),
        Line(
            Role.HARMONY,
            bars={"2222": ("........", "........", "C---C---", "C-------")},
            cells={2: ("..",), 3: ("...",)},
            head={2: ("..", "C-"), 3: ("...", "C--")},
        ),
    ),
    keeps_roots=True,
)
