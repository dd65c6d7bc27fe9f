"""Names that every docstring example may use without importing them."""

from __future__ import annotations

import pytest

from scorestage import music, production, timebase


@pytest.fixture(autouse=True)
def _names_in_examples(doctest_namespace: dict[str, object]) -> None:
    for room in (timebase, music, production):
        doctest_namespace.update({name: getattr(room, name) for name in room.__all__})
