"""Reading `<attributes>`: divisions, keys, meters, clefs, transpositions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from xml.etree.ElementTree import Element

from scorestage.adapters.formats.musicxml.document_in import ElementError
from scorestage.adapters.formats.musicxml.facts_in import (
    Place,
    ReadBar,
    ReadPart,
    ReadSign,
    number_in,
    text_in,
    whole_in,
)
from scorestage.adapters.formats.musicxml.loss_report import Tally
from scorestage.adapters.formats.musicxml.names import words
from scorestage.adapters.formats.musicxml.trees import sign_of
from scorestage.errors import InputError
from scorestage.music import Interval, KeyChange, Sign
from scorestage.music.written import split_clef
from scorestage.timebase import Beat, Beats, Meter

_PASSED = words("part-symbol instruments footnote level directive")
_WHOLE = words("staff-details measure-style")
_MOST_STAVES = 16
_MOST_FIFTHS = 40
_MOST_DIVISIONS = 10**9
_MOST_BEATS = 1024
_FINEST_BEAT = 1024
_DIATONIC = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)
"""Steps usually meant by 0 to 11 semitones, where a file tells only these."""


@dataclass(slots=True)
class AttributesReader:
    """Reads the attributes of one part in turn; `divisions` to the quarter hold from the last."""

    part: ReadPart
    losses: Tally
    divisions: Fraction = Fraction(1)
    _bar: ReadBar | None = None
    _unmeasured: bool = False

    def begin(self, bar: ReadBar) -> None:
        """A new measure."""
        self._bar = bar
        bar.unmeasured = self._unmeasured

    def take(self, element: Element, at: Place) -> None:
        """One `<attributes>`; raises `ElementError` for what cannot be understood."""
        for child in element:
            tag = child.tag
            if tag == "divisions":
                self.divisions = number_in(child, "divisions of")
                if not 0 < self.divisions <= _MOST_DIVISIONS:
                    told = "divisions must be more than nothing and at most a thousand million"
                    raise ElementError(child, told)
            elif tag == "time":
                self._take_time(child, at)
            elif tag == "key":
                self._take_key(child, at)
            elif tag == "staves":
                self.part.staves = min(_MOST_STAVES, max(1, whole_in(child, "a staff count of")))
            elif tag == "clef":
                self._take_clef(child, at)
            elif tag == "transpose":
                self.part.transposes.append((at, _number(child), _interval(child)))
            elif tag == "for-part":
                moved = child.find("part-transpose")
                if moved is not None and self.part.part_transpose is None:
                    self.part.part_transpose = _interval(moved)
            elif tag in _WHOLE:
                self._take_whole(child, at)
            elif tag not in _PASSED:
                self.losses.add(f"attribute {str(tag)[:40]}", path=f"attributes/{tag}")

    def _take_whole(self, child: Element, at: Place) -> None:
        """Staff lines, tunings, slashes and measure repeats; long rests are made anew."""
        sign = sign_of(child, self.losses, "attributes")
        if sign is None:
            return
        if sign.inner and all(one.name == "multiple-rest" for one in sign.inner):
            return
        if sign.inner or sign.details:
            staff = max(1, _number(child))
            details = tuple(item for item in sign.details if item[0] != "number")
            kept = Sign(sign.name, sign.text, details, sign.inner)
            self.part.signs.append(ReadSign(at, staff, Sign("attributes", inner=(kept,))))

    def _take_key(self, element: Element, at: Place) -> None:
        staff = _number(element)
        fifths = element.find("fifths")
        mode = text_in(element.find("mode"))
        if fifths is not None:
            count = whole_in(fifths, "a key of")
            if abs(count) > _MOST_FIFTHS:
                raise ElementError(element, f"a key of {count} fifths does not exist")
            key = KeyChange(Beat(0), count, mode, (), staff)
        else:
            key = KeyChange(Beat(0), 0, mode, _alterations(element), staff)
            if not key.alterations:
                self.losses.add("key signature that says nothing", path="attributes/key")
                return
        if element.find("key-octave") is not None:
            self.losses.add("octave of a key signature", path="attributes/key/key-octave")
        self.part.keys.append((at, key))

    def _take_clef(self, element: Element, at: Place) -> None:
        sign = text_in(element.find("sign"))
        staff = max(1, _number(element))
        clef = "percussion"
        if sign in ("G", "F", "C"):
            line = text_in(element.find("line"), {"G": "2", "F": "4", "C": "3"}[sign])
            octaves = text_in(element.find("clef-octave-change"), "0")
            mark = {"-1": "_8", "-2": "_15", "1": "^8", "2": "^15"}.get(octaves, "")
            clef = f"{sign}{line}{mark}"
            if octaves not in ("-2", "-1", "0", "1", "2"):
                self.losses.add("clef octaves beyond two", path="attributes/clef")
        elif sign == "TAB":
            clef = "TAB"
        elif sign not in ("percussion", "none"):
            self.losses.add(f"clef {sign[:20]}", path="attributes/clef")
            return
        try:
            split_clef(clef)
        except InputError:
            self.losses.add(f"clef {clef[:20]}", path="attributes/clef")
            return
        self.part.clefs.setdefault(staff, []).append(clef)
        self.part.clef_changes.append((at, staff, clef))

    def _take_time(self, element: Element, at: Place) -> None:
        bar = self._bar
        if bar is None:
            return
        if element.find("senza-misura") is not None:
            self._unmeasured = bar.unmeasured = True
            bar.time = bar.time or sign_of(element, self.losses, "attributes")
            return
        if at[1]:
            self.losses.add("time signature within a bar", path="attributes/time")
            return
        meter, drawn = _meter(element), self._drawn(element)
        if meter is None:
            self.losses.add("time signature that no bar can have", path="attributes/time")
        elif bar.meter is None:
            bar.meter = meter
            bar.time = drawn
        elif bar.meter != meter:
            self.losses.add("time signature of a single staff", path="attributes/time")
        self._unmeasured = bar.unmeasured = False

    def _drawn(self, element: Element) -> Sign | None:
        """How a signature is drawn, where that is not the plain way of its meter."""
        sign = sign_of(element, self.losses, "attributes")
        if sign is None:
            return None
        details = tuple(item for item in sign.details if item[0] not in ("number", "separator"))
        if ("print-object", "no") in details:
            return Sign("time", "", (("print-object", "no"),))
        if details in ((("symbol", "common"),), (("symbol", "cut"),)):
            return Sign("time", "", details)
        meter = _meter(element)
        plain = [one.text for one in sign.inner] == str(meter).replace("(", "").replace(
            ")", ""
        ).split("/")
        if plain and not details and not self._unmeasured:
            return None
        return Sign("time", "", details, sign.inner)


def _number(element: Element) -> int:
    told = element.get("number", "0")
    return min(int(told), _MOST_STAVES) if told.isdigit() and len(told) < 4 else 0


def _alterations(element: Element) -> tuple[tuple[str, Fraction | int], ...]:
    """The signs of a key signature of its own kind."""
    found: list[tuple[str, Fraction | int]] = []
    steps = element.findall("key-step")
    for step, alter in zip(steps, element.findall("key-alter"), strict=False):
        name, number = text_in(step).upper(), number_in(alter, "an alteration of")
        if name not in tuple("CDEFGAB") or abs(number) > 4:
            raise ElementError(element, f"a key signature of {name!r} and {number} does not exist")
        found.append((name, int(number) if number.denominator == 1 else number))
    return tuple(found)


def _meter(element: Element) -> Meter | None:
    """The meter of a `<time>`; several fractions are added up, each a group of its own."""
    numerators = [text_in(child).replace(" ", "")[:200] for child in element.findall("beats")]
    units = [text_in(child)[:9] for child in element.findall("beat-type")]
    if not numerators or len(numerators) != len(units) or not all(map(str.isdigit, units)):
        raise ElementError(element, "a time signature needs beats and a beat type")
    finest = max(int(unit) for unit in units)
    groups: list[int] = []
    for beats, unit in zip(numerators, units, strict=True):
        parts = beats.split("+")
        if (
            not all(part.isdigit() for part in parts)
            or not int(unit)
            or finest % int(unit)
            or finest > _FINEST_BEAT
        ):
            raise ElementError(element, f"{beats}/{unit} is no time signature")
        groups.extend(int(part) * (finest // int(unit)) for part in parts)
    if not sum(groups) or sum(groups) > _MOST_BEATS:
        raise ElementError(element, f"{'+'.join(numerators)[:40]} beats are no time signature")
    try:
        return Meter(sum(groups), finest, tuple(groups) if len(groups) > 1 else ())
    except InputError:
        length = Fraction(4 * sum(groups), finest)
        return Meter.of_length(Beats(length))


def _interval(element: Element) -> Interval:
    """From written to sounding."""
    chromatic = element.find("chromatic")
    if chromatic is None:
        raise ElementError(element, "a transposition without its semitones")
    semitones = number_in(chromatic, "a transposition of")
    plain: Fraction | int = int(semitones) if semitones.denominator == 1 else semitones
    diatonic = element.find("diatonic")
    if diatonic is not None:
        steps = whole_in(diatonic, "a transposition of")
    else:
        octaves, rest = divmod(abs(round(semitones)), 12)
        steps = (7 * octaves + _DIATONIC[rest]) * (-1 if semitones < 0 else 1)
    change = element.find("octave-change")
    octave = whole_in(change, "an octave change of") if change is not None else 0
    return Interval(steps + 7 * octave, plain + 12 * octave)
