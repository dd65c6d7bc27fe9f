"""Singers without words have a vowel to sing: open where it is loud, dark where it is soft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scorestage.music import Dynamic, DynamicMark, Family, Instrument, Line, Note, Staff, Voice
from scorestage.timebase import Beat

OPEN, DARK = "Ah", "Oo"
_SOFT = Dynamic.P.level


def with_vowels(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, those of singers who have no word at all with a vowel at each entry.

    An entry is the first note of the staff, and every note after a rest of all who share it. `Oo`
    stands where the dynamic is p or softer, `Ah` elsewhere and at notes above the comfortable
    range, where nobody sings `Oo`.
    """
    return tuple(_sung(line) if _is_wordless(line) else line for line in lines)


def _is_wordless(line: Line) -> bool:
    voices = all(map(_sings, line.player.instruments))
    return voices and not any(note.lyric or note.verses for note in line.notes)


def _sings(instrument: Instrument) -> bool:
    """Whether it is a voice that sings, not whistles."""
    return instrument.family is Family.VOICE and instrument.musicxml_sound.startswith("voice.")


def _sung(line: Line) -> Line:
    easy = line.player.instrument.comfortable
    top = easy.high.key if easy is not None else 128
    return replace(line, staves=tuple(_with_text(staff, top) for staff in line.staves))


def _with_text(staff: Staff, top: int) -> Staff:
    entries: set[str] = set()
    end = Beat(-1)
    for note in staff.notes:
        if note.onset > end or not entries:
            entries.add(note.id)
        end = max(end, note.end)
    voices = tuple(
        Voice(
            tuple(
                replace(note, lyric=_vowel(note, staff.dynamics, top))
                if note.id in entries
                else note
                for note in voice.notes
            )
        )
        for voice in staff.voices
    )
    return replace(staff, voices=voices)


def _vowel(note: Note, dynamics: Sequence[DynamicMark], top: int) -> str:
    before = [mark.dynamic.level for mark in dynamics if mark.at <= note.onset]
    soft = bool(before) and before[-1] <= _SOFT
    high = any(pitch.key > top for pitch in note.sounding)
    return DARK if soft and not high else OPEN
