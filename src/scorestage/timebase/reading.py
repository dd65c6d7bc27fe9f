"""Reading and writing moments of a film in whatever way a person writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from scorestage.errors import TimecodeError
from scorestage.timebase.feet import read_feet
from scorestage.timebase.instant import FilmTime
from scorestage.timebase.rate import FrameRate
from scorestage.timebase.timecode import Timecode, frames_a_day

_CLOCK = re.compile(r"(-?)(?:(\d+):)?(\d+):(\d{1,2}(?:\.\d+)?)")
_LONGEST_TEXT = 60
_FRAMES = re.compile(r"(-?\d+(?:\.\d+)?)\s*(?:f|fr|frames?)")


@dataclass(frozen=True, slots=True)
class FilmClock:
    """What is needed to read a label: the rate, and the timecode (in frames) of the first frame.

    Timecode counts from `start_frames`, feet+frames (35 mm) from the first frame, clock times
    (`1:02.50`), frames (`60f`) and plain or exact seconds (`62.5`, `125/2`) from the first frame
    too. A film may run past midnight: a label that lies more than half a day before the first frame
    is one of the next day.

    >>> FilmClock(FrameRate(24), 24 * 86395).read("00:00:01:00")
    FilmTime('6')
    >>> clock = FilmClock(FrameRate(24), 86400)
    >>> clock.read("01:00:02:12"), clock.read("0:02.50"), clock.read("3+12"), clock.read("5/2")
    (FilmTime('5/2'), FilmTime('5/2'), FilmTime('5/2'), FilmTime('5/2'))
    >>> clock.label(FilmTime("5/2")), clock.label(FilmTime("1/3")), clock.label(FilmTime("1/7"))
    ('01:00:02:12', '01:00:00:08', '1/7')
    """

    rate: FrameRate
    start_frames: int = 0

    def read(self, text: str) -> FilmTime:
        """The moment meant by `text`; raises `TimecodeError` for what cannot be read."""
        text = text.strip()
        if len(text) > _LONGEST_TEXT:
            raise _unreadable(f"{text[:_LONGEST_TEXT]}…")
        if text.count(":") + text.count(";") == 3:
            label = Timecode.parse(text, self.rate)
            return self.rate.time_of(self.frames_since_start(label.frames))
        if "+" in text:
            return FilmTime(read_feet(text) / self.rate.frames_per_second)
        if match := _FRAMES.fullmatch(text):
            return FilmTime(Fraction(match[1]) / self.rate.frames_per_second)
        if match := _CLOCK.fullmatch(text):
            sign, hours, minutes, seconds = match.groups()
            total = int(hours or 0) * 3600 + int(minutes) * 60 + Fraction(seconds)
            return FilmTime(-total if sign else total)
        try:
            return FilmTime(text.removesuffix("s").strip())
        except (ValueError, ZeroDivisionError):
            raise _unreadable(text) from None

    def frames_since_start(self, label_frames: int) -> int:
        """Frames from the film's first to the one with this label, across midnight too."""
        frames, day = label_frames - self.start_frames, frames_a_day(self.rate)
        return frames + day if label_frames >= 0 and frames < -day // 2 else frames

    def label(self, at: FilmTime) -> str:
        """The timecode of `at` where it lies on a frame, else its exact seconds."""
        frames = at.seconds * self.rate.frames_per_second
        if frames.denominator == 1:
            return str(Timecode(self.start_frames + int(frames), self.rate))
        return str(at.seconds)

    def nearest_label(self, at: FilmTime) -> str:
        """The timecode of the frame that starts nearest to `at`, as a clock of 24 hours shows it.

        >>> FilmClock(FrameRate(24)).nearest_label(FilmTime(-3))
        '23:59:57:00'
        """
        frames = self.start_frames + self.rate.nearest_frame(at)
        return str(Timecode(frames, self.rate).round_the_clock)


def clock_text(seconds: Fraction) -> str:
    """Seconds as `m:ss.hh`, rounded to hundredths (half up), as timing notes print them.

    >>> clock_text(Fraction(117, 8)), clock_text(Fraction(-1, 2))
    ('0:14.63', '-0:00.50')
    """
    hundredths = (abs(seconds) * 100 + Fraction(1, 2)).__floor__()
    minutes, rest = divmod(hundredths, 6000)
    return f"{'-' if seconds < 0 else ''}{minutes}:{rest // 100:02}.{rest % 100:02}"


def _unreadable(text: str) -> TimecodeError:
    return TimecodeError(
        f"{text!r} is no moment of a film",
        do="write 01:00:02:12, feet 3+12, a clock time 0:02.50, frames 60f or seconds 2.5",
    )
