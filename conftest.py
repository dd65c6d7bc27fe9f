"""Names that every docstring example may use without importing them."""

from __future__ import annotations

import pytest

from scorestage import timebase


@pytest.fixture(autouse=True)
def _names_in_examples(doctest_namespace: dict[str, object]) -> None:
    doctest_namespace.update({name: getattr(timebase, name) for name in timebase.__all__})
