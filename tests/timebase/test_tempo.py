from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.errors import InputError
from scorestage.timebase import Beat, Beats, Ramp, RampLaw, Tempo


@pytest.mark.parametrize(
    ("start", "end", "beats", "law", "seconds"),
    [
        (100, 60, 8, RampLaw.LINEAR_IN_BEATS, "6.129907"),
        (100, 60, 8, RampLaw.LINEAR_IN_TIME, "6.000000"),
        (100, 60, 8, RampLaw.LINEAR_INTERVAL, "6.400000"),
        (120, 132, 16, RampLaw.LINEAR_IN_BEATS, "7.624814"),
        (120, 132, 16, RampLaw.LINEAR_IN_TIME, "7.619048"),
    ],
)
def test_published_ramps(start: int, end: int, beats: int, law: RampLaw, seconds: str) -> None:
    """V18 and V19."""
    ramp = Ramp(Beat(0), Beats(beats), Tempo(start), Tempo(end), law)
    assert round(ramp.seconds_after(ramp.length), 6) == Fraction(seconds)


def test_steps_instead_of_a_ramp() -> None:
    """V18: 100 to 60 in eight steps, each at its beat's start or middle, differ by 4.6 frames."""
    ramp = Ramp(Beat(0), Beats(8), Tempo(100), Tempo(60))
    for shift, wanted in ((Fraction(0), "5.934348"), (Fraction(1, 2), "6.127689")):
        steps = [ramp.tempo_after(Beats(beat + shift)).seconds_per_quarter for beat in range(8)]
        assert round(sum(steps), 6) == Fraction(wanted)


@pytest.mark.parametrize(
    ("law", "bpm"),
    [(RampLaw.LINEAR_IN_BEATS, "75.48767"), (RampLaw.LINEAR_IN_TIME, "74.66667")],
)
def test_the_end_tempo_that_makes_sixteen_beats_last(law: RampLaw, bpm: str) -> None:
    """V20: from 96 bpm in 11.25 s, to within a tenth of a millisecond a beat."""
    ramp = Ramp(Beat(0), Beats(16), Tempo(96), Tempo(bpm), law)
    assert abs(ramp.seconds_after(ramp.length) - Fraction("11.25")) < Fraction(1, 10**6)


def test_the_laws_agree_at_both_ends_and_nowhere_else() -> None:
    found = {}
    for law in RampLaw:
        ramp = Ramp(Beat(0), Beats(8), Tempo(100), Tempo(60), law)
        assert ramp.tempo_after(Beats(0)) == Tempo(100)
        assert ramp.tempo_after(Beats(8)) == Tempo(60)
        found[law] = ramp.tempo_after(Beats(4)).bpm
    assert found[RampLaw.LINEAR_IN_BEATS] == 80
    assert round(float(found[RampLaw.LINEAR_IN_TIME]), 6) == 82.462113
    assert found[RampLaw.LINEAR_INTERVAL] == 75


def test_a_ramp_to_nearly_the_same_tempo_keeps_its_digits() -> None:
    near = Tempo(Fraction(120) + Fraction(1, 10**12))
    for law in RampLaw:
        ramp = Ramp(Beat(0), Beats(400), Tempo(120), near, law)
        assert ramp.seconds_after(Beats(400)) == 200
        assert ramp.beats_after(Fraction(100)) == Beats(200)


def test_whole_microseconds_of_a_midi_file() -> None:
    """V22: the drift of a thousand beats in milliseconds."""
    for bpm, microseconds, drift in (
        ("120", 500000, "0"),
        ("110", 545455, "0.4545"),
        ("72", 833333, "-0.3333"),
        ("93.5", 641711, "-0.2299"),
    ):
        exact_us = Tempo(bpm).seconds_per_quarter * 10**6
        assert round(exact_us) == microseconds
        assert round((microseconds - exact_us), 4) == Fraction(drift)


def test_a_tempo_that_fits() -> None:
    """V21: beats over seconds, from a list of hits at 25 frames a second."""
    for beats, seconds, bpm in ((8, "4", "120"), (6, "4", "90"), (7, "3.32", "126.50602")):
        assert round(60 * beats / Fraction(seconds), 5) == Fraction(bpm)
    assert round(60 * 16 / Fraction("8.28"), 5) == Fraction("115.94203")


def test_two_and_a_half_percent_of_120() -> None:
    """V28."""
    hidden = Fraction(1, 40)
    assert (120 * (1 - hidden), 120 * (1 + hidden)) == (117, 123)
    assert Tempo(120).seconds_per_quarter * hidden == Fraction("0.0125")


def test_a_recut_by_tempo_or_by_a_beat() -> None:
    """V31: eight bars of 4/4 at 120 lose 14 frames at 24."""
    left = 16 - Fraction(14, 24)
    assert round(60 * 32 / left, 4) == Fraction("124.5405")
    assert round(60 * 31 / left, 4) == Fraction("120.6486")


def test_the_unit_of_a_tempo() -> None:
    assert Tempo(60, Beats("3/2")).of(Beats(1)) == Tempo(90)
    assert Tempo("93.5").seconds_per_quarter == Fraction(120, 187)


@pytest.mark.parametrize("bpm", [0, -60])
def test_an_impossible_tempo_is_refused(bpm: int) -> None:
    with pytest.raises(InputError, match="not possible"):
        Tempo(bpm)
