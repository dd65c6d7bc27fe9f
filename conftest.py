"""How hard the laws are tried, and names that every docstring example may use unimported.

No property is failed for being slow: how fast a draw is says how busy the machine is.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from scorestage import music, production, timebase

settings.register_profile(
    "laws", max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("laws")


@pytest.fixture(autouse=True)
def _names_in_examples(doctest_namespace: dict[str, object]) -> None:
    for room in (timebase, music, production):
        doctest_namespace.update({name: getattr(room, name) for name in room.__all__})
