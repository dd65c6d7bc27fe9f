"""Timpani: tunings against every choice of drums; Beethoven's two drums and a bass line."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.orchestration.checking.passages import kinds, solo

from scorestage.orchestration import FaultKind, Severity
from scorestage.orchestration.checking.drums import Stroke, tunings

TWO = ((41, 48), (46, 53))


def late_at_least(strokes: list[Stroke]) -> int | None:
    """Every drum for every stroke in turn: the fewest retunings that come too late."""
    least: int | None = None
    for drums in product((0, 1), repeat=len(strokes)):
        tuned, used, foot, late = [0, 0], [-1e6, -1e6], -1e6, 0
        for stroke, drum in zip(strokes, drums, strict=True):
            (key,) = stroke.keys
            if not TWO[drum][0] <= key <= TWO[drum][1]:
                break
            if tuned[drum] not in (0, key):
                free = max(foot, used[drum])
                late += free + 1.5 > stroke.start + 1e-9
                foot = free + 1.5
            tuned[drum], used[drum] = key, stroke.end
        else:
            least = late if least is None else min(least, late)
    return least


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 6), st.integers(41, 53)), min_size=1, max_size=6))
def test_no_choice_of_drums_is_late_less_often(drawn: list[tuple[int, int]]) -> None:
    strokes, now = [], 0.0
    for gap, key in drawn:
        now += gap * 0.5
        strokes.append(Stroke(now, now + 0.2, Fraction(int(now * 4), 4), (key,)))
    found = tunings(strokes, TWO)
    assert found is not None
    assert sum(not change.in_time for change in found) == late_at_least(strokes)


def test_beethoven_seven_asks_for_two_drums_and_no_pedal() -> None:
    """First movement: A and E, struck from first to last."""
    assert (
        kinds(solo("timpani", "E2:1/2 E2:1/2 A2:1 E2:1 A2:1 E2:1/4 E2:1/4 A2:1/2"), bpm=104) == []
    )


def test_beethoven_nine_scherzo_has_octave_fs_at_once() -> None:
    assert kinds(solo("timpani", "F2+F3:1 r:2 F2+F3:1 r:2 F2+F3:1"), bpm=116) == []


def test_a_walking_bass_is_not_for_drums() -> None:
    text = "G2:1/2 A2:1/2 Bb2:1/2 C3:1/2 C#3:1/2 D3:1/2 D#3:1/2 E3:1/2"
    found = kinds(solo("timpani", text), bpm=120)
    assert {one.kind for one in found} == {FaultKind.TUNING}
    assert found[0].severity is Severity.ERROR
    assert "needs 1.5 s, has" in found[0].text
    assert found[0].repair


def test_with_rests_the_pedals_do_it() -> None:
    text = "G2:1 r:3 A2:1 r:3 Bb2:1 r:3 C3:1 r:3 C#3:1 r:3 D3:1"
    assert [one.severity for one in kinds(solo("timpani", text), bpm=60)] in (
        [],
        [Severity.ADVICE],
    )


def test_three_drums_at_once_need_a_second_player() -> None:
    found = kinds(solo("timpani", "F2+A2+C3:1"), bpm=60)
    assert FaultKind.POLYPHONY in {one.kind for one in found}
