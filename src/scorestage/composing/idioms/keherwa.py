"""Songs of the Bombay studios: keherwa's eight beats, dadra in six, strings that answer.

Arnold, in Popular Music 7 (1988); Morcom, Hindi Film Songs and the Cinema (2007).
"""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "keherwa",
    (
        Line(
            Role.BASS,
            bars={
                "2222": ("RR....F-", "R-R...F.", "RR..F.F."),
                "33": ("R--F--", "R-.F-F"),
                "222": ("R--F--", "R-.F-F"),
            },
            cells={2: ("..", "F."), 3: ("F--", "...")},
            head={2: ("RR",), 3: ("R-.",)},
        ),
        Line(
            Role.RHYTHM,
            bars={
                "2222": ("M.HMH.MH", "MHHMHHMH", "M.HMHMHM"),
                "33": ("MHHMHH", "M.HMHH"),
                "222": ("MHHMHH", "MHMHHM"),
            },
            cells={2: ("MH", "H."), 3: ("MHH", "M.H")},
            short=True,
            accents=False,
        ),
        Line(
            Role.HARMONY,
            bars={"2222": ("C-------", "C---....", "hmhmC---")},
            cells={2: ("--",), 3: ("---",)},
            head={2: ("C-",), 3: ("C--",)},
            accents=False,
        ),
    ),
)
