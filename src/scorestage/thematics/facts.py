"""What can be said of a tune in numbers, and which of several is the best one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from scorestage.music.feel import stress_in_bar
from scorestage.music.harmony import in_chord
from scorestage.music.key import Key
from scorestage.music.marks import ChordSymbol
from scorestage.music.note import Note
from scorestage.music.pitch import Pitch
from scorestage.music.theme import Theme

PLAIN_INTERVALS = {
    (0, 0), (0, 1), (1, 1), (1, 2), (2, 3), (2, 4), (3, 5), (4, 7), (5, 8), (5, 9), (7, 12),
}  # fmt: skip
"""Melodic intervals anyone can sing, as (staff steps, semitones) without direction."""


@dataclass(frozen=True, slots=True)
class ThemeFacts:
    """A tune in numbers: range and shares, where its highest note stands, how it ends.

    `apex_place` is how far through the tune the apex comes, 0 to 1; `awkward_leaps` counts
    tritones, sevenths, augmented and diminished intervals and anything wider than an octave;
    `rhythms` counts different lengths.
    """

    range_semitones: int
    apex_count: int
    apex_place: Fraction
    step_share: Fraction
    awkward_leaps: int
    repeated_share: Fraction
    chord_share: Fraction
    ends_on_tonic: bool
    rhythms: int
    hidden_parallels: int


def theme_facts(theme: Theme) -> ThemeFacts:
    """The facts of a theme; one without notes raises `ValueError`."""
    tops = [(note, note.top) for note in theme.notes]
    line = [(note, pitch) for note, pitch in tops if pitch is not None]
    if not line:
        raise ValueError(f"the theme {theme.id} has no notes")
    keys = [pitch.key for _, pitch in line]
    moves = [other - one for one, other in pairwise(keys)]
    highest = max(keys)
    apex = line[keys.index(highest)][0]
    weighty = [(note, pitch) for note, pitch in line if _weighs(theme, note)]
    chords = [(chord_under(theme.chords, note.onset.quarters), pitch) for note, pitch in weighty]
    inside = [in_chord(pitch, chord) for chord, pitch in chords if chord is not None]
    end = theme.length.quarters
    return ThemeFacts(
        range_semitones=highest - min(keys),
        apex_count=keys.count(highest),
        apex_place=max(Fraction(0), apex.onset.quarters) / end,
        step_share=_share([1 <= abs(move) <= 2 for move in moves]),
        awkward_leaps=sum(is_awkward(one[1], other[1]) for one, other in pairwise(line)),
        repeated_share=_share([move == 0 for move in moves]),
        chord_share=_share(inside),
        ends_on_tonic=(keys[-1] - Key(theme.key, theme.mode).home.key) % 12 == 0,
        rhythms=len({note.length for note, _ in line}),
        hidden_parallels=_parallels_with_roots(theme, line),
    )


def is_awkward(one: Pitch, other: Pitch) -> bool:
    """Whether nobody would sing the interval between two pitches without thinking."""
    interval = one.interval_to(other)
    return (abs(interval.steps), abs(round(interval.semitones))) not in PLAIN_INTERVALS


def chord_under(chords: tuple[ChordSymbol, ...], quarters: Fraction) -> ChordSymbol | None:
    """The chord in force at a point; before the first one the first."""
    found = chords[0] if chords else None
    for chord in chords:
        if chord.at.quarters > quarters:
            break
        found = chord
    return found


def _weighs(theme: Theme, note: Note) -> bool:
    offset = note.onset.quarters % theme.meter.length.quarters
    return stress_in_bar(theme.meter, offset) >= 2 or note.length.quarters >= 2


def _share(flags: list[bool]) -> Fraction:
    return Fraction(sum(flags), len(flags)) if flags else Fraction(1)


def _parallels_with_roots(theme: Theme, line: list[tuple[Note, Pitch]]) -> int:
    """Octaves or fifths between tune and chord roots at two chord changes running."""
    found = 0
    before: tuple[int, int] | None = None
    for chord in theme.chords:
        sounding = [pitch for note, pitch in line if note.onset <= chord.at < note.end]
        if not sounding:
            before = None
            continue
        root = Pitch.parse(f"{chord.root}2").key
        now = (sounding[-1].key, root)
        if before is not None and before[0] != now[0] and (before[1] - root) % 12:
            old, new = (before[0] - before[1]) % 12, (now[0] - now[1]) % 12
            found += old == new and old in (0, 7)
        before = now
    return found


def demerits(theme: Theme, leaps: int = 2) -> float:
    """How far a theme is from a good tune, in points; 0 is as good as the rules can tell.

    `leaps` (0 to 4) says how many the style likes: of the moves 72 % down to 48 % should be steps.
    """
    facts = theme_facts(theme)
    points = 6.0 * facts.awkward_leaps + 4.0 * (facts.apex_count - 1)
    points += 2.0 * facts.hidden_parallels
    points += 0.8 * max(0, facts.range_semitones - 17) + 0.8 * max(0, 9 - facts.range_semitones)
    points += 8.0 * (facts.range_semitones > 19)
    points += 10.0 * max(0.0, abs(float(facts.step_share) - (0.72 - 0.06 * leaps)) - 0.1)
    points += 15.0 * max(0.0, float(facts.repeated_share) - 0.15)
    points += 12.0 * max(0.0, 0.85 - float(facts.chord_share))
    points += 0.0 if 0.4 <= facts.apex_place <= 0.92 else 3.0
    points += 0.0 if facts.rhythms >= 3 else 1.5
    return points
