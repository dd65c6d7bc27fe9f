"""Joints of a cut recording: moved to the quietest place near, nothing else played otherwise."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorestage.conform.audio_edits import FADE_SECONDS, AudioEdit, Sound, conformed_sound
from scorestage.conform.quiet_joints import WINDOW_SECONDS, quietly_joined

RATE = 8000
CUT = (
    AudioEdit(Fraction(0), Fraction(4), Fraction(0)),
    AudioEdit(Fraction(6), Fraction(10), Fraction(4)),
)


def held(dips: list[float]) -> Sound:
    """Ten seconds of a held chord with a stroke on every second, quiet for 30 ms at `dips`."""
    at = np.arange(10 * RATE) / RATE
    tone = sum(0.1 * np.sin(2 * np.pi * hz * at + hz) for hz in (220.0, 277.2, 329.6))
    loud = np.ones_like(at)
    for dip in dips:
        loud *= 1 - 0.98 * np.exp(-(((at - dip) / 0.012) ** 4))
    stroke = 0.5 * np.exp(-((at % 1.0) / 0.02)) * np.sin(2 * np.pi * 880 * (at % 1.0))
    return np.asarray(tone * loud + stroke, dtype=np.float32)[:, None]


def level_db(sound: Sound, ends: float) -> float:
    """The level of the crossfade that ends at a second."""
    last = round(ends * RATE)
    part = sound[last - round(FADE_SECONDS * RATE) : last].astype(float)
    return float(10 * np.log10((part**2).mean() + 1e-12))


def test_a_joint_moves_to_the_quiet_place_before_it() -> None:
    sound = held([3.95, 5.95])
    edits = quietly_joined(sound, RATE, Fraction(0), CUT)
    by = CUT[1].old_in - edits[1].old_in
    assert Fraction(4, 100) <= by <= Fraction(7, 100)
    assert edits[0].old_out == 4 - by and edits[1].new_at == 4 - by
    made = conformed_sound(sound, RATE, Fraction(0), edits, Fraction(0))
    plain = conformed_sound(sound, RATE, Fraction(0), CUT, Fraction(0))
    assert level_db(made, float(edits[1].new_at)) < level_db(plain, 4.0) - 12
    assert len(made) == len(plain)
    assert np.array_equal(made[: round(3.8 * RATE)], sound[: round(3.8 * RATE)])
    assert np.array_equal(made[4 * RATE :], sound[6 * RATE :])


def test_no_click_is_louder_than_the_music_itself() -> None:
    sound = held([3.93, 5.96])
    made = conformed_sound(
        sound, RATE, Fraction(0), quietly_joined(sound, RATE, Fraction(0), CUT), Fraction(0)
    )
    around = made[round(3.85 * RATE) : 4 * RATE, 0]
    assert np.abs(np.diff(around)).max() <= np.abs(np.diff(sound[: 3 * RATE, 0])).max()


def test_a_joint_that_is_as_quiet_as_any_stays() -> None:
    assert quietly_joined(held([]), RATE, Fraction(0), CUT) == CUT


def test_a_stretched_bar_keeps_its_place_and_speed() -> None:
    slow = (CUT[0], AudioEdit(Fraction(6), Fraction(8), Fraction(4), Fraction(26, 25)))
    edits = quietly_joined(held([3.95, 5.95]), RATE, Fraction(0), slow)
    assert len(edits) == 3 and edits[2] == slow[1]
    assert edits[0].new_out == edits[1].new_at and edits[1].new_out == slow[1].new_at


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 10**6),
    st.lists(st.tuples(st.integers(1, 8), st.sampled_from([24, 25, 26])), min_size=1, max_size=5),
)
def test_whatever_is_joined_plays_without_a_gap_and_nothing_moves_far(
    seed: int, parts: list[tuple[int, int]]
) -> None:
    sound = np.random.default_rng(seed).normal(0, 0.1, (10 * RATE, 1)).astype(np.float32)
    edits, at = [], Fraction(0)
    for number, (start, speed) in enumerate(parts):
        old = Fraction(start) + Fraction(number, 7)
        edit = AudioEdit(old, old + 1, at, Fraction(speed, 25))
        edits.append(edit)
        at = edit.new_out
    made = quietly_joined(sound, RATE, Fraction(0), edits)
    assert made[0].new_at == 0 and made[-1].new_out == at
    assert all(one.new_out == two.new_at for one, two in pairwise(made))
    heard = {one.new_at for one in made}
    assert all(any(0 <= edit.new_at - place <= WINDOW_SECONDS for place in heard) for edit in edits)


def test_a_sound_too_short_for_the_window_is_left() -> None:
    short = np.zeros((RATE // 100, 1), dtype=np.float32)
    assert quietly_joined(short, RATE, Fraction(0), CUT) == CUT
    assert pytest.approx(float(WINDOW_SECONDS)) == 0.1
