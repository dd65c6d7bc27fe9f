"""Moments, lengths, tempos and ramps against the published vectors."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.errors import InputError, TimecodeError
from scorestage.workflow import calc

ZERO = "00:00:00:00"


@pytest.mark.parametrize(
    ("written", "rate", "label"),
    [
        ("1799f", "29.97 drop", "00:00:59;29"),
        ("1800f", "29.97 drop", "00:01:00;02"),
        ("17981f", "29.97df", "00:09:59;29"),
        ("17982f", "29.97df", "00:10:00;00"),
        ("107892f", "29.97df", "01:00:00;00"),
        ("3600f", "59.94 drop", "00:01:00;04"),
        ("35964f", "59.94 drop", "00:10:00;00"),
        ("215784f", "59.94 drop", "01:00:00;00"),
        ("7200f", "119.88 drop", "00:01:00;008"),
        ("71928f", "119.88 drop", "00:10:00;000"),
    ],
)
def test_frames_and_drop_labels_both_ways(written: str, rate: str, label: str) -> None:
    """V14 and V15."""
    there = calc.moment(written, rate, ZERO).told
    assert there["timecode"] == label and there["off_frames"] == "0"
    assert calc.moment(label, rate, ZERO).told["frame"] == int(written[:-1])


@pytest.mark.parametrize("label", ["00:01:00;00", "00:01:00;01"])
def test_dropped_labels_do_not_exist(label: str) -> None:
    with pytest.raises(TimecodeError):
        calc.moment(label, "29.97 drop", ZERO)


@pytest.mark.parametrize(
    ("rate", "seconds"),
    [
        *((rate, "3600") for rate in ("24", "25", "30", "48", "50", "60", "120")),
        *((rate, "3603.6") for rate in ("23.976", "29.97", "47.952", "59.94", "119.88")),
        ("29.97 drop", "3599.9964"),
    ],
)
def test_seconds_of_an_hour_of_labels(rate: str, seconds: str) -> None:
    """V16."""
    label = "01:00:00;00" if "drop" in rate else "01:00:00:00"
    label = label.replace(":00:00:00", ":00:00:000") if rate in ("119.88", "120") else label
    told = calc.moment(label, rate, ZERO).told
    assert Fraction(told["at_seconds"]) == Fraction(seconds)


@pytest.mark.parametrize(
    ("rate", "exact", "rounded"),
    [
        ("24", "172800000", 172800000),
        ("23.976", "172972800", 172972800),
        ("29.97 drop", "172799827.2", 172799827),
    ],
)
def test_samples_since_midnight(rate: str, exact: str, rounded: int) -> None:
    """V17: from the first frame, and from an hour before it."""
    mark = ";" if "drop" in rate else ":"
    for text, start in ((f"01:00:00{mark}00", ZERO), ("0", f"01:00:00{mark}00")):
        told = calc.moment(text, rate, start).told
        assert Fraction(told["samples_since_midnight"]) == Fraction(exact)
        assert told["samples_since_midnight_rounded"] == rounded


def test_one_moment_in_every_way() -> None:
    """V11: frame 512 is 32+00 of 35 mm and 12+32 of 16 mm."""
    wanted = {"frame": 512, "feet_35mm": "32+00", "feet_16mm": "12+32", "clock": "0:21.33"}
    for text, gauge in (
        ("64/3", 35),
        ("32+00", 35),
        ("12+32", 16),
        ("512f", 35),
        ("00:00:21:08", 16),
    ):
        told = calc.moment(text, "24", ZERO, gauge).told
        assert {key: told[key] for key in wanted} == wanted


def test_what_is_rounded_is_told() -> None:
    told = calc.moment("18.95", "24", ZERO).told
    assert told["frame"] == 455 and Fraction(told["off_frames"]) == Fraction("0.2")
    assert told["timecode_unrounded"] == "00:00:18:22.80"
    assert told["rounding"] == "nearest frame, a tie goes later"


@pytest.mark.parametrize(
    ("terms", "feet"),
    [
        ("39+14 plus 1769+07", "1809+05"),
        ("1827+13 minus 12+00 plus 1f", "1815+14"),
    ],
)
def test_footage_is_added_up(terms: str, feet: str) -> None:
    """V13."""
    assert calc.added(tuple(terms.split()), "24").told["feet_35mm"] == feet


def test_sixteen_millimetres_run_two_and_a_half_times_as_far() -> None:
    """V13: 83+38 of 16 mm is 209+14 of 35 mm."""
    assert calc.moment("83+38", "24", ZERO, 16).told["feet_35mm"] == "209+14"


@pytest.mark.parametrize(
    ("seconds", "frames", "feet"),
    [
        ("2", 48, "3+00"),
        ("3", 72, "4+08"),
        ("4", 96, "6+00"),
        ("5", 120, "7+08"),
        ("2 2/3", 64, "4+00"),
        ("3⅓", 80, "5+00"),
    ],
)
def test_streamers_in_feet(seconds: str, frames: int, feet: str) -> None:
    """V24."""
    told = calc.streamer(seconds, "24").told
    assert (told["frames_rounded"], told["feet_35mm"]) == (frames, feet)


def test_a_streamer_starts_so_many_frames_before_not_so_many_labels() -> None:
    """V25."""
    told = calc.streamer("60f", "29.97 drop", hit="00:09:00;02").told
    assert (told["hit_frame"], told["start_frame"]) == (16184, 16124)
    assert told["start_timecode"] == "00:08:58;00"


def test_streamers_in_beats_need_a_tempo() -> None:
    assert calc.streamer("4b", "24", bpm="120").told["frames_rounded"] == 48
    with pytest.raises(InputError):
        calc.streamer("4b", "24")


@pytest.mark.parametrize(
    ("beats", "length", "bpm"),
    [
        ("8", "4", "120"),
        ("6", "4", "90"),
        ("7", "3.32", "126.50602"),
        ("2", "0.96", "125"),
        ("16", "8.28", "115.94203"),
        ("33", "32+00", "92.8125"),
    ],
)
def test_tempo_from_beats_and_length(beats: str, length: str, bpm: str) -> None:
    """V21."""
    assert round(Fraction(calc.tempo_of(beats, length, "24").told["bpm"]), 5) == Fraction(bpm)


def test_ramps_under_every_law() -> None:
    """V18 and V19."""
    told = calc.ramp("100", "60", "8", "", "24").told
    assert round(told["linear_in_beats"]["length_seconds_float"], 6) == 6.129907
    assert Fraction(told["linear_in_time"]["length_seconds"]) == 6
    assert Fraction(told["linear_interval"]["length_seconds"]) == Fraction("6.4")
    told = calc.ramp("120", "132", "16", "", "24").told
    assert round(told["linear_in_beats"]["length_seconds_float"], 6) == 7.624814
    assert round(told["linear_in_time"]["length_seconds_float"], 6) == 7.619048


def test_the_end_of_a_ramp_from_its_length() -> None:
    """V20."""
    told = calc.ramp("96", "", "16", "11.25", "24").told
    assert round(told["linear_in_beats"]["to_bpm_float"], 5) == 75.48767
    assert round(told["linear_in_time"]["to_bpm_float"], 5) == 74.66667


def test_pull_down_and_up() -> None:
    """V23."""
    down = calc.pull("120", "24", "23.976", "").told
    assert round(down["pulled_bpm_float"], 6) == 119.880120
    assert round(down["sample_rate_48000_hz_float"], 3) == 47952.048
    assert round(down["cents_float"], 4) == -1.7304
    up = calc.pull("120", "23.976", "24", "180").told
    assert round(180 - up["pulled_length_seconds_float"], 4) == 0.1798
    assert round(up["drift_frames_float"], 2) == -4.32
    pal = calc.pull("120", "24", "25", "").told
    assert pal["pulled_bpm"] == "125" and round(pal["percent_float"], 4) == 4.1667
    assert round(pal["cents_float"], 4) == 70.6724


@pytest.mark.parametrize(
    "call",
    [
        lambda: calc.moment("5", "0", ZERO),
        lambda: calc.moment("nan", "24", ZERO),
        lambda: calc.moment("1e999999999", "24", ZERO),
        lambda: calc.tempo_of("96", "1" * 4000, "24"),
        lambda: calc.added(("5", "plus"), "24"),
        lambda: calc.pull("120", "0", "24", ""),
        lambda: calc.added(("5", "times", "2"), "24"),
        lambda: calc.streamer("0", "24"),
        lambda: calc.tempo_of("0", "4", "24"),
        lambda: calc.tempo_of("4", "0", "24"),
        lambda: calc.ramp("100", "", "8", "", "24"),
        lambda: calc.ramp("100", "60", "0", "", "24"),
    ],
)
def test_what_cannot_be_is_refused(call) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError):
        call()
