"""Text of other programs: encodings, line ends, labels."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.adapters.marker_text import moment_of, text_lines
from scorestage.errors import FormatError, TimecodeError
from scorestage.timebase import FRAMES_24, FRAMES_25, FRAMES_29_97_DROP, FilmClock


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "mac-roman"])
def test_lines_in_any_encoding(encoding: str) -> None:
    assert text_lines("Brückner\r\nzwei\rdrei".encode(encoding), "x") == [
        "Brückner",
        "zwei",
        "drei",
    ]


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(FormatError, match="not text"):
        text_lines(b"\0\1\2", "x")


def test_labels_count_from_the_first_frame_at_their_own_rate() -> None:
    clock = FilmClock(FRAMES_24, 86400)
    assert moment_of("01:00:01:12", FRAMES_24, clock).seconds == 1.5
    assert moment_of("01:00:01:20", FRAMES_25, clock).seconds * 5 == 9
    drop = FilmClock(FRAMES_29_97_DROP)
    assert moment_of("00:01:00;02", FRAMES_29_97_DROP, drop) == FRAMES_29_97_DROP.time_of(1800)
    for label in ("1", "01:00:00:24", "13|1|000", "00:00:00:00.1234"):
        with pytest.raises(TimecodeError):
            moment_of(label, FRAMES_24, clock)


def test_a_marker_past_midnight() -> None:
    clock = FilmClock(FRAMES_24, 24 * 86395)
    assert moment_of("00:00:01:12", FRAMES_24, clock).seconds == 6.5
    assert moment_of("00:00:01:12", FRAMES_25, clock).seconds == 6 + Fraction(12, 25)
