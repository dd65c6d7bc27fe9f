"""Irish accompaniment as bouzouki and bodhran play it: open strings, the lilt of the dance.

6/8 is the double jig, 9/8 the slip jig, 12/8 the slide; in four it becomes a reel, in three a
hornpipe's slow cousin, in five and seven the jig's cell is put together with the reel's.
Breathnach, Folk Music and Dances of Ireland (1971).
"""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "jig",
    (
        Line(
            Role.BASS,
            bars={
                "33": ("R--R--", "R--F--", "R--F-N"),
                "2222": ("R---F---", "R-----F-", "R---F-N-"),
                "333": ("R--F--R--", "R--R--F--", "R--F--N--"),
                "3333": ("R--R--F--R--", "R--F--R--N--"),
            },
            cells={2: ("F-", "R-"), 3: ("F--", "R--")},
            head={2: ("R-",), 3: ("R--",)},
        ),
        Line(
            Role.RHYTHM,
            bars={
                "33": ("P.PP.P", "P.PP.P", "PPPP.P"),
                "2222": ("P.PPP.PP", "P.PPPPP.", "PPP.PPPP"),
                "333": ("P.PP.PP.P", "P.PPPPP.P"),
            },
            cells={2: ("P.", "PP"), 3: ("P.P", "PPP")},
            short=True,
        ),
    ),
    keeps_roots=True,
)
