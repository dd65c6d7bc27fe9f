"""The measures of the benchmark, against values of `mir_eval` 0.8.2."""

from __future__ import annotations

import numpy as np
import pytest

from tests.judging.beats import f_measure, lag_beats, reaction

VECTORS = [
    (
        [
            0.364,
            0.914,
            1.515,
            1.829,
            2.203,
            2.967,
            3.302,
            3.667,
            4.441,
            5.052,
            5.537,
            6.092,
            6.724,
            7.162,
            7.531,
            8.225,
            8.86,
            9.416,
            10.124,
            10.699,
            11.489,
            11.892,
            12.468,
            13.01,
        ],
        [
            0.39,
            0.94,
            1.541,
            2.993,
            3.328,
            3.693,
            4.467,
            5.18,
            5.563,
            6.118,
            6.75,
            7.188,
            7.93,
            8.251,
            8.886,
            9.442,
            10.15,
            10.725,
            11.918,
            12.271,
            12.494,
            13.036,
        ],
        0.8000000000000002,
    ),
    (
        [
            0.547,
            1.273,
            1.682,
            2.139,
            2.568,
            3.357,
            4.128,
            4.598,
            5.116,
            5.573,
            6.247,
            6.567,
            6.9,
            7.402,
            7.825,
            8.548,
            9.219,
            9.791,
            10.422,
            11.068,
            11.759,
            12.523,
            12.897,
            13.511,
        ],
        [
            0.53,
            1.256,
            1.665,
            2.551,
            3.34,
            4.111,
            4.581,
            5.556,
            6.23,
            6.379,
            6.55,
            6.883,
            7.492,
            7.808,
            8.531,
            9.202,
            9.774,
            10.405,
            11.051,
            11.742,
            12.506,
            12.88,
            12.897,
            13.494,
        ],
        0.8484848484848485,
    ),
]


@pytest.mark.parametrize(("reference", "estimated", "value"), VECTORS)
def test_f_measures_are_those_of_mir_eval(
    reference: list[float], estimated: list[float], value: float
) -> None:
    assert f_measure(np.array(reference), np.array(estimated)) == pytest.approx(value, abs=1e-12)


def test_a_path_moved_by_a_beat_lags_a_beat() -> None:
    bpm = 100 + 10 * np.sin(np.arange(64) / 5)
    assert lag_beats(bpm, bpm) == pytest.approx(0.0)
    assert lag_beats(bpm, np.roll(bpm, 1)) == pytest.approx(1.0, abs=0.05)


def test_a_reacting_click_repeats_the_last_interval() -> None:
    assert reaction(np.array([0.0, 1.0, 1.5, 2.5])).tolist() == [0.0, 1.0, 2.0, 2.0]
