"""The tempo chart to scale: places reckoned by hand, nothing outside, no label upon another."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest
from tests.adapters.formats.report.small_report import cue, hit

from scorestage.adapters.formats.report import TempoPoint
from scorestage.adapters.formats.report.chart import (
    BASE,
    HEIGHT,
    LEFT,
    RIGHT,
    bpm_text,
    tempo_chart,
)

ACROSS = RIGHT - LEFT


def corners(path: str) -> list[tuple[float, float]]:
    """Every corner of an SVG path of straight lines."""
    numbers = re.findall(r"[ML]([\d.]+) ([\d.]+)", path)
    return [(float(x), float(y)) for x, y in numbers]


def test_places_by_hand() -> None:
    """20 seconds over 896 units: bar 3 at 5 s lies a quarter of the way, the step in the middle."""
    chart = tempo_chart(cue())
    assert {label: x for x, label in chart.bars}["3"] == LEFT + ACROSS / 4
    assert [one.left for one in chart.hits] == [
        round(LEFT + ACROSS / 10, 1),
        LEFT + ACROSS * 0.625,
    ]
    (a, low), (b, low_too), (c, high), (d, high_too) = corners(chart.path)
    assert (a, b, c, d) == (LEFT, LEFT + ACROSS / 2, LEFT + ACROSS / 2, RIGHT)
    assert low == low_too > high == high_too  # faster is higher
    assert [(one.text, one.left > LEFT + ACROSS / 2) for one in chart.labels] == [
        ("96", False),
        ("104", True),
    ]
    assert [(one.number, one.caught) for one in chart.hits] == [("1", True), ("2", False)]


def test_a_breath_looks_smaller_than_a_leap() -> None:
    def rise(after: float) -> float:
        tempos = (TempoPoint(0, 100.0), TempoPoint(10, after))
        (_, before), *_, (_, last) = corners(tempo_chart(cue(tempos=tempos)).path)
        return before - last

    assert 0 < rise(101.0) < rise(104.0) < rise(112.0) <= rise(180.0)
    assert rise(101.0) < rise(180.0) / 4


def test_one_tempo_is_one_level_line() -> None:
    steady = tuple(TempoPoint(float(second), 72.0) for second in range(20))
    chart = tempo_chart(cue(tempos=steady))
    assert corners(chart.path)[0][0] == LEFT and corners(chart.path)[-1][0] == RIGHT
    assert len({y for _, y in corners(chart.path)}) == 1 and len(chart.labels) == 1


def test_the_first_tempo_holds_in_a_pickup() -> None:
    chart = tempo_chart(cue(tempos=(TempoPoint(0.6, 96.0), TempoPoint(10, 100.0))))
    assert corners(chart.path)[0][0] == LEFT


@pytest.mark.parametrize("count", [1, 2, 7, 40, 400])
def test_whatever_the_path_everything_stays_on_the_chart(count: int) -> None:
    tempos = tuple(TempoPoint(19.9 * i / count, 60 + (i * 37) % 91) for i in range(count))
    hits = tuple(hit(20.5 * i / count) for i in range(count))
    bars = tuple((20 * i / count, str(i + 1)) for i in range(count))
    chart = tempo_chart(cue(tempos=tempos, hits=hits, bars=bars))
    for x, y in corners(chart.path) + corners(chart.area):
        assert LEFT <= x <= RIGHT and 0 < y <= BASE
    assert all(LEFT <= one.left <= RIGHT for one in chart.hits) and len(chart.hits) == count
    assert all(10 < one.top < BASE and one.left < RIGHT - 10 for one in chart.labels)
    for one, other in combinations(chart.labels, 2):
        wide = 9 + 6 * len(min(one, other, key=lambda label: label.left).text)
        assert abs(one.left - other.left) > wide or abs(one.top - other.top) > 12
    numbered = [one.left for one in chart.hits if one.number]
    assert all(after - before >= 15 for before, after in pairwise(numbered))
    assert sum(bool(label) for _, label in chart.bars) <= 24
    assert {one.text for one in chart.labels} >= {
        bpm_text(tempos[0].bpm),
        bpm_text(max(point.bpm for point in tempos)),
    }
    assert chart.height == HEIGHT


def test_a_cue_of_no_length_and_no_tempo_draws_nothing() -> None:
    chart = tempo_chart(cue(seconds=0.0, tempos=(), bars=(), hits=()))
    assert (chart.path, chart.area, chart.labels, chart.bars, chart.hits) == ("", "", (), (), ())
