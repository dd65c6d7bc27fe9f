"""Where a part file contradicts itself: what its page shows is not what its notes say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from xml.etree.ElementTree import Element

from scorestage.engraving.setcheck import WRITTEN, SheetSign

_VALUES = (
    *("maxima", "long", "breve", "whole", "half", "quarter", "eighth"),
    *("16th", "32nd", "64th", "128th", "256th", "512th", "1024th"),
)
_QUARTERS = {name: Fraction(32) / 2**place for place, name in enumerate(_VALUES)}
_ALTERS = {
    "sharp": 1,
    "natural": 0,
    "flat": -1,
    "double-sharp": 2,
    "sharp-sharp": 2,
    "flat-flat": -2,
    "natural-sharp": 1,
    "natural-flat": -1,
}
_SIGNS = {-2: "𝄫", -1: "♭", 0: "♮", 1: "♯", 2: "𝄪"}
_SHARPS = "FCGDAEB"


def value_signs(element: Element, length: Fraction, bar: int, at: Fraction) -> Iterator[SheetSign]:
    """A head drawn with another value than the note lasts, one that is not drawn, or a lost tie."""
    told = _spelled(element)
    if element.get("print-object") == "no":
        yield SheetSign(bar, at, WRITTEN, f"{told} is not printed")
    for kind in ("start", "stop"):
        tied = {one.get("type") for one in element.iterfind("notations/tied")}
        if any(tie.get("type") == kind for tie in element.iterfind("tie")) and kind not in tied:
            yield SheetSign(bar, at, WRITTEN, f"{told} is held on without a tie on the page")
            break
    shown = _QUARTERS.get((element.findtext("type") or "").strip())
    if shown is None:
        return
    dots = len(element.findall("dot"))
    shown = shown * (2 - Fraction(1, 2**dots)) if dots < 9 else shown
    actual = element.findtext("time-modification/actual-notes")
    normal = element.findtext("time-modification/normal-notes")
    if actual and normal and int(actual):
        shown = shown * int(normal) / int(actual)
    if shown != length:
        message = f"{told} is printed {shown} quarters long, but lasts {length}"
        yield SheetSign(bar, at, WRITTEN, message)


def _spelled(element: Element) -> str:
    step, octave = element.findtext("pitch/step"), element.findtext("pitch/octave")
    if not step or not octave:
        return "a stroke"
    alter = Fraction(element.findtext("pitch/alter") or 0)
    sign = _SIGNS.get(int(alter), "") if alter and alter.denominator == 1 else ""
    return f"{step}{sign}{octave}"


@dataclass(slots=True)
class Accidentals:
    """Accidentals as drawn, held against the pitches they should give, bar by bar.

    A note needs one where its letter and octave were something else before in the bar, or are
    something else in the key. Voices are taken together, in the order in which they are read.
    """

    fifths: int = 0
    drawn: bool = False
    _bar: list[tuple[Fraction, int, int, Element]] = field(default_factory=list)
    _wrong: list[SheetSign] = field(default_factory=list)

    def add(self, element: Element, at: Fraction, order: int) -> None:
        """A head of this bar; `order` is below 0 for grace notes before the note at `at`."""
        if element.find("pitch") is not None:
            marked = element.find("accidental") is not None
            self.drawn = self.drawn or marked
            self._bar.append((at, order, not marked, element))

    def end_bar(self, bar: int) -> None:
        """Judge the bar's heads and forget them."""
        now: dict[tuple[str, str, str], Fraction] = {}
        for at, _, _, element in sorted(self._bar, key=lambda one: one[:3]):
            step, octave = element.findtext("pitch/step") or "", element.findtext("pitch/octave")
            where = (element.findtext("staff") or "1", step, octave or "")
            alter = Fraction(element.findtext("pitch/alter") or 0)
            sign = (element.findtext("accidental") or "").strip()
            if sign:
                if _ALTERS.get(sign, alter) != alter:
                    message = f"{_spelled(element)} is printed with a {sign}"
                    self._wrong.append(SheetSign(bar, at, WRITTEN, message))
                now[where] = alter
            elif not any(tie.get("type") == "stop" for tie in element.iterfind("tie")):
                if now.get(where, self._in_key(step)) != alter:
                    message = f"{_spelled(element)} is printed without its accidental"
                    self._wrong.append(SheetSign(bar, at, WRITTEN, message))
                now[where] = alter
        self._bar.clear()

    def _in_key(self, step: str) -> Fraction:
        place = _SHARPS.index(step) if step in _SHARPS else 0
        if self.fifths > 0:
            return Fraction((self.fifths + 6 - place) // 7)
        return Fraction(-((-self.fifths + place) // 7))

    def wrong(self) -> list[SheetSign]:
        """All that is wrong; nothing of a file that tells no accidentals at all."""
        return self._wrong if self.drawn else []
