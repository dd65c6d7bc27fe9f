"""Tango: marcato in four, the syncopa between, 3+3+2 where the phrase turns.

The bandoneons breathe with the strings; milonga's habanera lies below. Link and Wendland, Tracing
Tangueros (2016).
"""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "tango",
    (
        Line(
            Role.BASS,
            bars={
                "2222": ("R.R.R.R.", "R.F.R.F.", "R-.F-.R-", "R--R--A-"),
                "222": ("R.F.R.", "R.F.A."),
                "223": ("R.F.R-.", "R-F-A--"),
                "22222": ("R.R.R.R.F.", "R--R--R-A-"),
            },
            cells={2: ("R.", "F."), 3: ("R.F", "R-.")},
            short=True,
        ),
        Line(
            Role.HARMONY,
            bars={
                "2222": ("C.C.C.C.", "CC-CC.C.", "C-.C-.C.", "C--C--C-"),
                "222": ("C.C.C.", "CC-C.C"),
                "223": ("C.C.C.C", "CC-C.C."),
                "22222": ("C.C.C.C.C.", "C--C--C-C-"),
            },
            cells={2: ("C.", "CC"), 3: ("C.C", "CC.")},
            short=True,
        ),
        Line(
            Role.RHYTHM,
            bars={"2222": ("........", "..HMBM..", "HMHMBMBM")},
            cells={2: ("..", "HM"), 3: ("...", "HMB")},
            accents=False,
        ),
    ),
)
