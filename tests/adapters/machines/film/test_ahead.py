"""Pieces made ahead: in order, faults where they are used, and nothing left running."""

from __future__ import annotations

import threading
from collections.abc import Generator

import pytest

from scorestage.adapters.machines.film.ahead import THREAD, ahead


def _running() -> int:
    return sum(one.name.startswith(THREAD) for one in threading.enumerate())


def test_all_pieces_come_in_order() -> None:
    assert list(ahead((number for number in range(1000)), 3)) == list(range(1000))
    assert _running() == 0


def test_no_more_is_made_ahead_than_asked_for() -> None:
    made: list[int] = []

    def making() -> Generator[int, None, None]:
        for number in range(100):
            made.append(number)
            yield number

    coming = ahead(making(), 4)
    for number in range(20):
        assert next(coming) == number
        assert len(made) <= number + 1 + 4 + 2
    coming.close()
    assert len(made) < 40


def test_a_fault_is_raised_where_the_pieces_are_used() -> None:
    def breaking() -> Generator[int, None, None]:
        yield 1
        raise ValueError("the film is torn")

    coming = ahead(breaking())
    assert next(coming) == 1
    with pytest.raises(ValueError, match="torn"):
        next(coming)
    assert _running() == 0


def test_stopping_early_closes_the_source() -> None:
    closed: list[bool] = []

    def making() -> Generator[int, None, None]:
        try:
            while True:
                yield 1
        finally:
            closed.append(True)

    coming = ahead(making())
    next(coming)
    coming.close()
    assert closed == [True]
    assert _running() == 0
