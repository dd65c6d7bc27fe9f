"""Harp and celesta: glitter high over held strings, up and down in turn, some beats silent."""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "celesta",
    (
        Line(
            Role.COLOUR,
            bars={
                "2222": (
                    "bmhmbmhm........",
                    "hmbm....bmhm....",
                    "........bmhmhmbm",
                    "bmhmbmhmhmbmhmbm",
                ),
                "222": ("bmhmhmbm....", "....bmhmbmhm", "bmhmbmhmhmbm"),
            },
            cells={2: ("bmhm", "....", "hmbm"), 3: ("bmhbmh", "......", "hmbhmb")},
            accents=False,
        ),
        Line(
            Role.HARMONY,
            cells={2: ("--",), 3: ("---",)},
            head={2: ("C-",), 3: ("C--",)},
            accents=False,
        ),
        Line(
            Role.BASS,
            cells={2: ("--",), 3: ("---",)},
            head={2: ("R-",), 3: ("R--",)},
            accents=False,
        ),
    ),
)
