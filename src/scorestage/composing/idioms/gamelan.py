"""Interlocking after the Balinese way: gong, kenong, and two parts of a kotekan in one line.

Tunings of gamelan are no piano's: on Western instruments this is its rhythm, not its sound.
Tenzer, Gamelan Gong Kebyar (2000).
"""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "gamelan",
    (
        Line(
            Role.BASS,
            bars={"2222": ("d-------", "F-------", "R-------", "F-------")},
            cells={2: ("--",), 3: ("---",)},
            head={2: ("R-",), 3: ("R--",)},
            turns=True,
            accents=False,
        ),
        Line(
            Role.RHYTHM,
            bars={
                "2222": (
                    "BMHBMHBMHBMHBMHM",
                    "MHBMHBMHBMHBMHMB",
                    "HBMHBMHBMHBMHMHB",
                    "BMBHMHBMBHMHMBMH",
                )
            },
            cells={2: ("BMHB", "MHBM", "HBMH"), 3: ("BMHBMH", "MHBMHB", "HMBHMB")},
            turns=True,
            accents=False,
        ),
        Line(
            Role.HARMONY,
            bars={"2222": ("....H---", "H---M---")},
            cells={2: ("--",), 3: ("---",)},
            head={2: ("H-",), 3: ("H--",)},
            turns=True,
            accents=False,
        ),
    ),
    keeps_roots=True,
)
