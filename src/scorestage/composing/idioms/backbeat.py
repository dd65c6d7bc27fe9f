"""A rock rhythm section: bass with the kick, chords on two and four, pushed now and then.

In odd meters the backbeat falls on the second of each pair of beats, as in progressive rock.
"""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "backbeat",
    (
        Line(
            Role.BASS,
            bars={"2222": ("R-.RR---", "R-.RR-.R", "R--RR-F-", "R-.RR-FA")},
            cells={2: ("R.", "RR"), 3: ("R.R", "R-F")},
            head={2: ("R-",), 3: ("R-R",)},
        ),
        Line(
            Role.HARMONY,
            bars={
                "2222": ("..C...C.", "..C...CC", "..C..C..", "..C.C.CC"),
                "223": ("..C.C..", "..C..C.", "..C.C.C"),
                "22222": ("..C...C.C.", "..C...C..C", "..C...C.CC"),
            },
            cells={2: ("C.", ".C"), 3: ("..C", ".C.")},
            head={2: ("..",), 3: ("..C",)},
            short=True,
        ),
        Line(
            Role.RHYTHM,
            bars={"2222": ("BBBBBBBB", "BBHBBBHB", "BBBBMMHH")},
            cells={2: ("BB", "BH"), 3: ("BBB", "BBH")},
            accents=False,
        ),
    ),
)
