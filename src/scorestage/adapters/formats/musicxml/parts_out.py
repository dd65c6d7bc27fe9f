"""One part of the file: its bars, with attributes, signs and notes in the schema's order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.adapters.formats.musicxml.names import decimal, text
from scorestage.adapters.formats.musicxml.notes_out import NotePen, Place
from scorestage.adapters.formats.musicxml.part_list import ScorePart
from scorestage.adapters.formats.musicxml.signs_out import Sign, staff_sign
from scorestage.music import Instrument, Interval
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
    _told: Holding | None = None
    """Whose transposition stands in the file so far."""

    def lines(self) -> Iterator[str]:
        """The lines of the `<part>` element."""
        yield f'<part id="{self.part.id}">'
        meter: Meter | None = None
        for place, bars in enumerate(zip(*(staff.bars for staff in self.staves), strict=True)):
            bar = bars[0]
            implicit = ' implicit="yes"' if bar.index < 0 else ""
            yield f'<measure number="{bar.label}"{implicit}>'
            if place == 0:
                yield (
                    '<print><measure-numbering system="only-bottom" multiple-rest-range="yes">'
                    "measure</measure-numbering></print>"
                )
            yield from self._attributes(bars, place == 0, bar.meter if bar.meter != meter else None)
            meter = bar.meter
            yield from self._music(place, bars)
            if place + 1 == len(self.staves[0].bars):
                style = "<bar-style>light-heavy</bar-style>"
                yield f'<barline location="right">{style}</barline>'
            yield "</measure>"
        yield "</part>"

    def _attributes(
        self, bars: Sequence[WrittenBar], first: bool, meter: Meter | None
    ) -> Iterator[str]:
        holding = self.held[in_hand(self.held, bars[0].start)]
        several = len(self.staves) > 1
        inner = []
        if first:
            inner.append(f"<divisions>{self.divisions}</divisions>")
            inner.append("<key><fifths>0</fifths><mode>none</mode></key>")
        if meter is not None:
            inner.append(_time(meter))
        if first and several:
            inner.append(f"<staves>{len(self.staves)}</staves>")
        for number, bar in enumerate(bars, start=1):
            if bar.clef is not None:
                inner.append(_clef(bar.clef, number if several else 0))
        if first or holding != self._told:
            inner.append(_transpose(holding.instrument, self.concert, always=not first))
            self._told = holding
        if any(inner):
            yield f"<attributes>{''.join(inner)}</attributes>"

    def _music(self, place: int, bars: Sequence[WrittenBar]) -> Iterator[str]:
        length = bars[0].length.quarters
        duration = length.numerator * (self.divisions // length.denominator)
        backup = f"<backup><duration>{duration}</duration></backup>"
        begun = False
        for number, bar in enumerate(bars, start=1):
            staff = number if len(bars) > 1 else 0
            staff_xml = f"<staff>{staff}</staff>" if staff else ""
            signs = [staff_sign(direction, staff_xml) for direction in bar.directions]
            if number == 1:
                signs.extend(self._changes(bar))
                signs = [*self.system.get(place, ()), *signs]
            signs.sort(key=lambda sign: sign.at)
            for voice in bar.voices:
                if begun:
                    yield backup
                begun = True
                where = Place((number - 1) * _VOICES_PER_STAFF + voice.number, staff, voice.stem)
                yield from self._voice(bar, voice, where, signs)
                signs = []

    def _voice(
        self, bar: WrittenBar, voice: WrittenVoice, where: Place, signs: list[Sign]
    ) -> Iterator[str]:
        waiting = list(reversed(signs))
        for event in voice.events:
            holding = self._holding(bar, event)
            if holding != self._told:
                self._told = holding
                moved = _transpose(holding.instrument, self.concert, always=True)
                yield f"<attributes>{moved}</attributes>"
            while waiting and waiting[-1].at < event.end:
                yield waiting.pop().xml(self.divisions, event.onset)
            yield from self.pen.lines(event, where, holding.instrument)
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


def _time(meter: Meter) -> str:
    """A time signature; an unusual grouping is written out, `3+2+2/8`."""
    beats, _, beat_type = str(meter).partition("/")
    return f"<time><beats>{beats.strip('()')}</beats><beat-type>{beat_type}</beat-type></time>"


def _clef(clef: str, number: int) -> str:
    sign, line, octaves = split_clef(clef)
    attribute = f' number="{number}"' if number else ""
    if sign == "percussion":
        return f"<clef{attribute}><sign>percussion</sign></clef>"
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
