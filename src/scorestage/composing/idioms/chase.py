"""Running: a bass in even eighths, stabs off the beat, fast strings."""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "chase",
    (
        Line(
            Role.BASS,
            bars={
                "2222": ("RRRRRRRR", "RRORRRFR", "RRRRRRFA"),
                "223": ("RRRRRRF", "RRRRROF", "RRRRRFA"),
                "22222": ("RRRRRRRRFF", "RRRRRRRRFA"),
            },
            cells={2: ("RR", "RO"), 3: ("RRF", "RRA")},
            short=True,
        ),
        Line(
            Role.HARMONY,
            bars={
                "2222": ("...C..C.", "C..C....", "..C..C.C", "C.C..CC."),
                "223": ("..C..C.", "C...C..", "..C.C.C"),
                "22222": ("...C..C...", "C..C....C.", "..C..C.C.C"),
            },
            cells={2: (".C", "..", "C."), 3: ("..C", "C..")},
            short=True,
        ),
        Line(
            Role.RHYTHM,
            bars={
                "2222": ("BMHMBMHMBMHMBMHM", "BMHMBMHMBHMHBHMH", "BHMBHMBHMBHMBHMH"),
                "223": ("BMHMBMHMBMHMHM", "BHMBHMBHBMHMHM"),
            },
            cells={2: ("BMHM", "BHMH"), 3: ("BMHMHM", "BMHBMH")},
            accents=True,
        ),
    ),
)
