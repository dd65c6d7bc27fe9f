"""The sketch read for scoring: its strands as single voices, its dynamics as curves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.music import Note, Pitch, Role, Sketch, Strand, Unpitched
from scorestage.orchestration.levels import LevelCurve
from scorestage.orchestration.values import Phrase, SketchLine, Tone

_PICKUP_QUARTERS = 2


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
            start = _with_pickup(tones, phrase.start) if index else Fraction(-(10**6))
            last = index + 1 == len(phrases)
            end = Fraction(10**6) if last else _with_pickup(tones, phrase.end)
            held = tuple(tone for tone in tones if start <= tone.start < end)
            if held:
                label = reading.strand.label
                found.append(SketchLine(reading.index, reading.role, label, place, held))
    return tuple(found)


def _with_pickup(tones: Sequence[Tone], border: Fraction) -> Fraction:
    """Where the line's new phrase begins: up to two quarters early, after a rest."""
    before = [tone for tone in tones if border - _PICKUP_QUARTERS <= tone.start < border]
    if not before or not any(tone.start < border - _PICKUP_QUARTERS for tone in tones):
        return border
    for tone in reversed(before):
        earlier = [other.end for other in tones if other.start < tone.start]
        rest = tone.start - max(earlier, default=tone.start)
        if rest >= Fraction(1, 4) and max(other.end for other in before) <= border:
            return tone.start
    return border
