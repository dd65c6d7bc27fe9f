"""SubRip files as people and programs leave them."""

from __future__ import annotations

import pytest

from scorestage.adapters.formats.srt import read_srt
from scorestage.errors import FormatError
from scorestage.timebase import FilmTime

TWO = """1
00:00:01,500 --> 00:00:02,000
<i>Who's</i> there?
{\\an8}Nobody.

2
01:00:00.5 --> 01:00:01,25 X1:10 Y1:20
1984
"""


def test_times_are_exact_and_words_stand_on_one_line() -> None:
    first, second = read_srt(TWO.encode())
    assert (first.range.start, first.range.end) == (FilmTime("3/2"), FilmTime(2))
    assert first.words == "Who's there? Nobody."
    assert (second.range.start, second.range.end) == (FilmTime("3600.5"), FilmTime("3601.25"))
    assert second.words == "1984"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end(end: str) -> None:
    assert read_srt(TWO.replace("\n", end).encode()) == read_srt(TWO.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding(encoding: str) -> None:
    text = TWO.replace("Nobody", "Où êtes-vous")
    assert read_srt(text.encode(encoding))[0].words == "Who's there? Où êtes-vous."


def test_a_byte_that_no_encoding_has_is_told() -> None:
    with pytest.raises(FormatError, match=r"talk\.srt: the subtitles are not text"):
        read_srt(b"1\n00:00:01,000 --> 00:00:02,000\n\x81\x8d\xff\n", "talk.srt")


def test_numbers_may_be_missing_and_words_too() -> None:
    text = "00:00:01,000 --> 00:00:02,000\n\n\n00:00:02,000 --> 00:00:02,000\nhm"
    assert [one.words for one in read_srt(text.encode())] == ["", "hm"]
    assert read_srt(b"") == ()


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("WEBVTT\n\n1\n", 1, "no SRT line"),
        ("1\n00:00:01,000 -> 00:00:02,000\nhm\n", 2, "no SRT line"),
        (TWO + "\nstray words\n", 10, "no SRT line"),
        (TWO + "\n3\n00:00:05,000 --> 00:00:04,999\nhm\n", 11, "ends before it starts"),
    ],
)
def test_a_fault_names_its_line(text: str, line: int, told: str) -> None:
    with pytest.raises(FormatError, match=told) as caught:
        read_srt(text.encode(), "talk.srt")
    assert (caught.value.where.file, caught.value.where.line) == ("talk.srt", line)


def test_titles_with_no_blank_line_between_them() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nTen.\n2\n00:00:03,000 --> 00:00:04,000\n1984\n3\n"
        "00:00:05,000 --> 00:00:06,000\nEnd.\n"
    )
    told = [(one.range.start, one.words) for one in read_srt(text.encode())]
    assert told == [(FilmTime(1), "Ten."), (FilmTime(3), "1984"), (FilmTime(5), "End.")]
