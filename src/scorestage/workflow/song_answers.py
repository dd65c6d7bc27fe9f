"""What is told of a song: form, words that do not fit, range and keys, what a singer can sing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scorestage.music import Family
from scorestage.orchestration import Fault, check
from scorestage.songs.setting import Misfit
from scorestage.songs.sheet import Sheet
from scorestage.songs.singers import KeyOffer, compass_of, keys_for
from scorestage.songs.text import Words
from scorestage.workflow.tell import tell_exact


def sheet_answer(sheet: Sheet) -> dict[str, Any]:
    """A song's sheet as plain values: facts, parts, what does not fit, range."""
    compass = compass_of(sheet.voice.notes)
    grid = sheet.score.grid
    return {
        "title": sheet.title,
        "composer": sheet.composer,
        "lyricist": sheet.lyricist,
        "key": str(sheet.key),
        "tempo_bpm": float(sheet.tempo_map.events[0].tempo.bpm)
        if hasattr(sheet.tempo_map.events[0], "tempo")
        else None,
        "meter": str(grid.bars[0].meter),
        "bars": len(grid.bars),
        "singer": sheet.voice.player.instrument.id,
        "low": str(compass.low),
        "high": str(compass.high),
        "form": sheet.form,
        "parts": [
            {
                "name": one.name,
                "kind": one.kind,
                "bar": str(grid.bars[one.first_bar].label),
                "bar_index": one.first_bar,
                "quarters": str(one.start.quarters),
                "end_quarters": str(one.end.quarters),
            }
            for one in sheet.stretches
        ],
        "misfits": [misfit_answer(one, sheet) for one in sheet.misfits],
        "remarks": list(sheet.remarks),
    }


def misfit_answer(one: Misfit, sheet: Sheet) -> dict[str, Any]:
    """One place where words and tune part."""
    position = sheet.score.grid.position(one.at)
    return {
        "kind": one.kind,
        "bar": str(position.label),
        "bar_index": position.bar_index,
        "beat": str(position.beat),
        "quarters": str(one.at.quarters),
        "line": one.line,
        "word": one.word,
        "what": one.text,
        "grave": one.grave,
    }


def singing_faults(sheet: Sheet) -> tuple[Fault, ...]:
    """What the singer (and whoever plays) would complain of: range, tessitura, breath, words."""
    return check(sheet.score, sheet.tempo_map, session=False)


def keys_answer(sheet: Sheet) -> list[dict[str, Any]]:
    """The keys for the sheet's singer, the best first."""
    singer = sheet.voice.player.instrument
    if singer.family is not Family.VOICE:
        return []
    return [offer_answer(one) for one in keys_for(sheet.voice.notes, sheet.key, singer)]


def offer_answer(one: KeyOffer) -> dict[str, Any]:
    """A key offered."""
    return {
        "key": str(one.key),
        "semitones": one.semitones,
        "low": str(one.compass.low),
        "high": str(one.compass.high),
        **tell_exact("strained_share", one.strained),
        **tell_exact("outside_share", one.outside),
    }


def words_answer(words: Words) -> dict[str, Any]:
    """Words as they are divided, line by line."""
    return {
        "title": words.title,
        "language": words.language,
        "form": [turn.name for turn in words.form],
        "stanzas": [
            {
                "name": stanza.name,
                "lines": [
                    {
                        "line": line.number,
                        "text": str(line),
                        "syllables": len(line.syllables),
                        "notes": line.notes,
                        "stresses": "".join(str(one.stress) for one in line.syllables),
                    }
                    for line in stanza.lines
                ],
            }
            for stanza in words.stanzas
        ],
    }


def without_words(sheet: Sheet) -> Sheet:
    """The same for somebody who plays or whistles it: no words."""
    line = sheet.voice
    staves = tuple(
        replace(
            staff,
            voices=tuple(
                replace(
                    voice,
                    notes=tuple(replace(note, lyric="", verses=()) for note in voice.notes),
                )
                for voice in staff.voices
            ),
        )
        for staff in line.staves
    )
    score = replace(sheet.score, lines=(replace(line, staves=staves), *sheet.score.lines[1:]))
    return replace(sheet, score=score)
