"""Words set under a tune: which syllable on which note, and told where they do not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import accumulate, pairwise

from scorestage.music.feel import stress_in_bar
from scorestage.songs.song import Part, Slot, breaks_after, slots_of
from scorestage.songs.text import UNDERTIE, Line, Stanza, Syllable
from scorestage.timebase import BarGrid, Beat

_AMISS = 4.0
"""What a syllable too many or too few in a line costs, beside a line that ends in no breath."""
_HELD, _HELD_AGAIN, _JOINED = 0.6, 2.5, 3.0
BAR = "{bar}"
"""Stands in a misfit's words for the bar as it is printed."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """Where words and tune part: in which line, from which note on, in words.

    `kind` is `too many` (syllables that share a note), `too few` (notes that share a syllable),
    `no tune`, `no words`, or `stress` (a weak syllable on a downbeat, a strong one off the beat).
    """

    kind: str
    at: Beat
    line: int
    word: str
    text: str

    @property
    def grave(self) -> bool:
        """Whether the words cannot stay so; a stress is advice."""
        return self.kind != "stress"


@dataclass(frozen=True, slots=True)
class Setting:
    """A stanza under its part: the syllable of each note by the note's id, and what does not fit.

    A note that is missing is held over from the one before it.
    """

    syllables: dict[str, Syllable]
    misfits: tuple[Misfit, ...] = ()


def set_words(part: Part, stanza: Stanza) -> Setting:
    """Lay a stanza under a part of the tune, line by line, each line to a phrase.

    Nothing is dropped: syllables that find no note share one with their neighbour, notes that find
    no syllable are sung to the one before, and both are told.
    """
    slots = slots_of(part.notes, part.slurs)
    if not slots:
        text = f"{stanza.name} has words, but there is no tune to sing them to"
        line = stanza.lines[0]
        return Setting({}, (Misfit("no tune", Beat(0), line.number, line.syllables[0].word, text),))
    grid = BarGrid.of_meters(part.meters)
    found: dict[str, Syllable] = {}
    misfits: list[Misfit] = []
    for line, own in zip(stanza.lines, _shared_out(slots, stanza.lines), strict=True):
        sung, amiss = _line(own, line, grid)
        found |= sung
        misfits += amiss
    return Setting(found, tuple(misfits))


def _shared_out(slots: Sequence[Slot], lines: Sequence[Line]) -> list[Sequence[Slot]]:
    """The places of each line, one phrase each; exactly as many as syllables where that works."""
    counts = [line.notes for line in lines]
    if sum(counts) != len(slots) and sum(len(one.syllables) for one in lines) == len(slots):
        counts = [len(one.syllables) for one in lines]
    if sum(counts) == len(slots):
        edges = [0, *accumulate(counts)]
    else:
        edges = _edges(breaks_after(slots), counts)
    return [slots[low:high] for low, high in pairwise(edges)]


def _edges(breaks: Sequence[Fraction], counts: Sequence[int]) -> list[int]:
    """Where lines end: near the counts of their syllables, best after a breath."""
    weights = [float(one) for one in breaks]
    total, lines = len(weights), len(counts)

    @cache
    def best(line: int, first: int) -> tuple[float, tuple[int, ...]]:
        if line == lines - 1:
            return _AMISS * abs(total - first - counts[line]), (total,)
        options = []
        for end in range(first, total + 1):
            rest, ends = best(line + 1, end)
            breath = weights[end - 1] if end > first else 0.0
            cost = _AMISS * abs(end - first - counts[line]) - breath
            options.append((cost + rest, (end, *ends)))
        return min(options)

    return [0, *best(0, 0)[1]]


def _line(
    slots: Sequence[Slot], line: Line, grid: BarGrid
) -> tuple[dict[str, Syllable], list[Misfit]]:
    wanted = [part for one in line.syllables for part in (one, *(None,) * one.held)]
    if not slots:
        word = line.syllables[0].word
        text = f"line {line.number}, “{line}”: there is no phrase left for it"
        return {}, [Misfit("no tune", grid.end, line.number, word, text)]
    amiss: list[Misfit] = []
    if len(wanted) == len(slots):
        placed = list(wanted)
    elif len(line.syllables) == len(slots):
        placed = list(line.syllables)
    else:
        placed, amiss = _forced(slots, line, grid)
    found = {
        slot.notes[0].id: replace(one, held=0)
        for slot, one in zip(slots, placed, strict=True)
        if one is not None
    }
    return found, [*amiss, *_stresses(slots, placed, line, grid)]


def _forced(
    slots: Sequence[Slot], line: Line, grid: BarGrid
) -> tuple[list[Syllable | None], list[Misfit]]:
    """More or fewer syllables than notes: shared or held where it hurts least, and told."""
    syllables = line.syllables
    many = len(syllables) > len(slots)
    places = _placed(slots, syllables, grid)
    placed: list[Syllable | None] = [None] * len(slots)
    amiss: list[Misfit] = []
    for one, place in zip(syllables, places, strict=True):
        before = placed[place]
        if before is None:
            placed[place] = one
            continue
        join = "" if before.goes_on else UNDERTIE
        placed[place] = replace(
            one,
            text=f"{before.text}{join}{one.text}",
            stress=max(one.stress, before.stress),
        )
    amiss.append(_told(slots, line, placed, places, many=many))
    return placed, amiss


def _told(
    slots: Sequence[Slot],
    line: Line,
    placed: Sequence[Syllable | None],
    places: Sequence[int],
    *,
    many: bool,
) -> Misfit:
    """Where a line first has to share or to hold, in words."""
    counts = [places.count(at) for at in range(len(slots))]
    at = next(at for at, count in enumerate(counts) if (count > 1 if many else count == 0))
    own = next(one for one in reversed(placed[: at + 1]) if one is not None)
    head = f"line {line.number}, “{line}”: {line.notes} syllables for {len(slots)} notes; "
    if many:
        text = f"“{own.text}” share a note in {BAR}: take words out, or divide the note"
    else:
        text = f"“{own.text}” is held over in {BAR}: add words, or write `_` where that is meant"
    kind = "too many" if many else "too few"
    return Misfit(kind, slots[at].start, line.number, own.word, head + text)


def _placed(slots: Sequence[Slot], syllables: Sequence[Syllable], grid: BarGrid) -> list[int]:
    """The note of each syllable, in order: every note has one, or every syllable its own."""
    many = len(syllables) > len(slots)
    last = len(slots) - 1

    @cache
    def best(number: int, place: int) -> tuple[float, tuple[int, ...]]:
        own = _clash(slots[place], syllables[number], grid)
        if number + 1 == len(syllables):
            left = last - place
            return own + (_AMISS * 9 * left if many else _HELD * left), (place,)
        steps = (0, 1) if many else range(1, last - place + 1)
        options = []
        for step in steps:
            if place + step > last:
                continue
            rest, places = best(number + 1, place + step)
            options.append((own + rest + _between(slots, syllables, number, place, step), places))
        if not options:
            return (1e6, (place,) * (len(syllables) - number))
        cost, places = min(options)
        return cost, (place, *places)

    return list(best(0, 0)[1])


def _between(
    slots: Sequence[Slot], syllables: Sequence[Syllable], number: int, place: int, step: int
) -> float:
    """What sharing a note, or holding a syllable over further ones, costs."""
    if step == 0:
        length = float((slots[place].end - slots[place].start).quarters)
        within = 0.0 if syllables[number].goes_on else 0.5
        return _JOINED + within - min(length, 2.0)
    cost = 0.0
    for held in range(place + 1, place + step):
        same = slots[held].notes[0].pitches == slots[held - 1].notes[-1].pitches
        rested = slots[held].start > slots[held - 1].end
        cost += _HELD_AGAIN if same or rested else _HELD
    return cost


def _clash(slot: Slot, syllable: Syllable, grid: BarGrid) -> float:
    """How badly word stress and beat go together."""
    strong = beat_stress(grid, slot.start)
    if syllable.stress == 2:
        return 0.25 * (3 - strong)
    return 0.3 * strong if syllable.stress == 0 else 0.1 * abs(strong - 1)


def beat_stress(grid: BarGrid, at: Beat) -> int:
    """How strong a place of the bar is felt: 3 downbeat … 0 between beats."""
    index = grid.index_at(at)
    meter = grid.bars[index].meter
    into = (at - grid.starts[index]).quarters % meter.length.quarters
    return stress_in_bar(meter, into)


def _stresses(
    slots: Sequence[Slot], placed: Sequence[Syllable | None], line: Line, grid: BarGrid
) -> list[Misfit]:
    """Weak syllables on downbeats, and strong ones between beats with a weak one on the beat."""
    found = []
    for slot, one in zip(slots, placed, strict=True):
        if one is None:
            continue
        strong = beat_stress(grid, slot.start)
        if one.stress == 0 and strong == 3 and len(line.syllables) > 2:
            text = (
                f"line {line.number}: “{one.text}” of “{one.word}” is weak, "
                f"and falls on the downbeat of {BAR}"
            )
            found.append(Misfit("stress", slot.start, line.number, one.word, text))
    return found
