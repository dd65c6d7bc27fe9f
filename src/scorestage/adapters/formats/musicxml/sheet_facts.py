"""A part file as a proofreader sees it: its bars, what sounds, its signs, its names.

This reads the XML by itself, apart from the reader that makes scores, so that neither's fault
hides the other's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from xml.etree.ElementTree import Element

from scorestage.adapters.formats.musicxml import sheet_marks
from scorestage.adapters.formats.musicxml.document_in import partwise, xml_of
from scorestage.adapters.formats.musicxml.names import FIELD_ABOUT, PART_PREFIX
from scorestage.adapters.formats.musicxml.sheet_written import Accidentals, value_signs
from scorestage.engraving.setcheck import SetNames, Sheet, SheetBar, SheetFile, SheetSign, Sound
from scorestage.errors import FormatError, Where

FIELDS = ("production", "cue", "version", "title")
"""What a file says of itself in fields named `scorestage:…`."""

_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_POINT_NOTATIONS = ("articulations", "technical", "ornaments")
_SPANS = ("slur", "glissando", "slide")
_PEDALS = ("start", "stop", "change")
_LEFT_OUT = ("breath-mark", "caesura", "fingering", "string")


def read_sheets(content: bytes, name: str, modified_ns: int = 0) -> SheetFile:
    """All that the parts of a MusicXML file hold, sounding; `name` is the file's.

    Raises `FormatError` for what is no score.
    """
    root = partwise(xml_of(content, name), name)
    listed = {one.get("id", ""): one for one in root.findall("part-list/score-part")}
    sheets = []
    for part in root.findall("part"):
        identifier = part.get("id", "")
        score_part = listed.get(identifier)
        told = _text(score_part, "part-name") if score_part is not None else ""
        try:
            sheets.append(_Reader(told or identifier, identifier).read(part))
        except (ValueError, ArithmeticError) as fault:
            where = Where(file=name, player=told or identifier)
            raise FormatError(f"a number in it cannot be read: {fault}", where) from None
    if not sheets:
        raise FormatError("there is no music in it", Where(file=name))
    return SheetFile(name, _names(root), tuple(sheets), modified_ns)


def _names(root: Element) -> SetNames:
    fields = {
        one.get("name", "").removeprefix(FIELD_ABOUT): " ".join((one.text or "").split())
        for one in root.findall("identification/miscellaneous/miscellaneous-field")
        if one.get("name", "").startswith(FIELD_ABOUT)
    }
    work = _text(root, "work/work-title")
    title = fields.get("title") or work or _text(root, "movement-title")
    return SetNames(
        title, fields.get("production", ""), fields.get("cue", ""), fields.get("version", "")
    )


def _text(element: Element | None, path: str) -> str:
    return "" if element is None else " ".join((element.findtext(path) or "").split())


@dataclass(slots=True)
class _Reader:
    """Reads one part bar by bar; remembers meter, divisions, transposition and open ties."""

    name: str
    identifier: str
    divisions: Fraction = Fraction(1)
    semitones: Fraction = Fraction(0)
    meter: str = ""
    meter_quarters: Fraction = Fraction(4)
    bars: list[SheetBar] = field(default_factory=list)
    sounds: list[Sound] = field(default_factory=list)
    signs: list[SheetSign] = field(default_factory=list)
    marks: list[SheetSign] = field(default_factory=list)
    shifts: set[Fraction] = field(default_factory=set)
    ties: dict[tuple[object, str], int] = field(default_factory=dict)
    accidentals: Accidentals = field(default_factory=Accidentals)
    at: Fraction = Fraction(0)
    onset: Fraction = Fraction(0)
    reach: Fraction = Fraction(0)

    def read(self, part: Element) -> Sheet:
        """The whole part."""
        for measure in part.findall("measure"):
            self._measure(measure)
        self.signs += self.accidentals.wrong()
        return Sheet(
            self.name,
            tuple(self.bars),
            tuple(
                sorted(self.sounds, key=lambda one: (one.bar, one.offset_quarters, str(one.key)))
            ),
            tuple(sorted(self.signs)),
            self.identifier.removeprefix(PART_PREFIX),
            tuple(sorted(self.marks)),
            frozenset(self.shifts) or frozenset((self.semitones,)),
        )

    def _measure(self, measure: Element) -> None:
        self.at = self.onset = self.reach = Fraction(0)
        for element in measure:
            if element.tag == "attributes":
                self._attributes(element)
            elif element.tag == "note":
                self._note(element)
            elif element.tag in ("backup", "forward"):
                step = self._duration(element)
                self.at = max(Fraction(0), self.at + (step if element.tag == "forward" else -step))
                self.reach = max(self.reach, self.at)
            elif element.tag == "direction":
                self._direction(element)
            elif element.tag == "barline":
                self.marks += sheet_marks.of_barline(element, len(self.bars))
            elif element.tag == "harmony":
                at = self.at + Fraction(element.findtext("offset") or 0) / self.divisions
                self.marks += sheet_marks.of_harmony(element, len(self.bars), at, self.semitones)
        self.accidentals.end_bar(len(self.bars))
        implicit = measure.get("implicit") == "yes"
        length = self.reach if implicit or self.reach > self.meter_quarters else self.meter_quarters
        self.bars.append(SheetBar(measure.get("number", ""), self.meter, length, implicit))

    def _attributes(self, element: Element) -> None:
        told = element.findtext("divisions")
        if told:
            self.divisions = Fraction(told) or Fraction(1)
        self.signs += sheet_marks.clefs(element, len(self.bars), self.at)
        self.accidentals.fifths = int(element.findtext("key/fifths") or self.accidentals.fifths)
        beats, unit = element.findtext("time/beats"), element.findtext("time/beat-type")
        if beats and unit:
            count = sum(int(one) for one in beats.split("+"))
            self.meter, self.meter_quarters = f"{count}/{unit}", Fraction(4 * count, int(unit))
        transpose = element.find("transpose")
        if transpose is not None:
            chromatic = Fraction(transpose.findtext("chromatic") or 0)
            octaves = Fraction(transpose.findtext("octave-change") or 0)
            self.semitones = chromatic + 12 * octaves

    def _duration(self, element: Element) -> Fraction:
        return Fraction(element.findtext("duration") or 0) / self.divisions

    def _note(self, element: Element) -> None:
        grace, chord = element.find("grace") is not None, element.find("chord") is not None
        length = Fraction(0) if grace else self._duration(element)
        if not chord and not grace:
            self.onset = self.at
            self.at += length
            self.reach = max(self.reach, self.at)
        if element.find("rest") is not None or element.find("cue") is not None:
            return
        start = self.at if grace else self.onset
        self.accidentals.add(element, start, -1 if grace else 0)
        key = self._key(element)
        if key is not None:
            self._sound(element, start, length, key)
        if not grace:
            self.signs += self._note_signs(element, start)
            self.signs += value_signs(element, length, len(self.bars), start)

    def _sound(
        self, element: Element, start: Fraction, length: Fraction, key: Fraction | str
    ) -> None:
        ties = {tie.get("type") for tie in element.findall("tie")}
        slot = (key, element.findtext("voice") or "1")
        open_at = self._held(slot, start) if "stop" in ties else None
        if open_at is not None:
            held = self.sounds[open_at]
            longer = held.length_quarters + length
            self.sounds[open_at] = Sound(held.bar, held.offset_quarters, longer, key)
            place = open_at
        else:
            place = len(self.sounds)
            self.shifts.add(self.semitones)
            self.sounds.append(Sound(len(self.bars), start, length, key))
        if "start" in ties:
            self.ties[slot] = place

    def _held(self, slot: tuple[object, str], start: Fraction) -> int | None:
        """The sound a tie holds on: of the same voice, else of any that ends just here."""
        if slot in self.ties:
            return self.ties.pop(slot)
        for other, place in self.ties.items():
            held = self.sounds[place]
            bars = self.bars[held.bar :]
            begins = held.offset_quarters - sum(bar.quarters for bar in bars)
            if other[0] == slot[0] and begins + held.length_quarters == start:
                return self.ties.pop(other)
        return None

    def _key(self, element: Element) -> Fraction | str | None:
        step, octave = element.findtext("pitch/step"), element.findtext("pitch/octave")
        if step in _STEPS and octave:
            alter = Fraction(element.findtext("pitch/alter") or 0)
            return Fraction(12 * (int(octave) + 1) + _STEPS[step]) + alter + self.semitones
        drum = element.find("unpitched")
        if drum is None:
            return None
        return f"drum {_text(drum, 'display-step')}{_text(drum, 'display-octave')}".rstrip()

    def _note_signs(self, element: Element, at: Fraction) -> Iterator[SheetSign]:
        bar = len(self.bars)
        for notations in element.findall("notations"):
            for group in notations:
                if group.tag in _POINT_NOTATIONS:
                    for sign in group:
                        if sign.tag == "tremolo":
                            yield SheetSign(bar, at, "tremolo", (sign.text or "").strip())
                        elif sign.tag not in _LEFT_OUT:
                            yield SheetSign(bar, at, "articulation", sign.tag)
                elif group.tag in _SPANS and group.get("type") in ("start", "stop"):
                    yield SheetSign(bar, at, group.tag, str(group.get("type")))
                elif group.tag == "fermata":
                    yield SheetSign(bar, at, "articulation", "fermata")
                elif group.tag == "dynamics":
                    yield from self._dynamics(group, at)
        head = _text(element, "notehead")
        if head and head != "normal":
            yield SheetSign(bar, at, "notehead", head)
        for lyric in element.findall("lyric"):
            if _text(lyric, "text"):
                yield SheetSign(bar, at, "lyric", _text(lyric, "text"))
        staff = _text(element, "staff")
        if staff not in ("", "1"):
            yield SheetSign(bar, at, "staff", f"{staff}: {self._key(element)}")

    def _dynamics(self, element: Element, at: Fraction) -> Iterator[SheetSign]:
        for sign in element:
            told = (sign.text or "").strip() if sign.tag == "other-dynamics" else sign.tag
            yield SheetSign(len(self.bars), at, "dynamic", told)

    def _direction(self, element: Element) -> None:
        self.marks += sheet_marks.of_direction(element, len(self.bars))
        if element.get("system") == "only-top":
            return
        at = self.at + Fraction(element.findtext("offset") or 0) / self.divisions
        for kind in element.findall("direction-type"):
            for sign in kind:
                if sign.tag == "dynamics":
                    self.signs += self._dynamics(sign, at)
                elif sign.tag == "wedge" and sign.get("type") != "continue":
                    told = str(sign.get("type"))
                    self.signs.append(SheetSign(len(self.bars), at, "wedge", told))
                elif sign.tag == "octave-shift" and sign.get("type") != "continue":
                    told = str(sign.get("type"))
                    self.signs.append(SheetSign(len(self.bars), at, "octave line", told))
                elif sign.tag == "pedal" and sign.get("type") in _PEDALS:
                    told = str(sign.get("type"))
                    self.signs.append(SheetSign(len(self.bars), at, "pedal", told))
                elif sign.tag == "harp-pedals":
                    told = " ".join("".join(one.itertext()).strip() for one in sign)
                    self.signs.append(SheetSign(len(self.bars), at, "harp pedals", told))
                elif sign.tag == "words" and (sign.text or "").strip():
                    told = " ".join((sign.text or "").split())
                    self.signs.append(SheetSign(len(self.bars), at, "words", told))
