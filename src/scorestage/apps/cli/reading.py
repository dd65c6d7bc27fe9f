"""Words of the command line read as what they mean."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

Choice = TypeVar("Choice", bound=StrEnum)


def choice(kind: type[Choice], text: str) -> Choice | None:
    """One of a few words, `_` and `-` written as one likes; None where nothing was said."""
    from scorestage.errors import InputError

    if not text:
        return None
    plain = text.lower().replace("_", " ").replace("-", " ")
    for one in kind:
        if plain == one.replace("-", " "):
            return one
    raise InputError(f"{text!r} is none of: {', '.join(kind)}")


def exact_length(text: str) -> Fraction:
    """A length in seconds: `75`, `7.5`, `15/2`, or by the clock `1:15`, `1:02:03.5`.

    >>> exact_length("1:15.5"), exact_length("1:00:00")
    (Fraction(151, 2), Fraction(3600, 1))
    """
    from scorestage.errors import InputError

    *before, seconds = text.split(":")
    whole = len(before) <= 2 and all(one.isdecimal() for one in before)
    after = exact_number(seconds) if whole else Fraction(-1)
    if not whole or after < 0 or (before and after >= 60):
        raise InputError(f"{text!r} is no length", do="say seconds (75, 7.5) or minutes (1:15)")
    minutes = Fraction(0)
    for one in before:
        minutes = minutes * 60 + int(one)
    return minutes * 60 + after


def exact_number(text: str) -> Fraction:
    """An exact number: `2`, `2.5`, `5/2`."""
    from scorestage.errors import InputError
    from scorestage.timebase import exact

    try:
        return exact(text)
    except (ValueError, ZeroDivisionError):
        raise InputError(f"{text!r} is no number") from None
