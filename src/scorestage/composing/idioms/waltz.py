"""Bass on one, chords on the rest: the Viennese waltz, second chord light.

In five it limps as Tchaikovsky's does (three and two), in seven it turns two small waltzes and a
long step; in four the chords wait a beat longer.
"""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "waltz",
    (
        Line(
            Role.BASS,
            bars={
                "222": ("R-....", "R-..F.", "F-....", "R-..N-"),
                "33": ("R-----", "R--F--"),
                "22222": ("R-....F-..", "R-....F-N-"),
                "2222": ("R-......", "R-....F-", "R-..F.N-"),
            },
            cells={2: ("..",), 3: ("...", "F--")},
            head={2: ("R-",), 3: ("R--",)},
        ),
        Line(
            Role.HARMONY,
            bars={
                "222": ("..C.C.", "..C---", "..C.C.", "..C.CC"),
                "33": ("..C.CC", "..C..C"),
                "22222": ("..C.C...C.", "..C.C...CC"),
                "2222": ("..C.C.C.", "..C...C.", "..C.CCC."),
            },
            cells={2: ("C.",), 3: (".CC", "..C")},
            head={2: ("..",), 3: (".CC", "..C")},
            short=True,
        ),
    ),
)
