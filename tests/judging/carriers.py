"""Which instruments carry tune, harmony and bass in each bar, and how far two scorings differ.

Told from the notes alone: who begins a note of the sketch, at its moment and in its pitch class.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.music import Pitch, Role, Score, Sketch

ROLES = (Role.MELODY, Role.HARMONY, Role.BASS)
Carriers = Mapping[tuple[int, Role], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Apart:
    """Shares of the bars in which two scorings differ.

    `tune`: others carry the tune. `mostly`: of all who carry tune, harmony and bass in either,
    at least half carry it in one only. `anyhow`: the carriers are not the same.
    """

    bars: int
    tune: Fraction
    mostly: Fraction
    anyhow: Fraction


def carriers_of(sketch: Sketch, score: Score) -> Carriers:
    """By bar and role the instruments that begin half of its moments there, or more.

    A rhythm counts as harmony: it is what goes with the tune.
    """
    wanted: dict[tuple[int, Role], dict[Fraction, set[int]]] = {}
    for strand in sketch.strands:
        role = Role.HARMONY if strand.role is Role.RHYTHM else strand.role
        for note in strand.staff.notes if role in ROLES else ():
            moments = wanted.setdefault((sketch.grid.index_at(note.onset), role), {})
            keys = {pitch.key % 12 for pitch in note.pitches if isinstance(pitch, Pitch)}
            moments.setdefault(note.onset.quarters, set()).update(keys)
    played: dict[str, dict[Fraction, set[int]]] = {}
    for line, note in score.notes():
        begun = played.setdefault(_instrument(line.player.id), {})
        keys = {pitch.key % 12 for pitch in note.sounding}
        begun.setdefault(note.onset.quarters, set()).update(keys)
    return {
        place: frozenset(
            name
            for name, begun in played.items()
            if 2 * sum(bool(keys & begun.get(at, set())) for at, keys in moments.items())
            >= len(moments)
        )
        for place, moments in wanted.items()
    }


def _instrument(player: str) -> str:
    """The instrument a player sits with: `hn1` and `hn3` are horns, violins stay apart."""
    return player if player.startswith("vn") else player.rstrip("0123456789")


def apart(one: Carriers, other: Carriers) -> Apart:
    """How far two scorings of one sketch differ, bar by bar."""
    bars = sorted({bar for bar, _ in (*one, *other)})
    tune = mostly = anyhow = tunes = 0
    for bar in bars:
        pairs = [
            (one.get((bar, role), frozenset()), other.get((bar, role), frozenset()))
            for role in ROLES
            if (bar, role) in one or (bar, role) in other
        ]
        both = sum(len(a & b) for a, b in pairs)
        all_ = sum(len(a | b) for a, b in pairs)
        mostly += 2 * both <= all_
        anyhow += any(a != b for a, b in pairs)
        if (bar, Role.MELODY) in one or (bar, Role.MELODY) in other:
            tunes += 1
            tune += one.get((bar, Role.MELODY)) != other.get((bar, Role.MELODY))
    count = max(1, len(bars))
    tunes_apart = Fraction(tune, tunes) if tunes else Fraction(1)
    return Apart(len(bars), tunes_apart, Fraction(mostly, count), Fraction(anyhow, count))


def least(found: Sequence[Apart]) -> Apart:
    """The least of each share."""
    return Apart(
        sum(one.bars for one in found),
        min(one.tune for one in found),
        min(one.mostly for one in found),
        min(one.anyhow for one in found),
    )
