"""Reading one `<part>`: measure by measure, keeping count of where the music is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from xml.etree.ElementTree import Element

from scorestage.adapters.formats.musicxml.attributes_in import AttributesReader
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
from scorestage.adapters.formats.musicxml.graces_in import GraceReader
from scorestage.adapters.formats.musicxml.loss_report import Tally
from scorestage.adapters.formats.musicxml.names import rest_place, words
from scorestage.adapters.formats.musicxml.notes_in import (
    exact_length,
    head_of,
    heard,
    lasts,
    shown_at,
    take_marks,
)
from scorestage.adapters.formats.musicxml.signs_in import take_direction, take_harmony, take_sound
from scorestage.adapters.formats.musicxml.trees import sign_of, with_lengths
from scorestage.music import Pitch, Sign, Unpitched

_LAYOUT = words("grouping bookmark link listening")
_MOST_STAVES = 16
_MOST_GRACES = 64
_USUAL_CLEF = "G2"
_BARLINE_ORDER = ("bar-style", "wavy-line", "segno", "coda", "fermata", "ending", "repeat")
_DIATONIC = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)
"""Steps usually meant by 0 to 11 semitones, where a file tells only these."""


@dataclass(slots=True)
class PartReader:
    """Reads the measures of one part in turn; `strokes` names unpitched sounds by XML id."""

    name: str
    strokes: Mapping[str, str]
    losses: Tally
    part: ReadPart = field(default_factory=ReadPart)
    _divisions: Fraction = Fraction(1)
    _measure: int = 0
    _cursor: Fraction = Fraction(0)
    _reached: set[Fraction] = field(default_factory=set)
    _graces: dict[str, list[Element]] = field(default_factory=dict)
    _last: dict[str, ReadNote] = field(default_factory=dict)
    """The note of each voice that came last in this bar."""

    def read(self, element: Element) -> ReadPart:
        """Everything in a `<part>`; raises `ElementError` for what cannot be understood."""
        self.losses.part = self.name
        self._divisions = _first_divisions(element)
        attributes = AttributesReader(self.part, self.losses, self._divisions)
        for measure in element.findall("measure"):
            self.losses.measure = measure.get("number", "")
            try:
                self._read_measure(measure, attributes)
            except ElementError as fault:
                fault.part = fault.part or self.name
                fault.bar = fault.bar or measure.get("number", "")
                raise
        self._drop_clefs_behind()
        self._complete_staves()
        return self.part

    def _complete_staves(self) -> None:
        """Staves that the notes use, and the treble clef where the first one told comes later."""
        used = max((note.staff for note in self.part.notes), default=1)
        self.part.staves = max(self.part.staves, min(used, _MOST_STAVES))
        begin: Place = (0, Fraction(0))
        for staff, clefs in self.part.clefs.items():
            if clefs and begin not in (at for at, own, _ in self.part.clef_changes if own == staff):
                clefs.insert(0, _USUAL_CLEF)
                self.part.clef_changes.insert(0, (begin, staff, _USUAL_CLEF))

    def _drop_clefs_behind(self) -> None:
        """A clef after the last note of all is for music that is not there."""
        bars = self.part.bars
        end = (len(bars) - 1, bars[-1].length) if bars else (0, Fraction(0))
        behind = [one for one in self.part.clef_changes if one[0] == end and end[1]]
        for one in behind:
            self.part.clef_changes.remove(one)
            self.part.clefs[one[1]].pop()
        self.losses.add("clef behind the last bar", len(behind), path="attributes/clef")

    @property
    def _at(self) -> Place:
        return self._measure, self._cursor

    def _read_measure(self, measure: Element, attributes: AttributesReader) -> None:
        bar = ReadBar(measure.get("number", ""), measure.get("implicit") == "yes")
        self.part.bars.append(bar)
        self._measure = len(self.part.bars) - 1
        self._cursor = Fraction(0)
        self._reached = {Fraction(0)}
        self._last = {}
        attributes.begin(bar)
        for child in measure:
            if child.tag == "attributes":
                attributes.take(child, self._at)
                self._divisions = attributes.divisions
            else:
                self._read_child(child, bar)
            if self._cursor > bar.length:
                bar.length = self._cursor
        if self._graces:
            self._end_graces()

    def _read_child(self, child: Element, bar: ReadBar) -> None:
        tag = child.tag
        if tag == "note":
            self._read_note(child)
        elif tag in ("backup", "forward"):
            self._move(child)
        elif tag == "direction":
            take_direction(child, self._with_offset(child), self.part, self.losses)
        elif tag == "harmony":
            take_harmony(child, self._with_offset(child), self.part, self.losses)
        elif tag == "sound":
            at = self._with_offset(child)
            tempo = take_sound(child, at, self.part, self.losses)
            if tempo is not None:
                self.part.tempos.append((at, tempo))
        elif tag == "barline":
            self._read_barline(child, bar)
        elif tag == "figured-bass":
            sign = sign_of(child, self.losses)
            if sign is not None and sign.find("figure") is not None:
                kept = with_lengths(sign, self._divisions)
                self.part.signs.append(ReadSign(self._at, 1, kept))
            else:
                self.losses.add("figured bass without figures", path="measure/figured-bass")
        elif tag == "print":
            self._read_print(child, bar)
        elif tag not in _LAYOUT:
            self.losses.add(str(tag)[:40], path=f"measure/{tag}")

    def _with_offset(self, element: Element) -> Place:
        offset = element.find("offset")
        if offset is None:
            return self._measure, self._cursor
        away = number_in(offset, "an offset of") / self._divisions
        exact = away.limit_denominator(1 << 12) if away.denominator > 1 << 12 else away
        return self._measure, max(Fraction(0), self._cursor + exact)

    def _move(self, child: Element) -> None:
        duration = child.find("duration")
        if duration is None:
            raise ElementError(child, f"<{child.tag}> without a duration")
        away = number_in(duration, "a duration of") / self._divisions
        self._cursor += -away if child.tag == "backup" else away
        if self._cursor not in self._reached:
            near = min(self._reached, key=lambda reached: abs(reached - self._cursor))
            if abs(near - self._cursor) * self._divisions < 1:
                self._cursor = near
        if self._cursor < 0:
            self.losses.add("backup beyond the barline (stopped there)", path="measure/backup")
            self._cursor = Fraction(0)

    def _read_note(self, child: Element) -> None:
        parts = {one.tag: one for one in child}
        voice = text_in(parts.get("voice"), "1")
        pitch = heard(parts, child, self.strokes, self.name)
        if isinstance(pitch, Unpitched):
            pitch = self.part.stroke_at(pitch, shown_at(child))
        if "grace" in parts:
            waiting = self._graces.setdefault(voice, [])
            if len(waiting) < _MOST_GRACES:
                waiting.append(child)
            else:
                self.losses.add("grace note after sixty-four others", path="note/grace")
            return
        if "chord" in parts and pitch is not None and self._last:
            own = self._last.get(voice) if "voice" in parts else None
            self._join_chord(parts, child, own or next(reversed(self._last.values())), pitch)
            return
        length = exact_length(parts, child, self._divisions)
        if pitch is not None and length > 0:
            self._begin_note(parts, child, head_of(parts, child, pitch), voice, length)
        elif pitch is not None:
            self.losses.add("note without a length", path="note")
        else:
            self._read_rest(parts, child)
        if length > 0:
            self._cursor += length
            self._reached.add(self._cursor)

    def _read_rest(self, parts: Mapping[str, Element], child: Element) -> None:
        """Fermatas and words sung on a rest; where it stands on the staff is made anew.

        Grace notes before it belong to the note that ends there.
        """
        voice = text_in(parts.get("voice"), "1")
        before = self._last.get(voice)
        if voice in self._graces and before is not None and self._ends_here(before):
            self._take_graces(self._graces.pop(voice), before, after=True)
        if "lyric" in parts:
            self.losses.add("lyric on a rest", path="note/lyric")
        rest = parts.get("rest")
        if rest is not None and len(rest):
            self.losses.add("height of a rest", path="note/rest/display-step")
        staff = _staff(parts)
        for notations in child.findall("notations"):
            for mark in notations:
                if mark.tag == "fermata":
                    sign = sign_of(mark, self.losses, "note/notations")
                    if sign is not None:
                        self.part.signs.append(ReadSign(rest_place(mark, self._at), staff, sign))
                elif mark.tag not in ("tuplet", "tied", "footnote", "level"):
                    self.losses.add(f"{mark.tag} on a rest", path=f"note/notations/{mark.tag}")

    def _ends_here(self, note: ReadNote) -> bool:
        return note.at[0] == self._at[0] and note.at[1] + note.length == self._at[1]

    def _join_chord(
        self,
        parts: Mapping[str, Element],
        child: Element,
        chord: ReadNote,
        pitch: Pitch | Unpitched,
    ) -> None:
        chord.heads.append(head_of(parts, child, pitch))
        small = "cue" in parts and not chord.cue
        self.losses.add("small head within a chord (told full size)", small, path="note/cue")
        other = not lasts(parts, child, chord.length, self._divisions)
        self.losses.add("another length within a chord (told as long as it)", other, path="note")
        self._marks(parts, child, chord)

    def _begin_note(
        self,
        parts: Mapping[str, Element],
        child: Element,
        head: ReadHead,
        voice: str,
        length: Fraction,
    ) -> None:
        note = ReadNote(self._at, length, voice, _staff(parts), [head], child.get("id", ""))
        note.cue = "cue" in parts
        instrument = parts.get("instrument")
        if instrument is not None and isinstance(head.pitch, Pitch) and not note.cue:
            self._take_up(instrument.get("id", ""))
        self.part.notes.append(note)
        bar = self.part.bars[-1]
        bar.sounds_until = max(bar.sounds_until, self._cursor + length)
        self._last.pop(voice, None)
        self._last[voice] = note
        waiting = self._graces.pop(voice, None)
        if waiting:
            self._take_graces(waiting, note, after=False)
        self._marks(parts, child, note)

    def _take_up(self, identifier: str) -> None:
        """Another instrument than before plays: a change, even where no words say so."""
        if not self.part.changes or self.part.changes[-1][1] != identifier:
            self.part.changes.append((self._at, identifier))

    def _end_graces(self) -> None:
        """Grace notes before a barline belong to the note they follow."""
        for voice, waiting in self._graces.items():
            note = self._last.get(voice)
            if note is None:
                self.losses.add(
                    "grace note without a note beside it", len(waiting), path="note/grace"
                )
            else:
                self._take_graces(waiting, note, after=True)
        self._graces = {}

    def _take_graces(self, waiting: list[Element], note: ReadNote, *, after: bool) -> None:
        drawn = GraceReader(self.strokes, self.name, self.losses).read(waiting, note, after=after)
        note.drawn_graces.extend(drawn)
        if not after:
            note.graces.extend(pitch for grace in drawn for pitch in grace.pitches)

    def _marks(self, parts: Mapping[str, Element], child: Element, note: ReadNote) -> None:
        for dynamic, shown in take_marks(parts, child, note, self.losses):
            self.part.signs.append(ReadSign(note.at, note.staff, dynamic, shown))

    def _read_barline(self, element: Element, bar: ReadBar) -> None:
        sign = sign_of(element, self.losses, "measure")
        if sign is None:
            return
        style = sign.find("bar-style")
        shape = style.text if style is not None else "regular"
        if len(sign.inner) > (style is not None) or shape != "regular":
            place = sign.detail("location", "right")
            once = {
                one.name: one for one in reversed(sign.inner) if one.name in ("ending", "repeat")
            }
            inner = tuple(one for one in sign.inner if once.get(one.name, one) is one)
            doubled = len(sign.inner) - len(inner)
            inner = tuple(sorted(inner, key=lambda one: _BARLINE_ORDER.index(one.name)))
            self.losses.add("second ending or repeat at one barline", doubled, path="barline")
            inner = tuple(_numbered_ending(one) for one in inner)
            kept = Sign("barline", "", (("location", place),), inner)
            if place == "middle":
                self.part.signs.append(ReadSign(self._at, 1, kept))
            elif kept not in bar.signs:
                bar.signs.append(kept)

    def _read_print(self, element: Element, bar: ReadBar) -> None:
        for name in ("new-page", "new-system"):
            if element.get(name) == "yes" and self._measure:
                bar.signs.append(Sign("print", "", ((name, "yes"),)))
                return


def _staff(parts: Mapping[str, Element]) -> int:
    found = parts.get("staff")
    return max(1, whole_in(found, "staff")) if found is not None else 1


def _numbered_ending(sign: Sign) -> Sign:
    """An ending whose passes are counted from 1, as the schema has it."""
    told = sign.detail("number")
    if sign.name != "ending" or not told:
        return sign
    passes = [one.lstrip("0") for one in re.findall(r"\d+", told)]
    number = ", ".join(one for one in passes if one) or "1"
    if number.replace(" ", "") == told.replace(" ", ""):
        return sign
    details = tuple(("number", number) if one[0] == "number" else one for one in sign.details)
    return Sign(sign.name, sign.text, details, sign.inner)


def _first_divisions(part: Element) -> Fraction:
    """The first divisions to the quarter in a part's first bar; some programs put notes before."""
    told = part.findtext("measure/attributes/divisions", "").strip()
    return Fraction(int(told[:9])) if told.isdigit() and int(told[:9]) else Fraction(1)
