"""Marker lists as text of other programs: decoding, lines, timecode labels at a stated rate."""

from __future__ import annotations

import codecs
import re

from scorestage.errors import FormatError, TimecodeError, Where
from scorestage.timebase import FilmClock, FilmTime, FrameRate, Timecode

MOST_BYTES = 16 * 1024 * 1024
_LABEL = re.compile(r"(-?\d{1,2}:\d{2}:\d{2}[:;]\d{2,3})(\.\d{1,3})?")


def text_lines(content: bytes, name: str, older: str = "mac-roman") -> list[str]:
    """The lines of a text, whatever its line ends: UTF-8, UTF-16 with its mark, or `older`."""
    if len(content) > MOST_BYTES:
        raise FormatError(f"larger than {MOST_BYTES // 2**20} MB", Where(file=name))
    marked = content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for encoding in ("utf-16",) if marked else ("utf-8-sig", older):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise FormatError("this is not text", Where(file=name), "export it as UTF-8 text")
    if "\0" in text:
        raise FormatError("this is not text", Where(file=name), "export it as UTF-8 text")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def moment_of(label: str, rate: FrameRate, clock: FilmClock) -> FilmTime:
    """The film time of a label counted at `rate`, with parts of a frame where it has them.

    Where `rate` is not the film's own, both are taken to begin at the same label, so seconds
    since that label are what agrees. Raises `TimecodeError` for what is no label.

    >>> from scorestage.timebase import FRAMES_24, FRAMES_25
    >>> moment_of("01:00:02:12.50", FRAMES_24, FilmClock(FRAMES_24, 86400)).seconds
    Fraction(121, 48)
    """
    match = _LABEL.fullmatch(label.strip())
    if match is None:
        raise TimecodeError(f"{label!r} is no timecode", do="export the list in timecode")
    whole, part = match.groups()
    frames = Timecode.parse(whole.replace(";", ":") if not rate.drop else whole, rate).frames
    into = int(part[1:].ljust(3, "0")) if part else 0
    start = clock.start_frames
    if rate != clock.rate:
        first = str(Timecode(clock.start_frames, clock.rate))
        frames_text = first.replace(";", ":").rsplit(":", 1)[0] + ":00"
        start = Timecode.parse(frames_text, rate).frames
    since_start = FilmClock(rate, start).frames_since_start(frames)
    seconds = since_start / rate.frames_per_second
    return FilmTime(seconds + into / (1000 * rate.frames_per_second))
