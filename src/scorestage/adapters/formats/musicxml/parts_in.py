"""Reading one `<part>`: measure by measure, keeping count of where the music is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from xml.etree.ElementTree import Element

from scorestage.adapters.format import Losses
from scorestage.adapters.formats.musicxml.document_in import ElementError
from scorestage.adapters.formats.musicxml.facts_in import (
    Place,
    ReadBar,
    ReadHead,
    ReadNote,
    ReadPart,
    ReadSign,
    number_in,
    text_in,
    whole_in,
)
from scorestage.adapters.formats.musicxml.names import words
from scorestage.adapters.formats.musicxml.notes_in import (
    exact_length,
    head_of,
    heard,
    shown_at,
    take_marks,
)
from scorestage.adapters.formats.musicxml.signs_in import take_direction, take_harmony, take_sound
from scorestage.errors import InputError
from scorestage.music import Interval, Pitch, Unpitched
from scorestage.music.written import split_clef
from scorestage.timebase import Meter

_LAYOUT = words("print grouping bookmark link")
_ATTRIBUTES_LAYOUT = words(
    "divisions key time staves clef transpose for-part staff-details part-symbol "
    "instruments footnote level measure-style"
)
_MOST_STAVES = 16
_DIATONIC = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)
"""Steps usually meant by 0 to 11 semitones, where a file tells only these."""


@dataclass(slots=True)
class PartReader:
    """Reads the measures of one part in turn; `strokes` names unpitched sounds by XML id."""

    name: str
    strokes: Mapping[str, str]
    losses: Losses
    part: ReadPart = field(default_factory=ReadPart)
    _divisions: Fraction = Fraction(1)
    _measure: int = 0
    _cursor: Fraction = Fraction(0)
    _reached: set[Fraction] = field(default_factory=set)
    _graces: dict[str, list[Element]] = field(default_factory=dict)

    def read(self, element: Element) -> ReadPart:
        """Everything in a `<part>`; raises `ElementError` for what cannot be understood."""
        for measure in element.findall("measure"):
            try:
                self._read_measure(measure)
            except ElementError as fault:
                fault.part = fault.part or self.name
                fault.bar = fault.bar or measure.get("number", "")
                raise
        for waiting in self._graces.values():
            self.losses.add("grace note without a note after it", len(waiting))
        return self.part

    @property
    def _at(self) -> Place:
        return self._measure, self._cursor

    def _read_measure(self, measure: Element) -> None:
        bar = ReadBar(measure.get("number", ""), measure.get("implicit") == "yes")
        self.part.bars.append(bar)
        self._measure = len(self.part.bars) - 1
        self._cursor = Fraction(0)
        self._reached = {Fraction(0)}
        for child in measure:
            self._read_child(child, bar)
            bar.length = max(bar.length, self._cursor)

    def _read_child(self, child: Element, bar: ReadBar) -> None:
        if child.tag == "note":
            self._read_note(child)
        elif child.tag in ("backup", "forward"):
            self._move(child)
        elif child.tag == "attributes":
            self._read_attributes(child, bar)
        elif child.tag == "direction":
            take_direction(child, self._with_offset(child), self.part, self.losses)
        elif child.tag == "harmony":
            take_harmony(child, self._with_offset(child), self.part, self.losses)
        elif child.tag == "sound":
            tempo = take_sound(child, self.losses)
            if tempo is not None:
                self.part.tempos.append((self._with_offset(child), tempo))
        elif child.tag == "barline":
            self._read_barline(child)
        elif child.tag not in _LAYOUT:
            self.losses.add(child.tag)

    def _with_offset(self, element: Element) -> Place:
        offset = element.find("offset")
        if offset is None:
            return self._at
        away = number_in(offset, "an offset of") / self._divisions
        exact = away.limit_denominator(1 << 12) if away.denominator > 1 << 12 else away
        return self._measure, max(Fraction(0), self._cursor + exact)

    def _move(self, child: Element) -> None:
        duration = child.find("duration")
        if duration is None:
            raise ElementError(child, f"<{child.tag}> without a duration")
        away = number_in(duration, "a duration of") / self._divisions
        self._cursor += -away if child.tag == "backup" else away
        near = min(self._reached, key=lambda reached: abs(reached - self._cursor))
        if abs(near - self._cursor) * self._divisions < 1:
            self._cursor = near
        if self._cursor < 0:
            self.losses.add("backup beyond the barline (stopped there)")
            self._cursor = Fraction(0)

    def _read_note(self, child: Element) -> None:
        if child.find("cue") is not None:
            self._skip_cue(child)
            return
        voice = text_in(child.find("voice"), "1")
        pitch = heard(child, self.strokes, self.name)
        if child.find("grace") is not None:
            self._graces.setdefault(voice, []).append(child)
            return
        if child.find("chord") is not None and self.part.notes and pitch is not None:
            before = self.part.notes[-1]
            before.heads.append(head_of(child, pitch))
            self._marks(child, before)
            return
        length = exact_length(child, self._divisions)
        if isinstance(pitch, Unpitched) and pitch.sound not in self.part.shown:
            self.part.shown[pitch.sound] = shown_at(child)
        if pitch is not None and length > 0:
            self._begin_note(child, head_of(child, pitch), voice, length)
        elif pitch is not None:
            self.losses.add("note without a length")
        elif child.find("notations/fermata") is not None:
            self.losses.add("fermata on a rest")
        self._cursor += max(length, Fraction(0))
        self._reached.add(self._cursor)

    def _skip_cue(self, child: Element) -> None:
        self.losses.add("cue note")
        if child.find("chord") is None and child.find("grace") is None:
            self._cursor += exact_length(child, self._divisions)
            self._reached.add(self._cursor)

    def _begin_note(self, child: Element, head: ReadHead, voice: str, length: Fraction) -> None:
        staff = whole_in(found, "staff") if (found := child.find("staff")) is not None else 1
        note = ReadNote(self._at, length, voice, staff, [head], child.get("id", ""))
        instrument = child.find("instrument")
        if instrument is not None and isinstance(head.pitch, Pitch):
            self._take_up(instrument.get("id", ""))
        self.part.notes.append(note)
        for grace in self._graces.pop(voice, ()):
            self._take_grace(grace, note)
        self._marks(child, note)

    def _take_up(self, identifier: str) -> None:
        """Another instrument than before plays: a change, even where no words say so."""
        if not self.part.changes or self.part.changes[-1][1] != identifier:
            self.part.changes.append((self._at, identifier))

    def _take_grace(self, grace: Element, note: ReadNote) -> None:
        pitch = heard(grace, self.strokes, self.name)
        if grace.find("chord") is not None:
            self.losses.add("grace chord (kept as single notes)")
        if isinstance(pitch, Pitch):
            note.graces.append(pitch)
        else:
            self.losses.add("unpitched grace note")
        own = ReadNote(self._at, note.length, note.voice, note.staff, [])
        take_marks(grace, own, self.losses)
        note.grace_slurs.extend(number for kind, number in own.slurs if kind == "start")
        if own.articulations:
            self.losses.add("articulation on a grace note", len(own.articulations))

    def _marks(self, child: Element, note: ReadNote) -> None:
        for dynamic in take_marks(child, note, self.losses):
            self.part.signs.append(ReadSign(note.at, note.staff, dynamic))

    def _read_attributes(self, element: Element, bar: ReadBar) -> None:
        for child in element:
            if child.tag == "divisions":
                self._divisions = number_in(child, "divisions of")
                if self._divisions <= 0:
                    raise ElementError(child, "divisions must be more than nothing")
            elif child.tag == "time":
                self._read_time(child, bar)
            elif child.tag == "key":
                self._read_key(child)
            elif child.tag == "staves":
                self.part.staves = min(_MOST_STAVES, max(1, whole_in(child, "a staff count of")))
            elif child.tag == "clef":
                self._read_clef(child)
            elif child.tag == "transpose":
                staff = int(child.get("number", "0")) if child.get("number", "0").isdigit() else 0
                self.part.transposes.append((self._at, staff, _interval(child)))
            elif child.tag == "for-part":
                moved = child.find("part-transpose")
                if moved is not None and self.part.part_transpose is None:
                    self.part.part_transpose = _interval(moved)
            elif child.tag == "measure-style":
                for style in child:
                    if style.tag != "multiple-rest":
                        self.losses.add(f"measure style {style.tag}")
            elif child.tag not in _ATTRIBUTES_LAYOUT:
                self.losses.add(f"attribute {child.tag}")

    def _read_key(self, element: Element) -> None:
        fifths = element.find("fifths")
        if fifths is None:
            self.losses.add("key signature of single alterations")
            return
        key = whole_in(fifths, "a key of"), text_in(element.find("mode"))
        if not self.part.keys or self.part.keys[-1] != key:
            self.part.keys.append(key)

    def _read_clef(self, element: Element) -> None:
        number = element.get("number", "1")
        sign = text_in(element.find("sign"))
        clef = "percussion"
        if sign in ("G", "F", "C"):
            line = text_in(element.find("line"), {"G": "2", "F": "4", "C": "3"}[sign])
            octaves = text_in(element.find("clef-octave-change"), "0")
            mark = {"-1": "_8", "-2": "_15", "1": "^8", "2": "^15"}.get(octaves, "")
            clef = f"{sign}{line}{mark}"
        elif sign not in ("percussion", "none"):
            self.losses.add(f"clef {sign}")
            return
        try:
            split_clef(clef)
        except InputError:
            self.losses.add(f"clef {clef}")
            return
        self.part.clefs.setdefault(int(number) if number.isdigit() else 1, []).append(clef)

    def _read_time(self, element: Element, bar: ReadBar) -> None:
        if element.find("senza-misura") is not None:
            bar.unmeasured = True
            return
        if self._cursor:
            self.losses.add("time signature within a bar")
            return
        if element.find("interchangeable") is not None:
            self.losses.add("interchangeable time signature")
        meter = _meter(element)
        if meter is None:
            self.losses.add("time signature that no bar can have")
        elif bar.meter is None:
            bar.meter = meter
        elif bar.meter != meter:
            self.losses.add("time signature of a single staff")

    def _read_barline(self, element: Element) -> None:
        for child in element:
            if child.tag not in ("bar-style", "footnote", "level"):
                self.losses.add(f"barline {child.tag}")


def _meter(element: Element) -> Meter | None:
    """The meter of a `<time>`; several fractions are added up, each a group of its own."""
    numerators = [text_in(child).replace(" ", "") for child in element.findall("beats")]
    units = [text_in(child) for child in element.findall("beat-type")]
    if not numerators or len(numerators) != len(units) or not all(map(str.isdigit, units)):
        raise ElementError(element, "a time signature needs beats and a beat type")
    finest = max(int(unit) for unit in units)
    groups: list[int] = []
    for beats, unit in zip(numerators, units, strict=True):
        parts = beats.split("+")
        if not all(part.isdigit() for part in parts) or not int(unit) or finest % int(unit):
            raise ElementError(element, f"{beats}/{unit} is no time signature")
        groups.extend(int(part) * (finest // int(unit)) for part in parts)
    try:
        return Meter(sum(groups), finest, tuple(groups) if len(groups) > 1 else ())
    except InputError:
        return None


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
