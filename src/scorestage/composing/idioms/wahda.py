"""Wahda, one dum to a bar, and sama'i thaqil in ten: the slow iqa'at, over tonic and fourth.

The fourth is what a Hijaz leans on. Seven is dawr hindi, three sama'i darij. Touma, The Music of
the Arabs (1996); Farraj and Abu Shumays, Inside Arabic Music (2019).
"""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "wahda",
    (
        Line(
            Role.BASS,
            bars={
                "2222": ("d-------",),
                "22222": ("d----dd---",),
                "223": ("d--d---",),
                "222": ("d-----",),
            },
            cells={2: ("..",), 3: ("...",)},
            head={2: ("d-",), 3: ("d--",)},
            accents=False,
        ),
        Line(
            Role.RHYTHM,
            bars={
                "2222": (
                    "...f..f-",
                    "...f..ff",
                    "...f.ff-",
                    "..ff..f-",
                    ".f.f..f-",
                    "...f--f-",
                    "......f-..fff---",
                    "....f.f-....f.ff",
                    "...ff.f-",
                ),
                "22222": ("...f...f--", "...f...ff-", "..ff...f--", "...f-..f.f", "...f.-.ff-"),
                "223": (".ff..f-", ".ff.ff-", ".f-f.f-", ".ff-.ff", ".ff..ff"),
                "222": ("..f-f-", "..fff-"),
            },
            cells={2: (".f", "f-"), 3: ("..f", ".ff")},
            head={2: ("..",), 3: ("..f",)},
            plain=0.2,
            accents=False,
        ),
        Line(
            Role.HARMONY,
            cells={2: ("--", "--", "f-"), 3: ("---", "f--")},
            head={2: ("f-",), 3: ("f--",)},
            accents=False,
        ),
    ),
    keeps_roots=True,
)
