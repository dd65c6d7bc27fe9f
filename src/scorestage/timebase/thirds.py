"""Thirds: how conductors and click books read beats and seconds."""

from __future__ import annotations

import re
from fractions import Fraction

from scorestage.errors import TimecodeError

HALF = Fraction(1, 2)
SIGNS = {0: "", 1: "⅓", 2: "⅔"}
_NUMBER = re.compile(
    r"(?P<whole>\d{1,7})?(?:\.(?P<decimals>\d{1,9}))?"
    r"(?:(?P<sign>[⅓⅔½])|\s*[ +]\s*(?P<top>\d)/(?P<bottom>[1-9]))?"
)
_SIGNED = {"⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "½": HALF}


def thirds_of(number: Fraction) -> int:
    """`number` in whole thirds, the nearest; halfway the later.

    >>> thirds_of(Fraction(30, 11)), thirds_of(Fraction(1, 6))
    (8, 1)
    """
    return (3 * number + HALF).__floor__()


def nearest_third(number: Fraction) -> Fraction:
    """`number` to the nearest third, as click books and timing notes print it; a tie goes later.

    >>> nearest_third(Fraction("55.6333"))
    Fraction(167, 3)
    """
    return Fraction(thirds_of(number), 3)


def beat_text(thirds: int) -> str:
    """A beat of so many thirds as it is written over the bars.

    >>> beat_text(167), beat_text(63), beat_text(1)
    ('55⅔', '21', '⅓')
    """
    whole, rest = divmod(abs(thirds), 3)
    text = f"{whole if whole or not rest else ''}{SIGNS[rest]}"
    return f"-{text}" if thirds < 0 else text


def seconds_text(thirds: int) -> str:
    """A length of so many thirds of a second as it is read off a stop clock.

    >>> seconds_text(8), seconds_text(180), seconds_text(187)
    (':02⅔', '1:00', '1:02⅓')
    """
    seconds, rest = divmod(thirds, 3)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes or ''}:{seconds:02}{SIGNS[rest]}"


def read_number(text: str) -> Fraction:
    """A number of beats or seconds as a person writes it: `55⅔`, `55 2/3`, `:02⅔`, `1:02.5`.

    >>> read_number("55 2/3"), read_number(":02⅔"), read_number("1:02.5")
    (Fraction(167, 3), Fraction(8, 3), Fraction(125, 2))
    """
    minutes, colon, rest = text.strip().rpartition(":")
    match = _NUMBER.fullmatch(rest.strip())
    if match is None or not rest.strip() or (minutes and not re.fullmatch(r"\d{1,5}", minutes)):
        plain = re.fullmatch(r"(\d{1,9})/(\d{1,9})", text.strip())
        if plain is None or not int(plain[2]):
            raise TimecodeError(f"{text!r} is no number", do="write for example 2.5, 2 2/3 or 2⅔")
        return Fraction(int(plain[1]), int(plain[2]))
    decimals = match["decimals"] or ""
    number = Fraction(int(f"{match['whole'] or 0}{decimals}"), 10 ** len(decimals))
    if match["sign"]:
        number += _SIGNED[match["sign"]]
    elif match["top"]:
        number += Fraction(int(match["top"]), int(match["bottom"]))
    if colon and number >= 60:
        raise TimecodeError(f"{text!r} has more than 59 seconds", do="carry them into the minutes")
    return number + 60 * int(minutes or 0)
