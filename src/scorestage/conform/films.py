"""Two films compared by their pictures: kept, moved, cut out, put in, replaced, retimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from scorestage.conform.changes import Change, ChangeList, made_list
from scorestage.conform.fitted import fit_of
from scorestage.conform.framing import Framing, Shown, framings, picture_shown
from scorestage.conform.glance import Glance
from scorestage.conform.hearing import Hearing
from scorestage.conform.leftovers import Side, replaced
from scorestage.conform.looking import Looked
from scorestage.conform.matching import Match, chain, moved
from scorestage.conform.overlaid import Fit, FittedFilms
from scorestage.conform.pictures import (
    FilmFrames,
    Floats,
    Measure,
    Numbers,
    Registration,
    Shapes,
    cuts_of,
    steps_of,
    unlike,
)
from scorestage.conform.seeds import Search, likeness, sampled, shape_rows, telling_frames
from scorestage.conform.stretches import matches_of, sure_pairs
from scorestage.conform.swaps import heard_swaps, surer
from scorestage.conform.tracks import Stretch

Pictures = NDArray[np.uint8]
_FITS, _MOSTLY, _MUCH_MORE, _CLEARLY = 3, 0.6, 0.02, 0.03
_LEAST_CELLS, _ENOUGH_PAIRS, _GLIMPSED = 192, 80, 0.4
_GLANCES, _MOSTLY_GLANCED = 4, 0.9
_PART_SHARE = 0.8
"""A film so much shorter is a trailer or a reel: its frames are looked for in the other."""


def compare_films(old: FilmFrames, new: FilmFrames) -> ChangeList:
    """The changes from one film to another, covering every frame of both.

    Frames count from the first of each film; rates may differ (a film run at another rate keeps
    its frames). Comparing new to old gives the same list mirrored.
    """
    lengths = sorted((len(old), len(new)))
    part = lengths[0] < _PART_SHARE * lengths[1]
    if (_order(old) < _order(new)) if part else (_order(old) > _order(new)):
        return _compared(new, old).mirrored()
    return _compared(old, new)


def _order(film: FilmFrames) -> tuple[int, bytes, bytes]:
    """Which film comes first: the shorter one, so that both ways round give the same answer."""
    sounds = b"" if film.sounds is None else film.sounds.tobytes()
    return len(film), film.signatures.tobytes() if len(film) else b"", sounds


def _compared(old: FilmFrames, new: FilmFrames) -> ChangeList:
    shown = picture_shown(old.signatures), picture_shown(new.signatures)
    plain = Framing().registration(shown)
    films = Shapes(old.signatures, plain), Shapes(new.signatures, plain)
    glance = Glance.of(old, new)
    steps = (
        steps_of(films[0], glance.old.stirring()),
        steps_of(films[1], glance.new.stirring()),
    )
    if not len(old) or not len(new):
        return _told([Stretch(0, len(new), None)] if len(new) else [], films, steps, old, new)
    telling = telling_frames(films[1], steps[1])
    begun = _glanced(old, new, glance, shown) or _begun(old, new, shown, films, steps[1])
    way, fit = begun.way, begun.fit
    for _ in range(_FITS):
        if fit is None:
            break
        measure: Measure = FittedFilms(old, new, fit).unlike
        search = Search(partial(_laid_rows, old, new, fit.registration), measure)
        same = begun.fit is not None and fit.framing.near(begun.fit.framing)
        trusted = begun.glance is not None and same
        if begun.glance is not None and same:
            search = begun.search.by(begun.glance.before(measure))
        before = _found(way)
        frames = len(old), len(new)
        looked = Looked(
            search, telling, steps[1], frames, fit.noise, trusted, (old, new), fit.telling().cells
        )
        way = looked.way([*way, *begun.more])
        if _found(way) < before + _MUCH_MORE:
            break
        fit = fit_of(old, new, sure_pairs(way), shown, fit.framing)
    return _told(way, films, steps, old, new)


@dataclass(frozen=True, slots=True, eq=False)
class _Begun:
    """A first way through the films, and how the pairs of frames on it lie over one another."""

    way: list[Stretch]
    fit: Fit | None
    search: Search
    glance: Glance | None = None
    more: tuple[Stretch, ...] = ()
    """What else may be."""


def _glanced(old: FilmFrames, new: FilmFrames, glance: Glance, shown: Shown) -> _Begun | None:
    """What a glance finds; None where that is not most of both films.

    Where one picture lies otherwise in the other, that is told by the pairs of frames found and
    the glance cast again, until both agree: a slow pan a frame off looks like another framing.
    So too where something burnt in hides much from the first.
    """
    framing, loosely = Framing(), False
    for _ in range(_GLANCES):
        way = glance.way()
        if _found(way) < _GLIMPSED and not loosely:
            loosely = True
            way = glance.way(loosely=True)
        pairs = sure_pairs(way, loosely=loosely)
        if _found(way) < _GLIMPSED or len(pairs[0]) < _ENOUGH_PAIRS:
            return None
        fit = fit_of(old, new, glance.surely(pairs), shown, framing, quick=True)
        if fit is None:
            return None
        telling = fit.telling()
        marked = glance.lay is None and _found(way) < _MOSTLY_GLANCED
        marked = marked and telling.cells.sum() < fit.registration.cells.sum()
        if fit.framing.near(framing) and not loosely and not marked:
            search = Search(glance.rows, glance.apart)
            way, more = glance.retimed(way, search)
            return _Begun(way, fit, search, glance, more)
        framing, loosely = fit.framing, False
        glance = Glance.of(old, new, telling)
    return None


def _begun(
    old: FilmFrames,
    new: FilmFrames,
    shown: Shown,
    films: tuple[Shapes, Shapes],
    new_steps: Floats,
) -> _Begun:
    """What is found by shape, in the framing in which most is found."""
    looked = _looked(films, new_steps)
    way, framing = looked.way(), Framing()
    if _found(way) < _MOSTLY:
        way, framing = _otherwise_framed(way, old, new, shown, looked)
    return _Begun(way, fit_of(old, new, sure_pairs(way), shown, framing), looked.search)


def _looked(films: tuple[Shapes, Shapes], new_steps: Floats) -> Looked:
    frames = len(films[0]), len(films[1])
    return Looked(_by_shapes(films), telling_frames(films[1], new_steps), new_steps, frames)


def _laid(old: FilmFrames, new: FilmFrames, lay: Registration) -> tuple[Shapes, Shapes]:
    """Both films laid out as the new one is framed."""
    return Shapes(old.signatures, lay, lay_out=True), Shapes(new.signatures, lay)


def _laid_rows(old: FilmFrames, new: FilmFrames, lay: Registration) -> tuple[Floats, Floats]:
    films = _laid(old, new, lay)
    return shape_rows(films[0]), shape_rows(films[1])


def _by_shapes(films: tuple[Shapes, Shapes]) -> Search:
    def rows() -> tuple[Floats, Floats]:
        return shape_rows(films[0]), shape_rows(films[1])

    return Search(rows, partial(_by_shape, films))


def _by_shape(films: tuple[Shapes, Shapes], news: Numbers, olds: Numbers) -> Floats:
    return unlike(films[1], news, films[0], olds)


def _found(way: Sequence[Stretch]) -> float:
    """The share of the new film that was found."""
    return sum(one.frames for one in way if one.line is not None) / max(
        1, sum(one.frames for one in way)
    )


def _otherwise_framed(
    way: list[Stretch], old: FilmFrames, new: FilmFrames, shown: Shown, looked: Looked
) -> tuple[list[Stretch], Framing]:
    """The way of the framing in which most frames are found; the one so far if none is better."""
    part = sampled(len(old), len(new))
    some = old.signatures[part[0]], new.signatures[part[1]]
    best, found = _likeness(some, Framing().registration(shown), lay_out=False), None
    for framing in framings(shown):
        lay = framing.registration(shown)
        if lay.cells.sum() < _LEAST_CELLS:
            continue
        told = _likeness(some, lay, lay_out=True)
        if told > best + _CLEARLY:
            best, found = told, framing
    if found is None:
        return way, Framing()
    return _looked(_laid(old, new, found.registration(shown)), looked.new_steps).way(), found


def _likeness(some: tuple[Pictures, Pictures], lay: Registration, *, lay_out: bool) -> float:
    return likeness(Shapes(some[0], lay, lay_out=lay_out), Shapes(some[1], lay))


def _told(
    way: Sequence[Stretch],
    films: tuple[Shapes, Shapes],
    steps: tuple[Floats, Floats],
    old: FilmFrames,
    new: FilmFrames,
) -> ChangeList:
    found = matches_of(way, len(old))
    kept = chain(found)
    free = np.ones(len(old), dtype=bool), np.ones(len(new), dtype=bool)
    for one in kept:
        free[0][one.old : one.old + one.old_frames] = False
        free[1][one.new : one.new + one.new_frames] = False
    both = [*kept, *moved(found, *free)]
    sure = _sure(films[0], free[0]), _sure(films[1], free[1])
    sides = [
        Side.of(cuts_of(steps[index]), sure[index], kept, both, mirrored=bool(index))
        for index in range(2)
    ]
    changes = [_change(one) for one in both]
    left = list(sides[0].left(free[0])), list(sides[1].left(free[1]))
    swaps, rest_old, rest_new = replaced(*left)
    hearing = Hearing.of(old, new, sure_pairs(way)) if swaps or (rest_old and rest_new) else None
    if hearing is not None:
        swaps = [surer(one, hearing) for one in swaps]
        more, rest_old, rest_new = heard_swaps(rest_old, rest_new, kept, hearing)
        swaps += more
    changes += swaps
    changes += [one.change(mirrored=False) for one in rest_old]
    changes += [one.change(mirrored=True) for one in rest_new]
    return made_list(
        changes, len(old), len(new), old.rate, new.rate, old.start_frames, new.start_frames
    )


def _change(one: Match) -> Change:
    return Change(
        one.kind, one.old, one.old + one.old_frames, one.new, one.new + one.new_frames, one.speed,
        round(one.confidence, 3), one.words,
    )  # fmt: skip


def _sure(film: Shapes, free: NDArray[np.bool_]) -> Floats:
    """How sure it is that a free frame is in one film alone: black and still say little."""
    result = np.full(len(film), 0.5, dtype=np.float32)
    frames = np.flatnonzero(free)
    film.ask(frames)
    shown = film.shown[frames].sum(axis=1)
    result[frames] += np.float32(0.45) * shown / (shown + 1)
    return result
