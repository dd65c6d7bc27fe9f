"""Reading unpitched sounds: what the file names, and what only stands at a place on the staff."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from scorestage.adapters.formats.musicxml.facts_in import ReadPart, line_in, text_in
from scorestage.adapters.formats.musicxml.names import PART_PREFIX, name_of_id
from scorestage.adapters.formats.musicxml.notes_in import slug
from scorestage.music import DrumSound, Unpitched

_UNKNOWN_KEY = 38
_KIT = re.compile(r"\b(drum ?(set|kit)s?|drums|trap set|schlagzeug|batterie|bater[ií]a)\b", re.I)
_KIT_STROKES = {
    ("D4", True): ("Hi-hat, foot", 44),
    ("E4", False): ("Second kick drum", 35),
    ("F4", False): ("Kick drum", 36),
    ("G4", False): ("Low floor tom", 41),
    ("A4", False): ("Floor tom", 43),
    ("B4", False): ("Low tom", 45),
    ("C5", False): ("Snare", 38),
    ("C5", True): ("Cross-stick", 37),
    ("D5", False): ("Middle tom", 47),
    ("E5", False): ("High tom", 50),
    ("F5", True): ("Ride cymbal", 51),
    ("G5", True): ("Hi-hat", 42),
    ("A5", True): ("Crash cymbal", 49),
    ("B5", True): ("Second crash", 57),
}
"""Strokes of a kit and their General MIDI keys, by place and whether the head is a cross (Weinberg,
Guide to Standardized Drumset Notation, 1998)."""


def is_kit(name: str) -> bool:
    """Whether a part of this name is a drum kit.

    >>> is_kit("Drum Set (Rock)"), is_kit("Snare Drum")
    (True, False)
    """
    return (
        _KIT.search(name.replace("drumset", "drum set").replace("Drumset", "Drum set")) is not None
    )


def strokes_of(score_part: Element) -> dict[str, str]:
    """The unpitched sounds of a part by XML id."""
    drums = {
        midi.get("id", "") for midi in score_part.findall("midi-instrument")
        if midi.find("midi-unpitched") is not None
    }  # fmt: skip
    found = {}
    for element in score_part.findall("score-instrument"):
        identifier = element.get("id", "")
        _, ours, stroke = identifier.rpartition("...")
        if ours and score_part.get("id", "").startswith(PART_PREFIX):
            found[identifier] = name_of_id(stroke)
        elif identifier in drums:
            found[identifier] = slug(line_in(element.find("instrument-name"), identifier))
    return found


def drums_of(
    score_part: Element, part: ReadPart, strokes: Mapping[str, str]
) -> tuple[DrumSound, ...]:
    """The strokes of a part: those it names, then those its notes use without a name.

    What a kit does not name is known by its place on the staff; elsewhere it has the part's name.
    """
    keys = {}
    for midi in score_part.findall("midi-instrument"):
        told = text_in(midi.find("midi-unpitched"))
        if told.isdigit() and 1 <= int(told[:4]) <= 128:
            keys[midi.get("id", "")] = int(told) - 1
    names = {
        element.get("id", ""): line_in(element.find("instrument-name"))
        for element in score_part.findall("score-instrument")
    }
    found = {}
    for identifier, sound in strokes.items():
        place, notehead = part.shown.get(sound, ("C5", "normal"))
        key = keys.get(identifier, _UNKNOWN_KEY)
        found[sound] = DrumSound(sound, names.get(identifier) or sound, key, place, notehead)
    whole = line_in(score_part.find("part-name"))
    for sound in _unnamed(part, found):
        place, notehead = part.shown.get(sound, ("C5", "normal"))
        like = found.get(part.placed.get(sound, ""))
        name, key = (like.name, like.drum_key) if like else (whole or sound, _UNKNOWN_KEY)
        if is_kit(whole) and (like is None or is_kit(like.name)):
            name, key = _KIT_STROKES.get((place, notehead != "normal"), (name, key))
        found[sound] = DrumSound(sound, name, key, place, notehead)
    return tuple(found.values())


def _unnamed(part: ReadPart, named: Mapping[str, DrumSound]) -> list[str]:
    """The sounds of notes that the part list does not name, as they come."""
    heads = (head.pitch for note in part.notes for head in note.heads)
    struck = (pitch.sound for pitch in heads if isinstance(pitch, Unpitched))
    return [sound for sound in dict.fromkeys(struck) if sound not in named]
