"""What the detectors find: moments of the film, each with the evidence that was measured."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scorestage.timebase import FilmRange, FilmTime


class MomentKind(StrEnum):
    """What happens."""

    CUT = "cut"
    DISSOLVE = "dissolve"
    FADE_OUT = "fade-out"
    FADE_IN = "fade-in"
    WIPE = "wipe"
    FLASH = "flash"
    TITLE = "title"
    SOUND = "sound"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One measured fact: in words, its number and unit, and the frame it was read from.

    >>> print(Evidence("the picture changes", 0.384, "of its spread", 404, FilmTime("404/24")))
    the picture changes: 0.38 of its spread, frame 404
    """

    words: str
    measured: float
    unit: str
    frame: int
    at: FilmTime

    def __str__(self) -> str:
        number = f"{self.measured:.0f}" if abs(self.measured) >= 10 else f"{self.measured:.2g}"
        return f"{self.words}: {number} {self.unit}".rstrip() + f", frame {self.frame}"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happens at a place in the film.

    `at` is the instant music would meet (a cut's first frame, a flash's brightest, a title's
    first, a sound's onset, the end of a fade-in, the start of a fade-out, the middle of a
    dissolve); `span` is its whole length. `strength` is how much it matters and `confidence` how
    sure the detector is, both 0 to 1. `words` is how an editor would note it.
    """

    kind: MomentKind
    at: FilmTime
    span: FilmRange
    strength: float
    confidence: float
    words: str
    evidence: tuple[Evidence, ...] = ()


def rising(amount: float, none: float, full: float) -> float:
    """How far `amount` lies from `none` to `full`, held between 0 and 1; `full` may be below.

    >>> rising(0.3, 0.2, 0.4), rising(5, 10, 0), rising(9, 0, 3)
    (0.5, 0.5, 1.0)
    """
    share = (amount - none) / (full - none)
    return round(min(1.0, max(0.0, share)), 4)


def in_order(moments: tuple[Moment, ...] | list[Moment]) -> tuple[Moment, ...]:
    """Moments in film order; at the same instant the stronger first."""
    return tuple(sorted(moments, key=lambda one: (one.at, -one.strength, one.kind)))
