"""Things come to rest where and when they should."""

from __future__ import annotations

import pytest

from scorestage.adapters.demofilm.drawing.motion import (
    blink,
    ease,
    keys,
    pop,
    settle,
    shake,
    wobble,
)


def test_easing_runs_one_way_between_its_frames() -> None:
    run = [ease(n / 4, 3, 17) for n in range(80)]
    assert run == sorted(run)
    assert (run[0], run[-1]) == (0, 1)


def test_keys_hold_before_the_first_and_after_the_last() -> None:
    assert keys(-5, (0, 1.0), (10, 3.0)) == 1.0
    assert keys(50, (0, 1.0), (10, 3.0)) == 3.0
    assert keys(10, (0, 1.0), (10, 3.0), (20, 7.0)) == pytest.approx(3.0)


def test_a_blow_swings_and_dies() -> None:
    assert settle(4.9, 5) == 0
    assert settle(5, 5) == 1
    assert abs(settle(80, 5)) < 0.01
    assert shake(4, 5, 10) == (0.0, 0.0)
    assert max(map(abs, shake(90, 5, 10))) < 0.01


def test_a_pop_overshoots_and_stays() -> None:
    run = [pop(n, 0, 12) for n in range(40)]
    assert run[0] == 0
    assert max(run) > 1.02
    assert run[-1] == pytest.approx(1.0)


def test_a_blink_shuts_and_opens() -> None:
    run = [blink(n, 10) for n in range(30)]
    assert max(run) == 1.0
    assert run[9] == run[18] == 0.0


def test_a_wobble_comes_round() -> None:
    assert wobble(7, 24, 0.3) == pytest.approx(wobble(31, 24, 0.3))
