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
def _names_in_examples(
    request: pytest.FixtureRequest, doctest_namespace: dict[str, object]
) -> None:
    """What the module itself calls so comes first, then music before production."""
    own = getattr(getattr(request.node, "dtest", None), "globs", {})
    doctest_namespace.clear()
    for room in (production, music, timebase):
        names = {name: getattr(room, name) for name in room.__all__ if name not in own}
        doctest_namespace.update(names)
