"""Flamenco's twelve-beat compás, counted from twelve: accents on 12, 3, 6, 8 and 10.

12/8 holds one compás, two bars of 6/8 or 3/4 hold it as 3+3 and 2+2+2; in four it turns to tangos,
in five to the compás without its last pair, in seven to 2+2+3 (zortziko's neighbour, told as such).
Palmas answer between the accents. Manuel, Ethnomusicology 30 (1986); Fernández, Teoría musical del
flamenco (2004).
"""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

_COMPAS_IN_TWO = (
    ("C.CC..", "C.C.CC"),
    ("CmhCmh", "C.hmC."),
    ("C..C.C", "CmC.C."),
    ("C..CC.", "C.CCC."),
)
"""Rasgueados filled in, and a turn of a falseta between the accents."""

IDIOM = Groove(
    "buleria",
    (
        Line(
            Role.BASS,
            bars={
                "3333": ("R--R--R-F-R-", "R--F--R-R-F-", "R--R--R-F-N-"),
                "33": ("R--R--", "R-F-N-"),
                "222": ("R--R--", "R-F-N-"),
                "2222": ("R--R--F-", "R---F-R-", "R--R--N-"),
                "22222": ("R--R--F-N-", "R--F--R-F-"),
                "223": ("R-F-R--", "R-R-N--"),
            },
            cells={2: ("R-", "F-"), 3: ("R--", "F--")},
        ),
        Line(
            Role.HARMONY,
            bars={
                "3333": ("C..C..C.C.C.", "C..CC.C.C.C.", "C.CC.CC.C.CC"),
                "33": ("C..C..", "C.C.C."),
                "222": ("C..C..", "C.C.C."),
                "2222": ("..C.C.CC", "C..C..C.", ".CC.CCC."),
                "22222": ("C..C..C.C.", "C..CC.C.CC"),
                "223": ("C.C.C..", "C.C.CCC"),
            },
            cycles={
                "33": _COMPAS_IN_TWO,
                "222": _COMPAS_IN_TWO,
                "3333": (
                    ("C..C..C.C.C.", "C.CC..C.C.CC", "CmhCmhChCmC."),
                    ("C..C.CC.C.C.", "CmhCmhC.ChCm", "C..CC.CCC.CC"),
                ),
                "22222": (("CmhCmhC.C.", "C..C.CC.CC"), ("C.CC..CmC.", "C..CmhCmC.")),
                "223": (("C.CmC..", "C.C.CmC"), ("CmCmCmh", "C.CCC.."), ("C.C.C.C", "CmC.CC.")),
            },
            cells={2: ("C.",), 3: ("C..", "C.C")},
            turns=True,
        ),
        Line(
            Role.RHYTHM,
            bars={
                "3333": (".HH.HH.H.H.H", ".HHHHH.HHH.H", ".HH.HHHHHHHH"),
                "33": (".HH.HH", ".H.H.H"),
                "222": (".HH.HH", ".H.H.H"),
                "2222": (".H.H.H..", ".HHH.HHH", "HH.HH.HH"),
                "22222": (".HH.HH.H.H", ".HHHHH.HHH"),
                "223": (".H.H.HH", ".HHH.HH"),
            },
            cells={2: (".H",), 3: (".HH",)},
            short=True,
            accents=False,
        ),
    ),
)
