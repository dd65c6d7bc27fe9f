"""Known re-cuts of lists as they stand: dissolves, speeds, gaps, keys and sound stay."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from tests.conform.recuts import Told, foreign

from scorestage.conform import ChangeKind, ChangeList
from scorestage.production import CutEvent, CutList
from scorestage.timebase import FRAMES_24

Edited = tuple[list[CutEvent], Told | None]
RENAMED = ("eight letters", "no reel", "lower case, ending", "other reels")
"""How other systems name the reels of the same cut."""


@dataclass(frozen=True, slots=True)
class WholeRecut:
    """A list after known edits; `expected` are kinds with their lengths in old and new."""

    cut: CutList
    expected: tuple[Told, ...]
    old_frame: tuple[int, ...]
    """The old frame of each new one; -1 where it is new."""


def whole_recut(cut: CutList, seed: int, edits: int) -> WholeRecut:
    """So many edits, each at a shot of its own that no dissolve touches; all else moves along."""
    chance = random.Random(seed)
    shots = list(cut.picture)
    places = [at for at in range(1, len(shots) - 1) if _is_free(shots, at)]
    chance.shuffle(places)
    chosen: list[int] = []
    for place in places:
        if len(chosen) < edits and all(abs(place - one) > 1 for one in chosen):
            chosen.append(place)
    expected: list[Told] = []
    laid: list[CutEvent] = []
    steps: list[tuple[int, int]] = []
    by = 0
    for at, shot in enumerate(shots):
        made: list[CutEvent] = [shot]
        if at in chosen:
            made, told = chance.choice(_EDITS)(shot, chance, at)
            expected += [told] if told is not None else []
        start = shot.record_in_frames + by
        for one in made:
            laid.append(_at(one, start))
            start += one.frames
        by = start - shot.record_out_frames
        steps.append((shot.record_out_frames, by))
    sound = [_later(one, steps) for one in cut.events if not one.is_picture]
    new = replace(cut, events=(*laid, *sound), start_frames=None, end_frames=None)
    return WholeRecut(new, tuple(expected), _mapped(shots, laid, cut))


def _is_free(shots: Sequence[CutEvent], at: int) -> bool:
    """Whether a shot stands between plain cuts, alone on the film."""
    shot, after = shots[at], shots[at + 1]
    alone = shots[at - 1].record_out_frames <= shot.record_in_frames
    alone &= shot.record_out_frames <= after.record_in_frames
    plain = shot.transition is None and after.transition is None
    return alone and plain and shot.frames > 1 and not shot.source.black


def _at(event: CutEvent, start: int) -> CutEvent:
    return replace(event, record_in_frames=start, record_out_frames=start + event.frames)


def _later(event: CutEvent, steps: Sequence[tuple[int, int]]) -> CutEvent:
    """A sound moved with the picture that it begins under."""
    by = max((one for one in steps if one[0] <= event.record_in_frames), default=(0, 0))[1]
    return _at(event, event.record_in_frames + by)


def _mapped(shots: Sequence[CutEvent], laid: Sequence[CutEvent], old: CutList) -> tuple[int, ...]:
    """Which old frame each new one is, told by what was laid where."""
    first = shots[0].record_in_frames, laid[0].record_in_frames
    frames = max(one.record_out_frames for one in laid) - first[1]
    told = [-1] * frames
    begins = {one.number or str(index): one for index, one in enumerate(shots)}
    names = {id(one): name for name, one in begins.items()}
    by_name: dict[str, CutEvent] = {names[id(one)]: one for one in shots}
    for one in laid:
        shot = by_name.get(one.number)
        if shot is None or one.source != shot.source or one.speed != shot.speed:
            continue
        speed = shot.shown_speed(old.rate)
        entries = _entry(one), _entry(shot)
        into = (entries[0] - entries[1]) / speed if speed else Fraction(0)
        for step in range(one.frames):
            place = round(into) + step
            if 0 <= place < shot.frames:
                told[one.record_in_frames - first[1] + step] = (
                    shot.record_in_frames - first[0] + place
                )
    return tuple(told)


def _entry(event: CutEvent) -> Fraction:
    return event.source_in_frames if event.entry_frames is None else event.entry_frames


def numbered(cut: CutList) -> CutList:
    """The list with every picture event under a number of its own."""
    events = [
        replace(one, number=f"{index + 1:03}") if one.is_picture else one
        for index, one in enumerate(cut.events)
    ]
    return replace(cut, events=tuple(events))


def part(event: CutEvent, first: int, last: int) -> CutEvent:
    """The shot from its frame `first` (negative: before its head) up to `last`, at its speed."""
    speed = event.shown_speed(FRAMES_24)
    begin = event.source_in_frames + first * speed
    entry = None if event.entry_frames is None else event.entry_frames + first * speed
    return replace(
        event,
        record_out_frames=event.record_in_frames + last - first,
        source_in_frames=begin,
        source_out_frames=begin + (last - first) * speed,
        speed=speed,
        entry_frames=entry if entry is not None else begin if speed != 1 else None,
    )


def _some(event: CutEvent, chance: random.Random) -> int:
    return chance.randint(1, max(1, min(20, event.frames // 3)))


def _trim_head(event: CutEvent, chance: random.Random, number: int) -> Edited:
    off = _some(event, chance)
    if event.shown_speed(FRAMES_24) == 0:
        return [part(event, 0, event.frames - off)], (ChangeKind.SHORTENED_TAIL, off, 0)
    return [part(event, off, event.frames)], (ChangeKind.SHORTENED_HEAD, off, 0)


def _trim_tail(event: CutEvent, chance: random.Random, number: int) -> Edited:
    off = _some(event, chance)
    return [part(event, 0, event.frames - off)], (ChangeKind.SHORTENED_TAIL, off, 0)


def _extend_tail(event: CutEvent, chance: random.Random, number: int) -> Edited:
    off = chance.randint(1, 20)
    return [part(event, 0, event.frames + off)], (ChangeKind.LENGTHENED_TAIL, 0, off)


def _extend_head(event: CutEvent, chance: random.Random, number: int) -> Edited:
    off = chance.randint(1, 20)
    speed = event.shown_speed(FRAMES_24)
    if speed == 0 or _entry(event) < off * speed:
        return _extend_tail(event, chance, number)
    return [part(event, -off, event.frames)], (ChangeKind.LENGTHENED_HEAD, 0, off)


def _remove(event: CutEvent, chance: random.Random, number: int) -> Edited:
    return [], (ChangeKind.REMOVED, event.frames, 0)


def _insert(event: CutEvent, chance: random.Random, number: int) -> Edited:
    frames = chance.randint(1, 60)
    return [foreign(frames, number), event], (ChangeKind.INSERTED, 0, frames)


def _replace(event: CutEvent, chance: random.Random, number: int) -> Edited:
    frames = event.frames
    return [foreign(frames, number)], (ChangeKind.REPLACED, frames, frames)


def _hole(event: CutEvent, chance: random.Random, number: int) -> Edited:
    if event.frames < 12 or event.shown_speed(FRAMES_24) == 0:
        return [event], None
    third = event.frames // 3
    return [part(event, 0, third), part(event, third + 3, event.frames)], (
        ChangeKind.REMOVED, 3, 0,
    )  # fmt: skip


def _faster(event: CutEvent, chance: random.Random, number: int) -> Edited:
    if event.frames < 8 or event.frames % 2 or event.shown_speed(FRAMES_24) != 1:
        return [event], None
    frames = event.frames // 2
    made = replace(
        event,
        record_out_frames=event.record_in_frames + frames,
        source_out_frames=event.source_in_frames + 2 * frames,
        speed=Fraction(2),
        entry_frames=event.source_in_frames,
    )
    return [made], (ChangeKind.RETIMED, 2 * frames, frames)


_EDITS: tuple[Callable[[CutEvent, random.Random, int], Edited], ...] = (
    *(_trim_head, _trim_tail, _extend_head, _extend_tail),
    *(_remove, _insert, _replace, _hole, _faster),
)


def renamed(cut: CutList, way: str) -> CutList:
    """The same list from another system: reels cut to 8 letters, or told by clip or file alone."""
    return replace(cut, events=tuple(_renamed(one, way) for one in cut.events))


def _renamed(event: CutEvent, way: str) -> CutEvent:
    source = event.source
    if source.black:
        return event
    if way == "eight letters":
        made = replace(source, reel=source.reel[:8].upper())
    elif way == "no reel" and source.clip:
        made = replace(source, reel="AX")
    elif way == "lower case, ending":
        ending = "" if "." in source.reel or not source.reel else ".mov"
        made = replace(source, reel=source.reel.lower() + ending)
    elif way == "other reels" and source.clip and source.reel:
        made = replace(source, reel="R" + str(sum(map(ord, source.reel))))
    else:
        made = source
    return replace(event, source=made)


def told_wrong(made: WholeRecut, old: CutList, found: ChangeList) -> tuple[int, int, int]:
    """Edits not found, changes that nobody made, new frames told to be another old one."""
    known = Counter(made.expected)
    told = Counter(
        (one.kind, one.old_frames, one.new_frames)
        for one in found.changes
        if one.kind is not ChangeKind.KEPT
    )
    places = {}
    for one in found.changes:
        if one.kind in (ChangeKind.KEPT, ChangeKind.MOVED):
            for step in range(one.new_frames):
                places[one.new_in_frames + step] = one.old_in_frames + step
    shown = _shown(old)
    wrong = sum(
        1
        for new, right in enumerate(made.old_frame)
        if right >= 0 and shown.get(places.get(new, -1)) != shown[right]
    )
    return (known - told).total(), (told - known).total(), wrong


def _shown(cut: CutList) -> dict[int, tuple[str, str, Fraction]]:
    """Which frame of which source is seen on each frame of a list."""
    first = min(one.record_in_frames for one in cut.picture)
    found = {}
    for one in cut.picture:
        speed = one.shown_speed(cut.rate)
        for step in range(one.frames):
            at = _entry(one) + step * speed
            found[one.record_in_frames - first + step] = one.source.reel, one.source.clip, at
    return found
