"""Reading what stands between the notes: directions, tempos, chord symbols."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from xml.etree.ElementTree import Element

from scorestage.adapters.formats.musicxml.facts_in import (
    Place,
    ReadPart,
    ReadSign,
    ReadWedge,
    number_in,
    text_in,
    whole_in,
)
from scorestage.adapters.formats.musicxml.loss_report import Tally
from scorestage.adapters.formats.musicxml.names import (
    HIT_WORDS,
    TECHNIQUE_WORDS,
    TEMPO_WORDS,
    UNITS,
    words,
)
from scorestage.adapters.formats.musicxml.notes_in import dynamics_of
from scorestage.adapters.formats.musicxml.trees import sign_of
from scorestage.music import ChordSymbol, MarkKind, Sign
from scorestage.timebase import Beat, Beats, Tempo

QUALITIES = words(
    "major minor augmented diminished dominant major-seventh minor-seventh diminished-seventh "
    "augmented-seventh half-diminished major-minor major-sixth minor-sixth dominant-ninth "
    "major-ninth minor-ninth dominant-11th major-11th minor-11th dominant-13th major-13th "
    "minor-13th suspended-second suspended-fourth Neapolitan Italian French German pedal power "
    "Tristan other"
)
_PLAYBACK = words("dynamics pizzicato tempo id time-only pan elevation divisions")
_SYSTEM_WORDS = ("only-top", "also-top")
_PER_MINUTE = re.compile(r"\d{1,4}(?:\.\d{1,9})?")
_SLOWEST, _FASTEST = 1, 2000
_MOST_DOTS = 4


def take_direction(element: Element, at: Place, part: ReadPart, losses: Tally) -> None:
    """One `<direction>` into `part`; words for all, rehearsal letters and hits become marks.

    What has no place of its own in the model is kept as it stands.
    """
    found = element.find("staff")
    staff = max(1, whole_in(found, "staff")) if found is not None else 1
    sound = element.find("sound")
    change = sound.find("instrument-change") if sound is not None else None
    if change is not None:
        part.changes.append((at, change.get("id", "")))
    shown: Tempo | None = None
    told: list[str] = []
    others: list[Sign] = []
    for kind in element.findall("direction-type"):
        left = []
        for child in kind:
            if child.tag == "metronome" and (tempo := _metronome(child)) is not None:
                shown = tempo
            elif child.tag == "words":
                told.append(" ".join((child.text or "").split()))
            elif not _take_sign(child, at, staff, part):
                sign = sign_of(child, losses, "direction/direction-type")
                left.extend([sign] if sign is not None else [])
        if left:
            others.append(Sign("direction-type", inner=tuple(left)))
    tempo = take_sound(sound, at, part, losses, shown) if sound is not None else shown
    derived = element.get("id", "").startswith(TEMPO_WORDS) or change is not None
    if told and not derived:
        over_all = element.get("system") in _SYSTEM_WORDS or tempo is not None
        _take_words(" ".join(filter(None, told)), at, staff, over_all, part)
    if others:
        details = [(key, element.get(key, "")) for key in ("directive", "placement", "system")]
        kept = tuple(item for item in details if item[1])
        part.signs.append(ReadSign(at, staff, Sign("direction", "", kept, tuple(others))))
    if tempo is not None:
        part.tempos.append((at, tempo))


def _take_sign(child: Element, at: Place, staff: int, part: ReadPart) -> bool:
    """A sign that the model has a place for; False where it has none."""
    if child.tag == "dynamics":
        lasting, shown, accents = dynamics_of(child)
        if lasting is not None:
            part.signs.append(ReadSign(at, staff, lasting, shown))
            if accents:
                part.accents.append((at, staff))
            return True
        if accents == ["sfz"] and len(child) == 1:
            part.accents.append((at, staff))
            return True
        return False
    if child.tag == "wedge" and child.get("type") in ("crescendo", "diminuendo", "stop"):
        number = child.get("number", "1")
        niente = child.get("niente") == "yes"
        part.wedges.append(ReadWedge(at, staff, child.get("type", ""), number, niente))
        return True
    if child.tag == "rehearsal":
        part.marks.append((at, MarkKind.REHEARSAL, text_in(child)))
        return True
    return False


def _take_words(told: str, at: Place, staff: int, over_all: bool, part: ReadPart) -> None:
    if not told:
        return
    hit = HIT_WORDS.fullmatch(told)
    if over_all:
        if hit is not None:
            part.marks.append((at, MarkKind.HIT, hit[2] or ""))
        else:
            part.marks.append((at, MarkKind.TEXT, told))
        return
    technique = TECHNIQUE_WORDS.get(told.lower())
    plain = technique is not None and told == technique.value
    if technique is None or plain:
        part.signs.append(ReadSign(at, staff, technique if technique is not None else told))
    else:
        part.signs.append(ReadSign(at, staff, technique, told))


def take_sound(
    sound: Element,
    at: Place,
    part: ReadPart,
    losses: Tally,
    shown: Tempo | None = None,
) -> Tempo | None:
    """The tempo a `<sound>` sets, told in the note value that is `shown` where both agree.

    Jumps (da capo, segno, coda, fine), pedals and swing are kept as they stand, for the whole part:
    they stand at its first staff.
    """
    kept = sign_of(sound, losses, "sound")
    if kept is not None:
        details = tuple(item for item in kept.details if item[0] not in _PLAYBACK)
        inner = tuple(one for one in kept.inner if one.name in ("swing", "play"))
        if details or inner:
            part.signs.append(ReadSign(at, 1, Sign("sound", "", details, inner)))
        for one in kept.inner:
            if one.name not in ("swing", "play", "instrument-change"):
                losses.add(f"sound {one.name}", path=f"sound/{one.name}")
    told = _PER_MINUTE.search(sound.get("tempo", ""))
    if told is None:
        return shown
    per_minute = Fraction(told[0])
    if not _SLOWEST <= per_minute <= _FASTEST:
        losses.add("tempo out of reason", path="sound/@tempo")
        return shown
    if shown is None:
        return Tempo(per_minute)
    if abs(shown.quarters_per_minute - per_minute) * 100 <= per_minute * 2:
        return Tempo(per_minute / shown.unit.quarters, shown.unit)
    return Tempo(per_minute)


def _metronome(element: Element) -> Tempo | None:
    """A plain metronome mark; None for one between note values, which is kept as it stands."""
    children = list(element)
    units = [child for child in children if child.tag == "beat-unit"]
    per_minute = element.find("per-minute")
    told = _PER_MINUTE.fullmatch(text_in(per_minute)) if per_minute is not None else None
    if len(units) != 1 or told is None or text_in(units[0]) not in UNITS:
        return None
    dots = sum(child.tag == "beat-unit-dot" for child in children)
    if dots > _MOST_DOTS:
        return None
    unit = UNITS[text_in(units[0])] * (2 - Fraction(1, 2**dots))
    bpm = Fraction(told[0])
    if not _SLOWEST <= bpm * unit <= _FASTEST:
        return None
    return Tempo(bpm, Beats(unit))


def take_harmony(element: Element, at: Place, part: ReadPart, losses: Tally) -> None:
    """One `<harmony>`: a chord symbol; numerals, functions and N.C. are kept as they stand."""
    found = element.find("staff")
    staff = max(1, whole_in(found, "staff")) if found is not None else 1
    sign = sign_of(element, losses, "measure")
    if sign is not None:
        sign = replace(sign, inner=tuple(_as_the_schema_has_it(sign.inner)))
    kinds = element.findall("kind")
    told = [one for one in kinds if text_in(one)] or kinds
    root, kind = element.find("root"), told[0] if told else None
    several = len(told) > 1
    plain_root = root is not None and _is_plain_name(root, "root")
    if sign is None or (root is None and kind is None and not sign.inner):
        return
    if root is None or kind is None or several or not plain_root or text_in(kind) == "none":
        part.signs.append(ReadSign(at, staff, sign))
        return
    quality = text_in(kind, "other")
    if quality not in QUALITIES:
        losses.add(f"chord quality {quality[:40]} (kept as other)", path="harmony/kind")
        quality = "other"
    bass = element.find("bass")
    below = _note_name(bass, "bass") if bass is not None and _is_plain_name(bass, "bass") else ""
    extra = [one for one in sign.inner if one.name in ("degree", "inversion", "frame")]
    symbol = ChordSymbol(
        Beat(0), _note_name(root, "root"), quality, below, kind.get("text", ""), tuple(extra)
    )
    if symbol.text == str(ChordSymbol(Beat(0), "", quality)):
        symbol = replace(symbol, text="")
    part.chords.append((at, symbol))
    if bass is not None and not below:
        losses.add("bass of a chord between the keys", path="harmony/bass")


_DEGREE = (("degree-value", "1"), ("degree-alter", "0"), ("degree-type", "add"))


def _as_the_schema_has_it(parts: Iterable[Sign]) -> Iterator[Sign]:
    """What a harmony is made of, whole: no empty kind beside another, no degree unaltered."""
    inner = list(parts)
    kinds = sum(one.name == "kind" and bool(one.text) for one in inner)
    for one in inner:
        if one.name == "kind" and not one.text:
            if not kinds:
                yield replace(one, text="other")
        elif one.name == "degree":
            found = (one.find(name) or Sign(name, usual) for name, usual in _DEGREE)
            yield replace(one, inner=tuple(found))
        else:
            yield one


def _is_plain_name(element: Element, prefix: str) -> bool:
    """Whether step and alteration are a note of the keyboard, spelled with two signs at most."""
    alter = element.find(f"{prefix}-alter")
    number = number_in(alter, "an alteration of") if alter is not None else Fraction(0)
    step = text_in(element.find(f"{prefix}-step")).upper()
    return len(step) == 1 and step in "CDEFGAB" and number in (-2, -1, 0, 1, 2)


def _note_name(element: Element, prefix: str) -> str:
    alter = element.find(f"{prefix}-alter")
    steps = round(number_in(alter, "an alteration of")) if alter is not None else 0
    return text_in(element.find(f"{prefix}-step"), "C").upper()[:1] + (
        "#" * min(steps, 2) if steps > 0 else "b" * min(-steps, 2)
    )
