"""Timeline markers of DaVinci Resolve: an EDL whose events are markers, one frame each.

Below each event stands a line with the marker's note, colour, name and length in frames:
``note |C:ResolveColorBlue |M:Marker 1 |D:1``.
"""

from __future__ import annotations

import re
from fractions import Fraction

from scorestage.adapters.cut_exchange import (
    ReadCut,
    counted,
    cut_of_session,
    near_rate,
    session_losses,
)
from scorestage.adapters.format import Carries, Format
from scorestage.adapters.marker_text import text_lines
from scorestage.adapters.session import Exported, Session
from scorestage.errors import FormatError, TimecodeError, Where
from scorestage.production import CutList, CutMarker
from scorestage.timebase import FRAMES_24, FRAMES_25, FRAMES_29_97_DROP, FrameRate, Timecode

_EVENT = re.compile(r"\s*\d{1,8}\s+\S+\s+\S+\s+C\s+(?:\S+\s+){2}(\d\d:\d\d:\d\d[:;]\d\d)\s+\S+\s*")
_MARKER = re.compile(r"(.*?)\s*\|C:(\w*)\s*\|M:(.*?)\s*\|D:\s*(\d{1,9})\s*")
_COLOURS = {
    name.lower(): f"ResolveColor{name}"
    for name in (
        *("Blue", "Cyan", "Green", "Yellow", "Red", "Pink", "Purple", "Fuchsia"),
        *("Rose", "Lavender", "Sky", "Mint", "Lemon", "Sand", "Cocoa", "Cream"),
    )
}
_OTHERS = {"white": "cream", "black": "cocoa", "magenta": "fuchsia", "orange": "sand"}
_LONGEST_LINE = 4000


def read_resolve(content: bytes, name: str, rate: FrameRate | None = None) -> ReadCut:
    """The markers of the list; its events are only their places.

    Raises `FormatError` with the line for labels that do not exist, or a list without markers.
    """
    lines = text_lines(content, name)
    rate, notes = (rate, ()) if rate is not None else _told(lines)
    drop = any(";" in (_place(line) or "") for line in lines) or rate.drop
    rate = near_rate(rate.frames_per_second, drop)
    title, at, found, losses = "", None, [], []
    for number, line in enumerate(lines, start=1):
        if len(line) > _LONGEST_LINE:
            losses.append(f"line {number} is {len(line)} characters long")
        elif line.upper().startswith("TITLE:"):
            title = line.split(":", 1)[1].strip()
        elif (place := _place(line)) is not None:
            at = _frames(place, rate, name, number)
        elif (marker := _MARKER.fullmatch(line)) is not None and at is not None:
            note, colour, words, frames = (part.strip() for part in marker.groups())
            colour = colour.removeprefix("ResolveColor").lower()
            length = Fraction(max(1, int(frames)))
            found.append(CutMarker(Fraction(at), words, length, colour, "", note))
        elif line.strip() and not line.upper().startswith("FCM"):
            losses.append(f"line {number}: {line.strip()[:60]}")
    if not found:
        do = "export Timeline Markers to EDL"
        raise FormatError("this list holds no markers", Where(file=name), do)
    found.sort(key=lambda one: one.at_frames)
    return ReadCut(CutList(title, rate, (), tuple(found)), notes, tuple(losses))


def _place(line: str) -> str | None:
    match = _EVENT.fullmatch(line) if len(line) <= _LONGEST_LINE else None
    return None if match is None else match[1]


def _frames(label: str, rate: FrameRate, name: str, line: int) -> int:
    try:
        return Timecode.parse(label.replace(";", ":"), rate).frames
    except TimecodeError as fault:
        do = fault.do or "say the rate of the timeline: --rate 25"
        raise FormatError(fault.what, Where(file=name, line=line), do) from None


def _told(lines: list[str]) -> tuple[FrameRate, tuple[str, ...]]:
    places = [place for line in lines if (place := _place(line))]
    most = max((int(place[-2:]) for place in places), default=0)
    rates = (FRAMES_24, FRAMES_25, FrameRate(30), FrameRate(50), FrameRate(60))
    rate = next((one for one in rates if most < one.nominal), FRAMES_24)
    if any(";" in place for place in places):
        rate = FRAMES_29_97_DROP if most < 30 else FrameRate("60000/1001", drop=True)
    return rate, (f"read at {rate.name} frames per second, which its labels allow: --rate says",)


def write_resolve(cut: CutList) -> Exported:
    """The markers of a list; its edit is not carried."""
    lines = [f"TITLE: {_line(cut.title) or 'markers'}"]
    lines += [f"FCM: {'DROP FRAME' if cut.rate.drop else 'NON-DROP FRAME'}", ""]
    lost: dict[str, list[str]] = {}
    for number, marker in enumerate(sorted(cut.markers, key=lambda one: one.at_frames), start=1):
        at = round(marker.at_frames)
        first, last = (str(Timecode(frame, cut.rate).round_the_clock) for frame in (at, at + 1))
        if marker.at_frames != at:
            lost.setdefault("places within a frame", []).append(first)
        colour = marker.colour.lower()
        known = _COLOURS.get(_OTHERS.get(colour, colour))
        if known is None or colour in _OTHERS:
            lost.setdefault("colours of markers", []).append(marker.colour or "none")
        words = _line(marker.words).replace("|", "/")
        note = _line(marker.note).replace("|", "/")
        told = f"|C:{known or 'ResolveColorBlue'} |M:{words} |D:{max(1, round(marker.frames))}"
        lines.append(f"{number:03}  001      V     C        {first} {last} {first} {last}  ")
        lines += [f"{note} {told}" if note else f" {told}", ""]
    told_lost = [f"the edit ({len(cut.events)} events)"] if cut.events else []
    for kind, places in lost.items():
        told_lost += counted(kind, places, places)
    text = "".join(f"{line}\n" for line in lines)
    note_text = "in Resolve: the timeline's menu, Timelines, Import, Timeline Markers from EDL"
    return Exported(text.encode(), tuple(told_lost), (note_text,))


def write_session(session: Session) -> Exported:
    """Hits and cues as markers."""
    cut = cut_of_session(session)
    made = write_resolve(CutList(cut.title, cut.rate, (), cut.markers))
    return Exported(made.content, (*session_losses(session), *made.not_carried), made.notes)


def _line(text: str) -> str:
    return " ".join(text.split())


FORMAT = Format(
    name="resolve",
    title="timeline markers of DaVinci Resolve (EDL)",
    suffixes=(".edl",),
    read_cut=read_resolve,
    write_cut=write_resolve,
    write_session=write_session,
    recognises=lambda head: b"|C:" in head or b"|\x00C\x00:" in head,
    carries=frozenset((Carries.CUT, Carries.MARKERS, Carries.TIMECODE)),
)
