"""Unpitched percussion of the orchestra: hits, the beat under loud music, swells into climaxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.music import (
    Articulation,
    Dynamic,
    DynamicMark,
    Hairpin,
    Instrument,
    Note,
    Role,
    Unpitched,
)
from scorestage.orchestration.accents import HIT, Blow
from scorestage.orchestration.carriers import Company
from scorestage.orchestration.levels import dynamic_of, tier_of
from scorestage.orchestration.practice import Colour, colour, is_kit
from scorestage.orchestration.values import ADDED, Chair, Phrase, SketchLine, Task
from scorestage.timebase import Beat, Beats

PERCUSSION = ADDED + "percussion"
_LOW = ("bass-drum", "taiko", "kick", "floor-tom", "low-tom")
CRASH = ("cymbals", "crash", "suspended-cymbal", "second-crash")
"""What a crash may be struck on, best first."""
_SWELL = ("suspended-cymbal", "second-crash", "crash")
_BEAT = ("snare-drum", "snare", "field-drum")
_DRUM = ("taiko", "low-tom", "floor-tom", "bass-drum")
_LIGHT = ("triangle", "ride-bell", "ride", "closed-hi-hat")
_SWELL_SECONDS = (1.8, 4.5)
_FASTEST = 9.0


def sound(instrument: Instrument, wanted: Sequence[str]) -> str | None:
    """The first of `wanted` that the instrument has."""
    had = {drum.id for drum in instrument.drums}
    return next((name for name in wanted if name in had), None)


def percussion_tasks(
    company: Company,
    lines: Sequence[SketchLine],
    blows: Sequence[Blow],
    place: int,
    before: Phrase | None,
    following: Phrase | None,
) -> list[Task]:
    """What each percussionist plays; the first has the drums, the second the metal."""
    desks = [
        chair
        for chair in company.chairs
        if colour(chair.instrument) is Colour.DRUMS and not is_kit(chair.instrument)
    ]
    tasks = []
    for turn, chair in enumerate(desks):
        alone = len(desks) == 1
        notes: dict[Fraction, Note] = {}
        notes |= _beat(company, chair, lines, turn)
        notes |= _arrival(company, chair, lines, turn, alone, before)
        notes |= _struck(company, chair, blows, turn, alone)
        marks = {at: _mark(at, blows, company.phrase) for at in notes}
        pins: list[Hairpin] = []
        if turn == len(desks) - 1:
            swell = _swell(company, chair, following)
            if swell is not None:
                start = swell.onset.quarters
                notes = {at: note for at, note in notes.items() if at < start}
                marks = {at: mark for at, mark in marks.items() if at < start}
                notes[start] = swell
                marks[start] = DynamicMark(swell.onset, Dynamic.PP)
                pins.append(Hairpin(swell.onset, swell.end, True))
        if not notes and turn == 0:
            notes, marks = _light(company, chair, lines)
        if notes:
            tasks.append(_task(chair, place, notes, marks, pins, lines))
    return tasks


def _task(
    chair: Chair,
    place: int,
    notes: dict[Fraction, Note],
    marks: dict[Fraction, DynamicMark],
    pins: Sequence[Hairpin],
    lines: Sequence[SketchLine],
) -> Task:
    swell = " and a swell into what comes" if pins else ""
    return Task(
        player=chair.id,
        instrument=chair.instrument,
        phrase=place,
        role=Role.ACCENT,
        rule="percussion",
        why=f"weight on the strong beats{swell}" if notes else "",
        priority=3,
        strand=lines[0].strand if lines else 0,
        notes=tuple(notes[at] for at in sorted(notes)),
        added=True,
        dynamics=tuple(marks[at] for at in sorted(marks)),
        hairpins=tuple(pins),
    )


def _note(chair: Chair, name: str, at: Fraction, *sounds: str) -> Note:
    """A stroke of one quarter; what differs is put in its place."""
    strokes = tuple(Unpitched(one) for one in sounds)
    return Note(f"{chair.id}.{name}~p", Beat(at), Beats(1), strokes, origin=PERCUSSION)


def _struck(
    company: Company, chair: Chair, blows: Sequence[Blow], turn: int, alone: bool
) -> dict[Fraction, Note]:
    found = {}
    for blow in blows:
        tier = tier_of(blow.level)
        low, crash = sound(chair.instrument, _LOW), sound(chair.instrument, CRASH)
        light = sound(chair.instrument, _LIGHT)
        if tier <= 1:
            sounds = [light] if turn == 0 else []
        elif tier == 2:
            sounds = [low] if turn == 0 else []
        else:
            sounds = [low, crash] if alone else [low if turn % 2 == 0 else crash]
        ready = [one for one in sounds if one is not None]
        if ready:
            signs = (Articulation.ACCENT,) if tier >= 2 else ()
            note = _note(chair, blow.id, blow.at, *ready)
            found[blow.at] = replace(note, origin=HIT, articulations=signs)
    return found


def _arrival(
    company: Company,
    chair: Chair,
    lines: Sequence[SketchLine],
    turn: int,
    alone: bool,
    before: Phrase | None,
) -> dict[Fraction, Note]:
    """Bass drum and cymbals where a loud phrase begins after a softer one."""
    phrase = company.phrase
    if phrase.tier < 3 or (before is not None and before.tier >= phrase.tier):
        return {}
    first = [tone for line in lines for tone in line.tones if tone.start == phrase.start]
    if not first:
        return {}
    low, crash = sound(chair.instrument, _LOW), sound(chair.instrument, CRASH)
    sounds = [low, crash] if alone else [low if turn % 2 == 0 else crash]
    ready = [one for one in sounds if one is not None]
    if not ready:
        return {}
    name = min(tone.id for tone in first)
    return {phrase.start: _note(chair, f"{name}~in", phrase.start, *ready)}


def _beat(
    company: Company, chair: Chair, lines: Sequence[SketchLine], turn: int
) -> dict[Fraction, Note]:
    """The rhythm strand on drums under loud music; the bass's downbeats where there is none."""
    tier, timing = company.phrase.tier, company.timing
    if tier < 3:
        return {}
    rhythm = [line for line in lines if line.role is Role.RHYTHM][:1]
    source = rhythm or [line for line in lines if line.role is Role.BASS][:1]
    found: dict[Fraction, Note] = {}
    last = -1.0
    for tone in (tone for line in source for tone in line.tones):
        stress, now = timing.stress(tone.start), timing.at(tone.start)
        if turn == 0:
            name = sound(chair.instrument, _DRUM)
            wanted = stress >= (2 if rhythm else 3)
        else:
            name = sound(chair.instrument, _BEAT)
            wanted = bool(rhythm) and tier == 4
        if name is None or not wanted or (last >= 0 and (now - last) * _FASTEST < 1):
            continue
        last = now
        note = _note(chair, tone.id, tone.start, name)
        signs = (Articulation.ACCENT,) if turn and stress >= 2 else ()
        length = Beats(min(tone.length, Fraction(1)))
        found[tone.start] = replace(note, length=length, articulations=signs)
    return found


def _swell(company: Company, chair: Chair, following: Phrase | None) -> Note | None:
    """A roll on the suspended cymbal into a louder phrase: two to four seconds to its peak."""
    phrase, timing = company.phrase, company.timing
    name = sound(chair.instrument, _SWELL)
    if name is None or following is None or following.tier < 2 or following.tier <= phrase.tier:
        return None
    clicks = [
        timing.bar_start(bar) + offset.quarters
        for bar in range(phrase.first_bar, phrase.last_bar + 1)
        for offset in timing.grid.bars[bar].meter.stresses
    ]
    least, most = _SWELL_SECONDS
    fitting = [at for at in clicks if least <= timing.between(at, phrase.end) <= most]
    if not fitting:
        return None
    start = fitting[-1]
    note = _note(chair, f"{phrase.name}~swell", start, name)
    return replace(note, length=Beats(phrase.end - start), tremolo=3)


def _light(
    company: Company, chair: Chair, lines: Sequence[SketchLine]
) -> tuple[dict[Fraction, Note], dict[Fraction, DynamicMark]]:
    """One touch of triangle where a soft or medium phrase begins, every other phrase."""
    phrase = company.phrase
    name = sound(chair.instrument, _LIGHT)
    starting = [tone for line in lines for tone in line.tones if tone.start == phrase.start]
    if name is None or phrase.number % 2 == 0 or phrase.tier not in (1, 2) or not starting:
        return {}, {}
    note = _note(chair, min(tone.id for tone in starting), phrase.start, name)
    mark = DynamicMark(Beat(phrase.start), dynamic_of(phrase.level))
    return {phrase.start: note}, {phrase.start: mark}


def _mark(at: Fraction, blows: Sequence[Blow], phrase: Phrase) -> DynamicMark:
    for blow in blows:
        if blow.at == at:
            return DynamicMark(Beat(at), blow.dynamic)
    return DynamicMark(Beat(at), dynamic_of(phrase.level))
