"""Octave lines as MEI tells them: the line over or under the staff, and notes written under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.engraving.mei.ink import beat_number, element
from scorestage.engraving.stretches import Stretch
from scorestage.music import Pitch
from scorestage.music.written import WrittenEvent, WrittenPitch, WrittenStaff, WrittenVoice

_OCTAVES = {"8": 1, "15": 2, "22": 3}

_Point = tuple[int, Fraction]
"""The place of a bar, and quarters into it."""


@dataclass(frozen=True, slots=True)
class OctaveLine:
    """From `start` up to, not at, `stop` notes are written `octaves` lower (negative: higher)."""

    start: _Point
    stop: _Point
    octaves: int


def octave_lines(staff: WrittenStaff) -> list[OctaveLine]:
    """The octave lines of a staff; one that never stops reaches to the end."""
    found = []
    begun: tuple[_Point, int] | None = None
    for place, bar in enumerate(staff.bars):
        for offset, sign in bar.signs:
            shift = sign.find("octave-shift") if sign.name == "direction" else None
            kind = shift.detail("type") if shift is not None else ""
            if shift is None or kind not in ("up", "down", "stop"):
                continue
            if begun is not None:
                found.append(OctaveLine(begun[0], (place, offset), begun[1]))
                begun = None
            if kind != "stop":
                size = _OCTAVES.get(shift.detail("size", "8"), 1)
                begun = (place, offset), size if kind == "down" else -size
    if begun is not None:
        found.append(OctaveLine(begun[0], (len(staff.bars), Fraction(0)), begun[1]))
    return [line for line in found if line.start < line.stop]


def under_lines(staff: WrittenStaff) -> WrittenStaff:
    """The staff with its notes where they are drawn under octave lines."""
    lines = octave_lines(staff)
    if not lines:
        return staff
    bars = list(staff.bars)
    for line in lines:
        for place in range(line.start[0], min(line.stop[0] + 1, len(bars))):
            bar = bars[place]
            voices = tuple(_moved(voice, place, line) for voice in bar.voices)
            bars[place] = replace(bar, voices=voices)
    return WrittenStaff(tuple(bars))


def _moved(voice: WrittenVoice, place: int, line: OctaveLine) -> WrittenVoice:
    events = tuple(
        _lowered(event, line.octaves) if line.start <= (place, event.onset) < line.stop else event
        for event in voice.events
    )
    return replace(voice, events=events)


def _lowered(event: WrittenEvent, octaves: int) -> WrittenEvent:
    return replace(event, pitches=tuple(_head(head, octaves) for head in event.pitches))


def _head(head: WrittenPitch, octaves: int) -> WrittenPitch:
    if not isinstance(head.pitch, Pitch):
        return head
    return replace(head, pitch=replace(head.pitch, octave=head.pitch.octave - octaves))


def drawn_lines(
    staff: WrittenStaff, number: int, stretches: Sequence[Stretch]
) -> Iterator[tuple[int, str]]:
    """By stretch the octave lines that begin there, each to the last note under it."""
    order = {place: at for at, stretch in enumerate(stretches) for place in stretch.places}
    for line in octave_lines(staff):
        last = _last_onset(staff, line)
        if last is None:
            continue
        begins, ends = staff.bars[line.start[0]], staff.bars[last[0]]
        size = {1: 8, 2: 15}.get(abs(line.octaves), 22)
        yield (
            order[line.start[0]],
            element(
                "octave",
                staff=number,
                dis=size,
                dis_place="above" if line.octaves > 0 else "below",
                tstamp=beat_number(line.start[1], begins.meter),
                tstamp2=f"{order[last[0]] - order[line.start[0]]}m+"
                f"{beat_number(last[1], ends.meter)}",
            ),
        )


def _last_onset(staff: WrittenStaff, line: OctaveLine) -> _Point | None:
    """Where the last note under a line begins."""
    points = (
        (place, event.onset)
        for place in range(line.start[0], min(line.stop[0] + 1, len(staff.bars)))
        for voice in staff.bars[place].voices
        for event in voice.events
        if event.is_note and line.start <= (place, event.onset) < line.stop
    )
    return max(points, default=None)
