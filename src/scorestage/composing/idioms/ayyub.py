"""Ayyub, dum . . ka dum . tak .: the driving iqa' of dances and of the zar, over tonic and fourth.

Ten is sama'i thaqil hurried, three its quick form. Farraj and Abu Shumays, Inside Arabic Music
(2019).
"""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "ayyub",
    (
        Line(
            Role.BASS,
            bars={
                "2222": ("d--.d-..", "d--.d-d."),
                "22222": ("d----dd---", "d----dd---", "d---ddd---", "d----dd.d-"),
                "222": ("d--.d-",),
            },
            cells={2: ("d-", ".."), 3: ("d--",)},
            head={2: ("d-",), 3: ("d--",)},
            accents=False,
        ),
        Line(
            Role.RHYTHM,
            bars={
                "2222": (
                    "...f..t.",
                    "...f..tf",
                    "...f.ft.",
                    ".f.f..t.",
                    "..ff..t.",
                    "...f..tt",
                    "......f.....t.ff",
                    "....f.f.....tft.",
                    ".f.f.ft.",
                ),
                "22222": ("..ft...ff.", ".fft...ff.", "..ft...f.f", "..ftf..ff.", "..ft.f.fft"),
                "222": ("...f.t", "..ff.t"),
            },
            cells={2: (".t", "f.", "ft"), 3: (".ft", "..t", "f.t")},
            head={2: (".f",), 3: ("..f",)},
            plain=0.2,
            short=True,
            accents=False,
        ),
    ),
    keeps_roots=True,
)
