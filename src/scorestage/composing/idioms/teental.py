"""North Indian tala under a drone: tanpura, tabla's two heads, the left one silent at khali.

Four bars of four are one cycle of teental (Dha Dhin Dhin Dha, Dha Dhin Dhin Dha, Dha Tin Tin Ta, Ta
Dhin Dhin Dha); five takes jhaptal (2+3+2+3 in two bars), seven rupak, whose first beat is the
silent one, three and six dadra. Clayton, Time in Indian Music (2000); Bor, The Raga Guide (1999).
"""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "teental",
    (
        Line(
            Role.HARMONY,
            bars={
                "2222": ("s-k-k-t-", "s-k-k-t-"),
                "22222": ("s-k-k-t---", "s--k--k-t-"),
                "223": ("s-k-k-t", "s-k-t--"),
                "222": ("s-k-t-", "s-k-k-"),
            },
            cells={2: ("k-", "t-"), 3: ("k-t", "s-k")},
            head={2: ("s-",), 3: ("s-k",)},
            accents=False,
        ),
        Line(
            Role.BASS,
            bars={
                "2222": ("d-d-d-d-", "d-d-d-d-", "d-......", "..d-d-d-"),
                "22222": ("d-..d-d-..", "....d-d-.."),
                "223": ("....d--", "..d-d--"),
                "222": ("d-d-..", "d-...."),
                "33": ("d-d.d.", "d....."),
            },
            cycles={
                "2222": (
                    ("d-d-d-dd", "d-d-d-d-", "d-......", "..d-d-dd"),
                    ("d-ddd-d-", "d-..d-dd", "d-......", "..ddd-d-"),
                    ("d-d-d-d-", "d-ddd-..", "d-......", "..d-d-d-"),
                ),
                "22222": (
                    ("d-..d-dd..", "....d-dd.."),
                    ("d-..d-d-..", "....dddd.."),
                    ("d-..ddd-..", "....d-d-dd"),
                ),
                "223": (("....d--", "..d-d-d"), ("....d-d", "..d-d--"), ("....dd-", "..ddd--")),
                "222": (("d-d-..", "d-..d."), ("d-dd..", "d-....")),
                "33": (("d-d.d.", "d....d"), ("d-ddd.", "d.....")),
            },
            cells={2: ("d-",), 3: ("d--",)},
            turns=True,
            accents=False,
        ),
        Line(
            Role.RHYTHM,
            bars={
                "2222": ("k-kkk-k-", "k-kskkk-", "k-ksk-s-", "s-kkkkkk"),
                "22222": ("k-s-k-k-s-", "k-s-kkkkss"),
                "223": ("k-k-s-s", "k-kksss"),
                "222": ("k-k-s-", "kskksk"),
                "33": ("k-kk-s", "kksk-s"),
            },
            cycles={
                "2222": (
                    ("k-k-k-k-", "k-k-k-k-", "k-s-s-s-", "s-k-k-kk"),
                    ("k-kkk-kk", "k-ksk-kk", "k-s-skss", "s-kkk-kk"),
                    ("k-k-kkk-", "kkk-kkk-", "k-kss-s-", "s-kskkkk"),
                    ("k-ksk-k-", "k-kkkskk", "k-s-ssks", "s-kkkkks"),
                ),
                "22222": (
                    ("k-k-k-s-s-", "k-k-k-k-s-"),
                    ("k-skk-kks-", "k-s-k-kkss"),
                    ("kks-k-k-ss", "kks-kkk-ss"),
                ),
                "223": (("k-s-k-s", "k-k-s-s"), ("kkk-s-s", "k-kss-s"), ("k-ksk-s", "kkk-sss")),
                "222": (("k-k-ks", "k-s-s-"), ("kkk-s-", "k-sksk")),
                "33": (("k-k.-s", "k-sk-s"), ("kkk.-s", "k-skss")),
            },
            cells={2: ("k-", "ks"), 3: ("k-s", "kks")},
            turns=True,
            short=True,
            accents=False,
        ),
    ),
    keeps_roots=True,
)
