"""Reading `<note>`: what sounds, how long, and the marks that hang on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from xml.etree.ElementTree import Element

from scorestage.adapters.formats.musicxml.facts_in import (
    ReadHead,
    ReadNote,
    line_in,
    number_in,
    pitch_in,
    text_in,
)
from scorestage.adapters.formats.musicxml.loss_report import Tally
from scorestage.adapters.formats.musicxml.names import ARTICULATIONS, UNITS, words
from scorestage.adapters.formats.musicxml.trees import sign_of
from scorestage.music import Articulation, Dynamic, NoteSign, Pitch, Sign, Unpitched

_KNOWN = words(
    "grace cue chord rest duration voice type dot staff accidental time-modification stem "
    "beam tie instrument pitch unpitched notations lyric notehead notehead-text footnote level play"
)
_ARTICULATION_OF = {name: sign for sign, name in ARTICULATIONS.items()}
_ACCENTS = words("sf sfz sffz fz rf rfz")
_AFTER = {
    "fp": Dynamic.P,
    "sfp": Dynamic.P,
    "sfzp": Dynamic.P,
    "sfpp": Dynamic.PP,
    "pf": Dynamic.F,
    "ppppp": Dynamic.PPPP,
    "pppppp": Dynamic.PPPP,
    "fffff": Dynamic.FFFF,
    "ffffff": Dynamic.FFFF,
    "n": Dynamic.PPPP,
}
"""What holds after a dynamic that is no plain one."""
_OWN_SIGNS = words("sharp flat natural double-sharp sharp-sharp flat-flat")
_USUAL_ACCIDENTALS = _OWN_SIGNS | words(
    "quarter-flat quarter-sharp three-quarters-flat three-quarters-sharp triple-sharp triple-flat"
)
_MOST_STROKES = 8
_MOST_DOTS = 4

_Plain = Callable[[Element, ReadNote], bool]
Marks = list[tuple[Dynamic, str]]
"""Dynamics found on a note, with what is printed where that is more."""


def exact_length(parts: Mapping[str, Element], note: Element, divisions: Fraction) -> Fraction:
    """The length of a note or rest in quarters; `parts` are the note's elements by name.

    Programs round tuplets to their divisions; where the note value says nearly the same, it is
    believed instead.
    """
    duration = parts.get("duration")
    if duration is None:
        named = _named_length(parts, note)
        return named if named is not None else Fraction(0)
    number = number_in(duration, "a duration of")
    if divisions.denominator == 1 and number.denominator == 1 and "type" in parts:
        length = _ratio(number.numerator, divisions.numerator)
        if not length.denominator & (length.denominator - 1) and "time-modification" not in parts:
            return length
    else:
        length = number / divisions
    named = _named_length(parts, note)
    if named is not None and abs(named - length) * divisions < 1:
        return named
    return length


def lasts(
    parts: Mapping[str, Element], note: Element, length: Fraction, divisions: Fraction
) -> bool:
    """Whether a note's duration or its note value says this length; nothing said is no other."""
    told = exact_length(parts, note, divisions)
    if not told or abs(told - length) * divisions < 1:
        return True
    return _named_length(parts, note) == length


@lru_cache(maxsize=4096)
def _ratio(number: int, divisions: int) -> Fraction:
    return Fraction(number, divisions)


def _named_length(parts: Mapping[str, Element], note: Element) -> Fraction | None:
    kind = text_in(parts.get("type"))
    dots = len(note.findall("dot")) if "dot" in parts else 0
    if kind not in UNITS or dots > _MOST_DOTS:
        return None
    change = parts.get("time-modification")
    if change is None:
        return _valued(kind, dots, 1, 1)
    actual, normal = change.find("actual-notes"), change.find("normal-notes")
    if actual is None or normal is None:
        return None
    count = number_in(actual, "a tuplet of")
    return _valued(kind, dots, count, number_in(normal, "a tuplet of")) if count else None


@lru_cache(maxsize=1024)
def _valued(kind: str, dots: int, actual: Fraction | int, normal: Fraction | int) -> Fraction:
    return UNITS[kind] * (2 - Fraction(1, 2**dots)) * normal / Fraction(actual)


def heard(
    parts: Mapping[str, Element], note: Element, strokes: Mapping[str, str], part_name: str
) -> Pitch | Unpitched | None:
    """What a `<note>` sounds, as written; None for a rest.

    `strokes` gives the name of each stroke by its XML id.
    """
    pitch = parts.get("pitch")
    if pitch is not None:
        return pitch_in(pitch)
    if "unpitched" not in parts:
        return None
    instrument = parts.get("instrument")
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


def head_of(parts: Mapping[str, Element], note: Element, pitch: Pitch | Unpitched) -> ReadHead:
    """The head with its ties, whether told for the ear (`tie`) or for the eye (`tied`)."""
    if "tie" not in parts and "notations" not in parts:
        return ReadHead(pitch, False, False)
    kinds = {tie.get("type") for tie in note.findall("tie")}
    for tied in note.findall("notations/tied"):
        kinds.add(tied.get("type"))
    return ReadHead(pitch, "start" in kinds, "stop" in kinds)


def take_marks(parts: Mapping[str, Element], note: Element, found: ReadNote, tally: Tally) -> Marks:
    """Everything that hangs on a `<note>` goes into `found`; dynamics found on it come back."""
    dynamics: Marks = []
    head = max(0, len(found.heads) - 1)
    for name in parts:
        if name not in _KNOWN:
            tally.add(f"note {str(name)[:40]}", path=f"note/{name}")
    if "notations" in parts:
        for notations in note.findall("notations"):
            for mark in notations:
                _take_notation(mark, found, head, dynamics, tally)
    if "lyric" in parts:
        _take_lyrics(note, found, tally)
    _take_looks(parts, found, head, tally)
    return dynamics


def _take_looks(parts: Mapping[str, Element], found: ReadNote, head: int, tally: Tally) -> None:
    """Noteheads, stems that are missing or double, accidentals that say more than their sign."""
    if "notehead" in parts and "unpitched" not in parts:
        notehead = parts["notehead"]
        drawn = any(name in notehead.attrib for name in ("filled", "parentheses", "smufl"))
        if text_in(notehead, "normal") != "normal" or drawn:
            _hang(notehead, found, head, tally)
    if "notehead-text" in parts:
        _hang(parts["notehead-text"], found, head, tally)
    if "stem" in parts and text_in(parts["stem"]) in ("none", "double"):
        _hang(parts["stem"], found, head, tally)
    if "play" in parts:
        _hang(parts["play"], found, head, tally)
    if "accidental" in parts:
        accidental = parts["accidental"]
        shown = text_in(accidental)
        special = bool(shown) and shown not in _USUAL_ACCIDENTALS
        if special or (shown and any(name in accidental.attrib for name in _BRACKETS)):
            _hang(accidental, found, head, tally)


_BRACKETS = ("editorial", "parentheses", "bracket")


def _hang(element: Element, found: ReadNote, head: int, tally: Tally) -> None:
    sign = sign_of(element, tally, "note")
    if sign is not None:
        found.signs.append(NoteSign(sign, head))


def _take_notation(
    mark: Element, found: ReadNote, head: int, dynamics: Marks, tally: Tally
) -> None:
    tag = mark.tag
    if tag == "slur":
        if mark.get("type") in ("start", "stop"):
            found.slurs.append((mark.get("type", ""), mark.get("number", "1")))
    elif tag == "articulations":
        _take_group(mark, found, head, _plain_articulation, tally)
    elif tag == "ornaments":
        _take_group(mark, found, head, _plain_tremolo, tally)
    elif tag == "fermata":
        upright = mark.get("type", "upright") == "upright"
        if upright and text_in(mark, "normal") == "normal":
            found.articulations.add(Articulation.FERMATA)
        else:
            _hang(mark, found, head, tally)
    elif tag == "dynamics":
        dynamics.extend(_dynamics_on(mark, found, tally))
    elif tag == "tied":
        if mark.get("type") not in ("start", "stop", "continue"):
            _hang(mark, found, head, tally)
    elif tag != "tuplet" and tag not in ("footnote", "level"):
        _hang(mark, found, head, tally)


def _take_group(mark: Element, found: ReadNote, head: int, plain: _Plain, tally: Tally) -> None:
    """Signs of one group: those the model has a place for, and the others as they stand."""
    kept = []
    for sign in mark:
        if plain(sign, found):
            continue
        other = sign_of(sign, tally, f"note/notations/{mark.tag}")
        if other is not None:
            kept.append(other)
    if kept:
        found.signs.append(NoteSign(Sign(mark.tag, inner=tuple(kept)), head))


def _plain_articulation(sign: Element, found: ReadNote) -> bool:
    articulation = _ARTICULATION_OF.get(sign.tag)
    shaped = text_in(sign) not in ("", "comma") or sign.get("type", "up") != "up"
    if articulation is None or shaped:
        return False
    found.articulations.add(articulation)
    return True


def _plain_tremolo(sign: Element, found: ReadNote) -> bool:
    strokes = text_in(sign, "3")
    if sign.tag != "tremolo" or sign.get("type", "single") != "single" or not strokes.isdigit():
        return False
    found.tremolo = min(_MOST_STROKES, int(strokes[:3]))
    return found.tremolo > 0


def _dynamics_on(mark: Element, found: ReadNote, tally: Tally) -> Marks:
    """Dynamics of a note: those that last come back, the accents stay on it as printed."""
    lasting, shown, accents = dynamics_of(mark)
    if lasting is not None:
        if accents:
            found.articulations.add(Articulation.SFORZATO)
        return [(lasting, shown)]
    if accents == ["sfz"] and len(mark) == 1:
        found.articulations.add(Articulation.SFORZATO)
        return []
    if accents:
        found.articulations.add(Articulation.SFORZATO)
    sign = sign_of(mark, tally, "note/notations")
    if sign is not None:
        found.signs.append(NoteSign(sign, max(0, len(found.heads) - 1)))
    return []


def dynamics_of(mark: Element) -> tuple[Dynamic | None, str, list[str]]:
    """What holds after a `<dynamics>`, what is printed where that is more, and its accents."""
    told = [text_in(sign, "") if sign.tag == "other-dynamics" else sign.tag for sign in mark]
    told = [" ".join(one.split()) for one in told]
    plain = tuple(Dynamic)
    lasting: Dynamic | None = None
    for one in told:
        if one in plain:
            lasting = Dynamic(one)
        elif one in _AFTER:
            lasting = _AFTER[one]
    shown = " ".join(filter(None, told))
    accents = [one for one in told if one in _ACCENTS or one.startswith("sf")]
    return lasting, "" if lasting is not None and shown == lasting.value else shown, accents


def _take_lyrics(note: Element, found: ReadNote, tally: Tally) -> None:
    """The first verse as plain words; all of them as drawn where there is more to them.

    A syllable that goes on ends with a hyphen.
    """
    lyrics = note.findall("lyric")
    sung = next((lyric for lyric in lyrics if lyric.find("text") is not None), None)
    if sung is not None:
        found.lyric = "".join(
            line_in(part) + ("\u203f" if part.tag == "elision" else "")
            for part in sung
            if part.tag in ("text", "elision")
        )
        if text_in(sung.find("syllabic")) in ("begin", "middle"):
            found.lyric += "-"
    if len(lyrics) == 1 and sung is not None and _is_plain(sung):
        return
    drawn = (sign_of(lyric, tally, "note") for lyric in lyrics)
    found.verses = tuple(verse for verse in drawn if verse is not None and verse.inner)


def _is_plain(lyric: Element) -> bool:
    tags = [part.tag for part in lyric]
    usual: Iterable[list[str]] = (["text"], ["syllabic", "text"])
    one_verse = lyric.get("number", "1") == "1" and not lyric.get("name")
    return tags in usual and one_verse and bool(text_in(lyric.find("text")))
