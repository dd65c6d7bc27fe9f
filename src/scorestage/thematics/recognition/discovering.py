"""The repeated ideas of a score that nobody has named yet: its sections, and what opens them.

Segmented first: stretches that come again note for note are the sections; ideas are looked for
where sections begin (and the piece itself), each as long as what comes back most; then in every
line by itself, where what comes back must be compact, rare and often repeated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.music.score import Score
from scorestage.thematics.recognition.motifs import find_motifs
from scorestage.thematics.recognition.openings import opening_ideas
from scorestage.thematics.recognition.points import PointSet
from scorestage.thematics.recognition.sections import Section, find_repeats, sections_of

_SMALL_SHARE = 0.15
_MANY_SECTIONS = 3
SECTION, IDEA, MOTIF = "section", "idea", "motif"


@dataclass(frozen=True, slots=True)
class Appearance:
    """One appearance of a pattern: its notes as onset in quarters and MIDI key.

    `player` counts the score's lines from 0 (whoever has most of it); `start` and `end` in
    quarters; `semitones` how far it is moved from the first one.
    """

    player: int
    start: Fraction
    end: Fraction
    notes: tuple[tuple[Fraction, int], ...]
    semitones: int = 0


@dataclass(frozen=True, slots=True)
class Pattern:
    """Something that a score repeats: a whole `section`, an `idea` that opens one, or a `motif`.

    `texture` tells whether it is one line or everything that sounds.
    """

    kind: str
    texture: str
    appearances: tuple[Appearance, ...]


def discover(score: Score) -> tuple[Pattern, ...]:
    """All repeated ideas of a score, the most telling first."""
    points = PointSet(score)
    if len(points) < 2:
        return ()
    bar = _bar(score)
    sections = _large(sections_of(points, find_repeats(points)))
    found = [Pattern(SECTION, "all", _of_section(points, one)) for one in sections]
    for idea in opening_ideas(points, sections, bar):
        found.append(Pattern(IDEA, idea.texture, _appearances(points, idea.places)))
    for places in find_motifs(score, points, bar) if len(sections) < _MANY_SECTIONS else ():
        found.append(Pattern(MOTIF, "line", _appearances(points, places)))
    return tuple(one for one in found if len(one.appearances) > 1)


def _large(sections: Sequence[Section]) -> list[Section]:
    """Without what is small beside the largest: that is a passing likeness, not a section."""
    most = max((one.notes for one in sections), default=0)
    return [one for one in sections if one.notes >= _SMALL_SHARE * most]


def _bar(score: Score) -> Fraction:
    """The length of most bars in quarters."""
    lengths = [bar.meter.length.quarters for bar in score.grid.bars]
    return max(set(lengths), key=lengths.count) if lengths else Fraction(4)


def _of_section(points: PointSet, section: Section) -> tuple[Appearance, ...]:
    found = []
    for start in section.starts:
        notes = points.between(start, start + section.length).tolist()
        if notes:
            found.append(_appearance(points, notes, 0))
    return tuple(found)


def _appearances(
    points: PointSet, places: Sequence[tuple[Sequence[int], int]]
) -> tuple[Appearance, ...]:
    return tuple(_appearance(points, notes, keys) for notes, keys in places)


def _appearance(points: PointSet, notes: Sequence[int], keys: int) -> Appearance:
    players = [int(points.players[note]) for note in notes]
    last = max(notes, key=lambda note: int(points.ends[note]))
    length = Fraction(int(points.ends[last] - points.times[last]), 48)
    return Appearance(
        max(set(players), key=players.count),
        points.onsets[notes[0]],
        points.onsets[last] + length,
        tuple((points.onsets[note], int(points.keys[note])) for note in notes),
        keys,
    )
