"""Picked guitar or banjo: the thumb alternates bass and fifth, two fingers answer between."""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "picking",
    (
        Line(
            Role.BASS,
            bars={"2222": ("R-F-R-F-", "R-F-R-N-"), "222": ("R-F-F-", "R-F-N-")},
            cells={2: ("F-",), 3: ("R--", "F--")},
            head={2: ("R-",), 3: ("R--",)},
            accents=False,
        ),
        Line(
            Role.RHYTHM,
            bars={
                "2222": ("H..M.H.M", "H..M.HBM", ".H.M.HM."),
                "222": ("H..M.H", ".HM.HM"),
                "33": ("H.MH.M", "HMBH.M"),
            },
            cells={2: (".M", "HM"), 3: ("H.M", ".MH")},
            head={2: ("H.", ".H"), 3: ("H.M",)},
            accents=False,
        ),
    ),
)
