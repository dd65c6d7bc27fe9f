"""Hits from a spreadsheet: read as written, refused with line, column and reason."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path

import pytest

from scorestage.adapters.formats.hit_list import COLUMNS, HitList, read_hit_list
from scorestage.errors import FormatError, InputError
from scorestage.production import Hit, HitKind, HitWant
from scorestage.timebase import FRAMES_24, FRAMES_29_97_DROP, FilmClock, FilmTime

CLOCK = FilmClock(FRAMES_24)


def listed(tmp_path: Path, text: str, encoding: str = "utf-8", clock: FilmClock = CLOCK) -> HitList:
    path = tmp_path / "hits.csv"
    path.write_bytes(text.encode(encoding))
    return read_hit_list(path, clock)


def test_every_column(tmp_path: Path) -> None:
    row = {
        **{"id": "a", "at": "0:02.50", "weight": "5", "want": "downbeat", "early_frames": "1/2"},
        **{"late_ms": "125", "locked": "yes", "words": 'door, "slams"', "kind": "stop"},
        **{"aim_frames": "-2", "streamer": "x"},
    }
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    writer.writerow(row)
    writer.writerow({"id": "b", "at": "3+12"})
    first, second = listed(tmp_path, text.getvalue()).hits
    assert first == Hit(
        "a",
        FilmTime("5/2"),
        'door, "slams"',
        HitKind.STOP,
        weight=5,
        want=HitWant.DOWNBEAT,
        early_frames=Fraction(1, 2),
        late_frames=Fraction(3),  # 125 ms at 24 frames a second
        aim_frames=Fraction(-2),
        locked=True,
        streamer=True,
    )
    assert second == Hit("b", FilmTime("5/2"))  # 3 feet 12 frames are 60 frames


@pytest.mark.parametrize(
    ("at", "seconds"),
    [
        ("2.5", "5/2"),
        ("5/2", "5/2"),
        ("2.5 s", "5/2"),
        ("00:00:02:12", "5/2"),
        ("0:02.5", "5/2"),
        ("00:00:02.5", "5/2"),
        ("3+12", "5/2"),
        ("0", "0"),
    ],
)
def test_moments_in_every_form(tmp_path: Path, at: str, seconds: str) -> None:
    assert listed(tmp_path, f"id,at\na,{at}\n").hits[0].at == FilmTime(seconds)


def test_drop_frame_timecode(tmp_path: Path) -> None:
    """The label after 59;29 is 1:00;02, at frame 1800 (SMPTE ST 12-1)."""
    clock = FilmClock(FRAMES_29_97_DROP)
    expected = FilmTime(1800 * Fraction(1001, 30000))
    for text in ("id,at\na,00:01:00;02\n", 'id;at\na;"00:01:00;02"\n'):
        assert listed(tmp_path, text, clock=clock).hits[0].at == expected
    with pytest.raises(FormatError, match="drop-frame label, but the rate is 24"):
        listed(tmp_path, "id,at\na,00:01:00;02\n")
    with pytest.raises(FormatError, match="put a drop-frame timecode in quotes"):
        listed(tmp_path, "id;at\na;00:01:00;02\n", clock=clock)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_as_spreadsheets_write_it(
    tmp_path: Path, encoding: str, separator: str, ending: str
) -> None:
    rows = (" at ", " ID", "Late Frames"), ("", "", ""), ("4", "ä", "1.5"), ("6", "b", "")
    text = ending.join(separator.join(row) for row in rows) + ending
    found = listed(tmp_path, text, encoding)
    assert [(hit.id, hit.at, hit.late_frames) for hit in found.hits] == [
        ("ä", FilmTime(4), Fraction(3, 2)),
        ("b", FilmTime(6), Fraction(3, 4)),
    ]
    assert found.lines == (3, 4)


@pytest.mark.parametrize(
    ("written", "want"),
    [
        ("Strong_Beat", HitWant.STRONG),
        ("strong", HitWant.STRONG),
        ("half beat", HitWant.HALF),
        ("half", HitWant.HALF),
        ("ANY", HitWant.ANY),
        ("", HitWant.BEAT),
    ],
)
def test_places_however_written(tmp_path: Path, written: str, want: HitWant) -> None:
    assert listed(tmp_path, f"id,at,want\na,1,{written}\n").hits[0].want is want


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        ({"at": "soon"}, "at", "no moment of a film"),
        ({"at": "00:00:02:24"}, "at", "does not exist"),
        ({"at": ""}, "at", "without a moment"),
        ({"at": "nan"}, "at", "no moment of a film"),
        ({"at": "inf"}, "at", "no moment of a film"),
        ({"at": "1e999999999"}, "at", "no moment of a film"),
        ({"at": "2,5"}, "at", "decimal comma .*12.5"),
        ({"id": ""}, "id", "without an id"),
        ({"id": "x"}, "id", "used twice, first on line 2"),
        ({"weight": "six"}, "weight", "no number"),
        ({"weight": "-2"}, "weight", "weight of -2 is not between 1 and 5"),
        ({"weight": "6"}, "weight", "between 1 and 5"),
        ({"weight": "2.5"}, "weight", "whole number"),
        ({"weight": "nan"}, "weight", "no number"),
        ({"want": "middle"}, "want", "none of: downbeat"),
        ({"kind": "bang"}, "kind", "none of: accent"),
        ({"early_frames": "1/0"}, "early_frames", "no number"),
        ({"early_frames": "1,5"}, "early_frames", "decimal comma"),
        ({"late_frames": "-1"}, "late_frames", "negative"),
        ({"late_frames": "inf"}, "late_frames", "no number"),
        ({"late_ms": "1", "late_frames": "1"}, "late_ms", "both late_frames and late_ms"),
        ({"locked": "maybe"}, "locked", "write yes or no"),
    ],
)
def test_a_fault_is_told_with_line_and_column(
    tmp_path: Path, cells: dict[str, str], column: str, told: str
) -> None:
    row = {"id": "a", "at": "1", **cells}
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    writer.writerow({"id": "x", "at": "1", "words": "two\nlines"})
    writer.writerow(row)
    with pytest.raises(FormatError, match=told) as caught:
        listed(tmp_path, text.getvalue())
    where = caught.value.where
    assert (where.line, where.column, where.file) == (4, column, tmp_path / "hits.csv")


def test_what_is_no_list_of_hits(tmp_path: Path) -> None:
    for text in ("", " \n", "\ufeff"):
        with pytest.raises(FormatError, match="empty"):
            listed(tmp_path, text)
    for text, missing in (("when,what\n", "id and at"), ("id,when\n1,2\n", "at"), ("1,2\n", "id")):
        with pytest.raises(FormatError, match=f"no list of hits: there is no column {missing}"):
            listed(tmp_path, text)
    with pytest.raises(FormatError, match="two columns are called 'at'"):
        listed(tmp_path, "id,at,At\n")
    with pytest.raises(FormatError, match=r"unknown column 'wieght' \(did you mean weight"):
        listed(tmp_path, "id,at,wieght\na,1,3\n")
    with pytest.raises(FormatError, match=r"3 cells under 2 columns .*12.5"):
        listed(tmp_path, "id,at\na,12,5\n")
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_hit_list(tmp_path / "missing.csv", CLOCK)
    with pytest.raises(InputError, match="cannot be read"):
        read_hit_list(tmp_path, CLOCK)
    with pytest.raises(InputError, match="not UTF-8") as caught:
        listed(tmp_path, "id,at\nä,1\n", "cp1252")
    assert caught.value.where.line == 2
    with pytest.raises(FormatError, match="no CSV"):
        listed(tmp_path, 'id,at\na,"' + "1" * 200_000 + '"\n')
    with pytest.raises(FormatError, match="too many"):
        listed(tmp_path, "id,at\n" + "x" * 4_000_001)


def test_columns_of_others_are_left_out_and_named(tmp_path: Path) -> None:
    found = listed(tmp_path, "id,scene,at,,reel\na,kitchen,1,,2\n")
    assert found.not_read == ("scene", "reel") and found.hits[0].at == FilmTime(1)
    assert listed(tmp_path, "id,at\n").hits == ()


def test_hits_outside_the_cue_are_all_named(tmp_path: Path) -> None:
    found = listed(tmp_path, "id,at\na,1\nb,9\nc,20\n")
    found.refuse_outside(FilmTime(1), FilmTime(20))
    found.refuse_outside(FilmTime(1), None)
    with pytest.raises(
        FormatError, match=r"2 hits lie outside .*a at 1.000 s \(.*\) \(line 2\).*c at 20"
    ):
        found.refuse_outside(FilmTime(2), FilmTime(19))
