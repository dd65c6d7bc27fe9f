"""What stands on a page for all: letters, tempos, repeats, barlines; and one player's clefs."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from xml.etree.ElementTree import Element

from scorestage.engraving.setcheck import CHORD, SheetSign

_START = Fraction(0)
_JUMPS = ("segno", "coda")
_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_NAMES = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
_BARLINES = {"light-light": "double", "light-heavy": "final"}


def of_direction(element: Element, bar: int) -> Iterator[SheetSign]:
    """Rehearsal marks, metronome marks, segno and coda over a bar."""
    for sign in element.iterfind("direction-type/*"):
        if sign.tag == "rehearsal" and (sign.text or "").strip():
            yield SheetSign(bar, _START, "rehearsal mark", (sign.text or "").strip())
        elif sign.tag == "metronome":
            yield SheetSign(bar, _START, "tempo", _metronome(sign))
        elif sign.tag in _JUMPS:
            yield SheetSign(bar, _START, "repeat", sign.tag)


def _metronome(sign: Element) -> str:
    """A metronome mark in words: `quarter. = 60`."""
    told = ""
    for one in sign:
        text = (one.text or "").strip()
        if one.tag == "beat-unit-dot":
            told += "."
        elif one.tag in ("beat-unit", "per-minute") and text:
            told += f" = {text}" if told else text
    return told


def of_barline(element: Element, bar: int) -> Iterator[SheetSign]:
    """Repeats, the brackets of endings, double and final barlines; these at the end of a bar.

    One at the left of a bar stands at the end of the bar before.
    """
    for repeat in element.iterfind("repeat"):
        yield SheetSign(bar, _START, "repeat", repeat.get("direction", ""))
    for ending in element.iterfind("ending"):
        told = f"ending {ending.get('number', '')} {ending.get('type', '')}".strip()
        yield SheetSign(bar, _START, "repeat", told)
    style = _BARLINES.get((element.findtext("bar-style") or "").strip())
    location = element.get("location", "right")
    after = bar - (location == "left")
    if style and location != "middle" and element.find("repeat") is None and after >= 0:
        yield SheetSign(after, _START, "barline", style)


def of_harmony(
    element: Element, bar: int, at: Fraction, semitones: Fraction
) -> Iterator[SheetSign]:
    """A chord symbol as it sounds, enharmonics alike: root, kind and bass."""
    root = _key_number(element, "root", semitones)
    kind = (element.findtext("kind") or "").strip()
    if root and kind not in ("", "none"):
        bass = _key_number(element, "bass", semitones)
        yield SheetSign(bar, at, CHORD, f"{root} {kind}" + (f" over {bass}" if bass else ""))


def _key_number(element: Element, name: str, semitones: Fraction) -> str:
    step = (element.findtext(f"{name}/{name}-step") or "").strip()
    if step not in _STEPS:
        return ""
    alter = Fraction(element.findtext(f"{name}/{name}-alter") or 0)
    return _NAMES[round(_STEPS[step] + alter + semitones) % 12]


def clefs(attributes: Element, bar: int, at: Fraction) -> Iterator[SheetSign]:
    """The clefs set here, such as `G2` or `G2-1`, with the staff where there are several."""
    for clef in attributes.iterfind("clef"):
        staff = clef.get("number", "1")
        octave = (clef.findtext("clef-octave-change") or "").strip()
        told = f"{(clef.findtext('sign') or '').strip()}{(clef.findtext('line') or '').strip()}"
        yield SheetSign(bar, at, "clef", f"{told}{octave} staff {staff}")
