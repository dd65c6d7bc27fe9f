"""Frame clicks, written clicks and sync beats against the published vectors."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.errors import InputError
from scorestage.workflow import calc_clicks as calc


@pytest.mark.parametrize(
    ("tempo", "rate", "click", "bpm", "drift"),
    [
        ("100", "24", "14-3", "100.1739", "-2.5"),
        ("110", "24", "13-1", "109.7143", "3.75"),
        ("88", "24", "16-3", "87.9389", "1"),
        ("132", "24", "10-7", "132.4138", "-4.5"),
        ("12-0", "25", "12-0", "125", "0"),
        ("12-0", "24000/1001", "12-0", "119.8801", "0"),
        ("15-0", "29.97", "15-0", "119.8801", "0"),
        ("24-0", "24", "24-0", "60", "0"),
    ],
)
def test_frame_clicks_both_ways(tempo: str, rate: str, click: str, bpm: str, drift: str) -> None:
    """V1 to V8; drift: V7 has 100 clicks end 1437.5 frames in, not 1440."""
    told = calc.frame_click(tempo, rate).told
    assert told["frame_click"] == click
    assert round(Fraction(told["frame_click_bpm"]), 4) == Fraction(bpm)
    assert Fraction(told["drift_frames_per_minute_exact"]) == Fraction(drift)
    beside = [abs(Fraction(one["drift_frames_per_minute"])) for one in told["neighbours"]]
    assert min(beside) >= abs(Fraction(drift))


@pytest.mark.parametrize(
    ("bpm", "microseconds", "late_ms"),
    [
        ("120", 500000, 0),
        ("110", 545455, 0.4545),
        ("72", 833333, -0.3333),
        ("93.5", 641711, -0.2299),
    ],
)
def test_midi_tempos(bpm: str, microseconds: int, late_ms: float) -> None:
    """V22."""
    told = calc.frame_click(bpm, "24").told
    assert told["midi_microseconds_per_beat"] == microseconds
    assert round(told["midi_drift_ms_per_1000_beats"], 4) == late_ms


def test_eighty_eight_in_four() -> None:
    told = calc.written_click("88", "24").told
    assert (told["beats"], told["seconds"], told["text"]) == (4, "8/3", "4 beats in :02⅔")
    assert told["real_bpm"] == "90" and not told["exact"]
    assert told["drift_seconds_per_minute"] == "-4/3"
    assert told["drift_frames_per_minute"] == "-32"
    assert [one["beats"] for one in told["counts"]] == list(range(2, 17))
    drifts = [abs(Fraction(one["drift_seconds_per_minute"])) for one in told["counts"]]
    assert abs(Fraction(told["best"]["drift_seconds_per_minute"])) == min(drifts)


def test_ninety_six_is_eight_in_five() -> None:
    best = calc.written_click("96", "25").told["best"]
    assert (best["text"], best["exact"], best["real_bpm"]) == ("8 beats in :05", True, "96")


def test_six_eight_is_counted_in_two() -> None:
    told = calc.written_click("88", "24", meter="6/8").told
    assert (told["beats"], told["unit_quarters"], told["seconds"]) == (2, "3/2", "4/3")


@pytest.mark.parametrize(
    ("tempo", "at", "beat", "third", "off_frames"),
    [
        ("120", "10", "21", "21", "0"),
        ("100", "23.6", "121/3", "121/3", "0"),
        ("88", "37.25", "1669/30", "167/3", "6/11"),
        ("96", "12.4", "20.84", "21", "12/5"),
        ("144", "7.32", "18.568", "56/3", None),
        ("100", "23.5", "241/6", "121/3", "12/5"),
    ],
)
def test_sync_beats(tempo: str, at: str, beat: str, third: str, off_frames: str | None) -> None:
    """V9, and V10 for the tie."""
    told = calc.sync_beat(tempo, at, "24").told
    assert Fraction(told["beat"]) == Fraction(beat)
    assert told["beat_thirds"] == third
    assert off_frames is None or told["off_frames"] == off_frames


def test_the_sync_beat_of_what_is_really_played() -> None:
    """88 in 4 is 90: the same 37.25 s are then on beat 57, a beat and a third further."""
    real = calc.sync_beat("88", "01:00:37:06", "24", start="01:00:00:00").told["real"]
    assert (real["click"], real["tempo_bpm"]) == ("4 beats in :02⅔", "90")
    assert (real["beat"], real["beat_text"], real["off_frames"]) == ("455/8", "57", "2")


def test_when_a_beat_sounds() -> None:
    """V11."""
    told = calc.beat_time("90", "33", "24").told
    assert (told["at_seconds"], told["frames"], told["feet_35mm"]) == ("64/3", "512", "32+00")
    told = calc.beat_time("76", "25", "24").told
    assert (told["frame"], told["feet_35mm"]) == (455, "28+07")
    assert round(told["frames_float"], 3) == 454.737


@pytest.mark.parametrize(
    "call",
    [
        lambda: calc.frame_click("0", "24"),
        lambda: calc.frame_click("nan", "24"),
        lambda: calc.frame_click("96", "0"),
        lambda: calc.written_click("88", "24", beats=-1),
        lambda: calc.written_click("88", "24", meter="7/9"),
        lambda: calc.written_click("88", "24", meter="999999/4"),
        lambda: calc.sync_beat("88", "when", "24"),
        lambda: calc.beat_time("88", "x", "24"),
    ],
)
def test_what_cannot_be_is_refused(call) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError):
        call()
