"""Slurs and articulations of one player: the sketch's own, else what the line asks for."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.music import Articulation, Family, Role, Slur, Staff, Technique
from scorestage.orchestration.loudness import runs
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.playing import sharper
from scorestage.orchestration.practice import Colour, colour
from scorestage.orchestration.timing import Timing

_OF_THE_SKETCH = ("carrier", "unison", "octave")
_SINGING = (Role.MELODY, Role.COUNTER)
_DRY = {
    Articulation.STACCATO,
    Articulation.STACCATISSIMO,
    Articulation.MARCATO,
    Articulation.ACCENT,
    Articulation.SFORZATO,
}
_BOW_SECONDS = 3.2
_RINGING = (Colour.PLUCKED, Colour.KEYS, Colour.MALLETS, Colour.DRUMS, Colour.TIMPANI)
_HALF = Fraction(1, 2)
_Span = tuple[tuple[int, int], tuple[int, int]]
"""From one onset to another, each as a ratio of quarters."""


def slurs_of(
    placed: Sequence[Placed], staves: Mapping[int, Staff], timing: Timing
) -> tuple[Slur, ...]:
    """The sketch's slurs where the player has both their ends; else bows and breaths by the bar.

    Whoever plucks, a double bass under bowed cellos, has none.
    """
    found: list[Slur] = []
    spans: dict[int, list[_Span]] = {}
    for run in runs([one for one in placed if one.voice == 0]):
        staff = staves.get(run[0].task.strand)
        if staff is None or run[0].task.rule.rpartition(".")[2] not in _OF_THE_SKETCH:
            continue
        if Technique.PIZZICATO in run[0].task.techniques:
            continue
        strand = run[0].task.strand
        if strand not in spans:
            spans[strand] = _spans(staff)
        own = _copied(run, spans[strand])
        if own:
            found += own
        elif run[0].task.role in _SINGING and colour(run[0].task.instrument) not in _RINGING:
            found += _phrased(run, timing)
    return tuple(found)


def _spans(staff: Staff) -> list[_Span]:
    """The onsets of the notes under each slur's ends."""
    onsets = {note.id: note.onset.quarters.as_integer_ratio() for note in staff.notes}
    ends = ((onsets.get(slur.first), onsets.get(slur.last)) for slur in staff.slurs)
    return [(first, last) for first, last in ends if first is not None and last is not None]


def _copied(run: Sequence[Placed], spans: Sequence[_Span]) -> list[Slur]:
    """By onset, since every note of the run stands where its sketch note does."""
    places = {one.start.as_integer_ratio(): place for place, one in enumerate(run)}
    found = []
    for start, end in spans:
        first, last = places.get(start), places.get(end)
        if first is not None and last is not None and first < last:
            inside = run[first : last + 1]
            if _flows(inside):
                found.append(Slur(inside[0].note.id, inside[-1].note.id))
    return found


def _flows(inside: Sequence[Placed]) -> bool:
    """Whether the notes follow each other without a breath."""
    return all(
        one.end == after.start and Articulation.BREATH not in one.note.articulations
        for one, after in itertools.pairwise(inside)
    )


def _phrased(run: Sequence[Placed], timing: Timing) -> list[Slur]:
    """Legato by the bar, as long as one bow lasts; not over repeated or dry notes."""
    groups: list[list[Placed]] = []
    for one in run:
        last = groups[-1][-1] if groups else None
        joins = (
            last is not None
            and last.end == one.start
            and timing.bar(last.start) == timing.bar(one.start)
            and last.note.pitches != one.note.pitches
            and not _DRY & {*last.note.articulations, *one.note.articulations}
            and Articulation.BREATH not in last.note.articulations
            and not one.note.tremolo
            and timing.between(groups[-1][0].start, one.end) <= _BOW_SECONDS
        )
        if joins:
            groups[-1].append(one)
        else:
            groups.append([one])
    return [Slur(group[0].note.id, group[-1].note.id) for group in groups if len(group) > 1]


def articulated(placed: Sequence[Placed], slurs: Sequence[Slur], timing: Timing) -> list[Placed]:
    """Every entry told how to begin, and rhythmic notes how to be struck."""
    slurred = {slur.first for slur in slurs}
    found: list[Placed] = []
    last_end: Fraction | None = None
    for one in placed:
        note = one.note
        bare = not note.articulations and not note.tremolo and note.id not in slurred
        instrument = one.task.instrument
        if bare and one.task.role is Role.RHYTHM and not instrument.drums:
            strong = timing.stress(one.start) >= 2
            if note.length.quarters <= _HALF:
                sign = Articulation.ACCENT if strong else Articulation.STACCATO
                note = sharper(note, sign)
        elif bare and _enters(one, last_end, timing) and not instrument.drums:
            short = note.length.quarters <= _HALF
            ringing = colour(instrument) in _RINGING
            if instrument.family is not Family.VOICE:
                sign = Articulation.STACCATO if short and not ringing else Articulation.TENUTO
                note = sharper(note, sign)
        found.append(replace(one, note=note))
        last_end = max(last_end or one.end, one.end)
    return found


def _enters(one: Placed, last_end: Fraction | None, timing: Timing) -> bool:
    """Whether it is a first note, or one after a bar's rest."""
    if last_end is None:
        return True
    bar = timing.grid.bars[timing.bar(one.start)].meter.length.quarters
    return one.start - last_end >= bar
