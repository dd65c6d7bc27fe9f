from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.errors import TimecodeError
from scorestage.timebase import RATES, Timecode


@pytest.mark.parametrize(
    ("rate", "frames", "label"),
    [
        ("29.97 drop", 1799, "00:00:59;29"),
        ("29.97 drop", 1800, "00:01:00;02"),
        ("29.97 drop", 17981, "00:09:59;29"),
        ("29.97 drop", 17982, "00:10:00;00"),
        ("29.97 drop", 107892, "01:00:00;00"),
        ("59.94 drop", 3599, "00:00:59;59"),
        ("59.94 drop", 3600, "00:01:00;04"),
        ("59.94 drop", 35964, "00:10:00;00"),
        ("59.94 drop", 215784, "01:00:00;00"),
        ("119.88 drop", 7200, "00:01:00;008"),
        ("119.88 drop", 71928, "00:10:00;000"),
        ("23.976", 86400, "01:00:00:00"),
        ("24", 86400, "01:00:00:00"),
        ("25", 90000, "01:00:00:00"),
        ("29.97", 1800, "00:01:00:00"),
        ("29.97", 108000, "01:00:00:00"),
        ("24", -25, "-00:00:01:01"),
        ("29.97 drop", -1800, "-00:01:00;02"),
        ("29.97 drop", 16184, "00:09:00;02"),
        ("29.97 drop", 16124, "00:08:58;00"),
    ],
)
def test_published_labels(rate: str, frames: int, label: str) -> None:
    """V14, V15 and V25: SMPTE counting, drop and not, either way."""
    assert str(Timecode(frames, RATES[rate])) == label
    assert Timecode.parse(label, RATES[rate]).frames == frames


@pytest.mark.parametrize(
    ("rate", "label", "why"),
    [
        ("29.97 drop", "00:01:00;00", "dropped"),
        ("29.97 drop", "00:01:00;01", "dropped"),
        ("59.94 drop", "00:59:00;03", "dropped"),
        ("119.88 drop", "00:01:00;007", "dropped"),
        ("24", "00:00:00:24", "does not exist"),
        ("24", "00:60:00:00", "does not exist"),
        ("24", "00:00:60:00", "does not exist"),
        ("24", "00:00:00;00", "drop-frame label"),
        ("24", "1h", "no timecode"),
        ("24", "00:00:00", "no timecode"),
    ],
)
def test_labels_that_do_not_exist(rate: str, label: str, why: str) -> None:
    with pytest.raises(TimecodeError, match=why):
        Timecode.parse(label, RATES[rate])


@pytest.mark.parametrize(
    ("rate", "seconds"),
    [
        ("23.976", Fraction("3603.6")),
        ("24", Fraction(3600)),
        ("25", Fraction(3600)),
        ("29.97", Fraction("3603.6")),
        ("29.97 drop", Fraction("3599.9964")),
        ("30", Fraction(3600)),
        ("47.952", Fraction("3603.6")),
    ],
)
def test_seconds_at_hour_one(rate: str, seconds: Fraction) -> None:
    """V16: how long a film has run when its label says one hour."""
    label = "01:00:00;00" if "drop" in rate else "01:00:00:00"
    frames = Timecode.parse(label, RATES[rate]).frames
    assert RATES[rate].time_of(frames).seconds == seconds


@pytest.mark.parametrize(
    ("rate", "samples"),
    [("24", Fraction(172800000)), ("23.976", Fraction(172972800)), ("29.97 drop", "172799827.2")],
)
def test_samples_since_midnight(rate: str, samples: Fraction | str) -> None:
    """V17: what a broadcast wave file stamps at 48 kHz, before rounding."""
    label = "01:00:00;00" if "drop" in rate else "01:00:00:00"
    frames = Timecode.parse(label, RATES[rate]).frames
    assert RATES[rate].time_of(frames).seconds * 48000 == Fraction(samples)


def test_a_day_of_drop_frame_is_two_and_a_half_frames_off() -> None:
    """V16: the error of drop-frame over 24 hours."""
    rate = RATES["29.97 drop"]
    day = rate.time_of(24 * Timecode.parse("01:00:00;00", rate).frames).seconds
    assert 86400 - day == Fraction("0.0864")


def test_lengths_are_counted_in_frames_not_in_labels() -> None:
    """V25: subtracting two seconds of labels would start a streamer two frames wrong."""
    rate = RATES["29.97 drop"]
    hit = Timecode.parse("00:09:00;02", rate)
    assert str(hit + -60) == "00:08:58;00"


@pytest.mark.parametrize("rate", RATES.values(), ids=list(RATES))
def test_counting_by_hand_agrees_over_twelve_minutes(rate: object) -> None:
    """An odometer that skips what drop-frame skips, label by label, around every minute."""
    from scorestage.timebase import FrameRate

    assert isinstance(rate, FrameRate)
    label, skipped = [0, 0, 0], rate.nominal // 15 if rate.drop else 0
    for frames in range(12 * 60 * rate.nominal - 12 * skipped):
        minutes, seconds, frame = label
        if seconds in (0, 59) and (frame < 9 or frame > rate.nominal - 3):
            width, mark = 3 if rate.nominal > 100 else 2, ";" if rate.drop else ":"
            wanted = f"00:{minutes:02}:{seconds:02}{mark}{frame:0{width}}"
            assert str(Timecode(frames, rate)) == wanted
        label[2] += 1
        if label[2] == rate.nominal:
            label[1:] = [seconds + 1, 0]
        if label[1] == 60:
            label[:] = [minutes + 1, 0, skipped if (minutes + 1) % 10 else 0]


@pytest.mark.parametrize(
    ("rate", "frames", "label"),
    [
        ("24", -440, "23:59:41:16"),
        ("24", 24 * 86_400, "00:00:00:00"),
        ("29.97 drop", -1, "23:59:59;29"),
        ("29.97 drop", 2_589_408, "00:00:00;00"),
        ("119.88 drop", -1, "23:59:59;119"),
    ],
)
def test_round_the_clock(rate: str, frames: int, label: str) -> None:
    """A day of 29.97 drop holds 2 589 408 frames (SMPTE ST 12-1)."""
    assert str(Timecode(frames, RATES[rate]).round_the_clock) == label
