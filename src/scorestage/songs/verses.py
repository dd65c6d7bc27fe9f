"""The words of one time out of several verses under the same notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scorestage.music import Line, Note, Sign
from scorestage.songs.text import UNDERTIE
from scorestage.timebase import BarGrid

_NUMBER = re.compile(r"(\d+)\D*$")
_HEAD = re.compile(r"^\d{1,2}\.[\s\u00a0]*")


def one_verse_each(line: Line, grid: BarGrid, times: Sequence[int]) -> Line:
    """The line with one verse in each bar: `times` says for each bar the how manieth is sung.

    Where a bar has no such verse its only words are sung, or those of the last verse before;
    but not where a syllable of the verse is held over it.
    """
    staves = tuple(
        replace(
            staff,
            voices=tuple(
                replace(voice, notes=_sung(voice.notes, grid, times)) for voice in staff.voices
            ),
        )
        for staff in line.staves
    )
    return replace(line, staves=staves)


def _sung(notes: Sequence[Note], grid: BarGrid, times: Sequence[int]) -> tuple[Note, ...]:
    bars: dict[int, list[Note]] = {}
    for note in sorted(notes, key=lambda one: one.onset):
        bars.setdefault(grid.index_at(note.onset), []).append(note)
    found: list[Note] = []
    held = False
    for bar in sorted(bars):
        own = bars[bar]
        known = {number for note in own for number in _numbers(note)}
        wished = times[bar]
        verse = wished
        if known and wished not in known:
            verse = max((one for one in known if one < wished), default=min(known))
        silent = held and wished not in known and known
        for note in own:
            sign = _numbers(note).get(verse) if not silent else None
            if sign is not None:
                held = lasts(sign)
            found.append(_with(note, sign))
    return tuple(found)


def _numbers(note: Note) -> dict[int, Sign]:
    """The syllables at a note by verse."""
    if not note.verses and note.lyric:
        kind = "begin" if note.lyric.endswith("-") else "single"
        inner = (Sign("syllabic", kind), Sign("text", note.lyric.removesuffix("-")))
        return {1: Sign("lyric", "", (("number", "1"),), inner)}
    found: dict[int, Sign] = {}
    for place, sign in enumerate(note.verses, start=1):
        told = _NUMBER.search(sign.detail("number"))
        if sign.find("text") is not None:
            found.setdefault(int(told[1]) if told else place, sign)
    return found


def lasts(sign: Sign) -> bool:
    """Whether a syllable goes on over the notes behind it: its word does, or a line is drawn."""
    syllabic, extend = sign.find("syllabic"), sign.find("extend")
    goes_on = syllabic is not None and syllabic.text in ("begin", "middle")
    return goes_on or (extend is not None and extend.detail("type") != "stop")


def _with(note: Note, sign: Sign | None) -> Note:
    if sign is None:
        return replace(note, lyric="", verses=())
    if not note.verses:
        return note
    inner = list(sign.inner)
    first = next(at for at, one in enumerate(inner) if one.name == "text")
    inner[first] = replace(inner[first], text=_HEAD.sub("", inner[first].text))
    details = tuple(
        ("number", "1") if key == "number" else (key, told) for key, told in sign.details
    )
    words = "".join(
        one.text if one.name == "text" else UNDERTIE
        for one in inner
        if one.name in ("text", "elision")
    )
    syllabic = sign.find("syllabic")
    if syllabic is not None and syllabic.text in ("begin", "middle"):
        words += "-"
    return replace(note, lyric=words, verses=(replace(sign, details=details, inner=tuple(inner)),))
