from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.errors import TimecodeError
from scorestage.timebase import (
    FRAMES_23_976,
    FRAMES_24,
    FRAMES_25,
    FRAMES_29_97,
    Beats,
    FeetFrames,
    FilmSpan,
    FrameClick,
    FrameRate,
    Tempo,
    click_number,
    nearest_third,
)


@pytest.mark.parametrize(
    ("label", "rate", "bpm"),
    [
        ("12-0", FRAMES_24, "120"),
        ("24-0", FRAMES_24, "60"),
        ("10-0", FRAMES_24, "144"),
        ("16-0", FRAMES_24, "90"),
        ("18-0", FRAMES_24, "80"),
        ("20-0", FRAMES_24, "72"),
        ("12-2", FRAMES_24, "117.5510"),
        ("11-6", FRAMES_24, "122.5532"),
        ("14-3", FRAMES_24, "100.1739"),
        ("13/4", FRAMES_24, "106.6667"),
        ("8-1", FRAMES_24, "177.2308"),
        ("12-0", FRAMES_25, "125"),
        ("12-0", FRAMES_23_976, "119.8801"),
        ("15-0", FRAMES_29_97, "119.8801"),
    ],
)
def test_frame_clicks_as_tempos(label: str, rate: FrameRate, bpm: str) -> None:
    """V1 to V4 and V6."""
    click = FrameClick.parse(label)
    assert round(click.tempo(rate).bpm, 4) == Fraction(bpm)
    assert FrameClick.nearest(click.tempo(rate), rate) == click


@pytest.mark.parametrize(
    ("bpm", "label", "back"),
    [(100, "14-3", "100.1739"), (110, "13-1", "109.7143"), (88, "16-3", "87.9389")],
)
def test_nearest_frame_clicks(bpm: int, label: str, back: str) -> None:
    """V7 and V8."""
    click = FrameClick.nearest(Tempo(bpm), FRAMES_24)
    assert str(click) == label
    assert round(click.tempo(FRAMES_24).bpm, 4) == Fraction(back)


def test_a_rounded_click_drifts() -> None:
    """V5 and V7: a hundred clicks at 14-3 end 2.5 frames before a minute of 100 bpm."""
    assert FrameClick.parse("12-0").span(FRAMES_24) == FilmSpan("1/2")
    assert round(float(FrameClick.parse("14-3").span(FRAMES_24).seconds), 7) == 0.5989583
    hundred = FRAMES_24.frames_in(FrameClick.parse("14-3").span(FRAMES_24) * 100)
    assert hundred == Fraction("1437.5")


def test_the_beat_unit_of_a_tempo_is_what_clicks() -> None:
    assert str(FrameClick.nearest(Tempo(80, Beats("3/2")), FRAMES_24)) == "18-0"


@pytest.mark.parametrize(
    ("bpm", "seconds", "exact", "third", "late_frames"),
    [
        (120, "10", "21", "21", "0"),
        (100, "23.6", "121/3", "121/3", "0"),
        (88, "37.25", "55.6333", "167/3", "0.545"),
        (96, "12.4", "20.84", "21", "2.4"),
        (144, "7.32", "18.568", "56/3", "0.987"),
        (100, "23.5", "241/6", "121/3", "2.4"),
    ],
)
def test_written_clicks(bpm: int, seconds: str, exact: str, third: str, late_frames: str) -> None:
    """V9, and V10 for the tie that goes later."""
    number = click_number(FilmSpan(seconds), Tempo(bpm))
    assert abs(number - Fraction(exact)) < Fraction(1, 20000)
    assert nearest_third(number) == Fraction(third)
    late = (nearest_third(number) - number) * 60 * 24 / bpm
    assert round(float(late), 3) == float(late_frames)


def test_timing_notes_in_thirds_are_off_by_up_to_four_frames() -> None:
    """V32: at 100 bpm the clicks at 0.6, 1.2 and 1.8 s print 0.667, 1.333 and 1.667."""
    errors = []
    for seconds in ("0.6", "1.2", "1.8"):
        errors.append(24 * (nearest_third(Fraction(seconds)) - Fraction(seconds)))
    assert errors == [Fraction("1.6"), Fraction("3.2"), Fraction("-3.2")]


@pytest.mark.parametrize(
    ("label", "row", "frames", "feet"),
    [
        ("12-0", 2, "12", "0+12"),
        ("12-0", 3, "24", "1+08"),
        ("12-0", 9, "96", "6+00"),
        ("12-0", 101, "1200", "75+00"),
        ("14-3", 9, "115", "7+03"),
        ("14-3", 17, "230", "14+06"),
        ("14-3", 101, "1437.5", "89+13"),
    ],
)
def test_rows_of_a_click_book(label: str, row: int, frames: str, feet: str) -> None:
    """V12: never a sum of rounded rows."""
    at = FrameClick.parse(label).frames * (row - 1)
    assert at == Fraction(frames)
    assert str(FeetFrames(at.__floor__())) == feet


@pytest.mark.parametrize("label", ["", "12", "12-8", "0-0", "-1-0", "12-", "12.5"])
def test_what_is_no_frame_click_is_refused(label: str) -> None:
    with pytest.raises(TimecodeError):
        FrameClick.parse(label)
