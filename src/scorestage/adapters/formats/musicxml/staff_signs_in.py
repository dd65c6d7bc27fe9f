"""The signs of one staff put in order: dynamics, techniques, words, clefs, keys, all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.adapters.formats.musicxml.facts_in import ReadPart
from scorestage.adapters.formats.musicxml.grid_in import Timeline
from scorestage.music import (
    ClefChange,
    Dynamic,
    DynamicMark,
    Interval,
    KeyChange,
    Sign,
    StaffSign,
    Technique,
    TechniqueMark,
    Words,
)


@dataclass(frozen=True, slots=True)
class StaffSigns:
    """What stands at one staff, each sign once, in order."""

    dynamics: tuple[DynamicMark, ...]
    techniques: tuple[TechniqueMark, ...]
    words: tuple[Words, ...]
    others: tuple[StaffSign, ...]

    @classmethod
    def of_part(cls, part: ReadPart, number: int, count: int, timeline: Timeline) -> StaffSigns:
        """Those of staff `number` of `count`; signs of staves that are not there go to the last."""
        dynamics: dict[DynamicMark, None] = {}
        techniques: dict[TechniqueMark, None] = {}
        told: dict[Words, None] = {}
        others: dict[StaffSign, None] = {}
        own = (
            (timeline.beat(one.at), one) for one in part.signs if min(one.staff, count) == number
        )
        for at, one in sorted(own, key=lambda found: found[0]):
            if isinstance(one.sign, Dynamic):
                dynamics[DynamicMark(at, one.sign, one.shown)] = None
            elif isinstance(one.sign, Technique):
                techniques[TechniqueMark(at, one.sign, one.shown)] = None
            elif isinstance(one.sign, Sign):
                others[StaffSign(at, one.sign)] = None
            else:
                told[Words(at, one.sign)] = None
        return cls(tuple(dynamics), tuple(techniques), tuple(told), tuple(others))


def clefs_of(part: ReadPart, number: int, timeline: Timeline) -> tuple[ClefChange, ...]:
    """The clefs set in one staff, each only where it changes."""
    found: list[ClefChange] = []
    own = [(timeline.beat(at), clef) for at, staff, clef in part.clef_changes if staff == number]
    for at, clef in sorted(own, key=lambda one: one[0]):
        if found and found[-1].at == at:
            found[-1] = ClefChange(at, clef)
        elif not found or found[-1].clef != clef:
            found.append(ClefChange(at, clef))
    return tuple(
        one for place, one in enumerate(found) if not place or one.clef != found[place - 1].clef
    )


def keys_of(part: ReadPart, count: int, timeline: Timeline) -> tuple[KeyChange, ...]:
    """The key signatures of a part as they sound; none where nothing is ever signed."""
    moves = [
        (timeline.beat(at).quarters, staff, interval) for at, staff, interval in part.transposes
    ]
    found: list[KeyChange] = []
    told = sorted(
        ((timeline.beat(at), key) for at, key in part.keys), key=lambda one: (one[0], one[1].staff)
    )
    for at, key in told:
        staff = key.staff if count > 1 and key.staff <= count else 0
        moved = replace(key, at=at, staff=staff)
        shift = shift_at(moves, at.quarters, staff or 1)
        if shift is not None and key.mode != "none":
            moved = moved.moved(shift)
        _put(found, moved)
    signed = any(key.fifths or key.alterations or key.mode not in ("", "none") for key in found)
    return tuple(found) if signed else ()


def _put(found: list[KeyChange], key: KeyChange) -> None:
    """A signature after those before it; one that changes nothing is left out."""
    same_time = [one for one in found if one.at == key.at and one.staff == key.staff]
    for one in same_time:
        found.remove(one)
    before = [one for one in found if one.staff in (0, key.staff) or key.staff == 0]
    if before and all(replace(one, at=key.at, staff=key.staff) == key for one in before[-1:]):
        return
    found.append(key)


def shift_at(
    moves: Sequence[tuple[Fraction, int, Interval]], at: Fraction, staff: int
) -> Interval | None:
    """The transposition in force, written to sounding."""
    found = None
    for start, number, interval in moves:
        if start <= at and number in (0, staff):
            found = interval
    return found
