"""A page of the click book: every beat of one tempo, told in every way of counting film."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scorestage.timebase.feet import FRAMES_PER_FOOT_16, FRAMES_PER_FOOT_35
from scorestage.timebase.fractionlabel import feet_text, frame_decimals, timecode_text
from scorestage.timebase.instant import FilmSpan
from scorestage.timebase.rate import FrameRate
from scorestage.timebase.reading import clock_text
from scorestage.timebase.tempo import Tempo


@dataclass(frozen=True, slots=True)
class ClickBookRow:
    """One beat: exact seconds and frames since beat 1, and the same as the page prints it."""

    beat: int
    into: FilmSpan
    frames: Fraction
    clock: str
    timecode: str
    feet_35mm: str
    feet_16mm: str


@dataclass(frozen=True, slots=True)
class ClickBook:
    """One tempo at one frame rate; beat 1 stands at zero, its timecode is `start_frames`.

    Each row is counted from beat 1, so rounding never adds up.

    >>> from scorestage.timebase.frameclick import FrameClick
    >>> from scorestage.timebase.rate import FRAMES_24
    >>> row = ClickBook(FrameClick.parse("14-3").tempo(FRAMES_24), FRAMES_24).row(101)
    >>> row.clock, row.timecode, row.feet_35mm, row.feet_16mm
    ('0:59.90', '00:00:59:21.500', '89+13.500', '35+37.500')
    """

    tempo: Tempo
    rate: FrameRate
    start_frames: int = 0

    @property
    def frames_per_beat(self) -> Fraction:
        """Frames from click to click, exactly."""
        return 60 * self.rate.frames_per_second / self.tempo.bpm

    @property
    def decimals(self) -> int:
        """Decimals of a frame that the page prints."""
        return frame_decimals(self.frames_per_beat)

    @property
    def is_exact(self) -> bool:
        """Whether what the page prints of frames is exact."""
        return 8 % self.frames_per_beat.denominator == 0

    def row(self, beat: int) -> ClickBookRow:
        """What the page says of one beat, the first being 1."""
        frames = self.frames_per_beat * (beat - 1)
        seconds = Fraction(60 * (beat - 1)) / self.tempo.bpm
        places = self.decimals
        return ClickBookRow(
            beat=beat,
            into=FilmSpan(seconds),
            frames=frames,
            clock=clock_text(seconds),
            timecode=timecode_text(self.start_frames + frames, self.rate, places),
            feet_35mm=feet_text(frames, FRAMES_PER_FOOT_35, places),
            feet_16mm=feet_text(frames, FRAMES_PER_FOOT_16, places),
        )

    def rows(self, first: int, last: int) -> Iterator[ClickBookRow]:
        """The rows from beat `first` to beat `last`, both printed."""
        return (self.row(beat) for beat in range(first, last + 1))
