"""Numbers in strangers' files: exact, and never larger than a file of music can mean."""

from __future__ import annotations

import re
from fractions import Fraction

_NUMBER = re.compile(
    r"[+-]?(\d{1,40}(\.\d{0,80})?|\.\d{1,80})(e[+-]?\d{1,2})?|[+-]?\d{1,80}/\d{1,80}"
)


def number_in(text: object) -> Fraction:
    """The exact number that `text` writes: `19/8`, `2.375`, `1e-3`; `ValueError` for all else.

    Without bounds a few bytes such as `1e999999999` would take all memory.

    >>> number_in("2.375"), number_in("1e-3"), number_in(7)
    (Fraction(19, 8), Fraction(1, 1000), Fraction(7, 1))
    """
    told = str(text).strip().lower()
    if isinstance(text, bool) or not _NUMBER.fullmatch(told):
        raise ValueError(f"{str(text)[:24]!r} is no number")
    mantissa, _, power = told.partition("e")
    try:
        return Fraction(mantissa) * Fraction(10) ** int(power or 0)
    except ZeroDivisionError:
        raise ValueError(f"{told[:24]!r} is no number") from None


def regained(number: Fraction) -> Fraction:
    """The fraction of small denominator that a decimal of 12 digits stands for, if there is one.

    >>> regained(Fraction("0.333333333333")), regained(Fraction("0.33"))
    (Fraction(1, 3), Fraction(33, 100))
    """
    near = number.limit_denominator(10_000)
    return near if abs(near - number) * 10**9 < 1 else number


def decimal_text(number: Fraction, places: int = 12) -> str:
    """An exact number to so many decimals, without trailing zeros.

    >>> decimal_text(Fraction(7, 2)), decimal_text(Fraction(-1, 3), 4), decimal_text(Fraction(0))
    ('3.5', '-0.3333', '0')
    """
    whole = round(abs(number) * 10**places)
    text = f"{whole // 10**places}.{whole % 10**places:0{places}}".rstrip("0").rstrip(".")
    return f"-{text}" if number < 0 and whole else text


def exact_text(number: Fraction) -> str:
    """An exact number as a decimal where it ends within nine places, else as a fraction.

    >>> exact_text(Fraction(19, 8)), exact_text(Fraction(1, 3))
    ('2.375', '1/3')
    """
    text = decimal_text(number, 9)
    return text if Fraction(text) == number else str(number)
