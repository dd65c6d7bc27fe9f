"""Ruler and lanes of the film."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.adapters.formats.report.small_report import cue, report

from scorestage.adapters.formats.report.filmstrip import lanes, ruler


@pytest.mark.parametrize("seconds", [0.5, 1, 9.99, 52.2, 100, 600, 3599, 7200, 12_000])
def test_marks_are_even_few_and_true(seconds: float) -> None:
    marks = ruler(report(seconds=seconds))
    assert marks[0] == (0.0, "0:00") and 1 <= len(marks) <= 14
    for share, label in marks:
        clock = 0
        for part in label.split(":"):
            clock = clock * 60 + int(part)
        assert clock == pytest.approx(share * seconds) and share <= 1
    steps = {round((after - before) * seconds) for (before, _), (after, _) in pairwise(marks)}
    assert len(steps) <= 1


def test_hours_are_told_as_hours() -> None:
    assert ruler(report(seconds=7200.0))[-1][1] == "2:00:00"


def test_a_film_of_unknown_length_has_no_ruler() -> None:
    assert ruler(report(seconds=0.0)) == ()


def test_cues_share_a_lane_until_they_overlap() -> None:
    first = cue("1m01", share_in=0.0, share_out=0.4)
    touching = cue("1m02", share_in=0.4, share_out=0.6)
    over = cue("1m03", share_in=0.3, share_out=0.5)
    unplaced = cue("1m04", share_in=0.0, share_out=0.0)
    found = lanes((touching, over, unplaced, first))
    assert [[one.number for one in lane] for lane in found] == [["1m01", "1m02"], ["1m03"]]


def test_no_lane_holds_two_cues_at_once() -> None:
    cues = tuple(
        cue(str(i), share_in=i * 37 % 100 / 110, share_out=i * 37 % 100 / 110 + (i % 9 + 1) / 100)
        for i in range(60)
    )
    found = lanes(cues)
    assert sorted(one.number for lane in found for one in lane) == sorted(
        one.number for one in cues
    )
    for lane in found:
        for before, after in pairwise(lane):
            assert before.share_out <= after.share_in + 1e-6
    shares = [one.share_in for one in cues]
    most = max(sum(one.share_in <= at < one.share_out - 1e-6 for one in cues) for at in shares)
    assert len(found) == most  # as few as can be


def test_no_cues_no_lanes() -> None:
    assert lanes(()) == ()
