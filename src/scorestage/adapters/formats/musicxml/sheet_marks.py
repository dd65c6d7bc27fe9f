"""What stands on a page for all: letters, tempos, repeats, barlines; and one player's clefs."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from xml.etree.ElementTree import Element

from scorestage.engraving.setcheck import SheetSign

_START = Fraction(0)
_JUMPS = ("segno", "coda")
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


def clefs(attributes: Element, bar: int, at: Fraction) -> Iterator[SheetSign]:
    """The clefs set here, such as `G2` or `G2-1`, with the staff where there are several."""
    for clef in attributes.iterfind("clef"):
        staff = clef.get("number", "1")
        octave = (clef.findtext("clef-octave-change") or "").strip()
        told = f"{(clef.findtext('sign') or '').strip()}{(clef.findtext('line') or '').strip()}"
        yield SheetSign(bar, at, "clef", f"{told}{octave} staff {staff}")
