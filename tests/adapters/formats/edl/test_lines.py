"""Single lines of EDLs in their dialects."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.adapters.formats.edl import lines as spoken
from scorestage.production import TransitionKind

TIMES = "01:00:04:05 01:00:05:12 00:59:53:11 00:59:54:18"


@pytest.mark.parametrize(
    ("head", "reel", "channel", "code", "frames"),
    [
        ("001  AX       V     C       ", "AX", "V", "C", 0),
        ("001  AX V  C ", "AX", "V", "C", 0),
        ("000012  A_0113C007_250602_h1D4P V C", "A_0113C007_250602_h1D4P", "V", "C", 0),
        ("003  TAPE 7  AA/V  C", "TAPE 7", "AA/V", "C", 0),
        ("005  BL  V2  D    024", "BL", "V2", "D", 24),
        ("006  AX  AA  W001 025", "AX", "AA", "W001", 25),
        ("007  AX  V   K B ", "AX", "V", "KB", 0),
        ("007  AX  V   K    012", "AX", "V", "K", 12),
        ("007  AX  V   K O  030 (F)", "AX", "V", "KO", 30),
        ("008  NONE NONE C", "NONE", "NONE", "C", 0),
        ("009  C C C", "C", "C", "C", 0),
    ],
)  # fmt: skip
def test_edits(head: str, reel: str, channel: str, code: str, frames: int) -> None:
    found = spoken.event_line(f"{head} {TIMES}  ")
    assert found is not None
    assert (found.reel, found.channel, found.code, found.frames) == (reel, channel, code, frames)
    assert " ".join(found.labels) == TIMES


def test_kinds_of_transitions() -> None:
    kinds = []
    for code in ("C", "D 010", "W021 010", "K 010"):
        found = spoken.event_line(f"001 AX V {code} {TIMES}")
        assert found is not None
        kinds.append(found.kind)
    assert kinds == [None, *TransitionKind]


@pytest.mark.parametrize(
    "line", ["", "* 001 AX V C", "001 AX V C 01:00:00:00 01:00:01:00", "TITLE: x", "AUD  3    4"]
)
def test_what_is_no_edit(line: str) -> None:
    assert spoken.event_line(line) is None


@pytest.mark.parametrize(
    ("line", "speed"),
    [
        ("M2   D004C005      -024.0                15:10:00:05", Fraction(-24)),
        ("M2   AX       000.0    00:00:00:00", Fraction(0)),
        ("M2   Z686_5A.       047.6                01:00:06:00", Fraction("47.6")),
        ("M2 TAPE 7 029.97 01:00:06;00", Fraction("29.97")),
    ],
)
def test_speeds(line: str, speed: Fraction) -> None:
    found = spoken.speed_line(line)
    assert found is not None and found[1] == speed and found[2]


def test_markers_with_semicolons_without_star_and_with_words_that_are_no_colour() -> None:
    found = spoken.marker_line("LOC: 01:00:01;14 Magenta   Sc 117 INTERCUT")
    assert found == spoken.MarkerLine("01:00:01;14", "Magenta", "Sc 117 INTERCUT")
    plain = spoken.marker_line("*LOC: 01:00:01:14 Sofia enters")
    assert plain == spoken.MarkerLine("01:00:01:14", "", "Sofia enters")
    bare = spoken.marker_line("* LOC: 01:00:01:14")
    assert bare is not None and bare.words == ""


def test_rows_of_the_table_of_markers_at_the_end() -> None:
    row = "*     14  Red     SCOTT_H   01:08:57:12  01:08:58:00  00:00:00:12   V1   Color Note"
    found = spoken.marker_line(row)
    assert found == spoken.MarkerLine(
        "01:08:57:12", "Red", "Color Note", "V1", "SCOTT_H", "01:08:58:00"
    )


def test_frame_code_modes() -> None:
    told = [spoken.drop_of(line) for line in ("FCM: DROP FRAME", "FCM: NON-DROP FRAME", "* FCM")]
    assert told == [True, False, None]
