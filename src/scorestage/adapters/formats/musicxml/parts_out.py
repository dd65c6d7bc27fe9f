"""One part of the file: its bars, with attributes, signs and notes in the schema's order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from scorestage.adapters.formats.musicxml.bar_signs_out import BarSigns, further_sign, key_xml
from scorestage.adapters.formats.musicxml.grid_in import FINAL_BARLINE
from scorestage.adapters.formats.musicxml.names import decimal, text
from scorestage.adapters.formats.musicxml.notes_out import NotePen, Place
from scorestage.adapters.formats.musicxml.part_list import ScorePart
from scorestage.adapters.formats.musicxml.signs_out import Sign, staff_sign
from scorestage.adapters.formats.musicxml.trees import attributes, sign_xml
from scorestage.music import Instrument, Interval, KeyChange
from scorestage.music.written import (
    Holding,
    WrittenBar,
    WrittenEvent,
    WrittenStaff,
    WrittenVoice,
    in_hand,
    page_shift,
    split_clef,
)
from scorestage.timebase import Beats, Meter

_VOICES_PER_STAFF = 4
_NO_SIGNS = BarSigns()


@dataclass(slots=True)
class PartPen:
    """Writes one part: its staves as written, what is in hand when, and the signs over all.

    `system` holds, by place of the bar, the signs over the whole score; empty for all but the
    first part.
    """

    part: ScorePart
    staves: tuple[WrittenStaff, ...]
    held: tuple[Holding, ...]
    concert: bool
    divisions: int
    pen: NotePen
    system: Mapping[int, list[Sign]]
    bar_signs: Mapping[int, BarSigns] = field(default_factory=dict)
    """By place of the bar its barlines, page break and drawn signature."""
    _told: Holding | None = None
    """Whose transposition stands in the file so far."""
    _key: KeyChange | None = None
    """The signature in force, as written."""
    _voices_per_staff: int = _VOICES_PER_STAFF
    """How many voice numbers each staff gets: four, as other programs do, or as it needs."""
    _free: bool = False
    """Whether no meter is shown until the next signature."""

    def lines(self) -> Iterator[str]:
        """The lines of the `<part>` element."""
        yield f'<part id="{self.part.id}">'
        numbers = (one.number for staff in self.staves for bar in staff.bars for one in bar.voices)
        self._voices_per_staff = max(_VOICES_PER_STAFF, max(numbers, default=0))
        meter: Meter | None = None
        last = len(self.staves[0].bars) - 1
        for place, bars in enumerate(zip(*(staff.bars for staff in self.staves), strict=True)):
            bar = bars[0]
            own = self.bar_signs.get(place, _NO_SIGNS)
            implicit = ' implicit="yes"' if bar.index < 0 or own.is_partial(bar.meter) else ""
            yield f'<measure number="{bar.label}"{implicit}>'
            if place == 0:
                yield (
                    '<print><measure-numbering system="only-bottom" multiple-rest-range="yes">'
                    "measure</measure-numbering></print>"
                )
            if own.page and place:
                yield sign_xml(own.page)
            yield from map(sign_xml, own.left)
            time = self._time(bar.meter, meter, own)
            yield from self._attributes(bars, place == 0, time)
            meter = bar.meter
            yield from self._music(place, bars)
            if own.right:
                yield from map(sign_xml, own.right)
            elif place == last:
                yield sign_xml(FINAL_BARLINE)
            yield "</measure>"
        yield "</part>"

    def _time(self, meter: Meter, before: Meter | None, own: BarSigns) -> str:
        """The time signature of a bar, as a person drew it or else where the meter changes."""
        sign = own.time
        if sign is not None:
            self._free = sign.find("senza-misura") is not None
            if sign.inner:
                return sign_xml(sign)
            return _time(meter, attributes(sign.details))
        return _time(meter) if meter != before and not self._free else ""

    def _attributes(self, bars: Sequence[WrittenBar], first: bool, time: str) -> Iterator[str]:
        holding = self.held[in_hand(self.held, bars[0].start)]
        several = len(self.staves) > 1
        changed = holding != self._told
        inner = [f"<divisions>{self.divisions}</divisions>"] if first else []
        keys = self._keys(bars, Fraction(0))
        if first and not keys:
            keys = ["<key><fifths>0</fifths><mode>none</mode></key>"]
        elif changed and not first and not keys and self._key is not None:
            keys = [key_xml(self._moved_key(self._key, holding), 0)]
        inner.extend(keys)
        inner.append(time)
        if first and several:
            inner.append(f"<staves>{len(self.staves)}</staves>")
        for number, bar in enumerate(bars, start=1):
            if bar.clef is not None:
                inner.append(_clef(bar.clef, number if several else 0))
        if first or changed:
            inner.append(_transpose(holding.instrument, self.concert, always=not first))
            self._told = holding
        if any(inner):
            yield f"<attributes>{''.join(inner)}</attributes>"

    def _keys(self, bars: Sequence[WrittenBar], offset: Fraction) -> list[str]:
        """The key signatures at one point of a bar; one that all staves share is written once."""
        found = {}
        several = len(self.staves) > 1
        for number, bar in enumerate(bars, start=1):
            for at, key in bar.keys:
                if at == offset:
                    staff = number if several and key.staff else 0
                    found[staff] = key_xml(key, staff)
                    self._key = key
        return list(found.values())

    def _moved_key(self, key: KeyChange, holding: Holding) -> KeyChange:
        if self._told is None or key.mode == "none":
            return key
        before = page_shift(self._told.instrument, concert=self.concert)
        now = page_shift(holding.instrument, concert=self.concert)
        moved = key.moved(before.inverse + now)
        self._key = moved
        return moved

    def _music(self, place: int, bars: Sequence[WrittenBar]) -> Iterator[str]:
        length = bars[0].length.quarters
        duration = length.numerator * (self.divisions // length.denominator)
        backup = f"<backup><duration>{duration}</duration></backup>"
        begun = False
        for number, bar in enumerate(bars, start=1):
            staff = number if len(bars) > 1 else 0
            staff_xml = f"<staff>{staff}</staff>" if staff else ""
            signs = [staff_sign(direction, staff_xml) for direction in bar.directions]
            if bar.signs or bar.clef_changes or (number == 1 and bar.keys):
                signs.extend(self._further(bar, bars, staff, staff_xml))
            if number == 1:
                signs.extend(self._changes(bar))
                signs = [*self.system.get(place, ()), *signs]
            signs.sort(key=lambda sign: sign.at)
            for voice in bar.voices:
                if begun:
                    yield backup
                begun = True
                told = (number - 1) * self._voices_per_staff + voice.number
                where = Place(told, staff, voice.stem, voice.cue)
                yield from self._voice(bar, voice, where, signs)
                signs = []

    def _further(
        self, bar: WrittenBar, bars: Sequence[WrittenBar], staff: int, staff_xml: str
    ) -> Iterator[Sign]:
        """Signs that the model carries as they stood, clefs and keys within the bar."""
        for offset, sign in bar.signs:
            yield further_sign(offset, sign, staff, staff_xml, self.divisions)
        for offset, clef in bar.clef_changes:
            yield Sign(offset, f"<attributes>{_clef(clef, staff)}", "</attributes>", fixed=True)
        if staff in (0, 1):
            for offset in sorted({at for one in bars for at, _ in one.keys if at}):
                keys = "".join(self._keys(bars, offset))
                yield Sign(offset, f"<attributes>{keys}", "</attributes>", fixed=True)

    def _voice(
        self, bar: WrittenBar, voice: WrittenVoice, where: Place, signs: list[Sign]
    ) -> Iterator[str]:
        waiting = list(reversed(signs))
        for event in voice.events:
            holding = self._holding(bar, event)
            if holding != self._told:
                moved = _transpose(holding.instrument, self.concert, always=True)
                key = ""
                if self._key is not None:
                    key = key_xml(self._moved_key(self._key, holding), 0)
                self._told = holding
                yield f"<attributes>{key}{moved}</attributes>"
            while waiting and waiting[-1].at < event.end:
                yield waiting.pop().xml(self.divisions, event.onset)
            yield from self.pen.lines(event, where, holding.instrument, bar)
        while waiting:
            yield waiting.pop().xml(self.divisions, bar.length.quarters)

    def _holding(self, bar: WrittenBar, event: WrittenEvent) -> Holding:
        if len(self.held) == 1:
            return self.held[0]
        return self.held[in_hand(self.held, bar.start + Beats(event.onset))]

    def _changes(self, bar: WrittenBar) -> Iterator[Sign]:
        """The name over the staff where another instrument is taken up."""
        for holding in self.held[1:]:
            if bar.start <= holding.start < bar.start + bar.length:
                name = text(holding.instrument.name)
                identifier = self.part.instrument_id(holding.instrument)
                yield Sign(
                    (holding.start - bar.start).quarters,
                    '<direction placement="above"><direction-type>'
                    f"<words>{name}</words></direction-type>",
                    f'<sound><instrument-change id="{identifier}"/></sound></direction>',
                )


def _time(meter: Meter, details: str = "") -> str:
    """A time signature; an unusual grouping is written out, `3+2+2/8`."""
    beats, _, beat_type = str(meter).partition("/")
    inner = f"<beats>{beats.strip('()')}</beats><beat-type>{beat_type}</beat-type>"
    return f"<time{details}>{inner}</time>"


def _clef(clef: str, number: int) -> str:
    sign, line, octaves = split_clef(clef)
    attribute = f' number="{number}"' if number else ""
    if sign == "percussion":
        return f"<clef{attribute}><sign>percussion</sign></clef>"
    if sign == "TAB":
        return f"<clef{attribute}><sign>TAB</sign><line>5</line></clef>"
    change = f"<clef-octave-change>{octaves}</clef-octave-change>" if octaves else ""
    return f"<clef{attribute}><sign>{sign}</sign><line>{line}</line>{change}</clef>"


def _transpose(instrument: Instrument, concert: bool, *, always: bool) -> str:
    """From written to sounding; a C score says instead how its part is transposed."""
    to_sounding = page_shift(instrument, concert=concert).inverse
    in_part = page_shift(instrument, concert=False).inverse
    if to_sounding.semitones or to_sounding.steps or (always and not concert):
        return f"<transpose>{_interval(to_sounding)}</transpose>"
    if concert and (in_part.semitones or in_part.steps):
        moved = f"<part-transpose>{_interval(in_part)}</part-transpose>"
        return f"<for-part>{moved}</for-part>"
    return f"<transpose>{_interval(to_sounding)}</transpose>" if always else ""


def _interval(interval: Interval) -> str:
    octaves = int(Fraction(interval.semitones) / 12)
    change = f"<octave-change>{octaves}</octave-change>" if octaves else ""
    return (
        f"<diatonic>{interval.steps - 7 * octaves}</diatonic>"
        f"<chromatic>{decimal(interval.semitones - 12 * octaves)}</chromatic>{change}"
    )
