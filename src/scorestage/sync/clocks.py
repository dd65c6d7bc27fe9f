"""The clocks of the stage: bar and beat, timecode, feet+frames, stop clock, frame by frame."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Protocol

from scorestage.production import ClickStyle
from scorestage.sync.strokes import PLAIN, warning_strokes
from scorestage.sync.timeline import CueTimeline
from scorestage.timebase import FeetFrames, FilmTime, FrameRate, TempoMap, Timecode

FREE = "free"
FILM_START = FilmTime(0)


@dataclass(frozen=True, slots=True)
class Counter:
    """Bar and beat as shown: `bar` is the printed label, or `free` while warning clicks count."""

    bar: str
    beat: str
    stress: int


@dataclass(frozen=True, slots=True)
class Readings:
    """All clocks of one frame, as text."""

    counter: Counter | None
    timecode: str
    feet: str
    stop_clock: str


class Clock(Protocol):
    """Whatever can be read off on a frame of the film."""

    def readings(self, frame: int) -> Readings:
        """All clocks of `frame`."""
        ...


@dataclass(frozen=True, slots=True)
class PictureClock:
    """The clocks of a film by itself, where no music is known: the counter is off.

    The stop clock reads 0:00.0 at `zero`, film time.
    """

    rate: FrameRate
    start_frames: int = 0
    zero: FilmTime = FILM_START

    def readings(self, frame: int) -> Readings:
        """All clocks of `frame`; feet+frames count 35 mm from the film's first frame.

        >>> from scorestage.timebase import FRAMES_24
        >>> told = PictureClock(FRAMES_24, 86400, FilmTime(10)).readings(300)
        >>> told.timecode, told.feet, told.stop_clock
        ('01:00:12:12', '18+12', '0:02.5')
        """
        return Readings(
            counter=None,
            timecode=str(Timecode(self.start_frames + frame, self.rate).round_the_clock),
            feet=str(FeetFrames(frame)),
            stop_clock=stop_clock_text((self.rate.time_of(frame) - self.zero).seconds),
        )


@dataclass(frozen=True, slots=True)
class StageClock:
    """The clocks of a cue; frames are those of the film, 0 its first.

    The counter changes on the frame nearest to each click. Before the warning clicks and after the
    cut-off it is off; in free bars it shows the bar without a beat. The stop clock runs from
    `zero`, without one from the downbeat of bar 1, in seconds and tenths.
    """

    tempo_map: TempoMap
    timeline: CueTimeline
    rate: FrameRate
    warning_clicks: int
    start_frames: int = 0
    zero: FilmTime | None = None
    click: ClickStyle = PLAIN
    _frames: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _counters: tuple[Counter | None, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        moments: list[tuple[FilmTime, Counter | None]] = []
        warning = warning_strokes(self.tempo_map, self.warning_clicks, self.click)
        for number, stroke in enumerate((one for one in warning if one.stress), start=1):
            moments.append((stroke.at, Counter(FREE, str(number), 1)))
        moments += self._of_bars()
        moments.append((self.timeline.cut_off, None))
        frames = tuple(self.rate.nearest_frame(at) for at, _ in moments)
        object.__setattr__(self, "_frames", frames)
        object.__setattr__(self, "_counters", tuple(counter for _, counter in moments))

    def _of_bars(self) -> list[tuple[FilmTime, Counter | None]]:
        grid, found = self.tempo_map.grid, list[tuple[FilmTime, Counter | None]]()
        for click in self.tempo_map.clicks():
            label = str(grid.bars[click.bar_index].label)
            found.append((click.time, Counter(label, str(click.beat), click.stress)))
        for start, bar in zip(grid.starts, grid.bars, strict=False):
            if self.tempo_map.is_free(start):
                free = Counter(str(bar.label), "", 0)
                found.append((self.tempo_map.time_at(start), free))
        return sorted(found, key=lambda moment: moment[0])

    def counter(self, frame: int) -> Counter | None:
        """Bar and beat in `frame`."""
        index = bisect_right(self._frames, frame) - 1
        return self._counters[index] if index >= 0 else None

    def readings(self, frame: int) -> Readings:
        """All clocks of `frame`; feet+frames count 35 mm from the film's first frame."""
        zero = self.timeline.downbeat if self.zero is None else self.zero
        picture = PictureClock(self.rate, self.start_frames, zero)
        return replace(picture.readings(frame), counter=self.counter(frame))

    def stop_clock(self, frame: int) -> str:
        """Minutes, seconds and tenths since the clock was started, negative before."""
        return self.readings(frame).stop_clock


def stop_clock_text(seconds: Fraction) -> str:
    """A stop clock's reading in minutes, seconds and tenths, to the nearest tenth (a tie up).

    >>> stop_clock_text(Fraction(62)), stop_clock_text(Fraction(-1, 2))
    ('1:02.0', '-0:00.5')
    """
    tenths = (abs(seconds) * 10 + Fraction(1, 2)).__floor__()
    minutes, rest = divmod(tenths, 600)
    sign = "-" if seconds < 0 and tenths else ""
    return f"{sign}{minutes}:{rest // 10:02}.{rest % 10}"
