"""Clefs of a part against those of the score, where both are written at the same pitch."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from scorestage.engraving.setcheck.music import beat_text
from scorestage.engraving.setcheck.values import SetFault, SetSeverity, Sheet

_Place = tuple[int, Fraction]
_Changes = Mapping[str, Sequence[tuple[_Place, str]]]


def clef_faults(part: Sheet, score: Sheet, file: str) -> Iterator[SetFault]:
    """Where a player reads another clef than stands in the score, told once until they agree.

    A copyist may prefer another clef, so this is doubtful. Parts that are transposed and scores
    that are not have clefs of their own, and are left alone.
    """
    if part.written_shifts != score.written_shifts:
        return
    own, other = _changes(part), _changes(score)
    staves = sorted(own.keys() & other.keys())
    places = sorted({(sound.bar, sound.offset_quarters) for sound in part.sounds})
    differing: set[str] = set()
    for place in places:
        for staff in staves:
            here, there = _in_force(own[staff], place), _in_force(other[staff], place)
            if here == there or not here or not there:
                differing.discard(staff)
            elif staff not in differing:
                differing.add(staff)
                yield _fault(
                    part, score, file, place, f"is in the clef {here}, in the score {there}"
                )


def _changes(sheet: Sheet) -> dict[str, list[tuple[_Place, str]]]:
    """The clefs of each staff in the order they come."""
    found: dict[str, list[tuple[_Place, str]]] = {}
    for sign in sorted(one for one in sheet.signs if one.kind == "clef"):
        clef, _, staff = sign.text.partition(" staff ")
        found.setdefault(staff, []).append(((sign.bar, sign.offset_quarters), clef))
    return found


def _in_force(changes: Sequence[tuple[_Place, str]], place: _Place) -> str:
    before = bisect_right([at for at, _ in changes], place)
    return changes[before - 1][1] if before else ""


def _fault(part: Sheet, score: Sheet, file: str, place: _Place, message: str) -> SetFault:
    bar = score.bars[place[0]]
    return SetFault(
        "clef",
        message,
        score.name or part.name,
        file,
        bar.label,
        place[0],
        beat_text(bar, place[1]),
        SetSeverity.DOUBTFUL,
        "print the part again, or keep it if the player reads it so",
    )
