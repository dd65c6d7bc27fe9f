"""A big band: four in the bar below, the sections' riff in block chords, kicks before the beat."""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.composing.idioms.walking import Walking
from scorestage.composing.passage import Passage, Texture
from scorestage.composing.strokes import Line, played_line
from scorestage.music import Role

KICKS = Line(
    Role.HARMONY,
    bars={
        "2222": ("...C...C", "C-.C....", ".C..C.C-", "C.CC.C.C"),
        "222": ("...C.C", "C-.C..", ".C.CC."),
        "22222": ("...C...C.C", "C-.C...C..", ".C.C.CC.C."),
        "223": ("...C..C", "C-.C.C.", ".C.CC.C"),
    },
    cells={2: (".C", "C.", ".."), 3: ("..C", "C-C", ".C.")},
    short=True,
)
SAXES = Line(
    Role.RHYTHM,
    bars={"2222": ("........", "B-MH-M..", "H-MB-M..", "BMHbh-H."), "222": ("......", "BMH-M.")},
    cells={2: ("..", "BM", "HM"), 3: ("...", "BMH", "HMB")},
)


@dataclass(frozen=True, slots=True)
class Shout:
    """Walking bass, brass kicks, answers of the saxophones."""

    name: str = "shout"

    def write(self, passage: Passage) -> Texture:
        """All three."""
        return {
            Role.BASS: Walking().write(passage)[Role.BASS],
            Role.HARMONY: played_line(passage, KICKS, self.name),
            Role.RHYTHM: played_line(passage, SAXES, self.name),
        }


IDIOM = Shout()
