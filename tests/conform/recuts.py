"""Known re-cuts of a list: what was done, and the list that comes of it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from fractions import Fraction

from scorestage.conform import ChangeKind
from scorestage.production import CutEvent, CutList, CutSource

FOREIGN = "Z999X"
Told = tuple[ChangeKind, int, int]
Edited = tuple[list[CutEvent], Told | None]


@dataclass(slots=True)
class Recut:
    """A list after known edits; `expected` are kinds with their lengths in old and new."""

    cut: CutList
    expected: list[Told] = field(default_factory=list)


def butted(cut: CutList) -> CutList:
    """The same shots end to end from the list's first frame: cuts alone, as shot."""
    events, at = [], cut.first_frame
    for event in cut.picture:
        if not event.frames:
            continue
        events.append(
            replace(
                event,
                record_in_frames=at,
                record_out_frames=at + event.frames,
                source_out_frames=event.source_in_frames + event.frames,
                speed=Fraction(1),
                entry_frames=None,
                transition=None,
            )
        )
        at += event.frames
    return replace(cut, events=tuple(events), start_frames=None, end_frames=None)


def recut(cut: CutList, seed: int, edits: int = 6) -> Recut:
    """So many edits of every kind, each at a shot of its own with untouched shots between."""
    chance = random.Random(seed)
    shots: list[list[CutEvent]] = [[event] for event in cut.events]
    places = list(range(2, len(shots) - 2, 4))
    chance.shuffle(places)
    made = Recut(cut)
    for number, place in enumerate(sorted(places[:edits])):
        shots[place], told = chance.choice(_EDITS)(shots[place][0], chance, number)
        made.expected += [told] if told is not None else []
    return replace_cut(made, [event for group in shots for event in group])


def replace_cut(made: Recut, events: list[CutEvent]) -> Recut:
    """The list with these shots end to end."""
    laid, at = [], made.cut.first_frame
    for event in events:
        frames = event.frames
        laid.append(replace(event, record_in_frames=at, record_out_frames=at + frames))
        at += frames
    return Recut(replace(made.cut, events=tuple(laid)), made.expected)


def cut_of(event: CutEvent, first: int, last: int) -> CutEvent:
    """The shot from its frame `first` (negative: before its head) up to `last`."""
    return replace(
        event,
        record_out_frames=event.record_in_frames + last - first,
        source_in_frames=event.source_in_frames + first,
        source_out_frames=event.source_in_frames + last,
    )


def foreign(frames: int, number: int) -> CutEvent:
    """A shot of a roll that no list has."""
    name = f"{FOREIGN}{number:03}"
    return CutEvent(0, frames, CutSource(name, f"new {name}"), Fraction(7), Fraction(7 + frames))


def _some(event: CutEvent, chance: random.Random) -> int:
    return chance.randint(1, max(1, min(20, event.frames // 3)))


def _trim_head(event: CutEvent, chance: random.Random, number: int) -> Edited:
    off = _some(event, chance)
    told = (ChangeKind.SHORTENED_HEAD, off, 0)
    return ([cut_of(event, off, event.frames)], told) if event.frames > off else ([event], None)


def _trim_tail(event: CutEvent, chance: random.Random, number: int) -> Edited:
    off = _some(event, chance)
    told = (ChangeKind.SHORTENED_TAIL, off, 0)
    return ([cut_of(event, 0, event.frames - off)], told) if event.frames > off else ([event], None)


def _extend_head(event: CutEvent, chance: random.Random, number: int) -> Edited:
    off = chance.randint(1, 20)
    return [cut_of(event, -off, event.frames)], (ChangeKind.LENGTHENED_HEAD, 0, off)


def _extend_tail(event: CutEvent, chance: random.Random, number: int) -> Edited:
    off = chance.randint(1, 20)
    return [cut_of(event, 0, event.frames + off)], (ChangeKind.LENGTHENED_TAIL, 0, off)


def _remove(event: CutEvent, chance: random.Random, number: int) -> Edited:
    return [], (ChangeKind.REMOVED, event.frames, 0)


def _insert(event: CutEvent, chance: random.Random, number: int) -> Edited:
    frames = chance.randint(1, 60)
    return [foreign(frames, number), event], (ChangeKind.INSERTED, 0, frames)


def _replace(event: CutEvent, chance: random.Random, number: int) -> Edited:
    return [foreign(event.frames, number)], (ChangeKind.REPLACED, event.frames, event.frames)


def _hole(event: CutEvent, chance: random.Random, number: int) -> Edited:
    if event.frames < 12:
        return [event], None
    third = event.frames // 3
    parts = [cut_of(event, 0, third), cut_of(event, third + 3, event.frames)]
    return parts, (ChangeKind.REMOVED, 3, 0)


_EDITS = (
    *(_trim_head, _trim_tail, _extend_head, _extend_tail),
    *(_remove, _insert, _replace, _hole),
)


def invented(shots: int, seed: int) -> CutList:
    """A list of shots of takes that are used once each."""
    from scorestage.timebase import FRAMES_24

    chance = random.Random(seed)
    events, at = [], 86400
    for number in range(shots):
        frames = chance.randint(12, 200)
        first = chance.randint(1000, 90_000)
        source = CutSource(f"A{number:03}C{chance.randint(1, 99):03}", f"{number}-1")
        events.append(CutEvent(at, at + frames, source, Fraction(first), Fraction(first + frames)))
        at += frames
    return CutList("invented", FRAMES_24, tuple(events))
