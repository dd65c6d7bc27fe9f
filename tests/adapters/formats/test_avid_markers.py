"""Avid marker lists: theirs come in, ours have their shape."""

from __future__ import annotations

import csv
import io

import pytest

from scorestage.adapters.formats.avid_markers import COLOURS, FORMAT, read_markers, write_markers
from scorestage.adapters.session import Marker, MarkerKind, Session
from scorestage.errors import FormatError
from scorestage.timebase import FRAMES_24, FRAMES_29_97_DROP, FilmClock, FilmTime, Timecode

CLOCK = FilmClock(FRAMES_24, 86400)
THEIRS = (
    "Eva Brückner\t01:01:07:21\tV1\tred\tVFX - fade in, see chase file\t1\n"
    "Eva Brückner\t01:01:27:09\tTC1\tgreen\tmusic in\t48\t\tGreen\n"
)


def test_a_list_as_media_composer_writes_it() -> None:
    read = read_markers(THEIRS.encode(), "list.txt", CLOCK)
    first, second = read.markers
    assert first.at == FRAMES_24.time_of(67 * 24 + 21) and first.colour == "red"
    assert first.words == "VFX - fade in, see chase file" and first.end is None
    assert second.end is not None and (second.end - second.at).seconds == 2
    assert read.placed and read.losses == ("who set a marker (2)",)


@pytest.mark.parametrize(
    "encoded",
    [THEIRS.encode("utf-16"), THEIRS.encode("mac-roman"), b"\xef\xbb\xbf" + THEIRS.encode()],
)
def test_older_encodings_and_line_ends(encoded: bytes) -> None:
    assert len(read_markers(encoded, "list.txt", CLOCK).markers) == 2
    plain = THEIRS.replace("\n", "\r").encode()
    assert [one.words for one in read_markers(plain, "list.txt", CLOCK).markers][1] == "music in"


def test_ours_is_a_table_of_eight_cells_on_frames_of_the_film() -> None:
    """Read with the standard library alone."""
    clock = FilmClock(FRAMES_29_97_DROP, Timecode.parse("01:00:00;00", FRAMES_29_97_DROP).frames)
    door = Marker(FilmTime("60.01"), "door\tslams\nloud")
    cue = Marker(
        FRAMES_29_97_DROP.time_of(30), "1m01", FRAMES_29_97_DROP.time_of(90), MarkerKind.CUE
    )
    made = write_markers(Session("x", clock, FilmTime(0), None, (cue, door)))
    rows = list(csv.reader(io.StringIO(made.content.decode()), delimiter="\t"))
    assert [len(row) for row in rows] == [8, 8]
    assert rows[0][1:6] == ["01:00:01;00", "V1", "yellow", "1m01", "60"]
    assert rows[1][1:6] == ["01:00:59;29", "V1", "green", "door slams loud", "1"]
    assert {row[3] for row in rows} <= set(COLOURS)
    assert made.not_carried == ("places within a frame (1 markers moved to the nearest)",)
    back = read_markers(made.content, "x.txt", clock).markers
    assert back[0].at == cue.at and back[0].end == cue.end


def test_it_is_told_apart_from_other_text() -> None:
    assert FORMAT.recognises is not None
    assert FORMAT.recognises(THEIRS.encode())
    assert not FORMAT.recognises(b"SESSION NAME:\tx\nSAMPLE RATE:\t48000.000000\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hello\n", "line 1: this is no Avid marker"),
        (THEIRS.replace("01:01:27:09", "01:01:27:24"), "line 2: .* does not exist"),
        (THEIRS.replace("01:01:07:21", "soon"), "line 1: 'soon' is no timecode"),
        ("\0\0\0\0", "not text"),
    ],
)
def test_faulty_lists_are_one_error_with_the_line(text: str, told: str) -> None:
    with pytest.raises(FormatError, match=told):
        read_markers(text.encode(), "list.txt", CLOCK)
