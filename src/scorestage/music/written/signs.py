"""Signs beside the notes: slurs numbered, dynamics, hairpins and words put into their bars."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from scorestage.errors import MusicError, Where
from scorestage.music.marks import DynamicMark, Hairpin, Slur, TechniqueMark, Words
from scorestage.music.notation import Sign
from scorestage.music.note import Note
from scorestage.music.score import Staff
from scorestage.music.written.frames import Frame
from scorestage.music.written.values import Edge, SlurEdge, WrittenDirection
from scorestage.timebase import Beat


def slur_edges(staff: Staff, player: str) -> dict[str, tuple[SlurEdge, ...]]:
    """By note id the slurs that begin and end there; slurs that overlap have different numbers.

    A slur keeps its number to the end of its last note, which may be cut by ties.

    Raises `MusicError` for a slur whose notes do not exist or stand in the wrong order.
    """
    if not staff.slurs:
        return {}
    lanes = (*staff.voices, *staff.cues)
    notes = {note.id: note for voice in lanes for note in voice.notes}
    slurs = sorted((_ends(slur, notes, player) for slur in staff.slurs), key=lambda ends: ends[0])
    busy_until: dict[int, Fraction] = {}
    found: dict[str, tuple[SlurEdge, ...]] = defaultdict(tuple)
    for start, end, slur in slurs:
        number = 1
        while number in busy_until and busy_until[number] > start:
            number += 1
        busy_until[number] = end
        if slur.first == slur.last:
            found[slur.first] += (SlurEdge(number, Edge.STOP, from_grace=True),)
            continue
        found[slur.first] += (SlurEdge(number, Edge.START),)
        found[slur.last] = (SlurEdge(number, Edge.STOP), *found[slur.last])
    return dict(found)


def _ends(slur: Slur, notes: Mapping[str, Note], player: str) -> tuple[Fraction, Fraction, Slur]:
    for end in (slur.first, slur.last):
        if end not in notes:
            raise MusicError(f"a slur names the note {end!r}, which its staff does not have",
                             Where(player=player or None))  # fmt: skip
    first, last = notes[slur.first], notes[slur.last]
    if last.onset < first.onset or (first is last and not first.grace):
        raise MusicError(
            f"the slur from note {first.id} to note {last.id} does not go forward",
            Where(player=player or None),
        )
    return first.onset.quarters, last.end.quarters, slur


def directions_of(
    staff: Staff, frames: tuple[Frame, ...], player: str
) -> dict[int, tuple[WrittenDirection, ...]]:
    """By place of the bar the signs that stand in it, in order.

    Raises `MusicError` for a sign before the first or after the last bar.
    """
    starts = [frame.start for frame in frames]
    found: dict[int, list[WrittenDirection]] = defaultdict(list)

    def put(direction: WrittenDirection, at: Beat, ends: bool = False) -> None:
        place = (bisect_left(starts, at) if ends else bisect_right(starts, at)) - 1
        place = max(place, 0)
        if not frames or not frames[0].start <= at <= frames[-1].end:
            raise MusicError(
                f"a sign at quarter {at.quarters} lies outside the bars of the cue",
                Where(player=player or None),
            )
        offset = (at - starts[place]).quarters
        found[place].append(
            WrittenDirection(offset, direction.sign, direction.edge, direction.number)
        )

    points: list[Words | TechniqueMark | DynamicMark] = [*staff.words, *staff.techniques]
    for point in [*points, *staff.dynamics]:
        put(WrittenDirection(Fraction(0), point), point.at)
    for number, hairpin in _numbered(staff.hairpins):
        put(WrittenDirection(Fraction(0), hairpin, Edge.START, number), hairpin.start)
        put(WrittenDirection(Fraction(0), hairpin, Edge.STOP, number), hairpin.end, ends=True)
    return {place: tuple(sorted(signs, key=_order)) for place, signs in found.items()}


def signs_of(
    staff: Staff, frames: tuple[Frame, ...]
) -> dict[int, tuple[tuple[Fraction, Sign], ...]]:
    """By place of the bar all further signs of the staff with their offsets, in order.

    A sign on the last barline stands at the end of the last bar.
    """
    starts = [frame.start for frame in frames]
    found: dict[int, tuple[tuple[Fraction, Sign], ...]] = defaultdict(tuple)
    for one in staff.signs if frames else ():
        place = max(0, bisect_right(starts, one.at) - 1)
        offset = max(Fraction(0), (one.at - starts[place]).quarters)
        found[place] += ((min(offset, frames[place].length.quarters), one.sign),)
    return {place: tuple(sorted(signs, key=lambda one: one[0])) for place, signs in found.items()}


def _order(direction: WrittenDirection) -> tuple[Fraction, int]:
    return direction.offset, (Edge.STOP, Edge.POINT, Edge.START).index(direction.edge)


def _numbered(hairpins: tuple[Hairpin, ...]) -> list[tuple[int, Hairpin]]:
    found = []
    busy_until: dict[int, Beat] = {}
    for hairpin in sorted(hairpins, key=lambda hairpin: (hairpin.start, hairpin.end)):
        number = 1
        while number in busy_until and busy_until[number] > hairpin.start:
            number += 1
        busy_until[number] = hairpin.end
        found.append((number, hairpin))
    return found
