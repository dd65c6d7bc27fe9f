"""Plucked strings on tiptoe: single tones passed round, the bass on the strong beats."""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "pizzicato",
    (
        Line(
            Role.BASS,
            bars={"2222": ("R...F...", "R.......", "R...F.R.", "R...F.A.")},
            cells={2: ("..", "F."), 3: ("...", "F..")},
            head={2: ("R.",), 3: ("R..",)},
            short=True,
            accents=False,
        ),
        Line(
            Role.RHYTHM,
            bars={"2222": ("..M.B.H.", ".B.M.H.M", "..H.M.B.", "..MHB.HM")},
            cells={2: ("M.", ".H", "B.", "HM"), 3: (".MH", "M.B", ".H.", "MBH")},
            head={2: (".M", ".."), 3: (".MH", "..B")},
            short=True,
            accents=False,
        ),
    ),
)
