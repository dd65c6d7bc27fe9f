"""Frame clicks: tempos and beats as click books count them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from scorestage.errors import TimecodeError
from scorestage.timebase.instant import FilmSpan
from scorestage.timebase.rate import FrameRate
from scorestage.timebase.tempo import Tempo
from scorestage.timebase.thirds import HALF

_LABEL = re.compile(r"(\d+)[-/]([0-7])")


@dataclass(frozen=True, slots=True, order=True)
class FrameClick:
    """A tempo as frames between clicks, in eighths of a frame: 12-0 is a click every 12 frames.

    >>> from scorestage.timebase.rate import FRAMES_24
    >>> str(FrameClick(115)), FrameClick(96).tempo(FRAMES_24)
    ('14-3', Tempo(bpm=Fraction(120, 1), unit=Beats('1')))
    """

    eighths: int

    def __post_init__(self) -> None:
        if self.eighths < 1:
            raise TimecodeError(f"a click every {self.eighths}/8 frames is not possible")

    def __str__(self) -> str:
        return f"{self.eighths // 8}-{self.eighths % 8}"

    @classmethod
    def parse(cls, label: str) -> FrameClick:
        """Read `14-3` or `14/3`."""
        match = _LABEL.fullmatch(label.strip())
        if match is None or not int(match[1]) * 8 + int(match[2]):
            raise TimecodeError(f"{label!r} is no frame click", do="write for example 12-0 or 14-3")
        return cls(int(match[1]) * 8 + int(match[2]))

    @classmethod
    def nearest(cls, tempo: Tempo, rate: FrameRate) -> FrameClick:
        """The frame click nearest to `tempo`, counted in its own beat unit; a tie goes slower.

        >>> from scorestage.timebase.rate import FRAMES_24
        >>> str(FrameClick.nearest(Tempo(96), FRAMES_24))
        '15-0'
        """
        eighths = 8 * 60 * rate.frames_per_second / tempo.bpm
        return cls(max(1, (eighths + HALF).__floor__()))

    @property
    def frames(self) -> Fraction:
        """Frames from click to click."""
        return Fraction(self.eighths, 8)

    def span(self, rate: FrameRate) -> FilmSpan:
        """How long it is from click to click."""
        return rate.frame_span * self.frames

    def tempo(self, rate: FrameRate) -> Tempo:
        """The tempo that it is at `rate`: 60 · fps / frames."""
        return Tempo(60 * rate.frames_per_second / self.frames)


def click_number(into: FilmSpan, tempo: Tempo) -> Fraction:
    """Which click `into` a cue falls on, the first being 1, exactly.

    >>> click_number(FilmSpan(10), Tempo(120))
    Fraction(21, 1)
    """
    return into.seconds * tempo.bpm / 60 + 1
