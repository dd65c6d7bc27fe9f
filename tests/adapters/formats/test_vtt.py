"""WebVTT titles, by the examples of its specification and by hand."""

from __future__ import annotations

import pytest

from scorestage.adapters.formats.vtt import read_vtt
from scorestage.errors import FormatError
from scorestage.timebase import FilmRange, FilmTime

FILE = """WEBVTT - a film
Kind: captions

NOTE
two lines --
of a note

STYLE
::cue { color: lime }

1
00:11.000 --> 00:13.000 position:10%,line-left align:left
<v Roger Bingham>We are in New York City

01:02:03.004 --> 01:02:04.500
<i>Who</i> &amp; <c.loud>where</c>?
- two lines

00:05.000 --> 00:06.000
"""


def test_titles_with_voices_tags_entities_and_settings() -> None:
    first, second, third = read_vtt(FILE.replace("\n", "\r\n").encode("utf-8-sig"))
    assert first.range == FilmRange(FilmTime(11), FilmTime(13))
    assert first.words == "Roger Bingham: We are in New York City"
    assert second.range == FilmRange(FilmTime("3723.004"), FilmTime("3724.5"))
    assert second.words == "Who & where? - two lines" and third.words == ""


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"1\n00:01.000 --> 00:02.000\nx\n", 1),
        (b"WEBVTT\n\nwhat is this\n", 3),
        (b"WEBVTT\n\n00:01.000 --> soon\nx\n", 3),
        (b"WEBVTT\n\nid\n00:03.000 --> 00:02.000\nx\n", 4),
    ],
)
def test_what_cannot_be_is_told_with_its_line(content: bytes, line: int) -> None:
    with pytest.raises(FormatError) as caught:
        read_vtt(content, "t.vtt")
    assert caught.value.where.line == line


def test_what_is_no_utf8_is_refused() -> None:
    with pytest.raises(FormatError):
        read_vtt(b"WEBVTT\n\n\xff\xfe")
