"""Counting taps: bounces, gaps, false starts, half notes, eighths."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from tests.tempofit.played.takes import KINDS, meant, taps_at

from scorestage.tempofit.played import count_taps


def beats_of(seconds: np.ndarray) -> list[Fraction | None]:
    return [one.beat for one in count_taps(taps_at(seconds))]


@pytest.mark.parametrize("kind", KINDS)
def test_every_tap_is_a_beat_where_every_beat_was_tapped(kind: str) -> None:
    found = count_taps(meant(kind).tapped(3))
    assert [one.beat for one in found] == [Fraction(n) for n in range(len(found))]


@pytest.mark.parametrize("seed", range(12))
def test_beats_left_out_and_bounces_do_not_shift_the_count(seed: int) -> None:
    random = np.random.default_rng(seed)
    take = meant("rubato", bpm=random.uniform(66, 112), bars=16)
    tapped = take.seconds + random.normal(0, 0.02, len(take.seconds))
    gone = set(random.choice(np.arange(2, 62), 5, replace=False).tolist())
    bounced = random.choice(np.setdiff1d(np.arange(2, 62), list(gone)), 3, replace=False)
    events = [(at, n) for n, at in enumerate(tapped) if n not in gone]
    events += [(tapped[n] + random.uniform(0.05, 0.1), -1) for n in bounced]
    events.sort()
    found = beats_of(np.array([at for at, _ in events]))
    for beat, (at, meant_beat) in zip(found, events, strict=True):
        if beat is not None and meant_beat >= 0:
            assert beat == meant_beat
        elif beat is not None:
            assert abs(take.seconds[int(beat)] - at) < 0.16
    assert sum(beat is None for beat in found) >= 3


def test_a_stray_in_the_middle_is_named() -> None:
    seconds = np.sort(np.append(0.6 * np.arange(12), 0.6 * 5 + 0.2))
    found = count_taps(taps_at(seconds))
    assert found[6].beat is None and "stray" in found[6].remark
    assert found[-1].beat == 11


def test_a_false_start_is_left_out() -> None:
    found = count_taps(taps_at(np.append([0.0], 0.25 + 0.6 * np.arange(12))))
    assert found[0].beat is None and "false start" in found[0].remark
    assert found[1].beat == 0


def test_half_notes_for_a_while_are_two_beats_each() -> None:
    seconds = np.concatenate([0.5 * np.arange(9), 4 + np.arange(1, 7), 10 + 0.5 * np.arange(1, 9)])
    assert beats_of(seconds)[8:15] == [8, 10, 12, 14, 16, 18, 20]


def test_taps_on_the_half_beat_come_back_to_the_beat() -> None:
    seconds = np.concatenate([0.6 * np.arange(9), 4.8 + 0.3 * np.arange(1, 9)])
    seconds = np.concatenate([seconds, 7.2 + 0.6 * np.arange(1, 9)])
    found = beats_of(seconds)
    assert found[8:17] == [8 + Fraction(n, 2) for n in range(9)]
    assert found[-1] == 20


def test_the_order_of_the_taps_does_not_matter() -> None:
    taps = meant("rit", bars=6).tapped(1)
    assert count_taps(taps[::-1]) == count_taps(taps)
