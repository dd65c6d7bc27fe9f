"""Voices of a keyboard or harp on the page: one where they never sound together, no stray rests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from scorestage.music import Line, Note, Staff, Voice
from scorestage.music.written import EventKind, WrittenBar, WrittenStaff, WrittenVoice
from scorestage.timebase import BarGrid


def in_few_voices(line: Line, grid: BarGrid) -> Line:
    """The line with the voices of each staff put together bar by bar where one voice can say it.

    Only for instruments on several staves, which one person plays: on a staff that players share,
    a rest tells who is silent. Else rests of a voice that hardly plays would hang under the staff.
    """
    if line.player.instrument.staves < 2:
        return line
    staves = tuple(_put_together(staff, grid) for staff in line.staves)
    return line if staves == line.staves else replace(line, staves=staves)


def _put_together(staff: Staff, grid: BarGrid) -> Staff:
    if sum(bool(voice.notes) for voice in staff.voices) < 2:
        return staff
    bars: dict[int, list[list[Note]]] = defaultdict(lambda: [[] for _ in staff.voices])
    for order, voice in enumerate(staff.voices):
        for note in voice.notes:
            bars[grid.index_at(note.onset)][order].append(note)
    held = _held_into(staff, grid)
    single = {
        index
        for index, voices in bars.items()
        if any(voices[1:]) and index not in held and _one_line(voices, index, grid)
    }
    single = _with_whole_slurs(staff, bars, single)
    if not single:
        return staff
    own: list[list[Note]] = [[] for _ in staff.voices]
    for index, voices in bars.items():
        for order, notes in enumerate(voices):
            own[0 if index in single else order] += notes
    return replace(staff, voices=tuple(Voice(tuple(notes)) for notes in own))


def _held_into(staff: Staff, grid: BarGrid) -> set[int]:
    """The bars into which a note is held that began before them."""
    found: set[int] = set()
    for note in staff.notes:
        first = grid.index_at(note.onset)
        if note.end > grid.starts[first + 1]:
            last = grid.index_at(note.end)
            found.update(range(first + 1, last + (grid.starts[last] < note.end)))
    return found


def _one_line(voices: Sequence[Sequence[Note]], index: int, grid: BarGrid) -> bool:
    """Whether the notes of a bar follow one another, and none is held into the next."""
    notes = sorted((note for voice in voices for note in voice), key=lambda note: note.onset)
    apart = all(first.end <= second.onset for first, second in pairwise(notes))
    return apart and notes[-1].end <= grid.starts[index + 1]


def _with_whole_slurs(
    staff: Staff, bars: dict[int, list[list[Note]]], single: set[int]
) -> set[int]:
    """The bars without those out of which a slur would lead from one voice into another."""
    voices = {
        note.id: (index, order)
        for index, told in bars.items()
        for order, notes in enumerate(told)
        for note in notes
    }

    def page_voice(identifier: str) -> int:
        index, order = voices[identifier]
        return 0 if index in single else order

    while True:
        torn = {
            voices[end][0]
            for slur in staff.slurs
            if slur.first in voices and slur.last in voices
            and voices[slur.first][1] == voices[slur.last][1]
            and page_voice(slur.first) != page_voice(slur.last)
            for end in (slur.first, slur.last)
        } & single  # fmt: skip
        if not torn:
            return single
        single -= torn


def without_stray_rests(staves: Sequence[WrittenStaff]) -> tuple[WrittenStaff, ...]:
    """The staves without rests of lower voices before their first note in a bar or after the last.

    The upper voice tells where in the bar they are.
    """
    return tuple(
        replace(staff, bars=tuple(_bar_without(bar) for bar in staff.bars)) for staff in staves
    )


def _bar_without(bar: WrittenBar) -> WrittenBar:
    if len(bar.voices) < 2:
        return bar
    lower = (_voice_without(voice) for voice in bar.voices[1:])
    return replace(bar, voices=(bar.voices[0], *lower))


def _voice_without(voice: WrittenVoice) -> WrittenVoice:
    sounding = [place for place, event in enumerate(voice.events) if event.is_note]
    if not sounding or voice.cue:
        return voice
    events = tuple(
        replace(event, hidden=True)
        if event.kind is EventKind.REST
        and not event.tuplet
        and not sounding[0] < place < sounding[-1]
        else event
        for place, event in enumerate(voice.events)
    )
    return replace(voice, events=events)
