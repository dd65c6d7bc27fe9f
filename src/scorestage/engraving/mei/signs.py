"""Signs at one staff as MEI tells them: beside the music, by their place in the bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.engraving.crossings import crossings
from scorestage.engraving.mei.boxes import arrow_lines
from scorestage.engraving.mei.ink import beat_number, element, rend
from scorestage.engraving.mei.ink import words as words_of
from scorestage.engraving.mei.notes import LayerPlace
from scorestage.engraving.mei.notesigns import beside, line_form
from scorestage.engraving.mei.octaves import drawn_lines
from scorestage.engraving.mei.staffsigns import staff_signs
from scorestage.engraving.signs import InstrumentWords, is_instruction, joined_dynamics, says_force
from scorestage.engraving.stretches import Stretch
from scorestage.music import Articulation, DynamicMark, Hairpin, TechniqueMark
from scorestage.music.written import Edge, WrittenBar, WrittenDirection, WrittenStaff

_WORDS_POINTS = 9
_ROOM_FOR_DYNAMIC = Fraction(1, 8)


@dataclass(frozen=True, slots=True)
class StaffSigns:
    """Writes the signs of one staff, numbered as on the page, a list for each stretch of bars.

    `points` turns a size on paper into the size that the source must tell.
    """

    staff: WrittenStaff
    number: int
    stretches: tuple[Stretch, ...]
    points: float
    under_times: bool = False
    """Whether film times stand over this staff: then its words stand over them."""

    def by_stretch(self) -> list[str]:
        """What stands at this staff, by stretch."""
        found: list[list[str]] = [[] for _ in self.stretches]
        for at, told in (
            *self._directions(),
            *self._hairpins(),
            *self._slurs(),
            *self._held(),
            *self._further(),
            *drawn_lines(self.staff, self.number, self.stretches),
            *arrow_lines(self.staff, self.number, self.stretches),
        ):
            found[at].append(told)
        return ["".join(told) for told in found]

    def _bars(self) -> Iterator[tuple[int, WrittenBar]]:
        for at, stretch in enumerate(self.stretches):
            yield at, self.staff.bars[stretch.first]

    def _sign(self, name: str, bar: WrittenBar, offset: Fraction, inner: str, place: str) -> str:
        tstamp = beat_number(offset, bar.meter)
        return element(name, inner, staff=self.number, tstamp=tstamp, place=place)

    def _directions(self) -> Iterator[tuple[int, str]]:
        """Dynamics with the blows that join them, techniques, words."""
        words = "tempo" if self.under_times else "dir"
        for at, bar in self._bars():
            forced = _sforzati(bar)
            for direction in joined_dynamics(bar.directions):
                sign = direction.sign
                offset = min(direction.offset, bar.length.quarters)
                if isinstance(sign, DynamicMark):
                    blow = " sfz" if offset in forced and not says_force(sign.shown) else ""
                    forced.discard(offset)
                    said = words_of(sign.printed) + blow
                    yield at, self._sign("dynam", bar, offset, said, "below")
                elif not isinstance(sign, Hairpin):
                    yield at, self._sign(words, bar, offset, self._text(sign), "above")
            for offset in sorted(forced):
                yield at, self._sign("dynam", bar, offset, "sfz", "below")

    def _text(self, sign: object) -> str:
        said = str(_text_of(sign))
        upright = isinstance(sign, TechniqueMark | InstrumentWords) or is_instruction(said)
        if isinstance(sign, TechniqueMark):
            said = sign.shown or sign.technique.value
        style = "normal" if upright else "italic"
        return rend(said, _WORDS_POINTS * self.points, fontstyle=style, fontweight="normal")

    def _hairpins(self) -> Iterator[tuple[int, str]]:
        """Each from where it opens to where it stops; one that never stops ends with its bar."""
        open_now: dict[int, tuple[int, WrittenDirection]] = {}
        for at, bar in self._bars():
            for direction in bar.directions:
                if not isinstance(direction.sign, Hairpin):
                    continue
                if direction.edge is Edge.START:
                    open_now[direction.number] = at, direction
                elif begun := open_now.pop(direction.number, None):
                    offset = direction.offset - _gap_before(bar, direction.offset)
                    yield begun[0], self._hairpin(*begun, at, offset)
        for at, direction in open_now.values():
            end = self.staff.bars[self.stretches[at].first].length.quarters
            yield at, self._hairpin(at, direction, at, end)

    def _hairpin(self, at: int, begun: WrittenDirection, stop: int, offset: Fraction) -> str:
        bars = self.staff.bars
        first, last = bars[self.stretches[at].first], bars[self.stretches[stop].first]
        opens = isinstance(begun.sign, Hairpin) and begun.sign.opens
        return element(
            "hairpin",
            form="cres" if opens else "dim",
            staff=self.number,
            place="below",
            niente="true" if isinstance(begun.sign, Hairpin) and begun.sign.niente else "",
            tstamp=beat_number(begun.offset, first.meter),
            tstamp2=f"{stop - at}m+{beat_number(offset, last.meter)}",
        )

    def _slurs(self) -> Iterator[tuple[int, str]]:
        begun: dict[tuple[int, int], tuple[int, str]] = {}
        for at, bar in self._bars():
            for voice in bar.voices:
                where = LayerPlace(self.number, self.stretches[at].first, voice.number)
                for index, event in enumerate(voice.events):
                    here = where.note_id(index)
                    stops = [slur for slur in event.slurs if slur.edge is Edge.STOP]
                    starts = [slur for slur in event.slurs if slur.edge is Edge.START]
                    for slur in starts:
                        if slur.from_grace:
                            begun[voice.number, slur.number] = at, where.grace_id(index)
                    for slur in stops:
                        start = begun.pop((voice.number, slur.number), None)
                        if start:
                            ends = {"startid": f"#{start[1]}", "endid": f"#{here}"}
                            yield start[0], element("slur", staff=self.number, **ends)
                    for slur in starts:
                        if not slur.from_grace:
                            begun[voice.number, slur.number] = at, here

    def _further(self) -> Iterator[tuple[int, str]]:
        """All other signs, at their notes and at the staff."""
        says = "tempo" if self.under_times else "dir"
        for at, bar in self._bars():
            for told in staff_signs(bar, self.number, self.points):
                yield at, told
            for voice in bar.voices:
                where = LayerPlace(self.number, self.stretches[at].first, voice.number)
                for index, event in enumerate(voice.events):
                    if not event.signs or not event.is_note:
                        continue
                    after = [
                        place
                        for place in range(index + 1, len(voice.events))
                        if voice.events[place].is_note
                    ]
                    follows = where.note_id(after[0]) if after else self._next_bar(at, voice.number)
                    for told in beside(
                        event, where.note_id(index), follows, self.number, self.points, says
                    ):
                        yield at, told

    def _next_bar(self, at: int, number: int) -> str:
        """The first note of the voice in the next bar; empty where there is none."""
        if at + 1 >= len(self.stretches):
            return ""
        place = self.stretches[at + 1].first
        for voice in self.staff.bars[place].voices:
            for index, event in enumerate(voice.events):
                if voice.number == number and event.is_note:
                    return LayerPlace(self.number, place, number).note_id(index)
        return ""

    def _held(self) -> Iterator[tuple[int, str]]:
        """Fermatas and breaths, at their notes."""
        for at, bar in self._bars():
            for voice in bar.voices:
                where = LayerPlace(self.number, self.stretches[at].first, voice.number)
                for index, event in enumerate(voice.events):
                    if not event.is_note:
                        if Articulation.FERMATA in event.articulations:
                            yield at, self._sign("fermata", bar, event.onset, "", "above")
                        continue
                    note: dict[str, str | int] = {
                        "startid": f"#{where.note_id(index)}",
                        "staff": self.number,
                    }
                    if Articulation.FERMATA in event.articulations:
                        yield at, element("fermata", place="above", **note)
                    if Articulation.BREATH in event.articulations:
                        yield at, element("breath", place="above", **note)


def _gap_before(bar: WrittenBar, offset: Fraction) -> Fraction:
    """How much earlier a hairpin stops for the dynamic it leads to, in quarter notes."""
    dynamics = {sign.offset for sign in bar.directions if isinstance(sign.sign, DynamicMark)}
    return _ROOM_FOR_DYNAMIC if offset in dynamics and offset > _ROOM_FOR_DYNAMIC else Fraction(0)


def _text_of(sign: object) -> str:
    return str(getattr(sign, "text", ""))


def _sforzati(bar: WrittenBar) -> set[Fraction]:
    """Where in the bar a note is to be forced."""
    return {
        event.onset
        for voice in bar.voices
        for event in voice.events
        if Articulation.SFORZATO in event.articulations
        and not any(one.sign.name == "dynamics" for one in event.signs)
    }


def signs_of(
    staves: Sequence[WrittenStaff],
    stretches: tuple[Stretch, ...],
    points: float,
    *,
    timed: bool = False,
) -> list[str]:
    """The signs of all staves together, by stretch; `timed` pages have film times on top."""
    each = [
        StaffSigns(staff, number, stretches, points, timed and number == 1).by_stretch()
        for number, staff in enumerate(staves, start=1)
    ]
    return ["".join(told) for told in zip(*each, strict=True)]


def crossing_signs(
    lines: Sequence[Sequence[WrittenStaff]], stretches: tuple[Stretch, ...]
) -> Iterator[tuple[int, str]]:
    """Slurs and glissandi from staff to staff or voice to voice, by stretch; `lines` by player.

    Wavy lines are drawn straight: Verovio draws none that slopes.
    """
    by_place = {stretch.first: at for at, stretch in enumerate(stretches)}
    top = 1
    for staves in lines:
        for one in crossings(staves):
            first, last = (
                LayerPlace(top + end.staff, end.place, end.voice).note_id(end.index)
                for end in (one.first, one.last)
            )
            ends: dict[str, str | int] = {
                "startid": f"#{first}",
                "endid": f"#{last}",
                "staff": top + one.first.staff,
            }
            if one.sign.name != "slur":
                form = line_form(one.sign)
                ends["lform"] = "solid" if form == "wavy" else form
            kind = "slur" if one.sign.name == "slur" else "gliss"
            yield by_place[one.first.place], element(kind, **ends)
        top += len(staves)
