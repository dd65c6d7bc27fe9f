"""The sketch read for scoring: its strands as single voices, its dynamics as curves."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter

from scorestage.music import Note, Pitch, Role, Sketch, Strand, Unpitched
from scorestage.orchestration.levels import LevelCurve
from scorestage.orchestration.values import Phrase, SketchLine, Tone

_PICKUP_QUARTERS = 2
_BACK = 8
"""How many tones back one may still sound; voices are nearly always one note after the other."""


@dataclass(frozen=True, slots=True)
class StrandReading:
    """One strand taken apart: each voice and each place in its chords is a line of tones."""

    index: int
    strand: Strand
    curve: LevelCurve
    lines: tuple[tuple[Tone, ...], ...]

    @property
    def role(self) -> Role:
        """Its role."""
        return self.strand.role


def read_strands(sketch: Sketch) -> tuple[StrandReading, ...]:
    """All strands that have notes, with ids made unique where two strands share them."""
    counted = Counter(note.id for strand in sketch.strands for note in strand.staff.notes)
    twice = any(count > 1 for count in counted.values())
    found = []
    for index, strand in enumerate(sketch.strands):
        prefix = f"s{index + 1}-" if twice else ""
        lines = tuple(_lines(strand, prefix))
        if lines:
            found.append(StrandReading(index, strand, LevelCurve(strand.staff), lines))
    return tuple(found)


def _lines(strand: Strand, prefix: str) -> Iterable[tuple[Tone, ...]]:
    for voice in strand.staff.voices:
        ranked: dict[int, list[Tone]] = {}
        for place, note in enumerate(voice.notes):
            name = f"{prefix}{note.id or f'{strand.role.name.lower()}-{place}'}"
            for rank, pitch in enumerate(_ranked(note, strand.role)):
                tone_id = name if rank == 0 else f"{name}~{rank + 1}"
                tone = Tone(tone_id, note.onset.quarters, note.end.quarters, pitch, note)
                ranked.setdefault(rank, []).append(tone)
        for rank in sorted(ranked):
            yield tuple(ranked[rank])


def _ranked(note: Note, role: Role) -> tuple[Pitch | Unpitched, ...]:
    """The pitches of a chord from the one that matters most: the top, in a bass the bottom."""
    strokes = tuple(stroke for stroke in note.pitches if isinstance(stroke, Unpitched))
    pitched = note.sounding if role is Role.BASS else tuple(reversed(note.sounding))
    return (*pitched, *strokes)


def lines_in(
    strands: Sequence[StrandReading], phrases: Sequence[Phrase], index: int
) -> tuple[SketchLine, ...]:
    """The lines that begin in phrase `index`: a tone belongs where it begins, a pickup to what
    it leads into."""
    phrase = phrases[index]
    found = []
    for reading in strands:
        for place, tones in enumerate(reading.lines):
            first = _begins(tones, phrase.start) if index else 0
            stop = _begins(tones, phrase.end) if index + 1 < len(phrases) else len(tones)
            held = tones[first:stop]
            if held:
                label = reading.strand.label
                found.append(SketchLine(reading.index, reading.role, label, place, held))
    return tuple(found)


def _begins(tones: Sequence[Tone], border: Fraction) -> int:
    """Where the line's new phrase begins: up to two quarters early, after a rest."""
    first, stop = (
        bisect_left(tones, at, key=attrgetter("start"))
        for at in (border - _PICKUP_QUARTERS, border)
    )
    if first == stop or not first:
        return stop
    if max(tone.end for tone in tones[first:stop]) > border:
        return stop
    until = max(tone.end for tone in tones[max(0, first - _BACK) : first])
    found = stop
    for place in range(first, stop):
        start = tones[place].start
        if start - until >= Fraction(1, 4) and start > tones[place - 1].start:
            found = place
        until = max(until, tones[place].end)
    return found
