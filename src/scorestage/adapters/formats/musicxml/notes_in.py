"""Reading `<note>`: what sounds, how long, and the marks that hang on it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from xml.etree.ElementTree import Element

from scorestage.adapters.format import Losses
from scorestage.adapters.formats.musicxml.facts_in import (
    ReadHead,
    ReadNote,
    number_in,
    pitch_in,
    text_in,
)
from scorestage.adapters.formats.musicxml.names import ARTICULATIONS, UNITS, words
from scorestage.music import Articulation, Dynamic, Pitch, Unpitched

_LAYOUT = words(
    "grace cue chord rest duration voice type dot staff accidental time-modification stem "
    "beam tie instrument pitch unpitched notations lyric notehead footnote level"
)
_ARTICULATION_OF = {name: sign for sign, name in ARTICULATIONS.items()} | {
    "detached-legato": Articulation.TENUTO
}
_SFORZATOS = words("sf sfz sffz fz rf rfz sfp sfpp fp pf sfzp")
_MOST_STROKES = 8


def exact_length(note: Element, divisions: Fraction) -> Fraction:
    """The length of a note or rest in quarters.

    Programs round tuplets to their divisions; where the note value says nearly the same, it is
    believed instead.
    """
    duration = note.find("duration")
    named = _named_length(note)
    if duration is None:
        return named if named is not None else Fraction(0)
    length = number_in(duration, "a duration of") / divisions
    if named is not None and abs(named - length) * divisions < 1:
        return named
    return length


def _named_length(note: Element) -> Fraction | None:
    kind = text_in(note.find("type"))
    if kind not in UNITS:
        return None
    dots = len(note.findall("dot"))
    length = UNITS[kind] * (2 - Fraction(1, 2**dots))
    change = note.find("time-modification")
    if change is None:
        return length
    actual, normal = change.find("actual-notes"), change.find("normal-notes")
    if actual is None or normal is None:
        return None
    count = number_in(actual, "a tuplet of")
    return length * number_in(normal, "a tuplet of") / count if count else None


def heard(note: Element, strokes: Mapping[str, str], part_name: str) -> Pitch | Unpitched | None:
    """What a `<note>` sounds, as written; None for a rest.

    `strokes` gives the name of each stroke by its XML id.
    """
    pitch = note.find("pitch")
    if pitch is not None:
        return pitch_in(pitch)
    unpitched = note.find("unpitched")
    if unpitched is None:
        return None
    instrument = note.find("instrument")
    identifier = instrument.get("id", "") if instrument is not None else ""
    if identifier in strokes:
        return Unpitched(strokes[identifier])
    return Unpitched(f"{slug(part_name)}-{shown_at(note)[0].lower()}")


def shown_at(note: Element) -> tuple[str, str]:
    """Where an unpitched note stands, as a pitch in the treble clef, and its notehead."""
    unpitched = note.find("unpitched")
    place = "C5"
    if unpitched is not None and unpitched.find("display-step") is not None:
        place = str(pitch_in(unpitched, "display-"))
    return place, text_in(note.find("notehead"), "normal")


def slug(name: str) -> str:
    """A name as an id: `Snare Drum` becomes `snare-drum`."""
    words = "".join(sign if sign.isalnum() else " " for sign in name.lower()).split()
    return "-".join(words) or "unnamed"


def head_of(note: Element, pitch: Pitch | Unpitched) -> ReadHead:
    """The head with its ties, whether told for the ear (`tie`) or for the eye (`tied`)."""
    kinds = {tie.get("type") for tie in note.findall("tie")}
    for notations in note.findall("notations"):
        kinds.update(tied.get("type") for tied in notations.findall("tied"))
    return ReadHead(pitch, "start" in kinds, "stop" in kinds)


def take_marks(note: Element, found: ReadNote, losses: Losses) -> list[Dynamic]:
    """Everything that hangs on a `<note>` goes into `found`; dynamics found on it come back."""
    dynamics: list[Dynamic] = []
    for notations in note.findall("notations"):
        for mark in notations:
            dynamics.extend(_take_notation(mark, found, losses))
    _take_lyrics(note, found, losses)
    notehead = text_in(note.find("notehead"), "normal")
    if notehead != "normal" and note.find("unpitched") is None:
        losses.add(f"notehead {notehead}")
    for child in note:
        if child.tag not in _LAYOUT and child.tag not in ("play", "listen", "notehead-text"):
            losses.add(f"note {child.tag}")
    return dynamics


def _take_notation(mark: Element, found: ReadNote, losses: Losses) -> list[Dynamic]:
    if mark.tag == "slur":
        if mark.get("type") in ("start", "stop"):
            found.slurs.append((mark.get("type", ""), mark.get("number", "1")))
    elif mark.tag == "fermata":
        found.articulations.add(Articulation.FERMATA)
    elif mark.tag == "articulations":
        for sign in mark:
            if sign.tag in _ARTICULATION_OF:
                found.articulations.add(_ARTICULATION_OF[sign.tag])
            else:
                losses.add(f"articulation {sign.tag}")
    elif mark.tag == "ornaments":
        for sign in mark:
            _take_ornament(sign, found, losses)
    elif mark.tag == "dynamics":
        return _take_dynamics(mark, found, losses)
    elif mark.tag == "technical":
        for sign in mark:
            losses.add(f"technical {sign.tag}")
    elif mark.tag not in ("tied", "tuplet"):
        losses.add(f"notation {mark.tag}")
    return []


def _take_ornament(sign: Element, found: ReadNote, losses: Losses) -> None:
    strokes = text_in(sign, "3")
    if sign.tag == "tremolo" and sign.get("type", "single") == "single" and strokes.isdigit():
        found.tremolo = min(_MOST_STROKES, int(strokes[:3]))
    elif sign.tag == "tremolo":
        losses.add("tremolo between two notes")
    else:
        losses.add(f"ornament {sign.tag}")


def _take_dynamics(mark: Element, found: ReadNote, losses: Losses) -> list[Dynamic]:
    kept = []
    for sign in mark:
        dynamic, accented = dynamic_of(sign, losses)
        if dynamic is not None:
            kept.append(dynamic)
        if accented:
            found.articulations.add(Articulation.SFORZATO)
    return kept


def dynamic_of(sign: Element, losses: Losses) -> tuple[Dynamic | None, bool]:
    """The dynamic that holds from a sign on, and whether the sign is (also) an accent."""
    if sign.tag in tuple(Dynamic):
        return Dynamic(sign.tag), False
    if sign.tag not in _SFORZATOS:
        losses.add(f"dynamic {text_in(sign, sign.tag)[:20]}")
        return None, False
    if sign.tag not in ("sf", "sfz", "fz"):
        losses.add(f"dynamic {sign.tag} (kept as sfz)")
    after = sign.tag.strip("sfzr")
    return (Dynamic(after) if after in ("p", "pp") else None), True


def _take_lyrics(note: Element, found: ReadNote, losses: Losses) -> None:
    """The first verse; a syllable that goes on ends with a hyphen."""
    lyrics = [lyric for lyric in note.findall("lyric") if lyric.find("text") is not None]
    if not lyrics:
        return
    found.lyric = "".join(text_in(part) for part in lyrics[0].findall("text"))
    if text_in(lyrics[0].find("syllabic")) in ("begin", "middle"):
        found.lyric += "-"
    if len(lyrics) > 1:
        losses.add("lyrics after the first verse", len(lyrics) - 1)
