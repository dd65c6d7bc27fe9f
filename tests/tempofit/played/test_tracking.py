"""The beat found in onsets, or refused where there is none.

More seeds and tempos, of longer takes, are counted by `benchmarks/beat_peers.py`.
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.judging.beats import f_measure
from tests.tempofit.played.takes import meant, moment, pairs, syncopated

from scorestage.errors import FitError
from scorestage.tempofit.played import PlayedNote, TempoRange, onsets_of, onsets_of_notes
from scorestage.tempofit.played.tracking import find_pulse

KINDS = ("steady", "rit", "rubato")


@pytest.mark.parametrize("kind", ["rubato"])
def test_the_beat_is_found(kind: str) -> None:
    take = meant(kind, bpm=88, bars=10)
    pulse = find_pulse(onsets_of(*pairs(take, 1)))
    assert f_measure(take.seconds, pulse.beats_seconds) > 0.9
    assert pulse.confidence > 0.8
    assert ((pulse.sure >= 0) & (pulse.sure <= 1)).all()


@pytest.mark.parametrize(("kind", "seed"), zip(KINDS, (1, 2, 3), strict=True))
def test_the_beat_is_found_where_half_the_notes_fall_between(kind: str, seed: int) -> None:
    take = meant(kind, bpm=88, bars=12)
    pulse = find_pulse(onsets_of(*syncopated(take, seed)))
    assert f_measure(take.seconds, pulse.beats_seconds) > 0.9


@pytest.mark.parametrize("bpm", [60, 160])
def test_no_wrong_beat_is_sure_of_itself(bpm: float) -> None:
    take = meant("rubato", bpm=bpm, bars=10)
    pulse = find_pulse(onsets_of(*syncopated(take, 1)))
    right = f_measure(take.seconds, pulse.beats_seconds) > 0.9
    assert right or pulse.confidence < 0.7


def test_what_the_beat_could_be_instead_is_told() -> None:
    """All notes alike: nothing says which are the beats."""
    at = 0.3 * np.arange(60)
    pulse = find_pulse(onsets_of(at, np.ones(60)))
    assert pulse.confidence < 0.9
    assert pulse.confidence + sum(one.share for one in pulse.rivals) <= 1.001
    assert {one.words for one in pulse.rivals} & {
        "twice as fast",
        "half as fast",
        "half a beat off",
    }


def test_notes_struck_together_are_one_onset() -> None:
    struck = [
        PlayedNote(moment(at), key, strength)
        for at, key, strength in ((1.0, 60, 0.5), (1.01, 64, 0.8), (1.02, 40, 0.6), (2.0, 60, 0.5))
    ]
    onsets = onsets_of_notes(struck, moment(0.5))
    assert onsets.seconds == pytest.approx([0.51, 1.5])
    assert onsets.weights[0] > 0.8 > onsets.weights[1]


@pytest.mark.parametrize("seed", range(2))
def test_onsets_at_random_keep_no_beat_and_none_is_guessed(seed: int) -> None:
    at = np.sort(np.random.default_rng(seed).uniform(0, 20, 40))
    with pytest.raises(FitError, match="surer than chance"):
        find_pulse(onsets_of(at, np.ones(40)))


def test_the_range_of_tempos_decides_between_the_beat_and_its_double() -> None:
    at = 0.5 * np.arange(40)
    slow = find_pulse(onsets_of(at, np.where(np.arange(40) % 2, 0.6, 1.0)), TempoRange(45, 80, 60))
    assert np.median(np.diff(slow.beats_seconds)) == pytest.approx(1.0, abs=0.01)
    fast = find_pulse(onsets_of(at, np.ones(40)), TempoRange(90, 160, 120))
    assert np.median(np.diff(fast.beats_seconds)) == pytest.approx(0.5, abs=0.01)


def test_a_handful_of_onsets_is_too_little() -> None:
    with pytest.raises(FitError, match="too few"):
        find_pulse(onsets_of(np.arange(4.0), np.ones(4)))
    with pytest.raises(FitError, match="no onsets"):
        onsets_of(np.array([]), np.array([]))


def test_a_range_that_cannot_be_is_refused() -> None:
    with pytest.raises(FitError, match="between"):
        TempoRange(140, 60)
