"""Tempos and film times as they are printed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engraving.small_cue import START, small_edition, small_map
from tests.strategies import tempos

from scorestage.engraving.clocks import bpm_text, click_text, film_time_text, note_of, printable
from scorestage.engraving.edition import Timing
from scorestage.timebase import FRAMES_23_976, FRAMES_24, FRAMES_29_97_DROP, Beats, FilmSpan, Tempo


@given(st.fractions(20, 300))
def test_beats_a_minute_are_right_to_the_hundredth(bpm: Fraction) -> None:
    assert abs(Fraction(bpm_text(bpm)) - bpm) <= Fraction(1, 200)


@given(tempos())
def test_the_note_printed_means_the_same_speed(tempo: Tempo) -> None:
    shown = printable(tempo)
    log, dots = note_of(shown.unit)
    assert shown.quarters_per_minute == tempo.quarters_per_minute
    assert Fraction(4, 2**log) * (2 - Fraction(1, 2**dots)) == shown.unit.quarters


@pytest.mark.parametrize(("bpm", "told"), [("120", "12-0"), ("96", "15-0"), ("100", "~14-3")])
def test_frame_clicks(bpm: str, told: str) -> None:
    assert click_text(Tempo(bpm), FRAMES_24) == told


def test_frame_clicks_follow_the_picture_and_the_beat() -> None:
    assert click_text(Tempo("95904/1001"), FRAMES_23_976).startswith("~")
    assert click_text(Tempo("96000/1001"), FRAMES_23_976) == "15-0"
    assert click_text(Tempo(60, Beats("3/2")), FRAMES_24) == "24-0"


def test_timecode_is_the_one_burned_in() -> None:
    edition = replace(
        small_edition(),
        timing=Timing.TIMECODE,
        rate=FRAMES_29_97_DROP,
        timecode_start_frames=107892,
    )
    shown = film_time_text(START + FilmSpan("1/10"), edition, small_map())
    assert shown == "01:01:40;02"
