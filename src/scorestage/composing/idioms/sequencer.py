"""Synthesisers of the eighties: octave bass in even eighths, a sixteenth arpeggio, gated pads."""

from __future__ import annotations

from scorestage.composing.strokes import Groove, Line
from scorestage.music import Role

IDIOM = Groove(
    "sequencer",
    (
        Line(
            Role.BASS,
            bars={"2222": ("RORORORO", "RORORORO", "RORORFRA")},
            cells={2: ("RO",), 3: ("ROO", "ROF")},
        ),
        Line(
            Role.RHYTHM,
            bars={"2222": ("BMHbBMHbBMHbBMHb", "BMHbHMBMBMHbHMBM", "BHMHBHMHbHMHbHMB")},
            cells={2: ("BMHb", "HMBM"), 3: ("BMHbHM", "bHMBMH")},
            accents=False,
        ),
        Line(
            Role.HARMONY,
            bars={"2222": ("C------C", "C-------", "C--C--C-")},
            cells={2: ("--",), 3: ("---",)},
            head={2: ("C-",), 3: ("C--",)},
            accents=False,
        ),
    ),
)
