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


def exact_number(text: str) -> Fraction:
    """An exact number: `2`, `2.5`, `5/2`."""
    from scorestage.errors import InputError
    from scorestage.timebase import exact

    try:
        return exact(text)
    except (ValueError, ZeroDivisionError):
        raise InputError(f"{text!r} is no number") from None
