"""Pro Tools text exports: their markers come in by the sample."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.adapters.formats.protools_text import FORMAT, read_text, write_text
from scorestage.adapters.session import Marker, MarkerKind, Session
from scorestage.errors import FormatError
from scorestage.timebase import FRAMES_23_976, FRAMES_24, FilmClock, FilmTime

CLOCK = FilmClock(FRAMES_24, 86400)
HEAD = """SESSION NAME:\tR1 v3
SAMPLE RATE:\t48000.000000
BIT DEPTH:\t24-bit
SESSION START TIMECODE:\t00:59:50:00
TIMECODE FORMAT:\t24 Frame
# OF AUDIO TRACKS:\t1
# OF AUDIO CLIPS:\t1
# OF AUDIO FILES:\t1


T R A C K  L I S T I N G
TRACK NAME:\tDX
COMMENTS:\t
CHANNEL \tEVENT   \tCLIP NAME                     \tSTART TIME    \tEND TIME      \tSTATE
1       \t1       \tdx                            \t 01:00:00:00\t 01:00:10:00\tUnmuted


M A R K E R S  L I S T I N G
"""
OLD = """#   \tLOCATION     \tTIME REFERENCE    \tUNITS    \tNAME                     \tCOMMENTS
1   \t01:00:02:12  \t600000            \tSamples  \tdoor slams                       \t
2   \t01:00:04:00  \t672001            \tSamples  \tfall                             \tlate
"""
NEW = """#   \tLOCATION     \tTIME REFERENCE    \tUNITS    \tNAME\tTRACK NAME\tTRACK TYPE\tCOMMENTS
1   \t01:00:02:12.50\t0                 \tTicks    \tdoor slams\tCues      \tRuler        \t
"""


def test_samples_are_exact_and_other_tables_are_told() -> None:
    read = read_text((HEAD + OLD).encode(), "r1.txt", CLOCK)
    assert [(one.at.seconds, one.words) for one in read.markers] == [
        (Fraction(5, 2), "door slams"),
        (4 + Fraction(1, 48000), "fall"),
    ]
    assert read.title == "R1 v3" and read.losses == ("tracks and their clips (1)",)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_newer_export_in_timecode_with_parts_of_a_frame(end: str) -> None:
    read = read_text((HEAD + NEW).replace("\n", end).encode("mac-roman"), "r1.txt", CLOCK)
    assert read.markers[0].at == FilmTime(Fraction(121, 48))


def test_another_rate_is_told_and_seconds_are_kept() -> None:
    """01:00:02:12 at 23.976, with both from 01:00:00:00, is 2.5025 s into the film."""
    text = HEAD.replace("24 Frame", "23.976 Frame") + OLD.replace("Samples", "Ticks  ")
    read = read_text(text.encode(), "r1.txt", CLOCK)
    assert read.markers[0].at.seconds == Fraction(5, 2) * Fraction(1001, 1000)
    assert read.rate == FRAMES_23_976 and "23.976" in read.notes[0]


def test_ours_comes_back_to_the_sample() -> None:
    markers = (
        Marker(FilmTime("21/10"), "door slams"),
        Marker(FilmTime(3), "1m01", FilmTime(9), MarkerKind.CUE),
    )
    made = write_text(Session("Wick", CLOCK, FilmTime(1), None, markers))
    assert FORMAT.recognises is not None and FORMAT.recognises(made.content)
    back = read_text(made.content, "a.txt", CLOCK)
    assert [one.at for one in back.markers] == [FilmTime("21/10"), FilmTime(3)]
    assert made.not_carried == ("where regions end, but in the comment (1)",)
    assert b"SESSION START TIMECODE:\t01:00:01:00" in made.content


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hello", "no text export of Pro Tools"),
        (HEAD.partition("M A R")[0], "lists no markers"),
        (HEAD.replace("24 Frame", "77x") + OLD, "line 5"),
        (HEAD.replace("48000.000000", "nan") + OLD, "line 2: the sample rate 'nan'"),
        (HEAD.replace("48000.000000", "0") + OLD, "line 2"),
        (HEAD + NEW.replace("01:00:02:12.50", "13|3|000"), "line 20: '13.3.000' is no timecode"),
        (HEAD + OLD.replace("600000", "many"), "line 20: 'many' is no number"),
        (HEAD + "NOTHING\n", "line 19: the table of markers"),
    ],
)
def test_faulty_exports_are_one_error_with_the_line(text: str, told: str) -> None:
    with pytest.raises(FormatError, match=told):
        read_text(text.encode(), "r1.txt", CLOCK)
