from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorestage.errors import TimecodeError
from scorestage.timebase import (
    FilmSpan,
    Tempo,
    WrittenClick,
    best_written_click,
    click_number,
    drift_per_minute,
    nearest_third,
)

bpms = st.fractions(min_value=30, max_value=300, max_denominator=1000)


@pytest.mark.parametrize(
    ("bpm", "beats", "text", "real"),
    [
        (88, 4, "4 beats in :02⅔", 90),
        (88, 2, "2 beats in :01⅓", 90),
        (96, 8, "8 beats in :05", 96),
        (90, 2, "2 beats in :01⅓", 90),
        (60, 60, "60 beats in 1:00", 60),
        (120, 1, "1 beat in :00⅔", 90),
        (40, 16, "16 beats in :24", 40),
    ],
)
def test_what_is_written_and_what_it_really_is(bpm: int, beats: int, text: str, real: int) -> None:
    click = WrittenClick.nearest(Tempo(bpm), beats)
    assert str(click) == text and click.tempo.bpm == real
    assert WrittenClick.parse(text) == click


def test_halfway_goes_up() -> None:
    """One beat at 120 lasts half a second, between ⅓ and ⅔."""
    assert WrittenClick.nearest(Tempo(120), 1).played == FilmSpan("2/3")


def test_eighty_eight_in_four_runs_away() -> None:
    """A minute of beats at 88 is over 4/3 s early at 90: 88 beats at 90 last 58⅔ s."""
    assert drift_per_minute(Tempo(88), Tempo(90)) == FilmSpan(Fraction(88 * 60, 90) - 60)


@given(bpms)
def test_the_best_count_is_that_of_all_fifteen(bpm: Fraction) -> None:
    best = best_written_click(Tempo(bpm))
    off = {}
    for beats in range(2, 17):
        wanted = beats * 60 / bpm
        thirds = min(range(1, int(wanted * 3) + 2), key=lambda n: abs(Fraction(n, 3) - wanted))
        off[beats] = abs(bpm * Fraction(thirds, 3) / (60 * beats) - 1)
    assert abs(bpm / best.tempo.bpm - 1) == min(off.values())
    assert best.beats == min(n for n in off if off[n] == min(off.values()))


@given(bpms, st.integers(2, 16))
def test_no_length_in_thirds_is_nearer(bpm: Fraction, beats: int) -> None:
    click = WrittenClick.nearest(Tempo(bpm), beats)
    assert abs(click.played.seconds - beats * 60 / bpm) <= Fraction(1, 6) or click.thirds == 1


def test_the_sync_beat_from_nominal_and_from_real_tempo() -> None:
    """V9: 37.25 s at 88 is beat 55⅔, at the 90 that is really played beat 57."""
    nominal, real = Tempo(88), WrittenClick.nearest(Tempo(88), 4).tempo
    assert nearest_third(click_number(FilmSpan("37.25"), nominal)) == Fraction(167, 3)
    assert click_number(FilmSpan("37.25"), real) == Fraction("56.875")
    assert nearest_third(click_number(FilmSpan("37.25"), real)) == 57


@pytest.mark.parametrize("text", ["4 in", "0 in 5", "4 in 0", "4 in 2.5", "in 5", "4 5", "x in 2"])
def test_what_is_no_written_click_is_refused(text: str) -> None:
    with pytest.raises(TimecodeError):
        WrittenClick.parse(text)
