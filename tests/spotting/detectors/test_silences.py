"""Silences: where the film's own sound stops."""

from __future__ import annotations

import numpy as np
import pytest
from tests.drawn_clips import flat
from tests.spotting.footage_kit import heard, seconds, watched

from scorestage.spotting import Footage
from scorestage.spotting.detectors.silences import DETECTOR

PICTURE = watched([flat(9)] * 24)


def test_silences_from_start_to_end() -> None:
    sound = np.random.default_rng(1).normal(0, 0.05, seconds(12))
    sound[seconds(3) : seconds(5.5)] = 0
    sound[seconds(8) : seconds(8.6)] = 0
    sound[seconds(10) :] = 0
    found = DETECTOR(Footage(PICTURE, heard(sound)))
    spans = [(float(m.span.start.seconds), float(m.span.end.seconds)) for m in found]
    assert spans == [pytest.approx((3, 5.5), abs=0.03), pytest.approx((10, 12), abs=0.03)]


def test_a_tick_does_not_end_a_silence() -> None:
    sound = np.zeros(seconds(6))
    sound[seconds(3) : seconds(3) + 50] = 0.5
    assert len(DETECTOR(Footage(PICTURE, heard(sound)))) == 1


def test_no_sound_is_no_silence() -> None:
    assert DETECTOR(Footage(PICTURE)) == ()
