"""SMPTE timecode labels: what is burned into the picture, not a measure of time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scorestage.errors import TimecodeError
from scorestage.timebase.rate import FrameRate

_LABEL = re.compile(r"(-?)(\d{1,2})[:.](\d{2})[:.](\d{2})([:;.,])(\d{2,3})")


@dataclass(frozen=True, slots=True)
class Timecode:
    """A label at `rate`, held as the count of frames since 00:00:00:00 (may be negative).

    Drop-frame skips 2 labels (4 at 59.94, 8 at 119.88) each minute but the tenth (SMPTE ST 12-1).
    A label is that of a clock: after 23:59:59 comes 00:00:00 (`as_length` counts on).

    >>> from scorestage.timebase.rate import FRAMES_24, FRAMES_29_97_DROP
    >>> str(Timecode(86400, FRAMES_24))
    '01:00:00:00'
    >>> str(Timecode(1800, FRAMES_29_97_DROP)), str(Timecode(17982, FRAMES_29_97_DROP))
    ('00:01:00;02', '00:10:00;00')
    """

    frames: int
    rate: FrameRate

    def __str__(self) -> str:
        if self.frames >= frames_a_day(self.rate):
            return self.round_the_clock.as_length
        return self.as_length

    @property
    def as_length(self) -> str:
        """The count written as the label of a length, which may be longer than a day.

        >>> from scorestage.timebase.rate import FRAMES_24
        >>> past = Timecode(25 * 86400, FRAMES_24)
        >>> str(past), past.as_length
        ('01:00:00:00', '25:00:00:00')
        """
        sign = "-" if self.frames < 0 else ""
        count = _with_dropped(abs(self.frames), self.rate)
        nominal = self.rate.nominal
        width = 3 if nominal > 100 else 2
        seconds, frame = divmod(count, nominal)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        mark = ";" if self.rate.drop else ":"
        return f"{sign}{hours:02}:{minutes:02}:{seconds:02}{mark}{frame:0{width}}"

    def __add__(self, frames: int) -> Timecode:
        return Timecode(self.frames + frames, self.rate)

    @property
    def round_the_clock(self) -> Timecode:
        """The label as a clock of 24 hours shows it: before midnight that of the evening before.

        >>> from scorestage.timebase.rate import FRAMES_24
        >>> str(Timecode(-120, FRAMES_24).round_the_clock)
        '23:59:55:00'
        """
        return Timecode(self.frames % frames_a_day(self.rate), self.rate)

    @classmethod
    def parse(cls, label: str, rate: FrameRate) -> Timecode:
        """Read `hh:mm:ss:ff` (`;` before the frames marks drop-frame).

        Raises `TimecodeError` for a label that does not exist at `rate`, such as a dropped number.

        >>> from scorestage.timebase.rate import FRAMES_24
        >>> Timecode.parse("01:00:00:12", FRAMES_24).frames
        86412
        """
        match = _LABEL.fullmatch(label.strip())
        if match is None:
            raise TimecodeError(
                f"{label!r} is no timecode", do="write hours:minutes:seconds:frames"
            )
        sign, hours, minutes, seconds, mark, frame = match.groups()
        if mark == ";" and not rate.drop:
            raise TimecodeError(
                f"{label} is a drop-frame label, but the rate is {rate.name} without drop"
            )
        if int(minutes) > 59 or int(seconds) > 59 or int(frame) >= rate.nominal:
            raise TimecodeError(f"{label} does not exist at {rate.name} frames per second")
        total_minutes = int(hours) * 60 + int(minutes)
        count = (total_minutes * 60 + int(seconds)) * rate.nominal + int(frame)
        dropped = _dropped_per_minute(rate)
        if dropped and int(seconds) == 0 and int(minutes) % 10 and int(frame) < dropped:
            raise TimecodeError(f"{label} is dropped: drop-frame skips it")
        count -= dropped * (total_minutes - total_minutes // 10)
        return cls(-count if sign else count, rate)


def frames_a_day(rate: FrameRate) -> int:
    """How many labels a clock of 24 hours has at `rate`.

    >>> from scorestage.timebase.rate import FRAMES_24, FRAMES_29_97_DROP
    >>> frames_a_day(FRAMES_24), frames_a_day(FRAMES_29_97_DROP)
    (2073600, 2589408)
    """
    return rate.nominal * 86400 - _dropped_per_minute(rate) * (1440 - 144)


def _dropped_per_minute(rate: FrameRate) -> int:
    return rate.nominal // 15 if rate.drop else 0


def _with_dropped(frames: int, rate: FrameRate) -> int:
    dropped = _dropped_per_minute(rate)
    if not dropped:
        return frames
    in_minute = rate.nominal * 60 - dropped
    in_ten = in_minute * 10 + dropped
    tens, rest = divmod(frames, in_ten)
    minutes = 0 if rest < rate.nominal * 60 else 1 + (rest - rate.nominal * 60) // in_minute
    return frames + dropped * (9 * tens + minutes)
