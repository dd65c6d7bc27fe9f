"""Aleatoric boxes on the page: how long they last is told; rests under the arrow are not drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.engraving.clocks import bpm_text
from scorestage.engraving.signs import InstrumentWords
from scorestage.music import is_box
from scorestage.music.written import (
    WrittenBar,
    WrittenDirection,
    WrittenStaff,
    WrittenVoice,
)
from scorestage.timebase import Beat, Beats, TempoMap

_Span = tuple[Beat, Beat]


def with_boxes(staves: Sequence[WrittenStaff], tempo_map: TempoMap) -> tuple[WrittenStaff, ...]:
    """The staves with the seconds of each box over its arrow, and nothing drawn under its arrow.

    Whatever the tempo map becomes, the seconds are those from the box to its cut-off.
    """
    return tuple(_boxed(staff, tempo_map) for staff in staves)


def _boxed(staff: WrittenStaff, tempo_map: TempoMap) -> WrittenStaff:
    arrows = list(arrow_spans(staff))
    if not arrows:
        return staff
    starts = [
        bar.start + Beats(event.onset)
        for bar in staff.bars
        for voice in bar.voices
        for event in voice.events
        if any(is_box(one.sign, "start") for one in event.signs)
    ]
    bars = []
    for bar in staff.bars:
        voices = tuple(_under_arrows(voice, bar, arrows) for voice in bar.voices)
        told = tuple(_told(bar, arrows, starts, tempo_map))
        bars.append(replace(bar, voices=voices, directions=(*told, *bar.directions)))
    return WrittenStaff(tuple(bars))


def arrow_spans(staff: WrittenStaff) -> Iterator[_Span]:
    """From where to where arrows stand over the staff."""
    begun: dict[str, Beat] = {}
    for bar in staff.bars:
        for offset, sign in bar.signs:
            line = sign.find("bracket") if sign.name == "direction" else None
            if line is None:
                continue
            number, at = line.detail("number", "1"), bar.start + Beats(offset)
            if line.detail("type") == "start":
                begun[number] = at
            elif line.detail("type") == "stop" and number in begun:
                start = begun.pop(number)
                if line.detail("line-end") == "arrow" and at > start:
                    yield start, at


def _under_arrows(voice: WrittenVoice, bar: WrittenBar, arrows: Sequence[_Span]) -> WrittenVoice:
    """The voice with the rests that begin under an arrow hidden."""
    events = tuple(
        replace(event, hidden=True)
        if not event.is_note and _is_under(bar.start + Beats(event.onset), arrows)
        else event
        for event in voice.events
    )
    return replace(voice, events=events)


def _is_under(at: Beat, arrows: Sequence[_Span]) -> bool:
    return any(start <= at < stop for start, stop in arrows)


def _told(
    bar: WrittenBar, arrows: Sequence[_Span], box_starts: Sequence[Beat], tempo_map: TempoMap
) -> Iterator[WrittenDirection]:
    """Over each arrow that begins in a bar how many seconds its box lasts to the cut-off."""
    for start, stop in arrows:
        before = [at for at in box_starts if at < start]
        if before and bar.start <= start < bar.start + bar.length:
            lasting = tempo_map.time_at(stop) - tempo_map.time_at(max(before))
            words = f"ca. {bpm_text(Fraction(round(lasting.seconds * 2), 2))}″"
            offset = (start - bar.start).quarters
            yield WrittenDirection(offset, InstrumentWords(start, words))
