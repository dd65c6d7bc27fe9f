"""From tasks to voices: what happens where two tasks of one player meet."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from scorestage.music import Note, Role
from scorestage.orchestration.practice import FEET
from scorestage.orchestration.values import Task
from scorestage.timebase import Beat, Beats

_SHORTEST = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class Placed:
    """A note that will be played, with the task it comes from and where it is written.

    `start` and `end` are in quarters.
    """

    note: Note
    task: Task
    staff: int = 0
    voice: int = 0
    start: Fraction = field(init=False)
    end: Fraction = field(init=False)

    def __post_init__(self) -> None:
        start = self.note.onset.quarters
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "end", start + self.note.length.quarters)

    @property
    def rank(self) -> tuple[bool, int, Fraction]:
        """Who wins: what must be played, then by priority, then the earlier one."""
        return not self.task.essential, self.task.priority, self.start

    def until(self, end: Fraction) -> Placed:
        """The same, let go at `end`."""
        return replace(self, note=replace(self.note, length=Beats(end - self.start)))

    def since(self, start: Fraction) -> Placed:
        """Its rest, taken up again at `start`, with an id of its own."""
        note = replace(
            self.note,
            id=f"{self.note.id}~r",
            onset=Beat(start),
            length=Beats(self.end - start),
            grace=(),
        )
        return replace(self, note=note)


def in_one_voice(wanted: Iterable[Placed]) -> tuple[list[Placed], list[Placed]]:
    """One note at a time: the more important wins, the other is cut short or left out.

    A held chord tone that a hit interrupts is taken up again after it. Gives what is played, in
    order, and what was left out.
    """
    kept: list[Placed] = []
    lost: list[Placed] = []
    for one in sorted(_held_hits(list(wanted)), key=lambda placed: placed.rank):
        pieces = _around(one, kept)
        for piece in pieces:
            insort(kept, piece, key=_start)
        if not pieces:
            lost.append(one)
    return kept, lost


def _start(one: Placed) -> Fraction:
    return one.start


def _beside(one: Placed, kept: Sequence[Placed]) -> Sequence[Placed]:
    """Of notes in order, none of which overlap, those that sound at the same time as another."""
    first = bisect_left(kept, one.start, key=_start)
    if first and kept[first - 1].end > one.start:
        first -= 1
    return kept[first : bisect_left(kept, one.end, lo=first, key=_start)]


def _held_hits(wanted: list[Placed]) -> list[Placed]:
    """A hit on a chord that begins there anyway is that chord, struck harder and held."""
    chords = {
        one.start: one
        for one in wanted
        if one.task.role in (Role.HARMONY, Role.COUNTER) and not one.task.essential
    }
    found = []
    for one in wanted:
        chord = chords.get(one.start) if one.task.role is Role.ACCENT else None
        if chord is None or chord.end <= one.end:
            found.append(one)
        elif one.task.rule == "accent.carrier":
            found.append(one.until(chord.end))
    return found


def _around(one: Placed, kept: Sequence[Placed]) -> list[Placed]:
    """The parts of a note that stay free beside what is already there, in order."""
    inside = _beside(one, kept)
    if not inside:
        return [one]
    pieces: list[Placed] = []
    free_from = one.start
    for place, other in enumerate(inside):
        if other.start <= free_from < other.end and place == 0 and other.start <= one.start:
            free_from = other.end
            continue
        if place == 0 and _worth(one, other.start - one.start):
            pieces.append(one.until(other.start))
        free_from = other.end
    resumes = one.task.role is Role.HARMONY and one.end - free_from >= 1 and pieces
    if resumes and all(other.task.role is Role.ACCENT for other in inside):
        pieces.append(one.since(free_from))
    return pieces


def _worth(one: Placed, left: Fraction) -> bool:
    """Whether what is left of a note is still that note."""
    return left >= 1 or (left >= _SHORTEST and left * 3 >= one.note.length.quarters)


def in_two_parts(wanted: Sequence[Placed]) -> tuple[list[Placed], list[Placed]]:
    """A divided section: two parts on one staff, joined to chords where they move together."""
    upper, second = in_one_voice(wanted)
    lower, lost = in_one_voice(second)
    by_time = {(placed.start, placed.end): index for index, placed in enumerate(upper)}
    rest: list[Placed] = []
    for placed in lower:
        index = by_time.get((placed.start, placed.end))
        same = index is not None and upper[index].note.tremolo == placed.note.tremolo
        if (
            index is not None
            and same
            and set(placed.note.pitches) <= set(upper[index].note.pitches)
        ):
            continue
        if index is not None and same and upper[index].note.signs == placed.note.signs:
            upper[index] = _chord(upper[index], placed)
        else:
            rest.append(replace(placed, voice=1))
    return sorted(upper + rest, key=lambda placed: (placed.start, placed.voice)), lost


def _chord(one: Placed, other: Placed) -> Placed:
    pitches = tuple(dict.fromkeys((*one.note.pitches, *other.note.pitches)))
    return replace(one, note=replace(one.note, pitches=pitches))


def in_limbs(wanted: Iterable[Placed]) -> tuple[list[Placed], list[Placed]]:
    """A drum kit: hands in the first voice, feet in the second, each stroke until the next."""
    hands: dict[Fraction, Placed] = {}
    feet: dict[Fraction, Placed] = {}
    lost: list[Placed] = []
    for placed in sorted(wanted, key=lambda one: one.rank):
        names = {getattr(stroke, "sound", "") for stroke in placed.note.pitches}
        limb = feet if names and names <= FEET else hands
        if placed.start in limb:
            lost.append(placed)
        else:
            limb[placed.start] = replace(placed, voice=int(limb is feet))
    return [*_until_next(hands), *_until_next(feet)], lost


def _until_next(limb: dict[Fraction, Placed]) -> list[Placed]:
    """Each stroke lasts until the next one, a quarter at most: no rests between strokes."""
    order = sorted(limb)
    found = []
    for place, at in enumerate(order):
        length = limb[at].note.length.quarters
        if place + 1 < len(order):
            length = min(length, order[place + 1] - at)
        found.append(limb[at].until(at + length))
    return found
