"""`recut`: the picture re-edited to the music, in a project and on files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from scorestage.conform.recutting import (
    Aim,
    Conflict,
    Limits,
    Obstacle,
    Place,
    Prices,
    Recut,
    Shot,
    Target,
    Task,
    conflicts_of,
    obstacles_of,
    recuts,
    untouched,
)
from scorestage.conform.recutting.footage import ListedShot
from scorestage.errors import InputError
from scorestage.production import Hit, HitWant
from scorestage.timebase import FilmClock, FilmTime
from scorestage.workflow.recut_music import Grid, RecutMusic, read_place, target_at, targets_of
from scorestage.workflow.recut_picture import RecutPicture

_CUT = re.compile(r"(?:cut|shot)\s*(\d+)", re.I)
_HIT = re.compile(r"hit\s*(\S+)", re.I)
_SPAN = re.compile(r"(\d+)(?:\s*-\s*(\d+))?")
_ACCENT_WORTH = 2
"""An accent that was written for a hit is worth so many points for each of its weight."""
_NEAR_FRAMES = 6
"""A timecode this near a cut means the cut."""
_GRID = {HitWant.DOWNBEAT: Grid.BARS, HitWant.STRONG: Grid.BARS}


@dataclass(frozen=True, slots=True)
class RecutWish:
    """What a person asks of a re-cut; limits in frames of the film, shots by their numbers.

    `land` says what shall fall where (`cut 12 = bar 9`); without it, or with `propose`, cuts fall
    where it costs least for what it is worth. `handles` is what every shot has where the list does
    not say.
    """

    land: tuple[str, ...] = ()
    propose: bool = False
    on: Grid = Grid.BARS
    strength: float = 1.0
    lead: int = 0
    handles: int = 0
    limits: Limits = field(default_factory=Limits)
    lock: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    swap: tuple[str, ...] = ()
    begin: str = ""
    stop: str = ""
    keep_length: bool = False
    nearest: bool = False
    top: int = 6


@dataclass(frozen=True, slots=True)
class Recutting:
    """The re-cuts found, the best first; or why what was asked for cannot be had.

    `shots` are all of the film, those re-cut begin at index `first`. `before` is the edit as it
    stands, held against the same landings.
    """

    picture: RecutPicture
    music: RecutMusic
    shots: tuple[Shot, ...]
    first: int
    task: Task
    ways: tuple[Recut, ...]
    before: Recut
    conflicts: tuple[Conflict, ...] = ()
    told: tuple[str, ...] = ()

    def chosen(self, number: int) -> Recut:
        """The way of that number, from 1."""
        if not 1 <= number <= len(self.ways):
            raise InputError(f"there is no way {number}", do=f"choose 1 to {len(self.ways)}")
        return self.ways[number - 1]

    def obstacles(self, number: int) -> tuple[Obstacle, ...]:
        """Of the way of that number: why each cut that was only proposed stays where it is."""
        prices = _prices(self.picture)
        return obstacles_of(self.task, self.chosen(number), prices)


def recut(
    picture: RecutPicture, music: RecutMusic, wish: RecutWish, hits: Sequence[Hit] = ()
) -> Recutting:
    """Ways to re-cut the picture under the music; nothing is written.

    `hits` are actions that stay seen and may land. Raises `InputError` for what cannot be read.
    """
    shots, told = _shots(picture, wish, hits)
    first, last = _scope(picture, music, wish, shots)
    inside = shots[first:last]
    aims = _aims(picture, music, wish, hits, inside)
    inside = _kept_seen(inside, aims)
    prices = _prices(picture)
    task = Task(
        inside,
        aims,
        wish.limits,
        wish.keep_length,
        wish.nearest,
        bool(first and shots[first - 1].linked),
    )
    ways = recuts(task, prices, wish.top)
    conflicts: tuple[Conflict, ...] = ()
    if not ways or (wish.nearest and any(one.must and not one.is_met for one in ways[0].landed)):
        conflicts = conflicts_of(task, prices)
    before = untouched(replace(task, nearest=True), prices)
    return Recutting(
        picture, music, shots, first, task, ways, before, conflicts,
        (*picture.told, *music.told, *told),
    )  # fmt: skip


def _prices(picture: RecutPicture) -> Prices:
    return Prices(scale=float(24 / picture.rate.frames_per_second))


# ── the shots ───────────────────────────────────────────────────────────────────────────────────


def _shots(
    picture: RecutPicture, wish: RecutWish, hits: Sequence[Hit]
) -> tuple[tuple[Shot, ...], tuple[str, ...]]:
    """The shots with their limits, and what to know of their handles."""
    said = [
        (picture.frame(one.range.start).__floor__(), -(-picture.frame(one.range.end) // 1))
        for one in picture.said
    ]
    actions = [picture.rate.nearest_frame(one.at) - picture.film_first for one in hits]
    cuts = {one.first + near for one in picture.shots for near in (-1, 0, 1)}
    count = len(picture.shots)
    locked, drop, swap = (_numbers(text, count) for text in (wish.lock, wish.drop, wish.swap))
    found = []
    for index, one in enumerate(picture.shots):
        spoken = tuple((a, b) for a, b in said if a < one.last and one.first < b)
        found.append(
            Shot(
                index + 1,
                one.name,
                one.first,
                one.last,
                wish.handles if one.head_frames is None else one.head_frames,
                wish.handles if one.tail_frames is None else one.tail_frames,
                spoken,
                index + 1 < count and any(a < one.last < b for a, b in said),
                tuple(at for at in actions if one.first <= at < one.last and at not in cuts),
                index + 1 in locked,
                index + 1 in drop,
                index + 1 in swap,
                one.mix_frames,
                retimes=_retimes(one),
            )
        )
    return tuple(found), _handle_words(picture.shots, wish.handles)


def _retimes(shot: ListedShot) -> bool:
    return not shot.is_black and all(one.speed > 0 for one in shot.events) and not shot.mix_frames


def _handle_words(shots: Sequence[ListedShot], handles: int) -> tuple[str, ...]:
    unknown = sum(one.head_frames is None or one.tail_frames is None for one in shots)
    if not unknown:
        return ()
    told = f"{handles} frames are taken" if handles else "none are taken: say --handles N"
    return (f"the list does not tell the handles of {unknown} of {len(shots)} shots: {told}",)


def _numbers(texts: Sequence[str], count: int) -> frozenset[int]:
    """Shots by their numbers: `7`, `9-11`, `3,5`."""
    found: set[int] = set()
    for part in ",".join(texts).replace(" ", "").split(","):
        if not part:
            continue
        match = _SPAN.fullmatch(part)
        low, high = (int(match[1]), int(match[2] or match[1])) if match is not None else (0, 0)
        if not 1 <= low <= high <= count:
            raise InputError(f"{part!r} names no shots", do=f"shots are 1 to {count}: 7, 9-11")
        found |= set(range(low, high + 1))
    return frozenset(found)


def _scope(
    picture: RecutPicture, music: RecutMusic, wish: RecutWish, shots: Sequence[Shot]
) -> tuple[int, int]:
    """The shots that the music lies over, or those asked for."""
    clock = picture.clock
    starts = clock.read(wish.begin) if wish.begin else music.tempo_map.start
    ends = clock.read(wish.stop) if wish.stop else music.tempo_map.end
    low, high = picture.frame(starts), picture.frame(ends)
    inside = [n for n, one in enumerate(shots) if one.first < high and low < one.last]
    if not inside:
        raise InputError(
            f"no shot lies under the music ({clock.nearest_label(starts)} to "
            f"{clock.nearest_label(ends)})",
            do="say where bar 1 stands: --start 01:00:10:00",
        )
    return inside[0], inside[-1] + 1


# ── what lands ──────────────────────────────────────────────────────────────────────────────────


def _aims(
    picture: RecutPicture,
    music: RecutMusic,
    wish: RecutWish,
    hits: Sequence[Hit],
    inside: tuple[Shot, ...],
) -> tuple[Aim, ...]:
    asked = [_asked(picture, music, wish, hits, inside, text) for text in wish.land]
    places = {(one.place.shot, one.place.frame) for one in asked}
    if len(places) < len(asked):
        raise InputError("one cut or hit is to land in two places", do="say it once")
    if wish.land and not wish.propose:
        return tuple(asked)
    for number, hit in enumerate(hits, start=1):
        found = _action(picture, hit, number, inside)
        if found is None or (found.shot, found.frame) in places:
            continue
        places.add((found.shot, found.frame))
        worth = wish.strength * hit.weight
        frame = inside[found.shot].first if found.frame is None else found.frame
        near = _written(picture, music, wish, hit, worth)
        near = near or _near(picture, music, wish, frame, _GRID.get(hit.want, Grid.BEATS), worth)
        asked += [Aim(found, near)] if near else []
    for index, (one, other) in enumerate(pairwise(inside), start=1):
        if (index, None) not in places:
            near = _near(picture, music, wish, one.last, wish.on, wish.strength)
            asked += [Aim(Place(index, None, f"cut {other.number}"), near)] if near else []
    return tuple(sorted(asked, key=lambda one: (one.place.shot, one.place.frame or 0)))


def _written(
    picture: RecutPicture, music: RecutMusic, wish: RecutWish, hit: Hit, worth: float
) -> tuple[Target, ...]:
    """Where the accent for a hit is written: no other beat will do."""
    at = music.accents.get(hit.id)
    if at is None:
        return ()
    found = target_at(music, at, picture.rate, picture.film_first, worth * _ACCENT_WORTH, wish.lead)
    return (found,) if found is not None else ()


def _near(
    picture: RecutPicture, music: RecutMusic, wish: RecutWish, frame: int, on: Grid, worth: float
) -> tuple[Target, ...]:
    """What of the music lies within reach of a frame."""
    found = targets_of(music, picture.rate, picture.film_first, on, worth, wish.lead)
    return tuple(one for one in found if abs(one.frame - frame) <= wish.limits.drift_frames)


def _kept_seen(inside: tuple[Shot, ...], aims: Sequence[Aim]) -> tuple[Shot, ...]:
    """The shots with every action that is to land among those that stay seen."""
    wanted: dict[int, set[int]] = {}
    for one in aims:
        if one.place.frame is not None:
            wanted.setdefault(one.place.shot, set()).add(one.place.frame)
    return tuple(
        replace(shot, actions=tuple(sorted({*shot.actions, *wanted.get(index, ())})))
        for index, shot in enumerate(inside)
    )


def _action(picture: RecutPicture, hit: Hit, number: int, inside: Sequence[Shot]) -> Place | None:
    """Where a hit lies: on a cut (or a frame beside it), or within a shot."""
    frame = picture.rate.nearest_frame(hit.at) - picture.film_first
    words = f"hit {number}" + (f" {hit.words}" if hit.words else "")
    for index, shot in enumerate(inside[1:], start=1):
        if abs(shot.first - frame) <= 1:
            return Place(index, None, words)
    for index, shot in enumerate(inside):
        if shot.first <= frame < shot.last:
            return Place(index, frame, words)
    return None


def _asked(
    picture: RecutPicture,
    music: RecutMusic,
    wish: RecutWish,
    hits: Sequence[Hit],
    inside: Sequence[Shot],
    text: str,
) -> Aim:
    """One landing asked for: `cut 12 = bar 9`, `hit 3 = bar 17 beat 1`, `01:00:12:05 = 9|3`."""
    what, equals, where = text.partition("=")
    if not equals:
        raise InputError(f"{text!r} says nothing", do='write for example "cut 12 = bar 9"')
    at = read_place(music, where)
    target = target_at(music, at, picture.rate, picture.film_first, 0.0, wish.lead)
    if target is None:
        raise InputError(f"{where.strip()} lies before the film's first frame")
    return Aim(_place(picture, hits, inside, what.strip()), (target,), must=True)


def _place(picture: RecutPicture, hits: Sequence[Hit], inside: Sequence[Shot], what: str) -> Place:
    if match := _CUT.fullmatch(what):
        return _cut_place(inside, int(match[1]))
    if match := _HIT.fullmatch(what):
        for number, hit in enumerate(hits, start=1):
            if match[1] in (str(number), hit.id):
                found = _action(picture, hit, number, inside)
                if found is not None:
                    return found
        raise InputError(f"there is no hit {match[1]} under this music", do="see: hit list")
    return _moment_place(picture, inside, what, picture.clock)


def _cut_place(inside: Sequence[Shot], number: int) -> Place:
    low, high = inside[0].number + 1, inside[-1].number + 1
    if not low <= number <= high:
        raise InputError(
            f"cut {number} is not under this music", do=f"its cuts are {low} to {high}"
        )
    return Place(number - inside[0].number, None, f"cut {number}")


def _moment_place(
    picture: RecutPicture, inside: Sequence[Shot], what: str, clock: FilmClock
) -> Place:
    """The cut near a timecode of the list or the film; else what is seen on that frame."""
    at: FilmTime = clock.read(what)
    frame = round(picture.frame(at))
    for index, shot in enumerate(inside[1:], start=1):
        if abs(shot.first - frame) <= _NEAR_FRAMES:
            return Place(index, None, f"cut {shot.number}")
    for index, shot in enumerate(inside):
        if shot.first <= frame < shot.last:
            return Place(index, frame, f"action {what}")
    raise InputError(f"{what} is not under this music")
