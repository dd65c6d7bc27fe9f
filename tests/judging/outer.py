"""Parallel octaves and fifths between tune and bass, counted from the notes of a sketch alone."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from scorestage.music import Note, Role, Sketch


@dataclass(frozen=True, slots=True)
class Parallel:
    """Where it is arrived at (quarters), what it is, and the four tones (bass, then tune)."""

    at_quarters: Fraction
    kind: str
    bass: tuple[int, int]
    tune: tuple[int, int]
    origins: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Moment:
    at: Fraction
    bass: int
    tune: int
    joint: bool
    origins: tuple[str, str]


def parallels(sketch: Sketch) -> list[Parallel]:
    """All of a cue: from attack to attack, then those between one attack of both and the next."""
    moments = _moments(sketch)
    close = [pair for pair in pairwise(moments) if pair[0] is not None and pair[1] is not None]
    struck = [one for one in moments if one is not None and one.joint]
    seen: set[Fraction] = set()
    found: list[Parallel] = []
    for pairs, words in ((close, ""), (pairwise(struck), " between joint attacks")):
        for one, other in pairs:
            kind = _kind(one, other)
            if kind and other.at not in seen:
                seen.add(other.at)
                found.append(
                    Parallel(
                        other.at,
                        kind + words,
                        (one.bass, other.bass),
                        (one.tune, other.tune),
                        other.origins,
                    )
                )
    return sorted(found, key=lambda one: one.at_quarters)


def _kind(one: _Moment, other: _Moment) -> str:
    before, after = (one.tune - one.bass) % 12, (other.tune - other.bass) % 12
    together = (other.tune - one.tune) * (other.bass - one.bass) > 0
    return {0: "octaves", 7: "fifths"}.get(after, "") if together and before == after else ""


def _moments(sketch: Sketch) -> list[_Moment | None]:
    """Every point where tune or bass strikes, while both sound; None where one is silent."""
    tune, bass = _line(sketch, Role.MELODY), _line(sketch, Role.BASS)
    starts = {note.onset.quarters for note in (*tune, *bass)}
    found: list[_Moment | None] = []
    for at in sorted(starts):
        high, low = _sounding(tune, at), _sounding(bass, at)
        if high is None or low is None:
            found.append(None)
            continue
        joint = high.onset.quarters == low.onset.quarters == at
        top = max(pitch.key for pitch in high.sounding)
        deep = min(pitch.key for pitch in low.sounding)
        found.append(_Moment(at, deep, top, joint, (low.origin, high.origin)))
    return found


def _line(sketch: Sketch, role: Role) -> list[Note]:
    return [note for one in sketch.of_role(role) for note in one.staff.notes if note.sounding]


def _sounding(line: list[Note], at: Fraction) -> Note | None:
    return next((note for note in line if note.onset.quarters <= at < note.end.quarters), None)
