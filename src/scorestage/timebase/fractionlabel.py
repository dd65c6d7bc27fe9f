"""Timecode and feet+frames with fractions of a frame: what click books print."""

from __future__ import annotations

from fractions import Fraction

from scorestage.timebase.feet import FRAMES_PER_FOOT_35
from scorestage.timebase.rate import FrameRate
from scorestage.timebase.thirds import HALF
from scorestage.timebase.timecode import Timecode

USUAL_DECIMALS = 2


def frame_decimals(frames: Fraction) -> int:
    """How many decimals every multiple of `frames` needs: 0 to 3 for eighths, else two (rounded).

    >>> [frame_decimals(Fraction(n)) for n in ("12", "115/8", "1/7")]
    [0, 3, 2]
    """
    found = {1: 0, 2: 1, 4: 2, 8: 3}.get(frames.denominator)
    return USUAL_DECIMALS if found is None else found


def rounded(number: Fraction, decimals: int) -> tuple[int, int]:
    """A number as its whole part and its decimals, rounded half up once.

    >>> rounded(Fraction("15.996"), 2), rounded(Fraction("1437.5"), 1)
    ((16, 0), (1437, 5))
    """
    scale = 10**decimals
    whole, rest = divmod((number * scale + HALF).__floor__(), scale)
    return whole, rest


def timecode_text(frames: Fraction, rate: FrameRate, decimals: int = USUAL_DECIMALS) -> str:
    """The timecode of a count of frames, with the fraction of a frame behind it.

    >>> from scorestage.timebase.rate import FRAMES_24
    >>> timecode_text(Fraction("1437.5"), FRAMES_24, 1)
    '00:00:59:21.5'
    """
    whole, rest = rounded(abs(frames), decimals)
    sign = "-" if frames < 0 and (whole or rest) else ""
    return f"{sign}{Timecode(whole, rate)}{_decimals(rest, decimals)}"


def feet_text(
    frames: Fraction, frames_per_foot: int = FRAMES_PER_FOOT_35, decimals: int = USUAL_DECIMALS
) -> str:
    """Feet+frames with the fraction of a frame behind them.

    >>> feet_text(Fraction("1437.5"), decimals=1), feet_text(Fraction("15.999"))
    ('89+13.5', '1+00.00')
    """
    whole, rest = rounded(abs(frames), decimals)
    feet, left = divmod(whole, frames_per_foot)
    sign = "-" if frames < 0 and (whole or rest) else ""
    return f"{sign}{feet}+{left:02}{_decimals(rest, decimals)}"


def _decimals(rest: int, decimals: int) -> str:
    return f".{rest:0{decimals}}" if decimals else ""


_SIGNS = {
    Fraction(1, 2): "½",
    Fraction(1, 3): "⅓",
    Fraction(2, 3): "⅔",
    Fraction(1, 4): "¼",
    Fraction(3, 4): "¾",
}


def mixed_text(number: Fraction) -> str:
    """A number of beats as it is read aloud.

    >>> [mixed_text(Fraction(one)) for one in ("3", "7/2", "7/3", "17/8")]
    ['3', '3½', '2⅓', '2 1/8']
    """
    whole, rest = divmod(number, 1)
    if not rest:
        return str(whole)
    return f"{whole}{_SIGNS[rest]}" if rest in _SIGNS else f"{whole} {rest}"
