"""What is remembered of one very thing: long tuples and exact numbers take long to compare."""

from __future__ import annotations

from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Same(Generic[Thing]):
    """A key for what was worked out from this very object; one equal to it counts as another.

    >>> bars = [4, 4, 3]
    >>> Same(bars) == Same(bars), Same(bars) == Same(list(bars))
    (True, False)
    """

    __slots__ = ("one",)

    def __init__(self, one: Thing) -> None:
        self.one = one

    def __hash__(self) -> int:
        return id(self.one)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.one is other.one
