"""An independent proof of a score against its sketch: by time and pitch class, by nothing else.

It knows no task, rule or note id of the engine: only when notes begin and end and what they sound.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from scorestage.music import Pitch, Role, Score, Sketch

_BREATH_SECONDS = Fraction(6, 10)


@dataclass(frozen=True, slots=True)
class Sounding:
    """One pitch of the score or the sketch, in quarters."""

    start: Fraction
    end: Fraction
    key: int
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What is missing in the score: `at_pitch` nowhere at its key, `lost` in no octave at all,
    `cut` begun but not held to its end by anybody (a breath apart)."""

    notes: int
    at_pitch: tuple[Sounding, ...]
    lost: tuple[Sounding, ...]
    cut: tuple[Sounding, ...]

    def missing(self, *roles: Role) -> tuple[Sounding, ...]:
        """Those not at their own pitch, of some roles."""
        return tuple(one for one in self.at_pitch if one.role in roles)


def sketched(sketch: Sketch) -> list[Sounding]:
    """Every pitch of the sketch."""
    return [
        Sounding(note.onset.quarters, note.end.quarters, pitch.key, strand.role)
        for strand in sketch.strands
        for note in strand.staff.notes
        for pitch in note.pitches
        if isinstance(pitch, Pitch)
    ]


def sounded(score: Score) -> list[Sounding]:
    """Every pitch of the score."""
    return [
        Sounding(note.onset.quarters, note.end.quarters, pitch.key)
        for _, note in score.notes()
        for pitch in note.sounding
    ]


def proved(sketch: Sketch, score: Score) -> Proof:
    """The score held against its sketch."""
    wanted = sketched(sketch)
    by_start: dict[Fraction, list[Sounding]] = {}
    by_key: dict[int, list[tuple[Fraction, Fraction]]] = {}
    for one in sounded(score):
        by_start.setdefault(one.start, []).append(one)
        by_key.setdefault(one.key % 12, []).append((one.start, one.end))
    covers = {key: _joined(spans) for key, spans in by_key.items()}
    at_pitch, lost, cut = [], [], []
    for one in wanted:
        here = by_start.get(one.start, [])
        if not any(other.key == one.key for other in here):
            at_pitch.append(one)
        if not any(other.key % 12 == one.key % 12 for other in here):
            lost.append(one)
        elif not _held(one, covers.get(one.key % 12, [])):
            cut.append(one)
    return Proof(len(wanted), tuple(at_pitch), tuple(lost), tuple(cut))


def _joined(spans: Iterable[tuple[Fraction, Fraction]]) -> list[tuple[Fraction, Fraction]]:
    """Spans run together; what is taken up again within a quarter (a breath) counts as held."""
    found: list[tuple[Fraction, Fraction]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _held(one: Sounding, spans: Iterable[tuple[Fraction, Fraction]]) -> bool:
    """Whether its pitch class sounds to its end, a breath (a quarter, or half of it) apart."""
    need = one.end - min(Fraction(1), (one.end - one.start) / 2)
    return any(start <= one.start and end >= need for start, end in spans)
