"""Scores as bags of facts, so that two of them can be compared whatever order things stand in."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from scorestage.music import Line, Pitch, Score, Staff


def sounding(score: Score) -> Counter[tuple[str, str, Fraction, str, Fraction]]:
    """Player, bar and beat, onset, pitch and length of everything that sounds."""
    return Counter(
        (
            line.player.id,
            str(score.grid.position(note.onset)),
            note.onset.quarters,
            str(pitch),
            note.length.quarters,
        )
        for line in score.lines
        for note in line.notes
        for pitch in note.pitches
    )


def keys_sounding(score: Score) -> Counter[tuple[str, Fraction, str, Fraction]]:
    """The same with keys instead of spellings, bars left out."""
    return Counter(
        (
            line.player.id,
            note.onset.quarters,
            str(pitch.midi) if isinstance(pitch, Pitch) else pitch.sound,
            note.length.quarters,
        )
        for line in score.lines
        for note in line.notes
        for pitch in note.pitches
    )


def marked(score: Score) -> Counter[object]:
    """Everything but clefs: notes with all their marks, signs of the staves, marks over all."""
    found: Counter[object] = Counter([score.grid, *score.marks, *score.chords])
    for line in score.lines:
        found[line.player.id, line.player.name, line.player.count, line.changes] += 1
        for number, staff in enumerate(line.staves):
            found.update((line.player.id, number, fact) for fact in _of_staff(staff))
    return found


def _of_staff(staff: Staff) -> list[object]:
    names = {note.id: (note.onset, tuple(map(str, note.sounding))) for note in staff.notes}
    facts: list[object] = [
        (
            note.onset,
            note.length,
            tuple(sorted(map(str, note.pitches))),
            frozenset(note.articulations),
            note.tremolo,
            note.grace,
            note.lyric,
        )
        for note in staff.notes
    ]
    facts.extend((*staff.dynamics, *staff.hairpins, *staff.techniques, *staff.words))
    facts.extend(("slur", names[slur.first], names[slur.last]) for slur in staff.slurs)
    return facts


def single(score: Score) -> Line:
    """The only line of a score."""
    (line,) = score.lines
    return line
