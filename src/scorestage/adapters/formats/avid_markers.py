"""Avid marker lists: one marker a line, cells set apart by tabs, as Media Composer writes them.

Cells: user, timecode, track, colour, comment, length in frames, and in newer versions an empty one
and the colour again.
"""

from __future__ import annotations

import re

from scorestage.adapters.format import Carries, Format, Losses
from scorestage.adapters.marker_text import moment_of, text_lines
from scorestage.adapters.session import Exported, Imported, Marker, MarkerKind, Session
from scorestage.errors import FormatError, TimecodeError, Where
from scorestage.timebase import FilmClock, FilmSpan

COLOURS = ("red", "green", "blue", "cyan", "magenta", "yellow", "black", "white")
_HIT, _CUE, _TEXT = "green", "yellow", "white"
_USER = "scorestage"
_LINE = re.compile(rb"[^\t\r\n]*\t\s*\d{2}:\d{2}:\d{2}[:;]\d{2}\t(V|A|TC|D|M|C)", re.IGNORECASE)
_HEADINGS = ("marker name", "user", "name")


def write_markers(session: Session) -> Exported:
    """Every marker on track V1, on the frame it falls in: hits green, cues yellow.

    A stretch has its length in frames; the comment holds words alone, without tabs and line ends.
    """
    lines, off = [], 0
    rate = session.clock.rate
    for marker in session.markers:
        colour = marker.colour if marker.colour in COLOURS else _colour(marker)
        frames = 1
        if marker.end is not None:
            frames = max(1, rate.nearest_frame(marker.end) - rate.nearest_frame(marker.at))
        off += rate.time_of(rate.nearest_frame(marker.at)) != marker.at
        words = " ".join((marker.words or marker.id).split())
        label = session.clock.nearest_label(marker.at)
        lines.append("\t".join((_USER, label, "V1", colour, words, str(frames), "", colour)))
    lost = ["the tempo map"] if session.tempo_map is not None else []
    lost += ["tracks and their media"] if session.tracks else []
    lost += [f"places within a frame ({off} markers moved to the nearest)"] if off else []
    text = "".join(f"{line}\n" for line in lines)
    notes = ("import it in Media Composer from the Markers tool, on a sequence of this timecode",)
    return Exported(text.encode("utf-8"), tuple(lost), notes)


def _colour(marker: Marker) -> str:
    kinds = {MarkerKind.HIT: _HIT, MarkerKind.CUE: _CUE, MarkerKind.TEXT: _TEXT}
    return kinds[marker.kind]


def read_markers(content: bytes, name: str, clock: FilmClock) -> Imported:
    """Markers of an Avid list; timecode is that of the film. `FormatError` names file and line."""
    found: list[Marker] = []
    losses = Losses()
    for number, line in enumerate(text_lines(content, name), start=1):
        if not line.strip():
            continue
        cells = line.split("\t")
        if not found and cells[0].strip().lower() in _HEADINGS and ":" not in line:
            continue
        if len(cells) < 5:
            if found and len(cells) == 1:
                last = found.pop()
                found.append(Marker(last.at, f"{last.words} {line.strip()}", last.end, last.kind,
                                    "", last.colour))  # fmt: skip
                continue
            where = Where(file=name, line=number)
            do = "each needs user, timecode, track, colour and comment, set apart by tabs"
            raise FormatError("this is no Avid marker", where, do)
        found.append(_marker(cells, number, name, clock))
        if cells[0].strip() not in ("", _USER):
            losses.add("who set a marker")
    return Imported(markers=tuple(found), placed=True, losses=losses.told())


def _marker(cells: list[str], number: int, name: str, clock: FilmClock) -> Marker:
    try:
        at = moment_of(cells[1], clock.rate, clock)
    except TimecodeError as fault:
        raise FormatError(fault.what, Where(file=name, line=number), fault.do) from None
    length = cells[5].strip() if len(cells) > 5 else ""
    frames = int(length) if length.isdecimal() and len(length) < 9 else 1
    end = at + FilmSpan(frames / clock.rate.frames_per_second) if frames > 1 else None
    kind = MarkerKind.HIT if end is None else MarkerKind.CUE
    return Marker(at, cells[4].strip(), end, kind, "", cells[3].strip().lower())


FORMAT = Format(
    name="avid",
    title="Avid marker list",
    suffixes=(".txt",),
    read_session=read_markers,
    write_session=write_markers,
    recognises=lambda head: bool(_LINE.search(head)),
    carries=frozenset((Carries.MARKERS, Carries.TIMECODE)),
)
