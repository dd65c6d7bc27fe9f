"""Arab iqa'at on riq and darbuka over a drone: dum on the low tonic, tak above.

Four is maqsum, ten eighths sama'i thaqil, seven dawr hindi, three sama'i darij, six its quick form.
Touma, The Music of the Arabs (1996); Farraj and Abu Shumays, Inside Arabic Music (2019).
"""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "iqa",
    (
        Line(
            Role.BASS,
            bars={
                "2222": ("d---d---", "d---d---", "d---d-..", "d---d-d-"),
                "22222": ("d----dd---",),
                "223": ("d--d---",),
                "222": ("d--d--",),
                "33": ("d--d--",),
                "3333": ("d-----d--d--",),
            },
            cells={2: ("..",), 3: ("..d", "...")},
            head={2: ("d-",), 3: ("d--",)},
            accents=False,
        ),
        Line(
            Role.RHYTHM,
            bars={
                "2222": (
                    ".k-k..k-",
                    ".kkk.kkk",
                    ".k-k..kk",
                    ".k.k.kk-",
                    ".kkk..k-",
                    "..k---k-..kkk---",
                    "..k.kkk-....k-kk",
                    ".k-k.kkk",
                ),
                "22222": ("..sk-..kss", "..sk-..k.s", ".ksk-..kss", "..skk..ks-", "..sk-.skss"),
                "223": (".kk..k-", ".kk.kk-", ".ks..kk", ".k-k.k-", ".kkk.kk"),
                "222": (".kk.k.", ".kk.kk"),
                "33": (".kk.k.", ".k-.kk"),
                "3333": ("..kk.k..k.k.", "..kkkk.kk.kk"),
            },
            cells={2: (".k", "kk"), 3: (".kk", "k.k")},
            head={2: (".k",), 3: (".kk",)},
            plain=0.2,
            short=True,
            accents=False,
        ),
        Line(
            Role.HARMONY,
            cells={2: ("--",), 3: ("---",)},
            head={2: ("H-",), 3: ("H--",)},
            accents=False,
        ),
    ),
    keeps_roots=True,
)
