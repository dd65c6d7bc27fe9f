"""The search finds the cheapest re-cut there is."""

from __future__ import annotations

from math import inf, isinf

import pytest
from hypothesis import HealthCheck, given, settings
from tests.conform.recutting.plain_search import cheapest_by_trying
from tests.conform.recutting.tasks import small_tasks

from scorestage.conform.recutting import Prices, Task, cheapest, judged

PRICES = Prices()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(task=small_tasks())
def test_nothing_cheaper_is_found_by_trying_everything(task: Task) -> None:
    tried = cheapest_by_trying(task, PRICES)
    found = cheapest(task, PRICES)
    assert isinf(tried) == (found is None)
    if found is not None:
        assert found.points == pytest.approx(tried)
        told = judged(task, found, "least", PRICES)
        assert float(told.points) == pytest.approx(tried, abs=0.001)
        assert all(one.is_met for one in told.landed if one.must)
        assert inf > told.points
