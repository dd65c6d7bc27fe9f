"""WebVTT subtitles: what is said, when, and where it is told by whom (W3C WebVTT 1)."""

from __future__ import annotations

import html
import re
from fractions import Fraction

from scorestage.adapters.subtitles import Subtitle
from scorestage.errors import FormatError, Where
from scorestage.timebase import FilmRange, FilmTime

_MOMENT = r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_MOMENT}\s*-->\s*{_MOMENT}(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,80})>")
_TAGS = re.compile(r"<[^>]*>")
_SILENT = ("NOTE", "STYLE", "REGION")


def read_vtt(content: bytes, name: str = "subtitles") -> tuple[Subtitle, ...]:
    """Every title in the order of the file; `FormatError` names the line that cannot be read.

    A voice (`<v Wick>`) is told before its words. Notes, styles and regions are passed over.

    >>> told = b"WEBVTT\\n\\n00:01.500 --> 00:02.000 line:0\\n<v Wick>Who&rsquo;s there?\\n"
    >>> read_vtt(told)[0].words
    'Wick: Who’s there?'
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FormatError("WebVTT is UTF-8 text, this is not", Where(file=name)) from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        raise FormatError("the first line is not WEBVTT", Where(file=name, line=1))
    found: list[Subtitle] = []
    at = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        end = at
        while end < len(lines) and lines[end].strip():
            end += 1
        title = _block(lines[at:end], at + 1, name)
        if title is not None:
            found.append(title)
        at = end
    return tuple(found)


def _block(lines: list[str], first_line: int, name: str) -> Subtitle | None:
    """The title in a block; None for notes, styles and regions."""
    times = next((n for n, line in enumerate(lines[:2]) if "-->" in line), None)
    if times is None:
        if lines[0].split(" ")[0].strip() in _SILENT:
            return None
        do = "each title needs a line 00:01.000 --> 00:02.000"
        raise FormatError("this is no WebVTT block", Where(file=name, line=first_line), do)
    where = Where(file=name, line=first_line + times)
    match = _TIMES.fullmatch(lines[times])
    if match is None:
        raise FormatError("these are no WebVTT times", where, "write 00:01.000 --> 00:02.000")
    start, end = _moment(match.groups()[:4]), _moment(match.groups()[4:8])
    if end < start:
        raise FormatError("the title ends before it starts", where, "swap the two times")
    said = (_words(line) for line in lines[times + 1 :])
    return Subtitle(FilmRange(start, end), " ".join(filter(None, said)))


def _words(line: str) -> str:
    told = _TAGS.sub("", _VOICE.sub(r"\1: ", line))
    return " ".join(html.unescape(told).split())


def _moment(parts: tuple[str | None, ...]) -> FilmTime:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    return FilmTime(whole + Fraction(int(fraction.ljust(3, "0")), 1000))
