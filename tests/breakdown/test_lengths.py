"""Lengths: the whole holds to the page, cut scenes are true and teach the others."""

from __future__ import annotations

from fractions import Fraction

from tests.breakdown.scripts import ALL, scenes

from scorestage.breakdown import cut_scenes, eighths_of, lengths_of

LONG = tuple(f"INT. ROOM {n} - DAY\n\n" + "They talk and walk. " * 20 * n for n in range(1, 7))


def test_the_whole_film_lasts_a_minute_a_page() -> None:
    told = scenes(*LONG)
    pages = Fraction(sum(map(eighths_of, told)), 8)
    likely = sum(one.likely_seconds for one in lengths_of(told))
    assert abs(likely - 60 * pages) <= Fraction(len(told), 4)


def test_low_likely_and_high_are_in_order_and_apart() -> None:
    for one in lengths_of(scenes(*ALL)):
        assert 0 < one.low_seconds < one.likely_seconds < one.high_seconds


def test_a_cut_scene_is_true_and_the_others_follow_how_the_film_runs() -> None:
    told = scenes(*LONG)
    before = lengths_of(told)
    cut = cut_scenes([one.likely_seconds * 2 if n < 4 else None for n, one in enumerate(before)])
    after = lengths_of(told, cut)
    assert after[0].low_seconds == after[0].high_seconds == before[0].likely_seconds * 2
    assert after[5].likely_seconds > Fraction(3, 2) * before[5].likely_seconds
    assert "4 cut scenes" in after[5].how
    width = [one.high_seconds / one.low_seconds for one in (before[5], after[5])]
    assert width[1] < width[0]


def test_an_animatic_teaches_nothing() -> None:
    told = scenes(*LONG)
    before = lengths_of(told)
    drawn = cut_scenes([Fraction(500), None, None, None, None, None], frozenset({0}))
    after = lengths_of(told, drawn)
    assert after[0].likely_seconds == 500 and after[1:] == before[1:]


def test_a_reading_with_the_stop_watch_counts_before_the_estimate() -> None:
    told = scenes(*LONG)
    found = lengths_of(told, timed={2: Fraction(75)})[2]
    assert (found.low_seconds, found.likely_seconds) == (Fraction(135, 2), 75)
