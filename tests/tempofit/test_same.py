"""What is remembered belongs to the very object it was worked out from."""

from __future__ import annotations

from functools import lru_cache

from scorestage.tempofit.same import Same


def test_a_key_is_of_one_object_and_keeps_it() -> None:
    asked: list[list[int]] = []

    @lru_cache(maxsize=4)
    def total(numbers: Same[list[int]]) -> int:
        asked.append(numbers.one)
        return sum(numbers.one)

    first, equal = [1, 2], [1, 2]
    assert [total(Same(one)) for one in (first, first, equal, first)] == [3, 3, 3, 3]
    assert len(asked) == 2
    assert asked[0] is first
    assert asked[1] is equal
    assert Same(first) != first
