"""How deliverables are named: cue, what it is, version, and for sound the start timecode."""

from __future__ import annotations

import re
import unicodedata

from scorestage.production import Cue
from scorestage.timebase import FilmClock, FilmTime, Timecode

NAMELESS = "untitled"
"""The slug of text that has no letter or figure every system takes."""


def slug(text: str) -> str:
    """Text as a file name that every system takes.

    >>> slug("Clarinet 1 (B♭)"), slug("1m04 ALT"), slug("Überfahrt")
    ('Clarinet-1-B', '1m04-ALT', 'Uberfahrt')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-") or NAMELESS


def cue_folder(cue: Cue) -> str:
    """The folder of a cue's deliverables below the build folder."""
    return f"cues/{slug(cue.number)}"


def cue_file(cue: Cue, what: str, suffix: str, folder: str = "") -> str:
    """The path of one deliverable of a cue, relative to the build folder."""
    inner = f"{folder}/" if folder else ""
    return f"{cue_folder(cue)}/{inner}{slug(cue.number)}_{slug(cue.version)}_{slug(what)}{suffix}"


def part_file(cue: Cue, name: str) -> str:
    """The path of a file of the cue's set, which has its own way of names."""
    return f"{cue_folder(cue)}/parts/{name}"


def sound_file(cue: Cue, what: str, start: FilmTime, clock: FilmClock, folder: str) -> str:
    """A sound file's path: its start timecode is in the name, since stamps may be lost."""
    frame = clock.start_frames + clock.rate.nearest_frame(start)
    label = re.sub(r"[:;]", "-", str(Timecode(frame, clock.rate).round_the_clock))
    name = f"{slug(cue.number)}_{slug(cue.version)}_{slug(what)}_{label}.wav"
    return f"{cue_folder(cue)}/{folder}/{name}"
