"""Frame rates, exact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from scorestage.errors import TimecodeError
from scorestage.timebase.instant import Exact, FilmSpan, FilmTime, exact

DROP_RATES = (Fraction(30000, 1001), Fraction(60000, 1001), Fraction(120000, 1001))
"""Rates whose labels may be drop-frame (SMPTE ST 12-1 and ST 12-3)."""
FASTEST_FPS = 1000
"""Nothing faster is taken for a film's rate where a person writes one."""
_LONGEST_RATE = 40


@dataclass(frozen=True, slots=True, order=True)
class FrameRate:
    """Frames per second, and whether the labels drop (skip) numbers to follow the clock.

    >>> FRAMES_23_976.time_of(24)
    FilmTime('1001/1000')
    >>> FRAMES_24.frame_at(FilmTime("13/24"))
    13
    """

    frames_per_second: Fraction
    drop: bool = False

    def __init__(self, frames_per_second: Exact, drop: bool = False) -> None:
        object.__setattr__(self, "frames_per_second", exact(frames_per_second))
        object.__setattr__(self, "drop", drop)
        if self.frames_per_second <= 0:
            raise TimecodeError(f"{frames_per_second} frames per second is no frame rate")
        if drop and self.frames_per_second not in DROP_RATES:
            raise TimecodeError(
                f"{self.name} has no drop-frame labels", do="drop exists at 29.97, 59.94 and 119.88"
            )

    def __repr__(self) -> str:
        return f"FrameRate({str(self.frames_per_second)!r}{', drop=True' if self.drop else ''})"

    @property
    def nominal(self) -> int:
        """The count of frames in a second of labels: 24 for 23.976, 30 for 29.97."""
        return -(-self.frames_per_second.numerator // self.frames_per_second.denominator)

    @property
    def name(self) -> str:
        """What the trade calls it: `"23.976"`, `"29.97 drop"`, `"25"`."""
        for name, rate in RATES.items():
            if rate == self:
                return name
        return str(self.frames_per_second)

    @property
    def frame_span(self) -> FilmSpan:
        """How long one frame lasts."""
        return FilmSpan(1 / self.frames_per_second)

    def time_of(self, frame: int) -> FilmTime:
        """When `frame` starts; the frame at time zero is 0."""
        return FilmTime(frame / self.frames_per_second)

    def frame_at(self, at: FilmTime) -> int:
        """The frame on screen at `at`."""
        return (at.seconds * self.frames_per_second).__floor__()

    def nearest_frame(self, at: FilmTime) -> int:
        """The frame whose start lies nearest to `at`; a tie goes to the later one."""
        return (at.seconds * self.frames_per_second + Fraction(1, 2)).__floor__()

    def frames_in(self, span: FilmSpan) -> Fraction:
        """`span` counted in frames, exactly, with fractions of a frame."""
        return span.seconds * self.frames_per_second


RATES: dict[str, FrameRate] = {
    "23.976": FrameRate("24000/1001"),
    "24": FrameRate(24),
    "25": FrameRate(25),
    "29.97": FrameRate("30000/1001"),
    "29.97 drop": FrameRate("30000/1001", drop=True),
    "30": FrameRate(30),
    "47.952": FrameRate("48000/1001"),
    "48": FrameRate(48),
    "50": FrameRate(50),
    "59.94": FrameRate("60000/1001"),
    "59.94 drop": FrameRate("60000/1001", drop=True),
    "60": FrameRate(60),
    "119.88": FrameRate("120000/1001"),
    "119.88 drop": FrameRate("120000/1001", drop=True),
    "120": FrameRate(120),
}
FRAMES_23_976 = RATES["23.976"]
FRAMES_24 = RATES["24"]
FRAMES_25 = RATES["25"]
FRAMES_29_97 = RATES["29.97"]
FRAMES_29_97_DROP = RATES["29.97 drop"]

_OTHER_NAMES = {"23.98": "23.976", "47.95": "47.952"}
_DROP = frozenset(("drop", "dropframe", "df", "d"))
_NON_DROP = frozenset(("", "nondrop", "nondropframe", "ndf", "nd", "p", "psf"))
_WRITTEN = re.compile(r"([0-9./]+)([a-z]*)")
_BETWEEN = re.compile(r"[\s_]|(?<=[0-9a-z])-(?=[a-z])|fps")


def frame_rate(name: str) -> FrameRate:
    """The frame rate the trade calls `name` in any of its spellings, or an exact fraction.

    >>> frame_rate("23.98") == frame_rate("24000/1001") == frame_rate("23,976p") == FRAMES_23_976
    True
    >>> frame_rate("29.97df").drop, frame_rate("29.97-drop").drop, frame_rate("29.97 NDF").drop
    (True, True, False)
    """
    written = _WRITTEN.fullmatch(_BETWEEN.sub("", name.lower()).replace(",", "."))
    if written is None or len(written[0]) > _LONGEST_RATE:
        raise _unknown(name)
    base, tail = _OTHER_NAMES.get(written[1], written[1]), written[2]
    if tail not in _DROP | _NON_DROP:
        raise _unknown(name)
    try:
        rate = RATES[base].frames_per_second if base in RATES else Fraction(base)
    except (ValueError, ZeroDivisionError):
        raise _unknown(name) from None
    if rate > FASTEST_FPS:
        raise TimecodeError(
            f"{base} frames per second is no film's rate", do=f"say at most {FASTEST_FPS}"
        )
    return FrameRate(rate, drop=tail in _DROP)


def _unknown(name: str) -> TimecodeError:
    return TimecodeError(f"{name!r} is no frame rate", do="say one of " + ", ".join(RATES))
