"""Feet and frames: length of film, counted from picture start."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from scorestage.errors import TimecodeError

FRAMES_PER_FOOT_35 = 16
FRAMES_PER_FOOT_16 = 40
_LABEL = re.compile(r"(-?)(\d+)\+(\d{1,2}(?:\.\d{1,9})?)")


@dataclass(frozen=True, slots=True)
class FeetFrames:
    """Frames as feet+frames: 16 to the foot on 35 mm 4-perf, 40 on 16 mm.

    >>> str(FeetFrames(512)), str(FeetFrames(512, FRAMES_PER_FOOT_16))
    ('32+00', '12+32')
    """

    frames: int
    frames_per_foot: int = FRAMES_PER_FOOT_35

    def __str__(self) -> str:
        feet, frames = divmod(abs(self.frames), self.frames_per_foot)
        return f"{'-' if self.frames < 0 else ''}{feet}+{frames:02}"

    @classmethod
    def parse(cls, label: str, frames_per_foot: int = FRAMES_PER_FOOT_35) -> FeetFrames:
        """Read `feet+frames`, negative before picture start.

        >>> FeetFrames.parse("1827+13").frames
        29245
        """
        frames = read_feet(label, frames_per_foot)
        if frames.denominator != 1:
            raise TimecodeError(f"{label!r} lies between two frames", do="write whole frames")
        return cls(int(frames), frames_per_foot)


def read_feet(label: str, frames_per_foot: int = FRAMES_PER_FOOT_35) -> Fraction:
    """Frames that `feet+frames` means, exactly; click books print parts of a frame too.

    >>> read_feet("30+15.5"), read_feet("12+32", FRAMES_PER_FOOT_16)
    (Fraction(991, 2), Fraction(512, 1))
    """
    match = _LABEL.fullmatch(label.strip())
    if match is None or Fraction(match[3]) >= frames_per_foot:
        raise TimecodeError(
            f"{label!r} is no length of film with {frames_per_foot} frames to the foot",
            do="write feet+frames, for example 32+08 or 32+08.5",
        )
    frames = int(match[2]) * frames_per_foot + Fraction(match[3])
    return -frames if match[1] else frames
