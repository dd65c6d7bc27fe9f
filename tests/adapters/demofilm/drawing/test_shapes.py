"""Shapes by their geometry."""

from __future__ import annotations

from math import hypot

import pytest

from scorestage.adapters.demofilm.drawing.shapes import Path, box, oval, smooth, stroke


def _area(path: Path) -> float:
    turns = zip(path, [*path[1:], path[0]], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in turns)) / 2


def test_a_smooth_line_passes_through_its_points() -> None:
    points = [(0.0, 0.0), (10.0, 4.0), (20.0, -3.0), (30.0, 8.0)]
    for closed in (True, False):
        line = smooth(points, 7, closed)
        for x, y in points:
            assert min(hypot(x - u, y - v) for u, v in line) < 1e-9
        assert len(line) == (28 if closed else 22)


def test_a_straight_line_stays_straight() -> None:
    line = smooth([(0.0, 0.0), (10.0, 10.0), (20.0, 20.0)], 5, closed=False)
    assert all(x == pytest.approx(y) for x, y in line)


def test_areas() -> None:
    assert _area(oval(5, 5, 30, 20, 400)) == pytest.approx(3.14159 * 600, rel=1e-3)
    assert _area(box(0, 0, 40, 30)) == 1200
    assert _area(box(0, 0, 40, 30, 5)) == pytest.approx(1200 - (4 - 3.1416) * 25, rel=5e-3)


def test_a_stroke_is_as_wide_as_asked_with_round_ends() -> None:
    line = [(float(x), 0.0) for x in range(0, 101, 10)]
    assert _area(stroke(line, 8)) == pytest.approx(800 + 3.1416 * 16, rel=0.02)
    assert _area(stroke(line, 10, 2)) == pytest.approx(600 + 3.1416 * 13, rel=0.03)
