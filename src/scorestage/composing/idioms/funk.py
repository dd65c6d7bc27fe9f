"""Seventies funk: all on the one, then sixteenths round it; guitar scratches, clipped horns."""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "funk",
    (
        Line(
            Role.BASS,
            bars={
                "2222": ("R..R..O...R.F.A.", "R.....R..OR.F.R.", "R..R..R...OOF.A."),
                "222": ("R..R..O...F.", "R.....R.O.A."),
                "223": ("R..R..O...F.A.", "R.....R.O.F.R."),
            },
            cells={2: ("R..O", "..F."), 3: ("R..O.F", "..R.F.")},
            head={2: ("R..R",), 3: ("R..R.O",)},
            short=True,
        ),
        Line(
            Role.RHYTHM,
            bars={
                "2222": ("..T...TT..T..T..", ".TT.T..T.TT.T..T", "..T.TT..T.TTT.T."),
                "222": ("..T...TT..T.", ".TT.T..T.T.T"),
                "223": ("..T...TT..T.T.", ".TT.T..T.TT..T"),
            },
            cells={2: ("..T.", ".TT."), 3: ("..T.TT", ".T..T.")},
            short=True,
            accents=False,
        ),
        Line(
            Role.HARMONY,
            bars={"2222": ("........", "......CC", "....C..C", "C..C..C.")},
            cells={2: ("..", ".C"), 3: ("...", "..C")},
            head={2: ("..", "..", "C."), 3: ("...",)},
            short=True,
        ),
    ),
)
