"""Reading what stands between the notes: directions, tempos, chord symbols."""

from __future__ import annotations

import re
from fractions import Fraction
from xml.etree.ElementTree import Element

from scorestage.adapters.format import Losses
from scorestage.adapters.formats.musicxml.facts_in import (
    Place,
    ReadPart,
    ReadSign,
    ReadWedge,
    number_in,
    text_in,
    whole_in,
)
from scorestage.adapters.formats.musicxml.names import (
    HIT_WORDS,
    TECHNIQUE_WORDS,
    TEMPO_WORDS,
    UNITS,
    words,
)
from scorestage.adapters.formats.musicxml.notes_in import dynamic_of
from scorestage.music import ChordSymbol, MarkKind
from scorestage.timebase import Beat, Beats, Tempo

QUALITIES = words(
    "major minor diminished augmented dominant major-seventh minor-seventh "
    "half-diminished diminished-seventh suspended-fourth suspended-second power "
    "major-minor major-sixth minor-sixth dominant-ninth major-ninth minor-ninth other"
)
_PLAYBACK = words("dynamics pizzicato tempo id time-only pan elevation")
_PER_MINUTE = re.compile(r"\d{1,4}(?:\.\d{1,9})?")
_SLOWEST, _FASTEST = 1, 2000


def take_direction(element: Element, at: Place, part: ReadPart, losses: Losses) -> None:
    """One `<direction>` into `part`; words for all, rehearsal letters and hits become marks."""
    staff = whole_in(found, "staff") if (found := element.find("staff")) is not None else 1
    sound = element.find("sound")
    change = sound.find("instrument-change") if sound is not None else None
    if change is not None:
        part.changes.append((at, change.get("id", "")))
    shown: Tempo | None = None
    told: list[str] = []
    for kind in element.findall("direction-type"):
        for child in kind:
            if child.tag == "metronome":
                shown = _metronome(child, losses) or shown
            elif child.tag == "words":
                told.append(" ".join((child.text or "").split()))
            else:
                _take_sign(child, at, staff, part, losses)
    derived = element.get("id", "").startswith(TEMPO_WORDS) or change is not None
    if told and not derived:
        _take_words(" ".join(filter(None, told)), at, staff, element.get("system"), part)
    tempo = take_sound(sound, losses, shown) if sound is not None else shown
    if tempo is not None:
        part.tempos.append((at, tempo))


def _take_sign(child: Element, at: Place, staff: int, part: ReadPart, losses: Losses) -> None:
    if child.tag == "dynamics":
        for sign in child:
            dynamic, accented = dynamic_of(sign, losses)
            if dynamic is not None:
                part.signs.append(ReadSign(at, staff, dynamic))
            if accented:
                part.accents.append((at, staff))
    elif child.tag == "wedge":
        if child.get("type") in ("crescendo", "diminuendo", "stop"):
            part.wedges.append(
                ReadWedge(at, staff, child.get("type", ""), child.get("number", "1"))
            )
    elif child.tag == "rehearsal":
        part.marks.append((at, MarkKind.REHEARSAL, text_in(child)))
    else:
        losses.add(f"direction {child.tag}")


def _take_words(told: str, at: Place, staff: int, system: str | None, part: ReadPart) -> None:
    if not told:
        return
    hit = HIT_WORDS.fullmatch(told)
    if system in ("only-top", "also-top"):
        if hit is not None:
            part.marks.append((at, MarkKind.HIT, hit[2] or ""))
        else:
            part.marks.append((at, MarkKind.TEXT, told))
        return
    technique = TECHNIQUE_WORDS.get(told.lower())
    part.signs.append(ReadSign(at, staff, technique if technique is not None else told))


def take_sound(sound: Element, losses: Losses, shown: Tempo | None = None) -> Tempo | None:
    """The tempo a `<sound>` sets, told in the note value that is `shown` where both agree."""
    for name in sound.attrib:
        if name not in _PLAYBACK:
            losses.add(f"sound {name}")
    told = _PER_MINUTE.search(sound.get("tempo", ""))
    if told is None:
        return shown
    per_minute = Fraction(told[0])
    if not _SLOWEST <= per_minute <= _FASTEST:
        losses.add("tempo out of reason")
        return shown
    if shown is None:
        return Tempo(per_minute)
    if abs(shown.quarters_per_minute - per_minute) * 100 <= per_minute * 2:
        return Tempo(per_minute / shown.unit.quarters, shown.unit)
    return Tempo(per_minute)


def _metronome(element: Element, losses: Losses) -> Tempo | None:
    children = list(element)
    units = [child for child in children if child.tag == "beat-unit"]
    per_minute = element.find("per-minute")
    told = _PER_MINUTE.search(text_in(per_minute)) if per_minute is not None else None
    if len(units) != 1 or told is None or text_in(units[0]) not in UNITS:
        losses.add("metronome mark between note values")
        return None
    dots = sum(child.tag == "beat-unit-dot" for child in children)
    unit = UNITS[text_in(units[0])] * (2 - Fraction(1, 2**dots))
    bpm = Fraction(told[0])
    if not _SLOWEST <= bpm * unit <= _FASTEST:
        losses.add("tempo out of reason")
        return None
    return Tempo(bpm, Beats(unit))


def take_harmony(element: Element, at: Place, part: ReadPart, losses: Losses) -> None:
    """One `<harmony>`; chords told by function or numeral are lost."""
    root, kind = element.find("root"), element.find("kind")
    if root is None or kind is None:
        losses.add("chord symbol without a root")
        return
    if text_in(kind) == "none":
        losses.add("chord symbol N.C.")
        return
    quality = text_in(kind, "other")
    if quality not in QUALITIES:
        losses.add(f"chord quality {quality} (kept as other)")
        quality = "other"
    bass = element.find("bass")
    below = _note_name(bass, "bass") if bass is not None else ""
    symbol = ChordSymbol(Beat(0), _note_name(root, "root"), quality, below)
    part.chords.append((at, symbol))
    for child in element:
        if child.tag in ("degree", "inversion", "frame"):
            losses.add(f"chord {child.tag}")


def _note_name(element: Element, prefix: str) -> str:
    alter = element.find(f"{prefix}-alter")
    steps = round(number_in(alter, "an alteration of")) if alter is not None else 0
    return text_in(element.find(f"{prefix}-step"), "C").upper()[:1] + (
        "#" * min(steps, 2) if steps > 0 else "b" * min(-steps, 2)
    )
