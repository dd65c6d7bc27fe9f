"""SubRip subtitles: what is said, and when."""

from __future__ import annotations

import codecs
import re
from fractions import Fraction

from scorestage.adapters.subtitles import Subtitle
from scorestage.errors import FormatError, Where
from scorestage.timebase import FilmRange, FilmTime

_TIMES = re.compile(
    r"\s*(\d+):(\d{2}):(\d{2})[,.](\d{1,3})\s*-->\s*(\d+):(\d{2}):(\d{2})[,.](\d{1,3})"
)
_TAGS = re.compile(r"<[^>]*>|\{\\[^}]*\}")


def read_srt(content: bytes, name: str = "subtitles") -> tuple[Subtitle, ...]:
    """Every title in order; `FormatError` names the line that cannot be read.

    >>> read_srt(b"1\\n00:00:01,500 --> 00:00:02,000\\n<i>Who's there?</i>\\n")[0].words
    "Who's there?"
    """
    lines = _decoded(content, name).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found: list[Subtitle] = []
    at = 0
    while at < len(lines):
        times = _TIMES.match(lines[at])
        if times is None:
            if lines[at].strip() and not lines[at].strip().isdigit():
                do = "each title needs a line 00:00:01,000 --> 00:00:02,000"
                raise FormatError("this is no SRT line", Where(file=name, line=at + 1), do)
            at += 1
            continue
        begins = at
        words = []
        at += 1
        while at < len(lines) and lines[at].strip() and not _TIMES.match(lines[at]):
            words.append(_TAGS.sub("", lines[at]).strip())
            at += 1
        if words and words[-1].isdigit() and at < len(lines) and lines[at].strip():
            words.pop()  # no blank line between two titles: this is the next one's number
        start, end = _moment(times.groups()[:4]), _moment(times.groups()[4:])
        if end < start:
            where = Where(file=name, line=begins + 1)
            raise FormatError("the title ends before it starts", where, "swap the two times")
        found.append(Subtitle(FilmRange(start, end), " ".join(filter(None, words))))
    return tuple(found)


def _moment(parts: tuple[str | None, ...]) -> FilmTime:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    return FilmTime(whole + Fraction(int(fraction.ljust(3, "0")), 1000))


def _decoded(content: bytes, name: str) -> str:
    """UTF-8 or, where that fails, Western Windows text; UTF-16 where its mark stands first."""
    marked = content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FormatError("the subtitles are not text", Where(file=name), "save them as UTF-8")
