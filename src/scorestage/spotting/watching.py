"""Watching a film: all detectors run, and what they found put into one order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from scorestage.spotting.detecting import Detector
from scorestage.spotting.footage import Footage
from scorestage.spotting.marks import ShotMarks, by_marks
from scorestage.spotting.moments import Moment, MomentKind, in_order
from scorestage.spotting.picture import PictureIndex
from scorestage.timebase import FilmRange, FilmSpan, FilmTime


def watch(
    footage: Footage,
    detectors: Mapping[str, Detector[Any]],
    settings: Mapping[str, object] | None = None,
    marks: ShotMarks | None = None,
) -> tuple[Moment, ...]:
    """Everything the detectors find, in film order; `settings` are by detector name.

    Where a network marked the film, its changes of shot stand in place of the cuts and dissolves.

    Where two see the same thing the plainer explanation stays: a fade is no dissolve, the light
    of a flash no cut and no fade, a title that appears on black no cut, the nearly empty frames of
    a sure fade hold no cut unless the picture is another one after it, and a cut inside a dissolve
    or a wipe is part of it unless it is the surer of the two. Of a dissolve and a wipe that meet
    the surer stays.
    """
    chosen = settings or {}
    found: list[Moment] = []
    for name, detector in sorted(detectors.items()):
        found += detector(footage, chosen.get(name))
    if marks is not None:
        found = list(by_marks(found, footage.picture, marks))
    bursts = [m for m in found if m.kind is MomentKind.FLASH]
    found = [m for m in found if not (m.kind in _FADES and _dies_away(m, bursts))]
    fades = [m for m in found if m.kind in _FADES]
    kept = [m for m in found if not (m.kind in _SOFT and _within_any(m, fades))]
    soft = [m for m in kept if m.kind in _SOFT]
    kept = [m for m in kept if not (m.kind in _SOFT and _surer_beside(m, soft))]
    told = _Told.of(kept, footage.picture)
    return in_order([m for m in kept if not (m.kind is MomentKind.CUT and told.explains(m))])


_FADES = (MomentKind.FADE_IN, MomentKind.FADE_OUT)
_SOFT = (MomentKind.DISSOLVE, MomentKind.WIPE)
_SURE_FADE = 0.5
_NEAR_BURST = FilmSpan("2/5")
_EMPTIER = 0.5
_SAME_PICTURE = 0.8


def _dies_away(fade: Moment, bursts: list[Moment]) -> bool:
    """Whether a fade is only the light of a flash that comes or goes, or begins in it, or is a
    doubtful one beside it: light that flickers on and off goes out many times."""
    start, end = fade.span.start, fade.span.end
    empty, full = (start, end) if fade.kind is MomentKind.FADE_IN else (end, start)
    near = _NEAR_BURST if fade.confidence < _SURE_FADE else None
    return any(
        one.span.start <= empty <= one.span.end
        or one.span.start <= full < one.span.end
        or (near is not None and one.span.start <= end + near and start <= one.span.end + near)
        for one in bursts
    )


def _surer_beside(moment: Moment, soft: list[Moment]) -> bool:
    """Whether another gradual change of shot tells the same stretch, and is surer."""
    return any(
        (other.confidence, other.span.span) > (moment.confidence, moment.span.span)
        and max(_shared(moment.span, other.span), _shared(other.span, moment.span)) > 0.3
        for other in soft
        if other is not moment
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What other moments already say of places where a cut was found."""

    flashes: frozenset[FilmTime]
    titles: frozenset[FilmTime]
    soft: tuple[Moment, ...]
    fades: tuple[Moment, ...]
    picture: PictureIndex

    @classmethod
    def of(cls, moments: list[Moment], picture: PictureIndex) -> Self:
        return cls(
            frozenset(m.span.start for m in moments if m.kind is MomentKind.FLASH),
            frozenset(m.at for m in moments if m.kind is MomentKind.TITLE),
            tuple(m for m in moments if m.kind in _SOFT),
            tuple(m for m in moments if m.kind in _FADES and m.confidence >= _SURE_FADE),
            picture,
        )

    def explains(self, cut: Moment) -> bool:
        if cut.at in self.flashes or (cut.at in self.titles and "black" in cut.words):
            return True
        if any(_only_fades(self.picture, fade, cut) for fade in self.fades):
            return True
        return any(
            other.span.start <= cut.at <= other.span.end and other.confidence > cut.confidence
            for other in self.soft
        )


def _only_fades(picture: PictureIndex, fade: Moment, cut: Moment) -> bool:
    """Whether a cut is one picture that a fade lights or puts out, while it is nearly empty.

    Each step is large there beside the little that is seen, so it looks like a cut; a true cut
    leaves other outlines on its far side.
    """
    if not fade.span.start <= cut.at <= fade.span.end:
        return False
    after = picture.index_at(cut.at)
    inward = fade.kind is MomentKind.FADE_IN
    full = picture.index_at(fade.span.end) if inward else picture.index_at(fade.span.start) - 1
    if after < 1 or full < 0:
        return False
    fuller = after if inward else after - 1
    if picture.spread[fuller] >= _EMPTIER * picture.spread[full]:
        return False
    return _outlines_alike(picture, after - 1, after) > _SAME_PICTURE


def _outlines_alike(picture: PictureIndex, before: int, after: int) -> float:
    """The correlation of two frames' luma: 1 the same picture at any light, 0 another or none."""
    old, new = (picture.signatures[i].astype(np.float64) for i in (before, after))
    old, new = old - old.mean(), new - new.mean()
    length = float(np.sqrt((old * old).sum() * (new * new).sum()))
    return float((old * new).sum()) / length if length > 0 else 0.0


def _within_any(moment: Moment, others: list[Moment]) -> bool:
    return any(_shared(moment.span, other.span) > 0.4 for other in others)


def _shared(one: FilmRange, other: FilmRange) -> float:
    """The share of `one` that lies in `other`."""
    start, end = max(one.start, other.start), min(one.end, other.end)
    if end <= start:
        return 0.0
    return float((end - start).seconds / one.span.seconds)
