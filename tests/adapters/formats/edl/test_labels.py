"""Labels of a list: the rate they need, drop-frame by header or by their own marks."""

from __future__ import annotations

import pytest

from scorestage.adapters.formats.edl.labels import labels_of
from scorestage.errors import FormatError
from scorestage.timebase import FRAMES_24, FRAMES_25, FRAMES_29_97, FRAMES_29_97_DROP, Timecode


def _event(label: str) -> str:
    return f"001 AX V C 00:00:00:00 00:00:01:00 {label} {label}"


@pytest.mark.parametrize(
    ("label", "name"),
    [("01:00:00:23", "24"), ("01:00:00:24", "25"), ("01:00:00:29", "30"), ("01:00:00:49", "50"),
     ("01:00:00;12", "29.97 drop"), ("01:00:00;45", "59.94 drop")],
)  # fmt: skip
def test_the_least_rate_that_has_the_labels_is_taken_and_told(label: str, name: str) -> None:
    labels, notes = labels_of([_event(label)], "x", None)
    assert labels.record.name == name and notes[0].startswith(f"read at {name} frames")


def test_colons_below_a_drop_frame_header_are_drop_frame() -> None:
    labels, _ = labels_of(["FCM: DROP FRAME", _event("01:00:00:00")], "x", FRAMES_29_97)
    assert labels.record == FRAMES_29_97_DROP
    at = labels.record_frames("01:00:00:00", 2)
    assert at == Timecode.parse("01:00:00;00", FRAMES_29_97_DROP).frames


def test_semicolons_hold_against_a_header_that_says_otherwise() -> None:
    labels, notes = labels_of(["FCM: NON-DROP FRAME", _event("01:00:00;00")], "x", FRAMES_29_97)
    assert labels.record.drop and "the labels hold" in notes[0]


def test_a_header_without_drop_is_not_made_drop_by_the_projects_rate() -> None:
    labels, _ = labels_of(["FCM: NON-DROP FRAME", _event("01:00:00:00")], "x", FRAMES_29_97_DROP)
    assert not labels.record.drop


def test_a_label_that_drop_frame_skips_is_the_next_one_and_is_told() -> None:
    labels, _ = labels_of(["FCM: DROP FRAME"], "x", FRAMES_29_97)
    assert labels.record_frames("00:01:00:00", 7) == 1800 and labels.dropped


@pytest.mark.parametrize("label", ["25:61:61:99", "01:60:00:00", "01:00:60:00", "01:00:00:24"])
def test_labels_that_do_not_exist_name_their_line(label: str) -> None:
    labels, _ = labels_of([], "cut.edl", FRAMES_24)
    with pytest.raises(FormatError, match=r"cut\.edl, line 12: .*does not exist"):
        labels.record_frames(label, 12)


def test_after_midnight_record_labels_count_on() -> None:
    labels, _ = labels_of([], "x", FRAMES_25)
    first = labels.record_frames("23:59:59:00", 1)
    assert labels.record_frames("00:00:01:00", 2) - first == 50
