"""Pizzicato, mutes, bow positions and divisi of one player: asked for, possible, cancelled."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from itertools import groupby, pairwise

from scorestage.music import Family, Instrument, Staff, Technique, TechniqueMark
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.timing import Timing
from scorestage.timebase import Beat

BOW = {Technique.PIZZICATO, Technique.ARCO, Technique.COL_LEGNO}
MUTE = {Technique.CON_SORDINO, Technique.SENZA_SORDINO}
PLACE = {Technique.SUL_PONTICELLO, Technique.SUL_TASTO, Technique.ORDINARIO, Technique.FLUTTER}
PARTS = {Technique.DIVISI, Technique.UNISONO}
GROUPS = (BOW, MUTE, PLACE, PARTS)
PLAIN = (
    Technique.ARCO,
    Technique.SENZA_SORDINO,
    Technique.ORDINARIO,
    Technique.UNISONO,
)
CHANGE_SECONDS = (0.4, 0.0, 0.3, 0.0)
_MUTE_SECONDS = 5.0, 3.0
"""On and off, where the catalogue does not say."""


def group_of(technique: Technique) -> int | None:
    """Which of bow, mute, place and parts a technique belongs to; None for tremolo."""
    for index, group in enumerate(GROUPS):
        if technique in group:
            return index
    return None


def has(instrument: Instrument, technique: Technique) -> bool:
    """Whether a technique exists on an instrument; the plain way of playing always does."""
    if technique in PLAIN or technique is Technique.DIVISI:
        return True  # whether they can divide is a matter of how many they are
    return technique.value in instrument.plays


def mute_seconds(instrument: Instrument) -> tuple[float, float]:
    """How long an instrument's mute takes to put on and to take off, by the catalogue.

    >>> mute_seconds(Instrument("x", "X", "X.", Family.STRINGS, None, None))
    (5.0, 3.0)
    """
    way = instrument.technique(Technique.CON_SORDINO.value)
    if way is None or not way.on_seconds:
        return _MUTE_SECONDS
    return float(way.on_seconds), float(way.off_seconds)


def state_in(staff: Staff, at: Fraction) -> dict[int, Technique]:
    """What the marks of a staff ask for at a beat, by group."""
    found: dict[int, Technique] = {}
    for mark in sorted(staff.techniques, key=lambda one: one.at):
        group = group_of(mark.technique)
        if mark.at.quarters <= at and group is not None:
            found[group] = mark.technique
    return found


def techniques_of(
    placed: Sequence[Placed],
    staves: Mapping[int, Staff],
    timing: Timing,
    *,
    section: bool | None = None,
) -> tuple[TechniqueMark, ...]:
    """The technique marks of one player: each change once, and nothing left uncancelled.

    `section` says whether enough people sit there to divide; None: strings do, others do not.
    """
    ordered = sorted(placed, key=lambda one: (one.start, one.voice))
    marks: list[TechniqueMark] = []
    accompanied = _accompanied(ordered)
    for group, plain in enumerate(PLAIN):
        wanted = [_wanted(one, group, staves, accompanied, section) for one in ordered]
        if all(one is plain for one in wanted):
            continue
        states = _possible(ordered, wanted, group, timing)
        marks += _changes(ordered, states, plain, timing)
    return tuple(sorted(marks, key=lambda mark: (mark.at, mark.technique)))


def unplucked(placed: Sequence[Placed], timing: Timing) -> set[int]:
    """Phrases a player cannot pluck, since there is no time to change from or to the bow."""
    ordered = sorted(placed, key=lambda one: (one.start, one.voice))
    given_up: set[int] = set()

    def plucks(one: Placed) -> bool:
        return Technique.PIZZICATO in one.task.techniques and one.task.phrase not in given_up

    while True:
        before = len(given_up)
        for one, after in pairwise(ordered):
            late = timing.between(one.start, after.start) < CHANGE_SECONDS[0]
            if late and one.task.phrase != after.task.phrase and plucks(one) != plucks(after):
                given_up.add((one if plucks(one) else after).task.phrase)
        if len(given_up) == before:
            return given_up


def _wanted(
    one: Placed,
    group: int,
    staves: Mapping[int, Staff],
    accompanied: Collection[int],
    section: bool | None,
) -> Technique:
    instrument = one.task.instrument
    if group == GROUPS.index(PARTS):
        divided = _divided(one, accompanied, section)
        return Technique.DIVISI if divided else Technique.UNISONO
    for technique in one.task.techniques:
        if technique in GROUPS[group] and has(instrument, technique):
            return technique
    staff = staves.get(one.task.strand)
    asked = state_in(staff, one.start).get(group) if staff is not None else None
    return asked if asked is not None and has(instrument, asked) else PLAIN[group]


def _divided(one: Placed, accompanied: Collection[int], section: bool | None) -> bool:
    """Whether a section plays in two parts where this note begins."""
    divides = one.task.instrument.family is Family.STRINGS if section is None else section
    return divides and (one.voice > 0 or len(one.note.tones) > 1 or id(one) in accompanied)


def _accompanied(ordered: Sequence[Placed]) -> set[int]:
    """The notes at whose beginning another voice of the same staff sounds, by identity."""
    found: set[int] = set()
    until: dict[int, Fraction] = {}
    for start, group in groupby(ordered, key=lambda one: one.start):
        here = list(group)
        for one in here:
            until[one.voice] = max(one.end, until.get(one.voice, one.end))
        for one in here:
            if any(end > start for voice, end in until.items() if voice != one.voice):
                found.add(id(one))
    return found


def _possible(
    ordered: Sequence[Placed], wanted: Sequence[Technique], group: int, timing: Timing
) -> list[Technique]:
    """What can be had: a change without time moves back, a mute without time is not put on."""
    states = list(wanted)
    if group == GROUPS.index(MUTE):
        return _mutes(ordered, states, timing)
    need = CHANGE_SECONDS[group]
    for place in range(len(states) - 1, 0, -1):
        gap = timing.between(ordered[place - 1].start, ordered[place].start)
        if states[place - 1] is not states[place] and gap < need:
            states[place - 1] = states[place]
    return states


def _mutes(ordered: Sequence[Placed], states: list[Technique], timing: Timing) -> list[Technique]:
    """Runs with mute, kept only where there is time to put it on and to take it off."""
    bounds = [0]
    bounds += [place for place in range(1, len(states)) if states[place] is not states[place - 1]]
    bounds.append(len(states))
    for first, stop in pairwise(bounds):
        if states[first] is not Technique.CON_SORDINO:
            continue
        on, off = mute_seconds(ordered[first].task.instrument)
        before = first == 0 or timing.between(ordered[first - 1].end, ordered[first].start) >= on
        after = stop == len(states) or (
            timing.between(ordered[stop - 1].end, ordered[stop].start) >= off
        )
        if not (before and after):
            states[first:stop] = [Technique.SENZA_SORDINO] * (stop - first)
    return states


def _changes(
    ordered: Sequence[Placed], states: Sequence[Technique], plain: Technique, timing: Timing
) -> list[TechniqueMark]:
    marks = []
    now = plain
    for one, state in zip(ordered, states, strict=True):
        if state is not now:
            marks.append(TechniqueMark(one.note.onset, state))
            now = state
    end = max(one.end for one in ordered)
    if now is not plain and now is not Technique.DIVISI and end < timing.grid.end.quarters:
        marks.append(TechniqueMark(Beat(end), plain))
    return marks
