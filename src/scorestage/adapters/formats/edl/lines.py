"""The lines of a CMX3600 edit decision list, one by one, in all the dialects we have met."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from scorestage.production import TransitionKind

LONGEST_LINE = 2000
LABEL = r"-?\d{1,3}[:;.,]\d{1,3}[:;.,]\d{1,3}[:;.,]\d{1,3}"
_EVENT = re.compile(
    rf"\s*(\d{{1,8}})\s+(\S.*?)\s+({LABEL})\s+({LABEL})\s+({LABEL})\s+({LABEL})(?:\s+(.*))?"
)
_NUMBERED = re.compile(r"\s*\d{1,8}\s+\S")
_TYPE = re.compile(r"(C|D|W\d{0,3}|K|KB|KO)", re.IGNORECASE)
_SPEED = re.compile(
    rf"M2\s+(\S.*?)\s+([+-]?\d{{1,5}}(?:\.\d{{0,4}})?)(?:\s+({LABEL}))?", re.IGNORECASE
)
_CLIP = re.compile(r"\*?\s*(FROM|TO)?\s*CLIP NAME\s*:\s*(.*)", re.IGNORECASE)
_FILE = re.compile(r"\*?\s*SOURCE FILE\s*:\s*(.*)", re.IGNORECASE)
_EFFECT = re.compile(r"\*?\s*EFFECTS? NAME IS\s+(.*)", re.IGNORECASE)
_MARKER = re.compile(rf"\*?\s*LOC\s*:\s*({LABEL})\s*(.*)", re.IGNORECASE)
_LISTED = re.compile(
    rf"\*\s+\d+\s+([A-Za-z]+)\s+(\S(?:.*?\S)?)\s+({LABEL})\s(?:\s*({LABEL})\s+({LABEL})\s)?"
    r"\s*([VATC]+\d{0,3})(?:\s+(.*))?"
)
_DROP = re.compile(r"FCM\s*:\s*(NON)?[\s-]*DROP", re.IGNORECASE)
_COLOUR_NAMES = """
red green blue cyan magenta yellow black white pink orange purple brown gold grey gray
denim violet fuchsia rose lavender sky mint lemon sand cocoa cream
"""
COLOURS = frozenset(_COLOUR_NAMES.split())
"""Colours that editing systems give to markers; other first words belong to the text."""


@dataclass(frozen=True, slots=True)
class EventLine:
    """An edit as it is written; labels are still text. `code` is `C`, `D`, `W001`, `KB` …"""

    number: str
    reel: str
    channel: str
    code: str
    frames: int
    labels: tuple[str, str, str, str]
    rest: str = ""

    @property
    def kind(self) -> TransitionKind | None:
        """What kind of transition it is; None for a cut."""
        kinds = {
            "D": TransitionKind.DISSOLVE,
            "W": TransitionKind.WIPE,
            "K": TransitionKind.KEY,
        }
        return kinds.get(self.code[0])


@dataclass(frozen=True, slots=True)
class MarkerLine:
    """A marker as it is written below an event, or in a table of markers at the end."""

    label: str
    colour: str
    words: str
    track: str = ""
    who: str = ""
    end_label: str = ""


def event_line(line: str) -> EventLine | None:
    """The edit that a line holds; None where it holds none.

    >>> one = event_line("003  AX  V  D    030 01:00:33:22 01:00:35:04 01:00:02:13 01:00:03:19")
    >>> one.reel, one.channel, one.code, one.frames
    ('AX', 'V', 'D', 30)
    """
    match = _EVENT.fullmatch(line)
    if match is None:
        return None
    words = match[2].split()
    frames, code = 0, ""
    if len(words) > 2 and words[-1].strip("()").upper() == "F":
        words.pop()
    if len(words) > 2 and words[-1].isdecimal() and len(words[-1]) <= 5:
        frames = int(words.pop())
    if len(words) > 2 and words[-1].upper() in ("B", "O") and words[-2].upper() == "K":
        code = "K" + words.pop().upper()
        words.pop()
    elif len(words) > 1 and _TYPE.fullmatch(words[-1]):
        code = words.pop().upper()
    if not code or not words:
        return None
    channel = words.pop() if len(words) > 1 else "V"
    labels = (match[3], match[4], match[5], match[6])
    reel = " ".join(words)
    return EventLine(match[1], reel, channel.upper(), code, frames, labels, match[7] or "")


def looks_numbered(line: str) -> bool:
    """Whether a line begins as an event does, so that it should have been one."""
    return _NUMBERED.match(line) is not None


def speed_line(line: str) -> tuple[str, Fraction, str] | None:
    """Reel, frames per second and entry label of an M2 line.

    >>> speed_line("M2   D004C005      -024.0                15:10:00:05")
    ('D004C005', Fraction(-24, 1), '15:10:00:05')
    """
    match = _SPEED.fullmatch(line.strip())
    return None if match is None else (match[1], Fraction(match[2]), match[3] or "")


def clip_line(line: str) -> tuple[str, str] | None:
    """`FROM` or `TO` and the clip's name."""
    match = _CLIP.fullmatch(line.strip())
    return None if match is None else ((match[1] or "FROM").upper(), match[2].strip())


def file_line(line: str) -> str | None:
    """The media file of a SOURCE FILE line."""
    match = _FILE.fullmatch(line.strip())
    return None if match is None else match[1].strip()


def effect_line(line: str) -> str | None:
    """The name of a transition's effect."""
    match = _EFFECT.fullmatch(line.strip())
    return None if match is None else match[1].strip()


def marker_line(line: str) -> MarkerLine | None:
    """A marker below an event (`* LOC:`), or a row of the table of markers at the end.

    >>> found = marker_line("* LOC: 01:00:01;14 RED     door slams")
    >>> found.label, found.colour, found.words
    ('01:00:01;14', 'RED', 'door slams')
    """
    line = line.strip()
    if match := _MARKER.fullmatch(line):
        first, _, rest = match[2].partition(" ")
        if first.lower() in COLOURS:
            return MarkerLine(match[1], first, rest.strip())
        return MarkerLine(match[1], "", match[2].strip())
    if match := _LISTED.fullmatch(line):
        words = (match[7] or "").strip()
        return MarkerLine(match[3], match[1], words, match[6], match[2], match[4] or "")
    return None


def drop_of(line: str) -> bool | None:
    """Whether an FCM line says drop-frame; None where it is no such line."""
    match = _DROP.match(line.strip())
    return None if match is None else match[1] is None
