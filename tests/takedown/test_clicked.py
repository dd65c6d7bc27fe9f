"""A take to the click is told from a free one."""

from __future__ import annotations

import numpy as np
import pytest

from scorestage.takedown import played_to_click


@pytest.mark.parametrize("seed", range(6))
def test_played_to_the_click_or_not(seed: int) -> None:
    rng = np.random.default_rng(seed)
    written = np.cumsum(rng.choice([0.25, 0.5, 0.5, 1.0], 120))
    scatter = rng.normal(0, 0.03, 120)
    assert played_to_click(list(written + scatter)).to_click
    stretched = written * 1.173 + 0.8 * np.sin(written / 9)
    assert not played_to_click(list(stretched)).to_click


def test_an_orchestra_that_plays_freely_together_is_free() -> None:
    struck = np.arange(40) * 1.183 + 0.1 * np.sin(np.arange(40) / 5)
    rng = np.random.default_rng(3)
    every = [float(at + off) for at in struck for off in rng.normal(0, 0.01, 12)]
    assert not played_to_click(every).to_click


@pytest.mark.parametrize("seed", range(4))
def test_a_run_in_thirty_seconds_was_played_to_its_click(seed: int) -> None:
    rng = np.random.default_rng(seed)
    assert played_to_click(list(np.arange(24) / 8 + rng.normal(0, 0.012, 24))).to_click
