"""Music first: cards, panels or shots laid on the bars of a score that is there before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log

import numpy as np
import numpy.typing as npt

from scorestage.errors import InputError

_STRETCH = 6.0
"""Points for a length that is e times the one wished for; twice as long costs half as much."""
_OFF = 1.0
"""Points for each point of worth that a seam gives away."""


@dataclass(frozen=True, slots=True)
class Card:
    """A panel, scene card or shot: how long it should stand, what is the least and the most.

    `frames` None: as long as the others leave. `at` is the frame it has to begin on.
    """

    name: str
    frames: int | None = None
    least_frames: int = 12
    most_frames: int | None = None
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Seam:
    """A place of the music where a card may begin: its frame, its worth, bar and beat in words."""

    frame: int
    worth: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """A card on its place: from `first` up to `last`, beginning on `seam`."""

    card: Card
    first: int
    last: int
    seam: Seam
    wished_frames: int

    @property
    def frames(self) -> int:
        """How long it stands."""
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Layout:
    """All cards in order, from the first bar to the end of the music, and what it costs."""

    laid: tuple[Laid, ...]
    points: Fraction


def lay(cards: Sequence[Card], seams: Sequence[Seam]) -> Layout:
    """The cards on the seams that cost least: lengths near those wished, seams of worth.

    The first card begins on the first seam, the last one ends on the last. Wished lengths are
    taken in proportion: together they make the whole music, as far as least and most let them.
    Exact, by dynamic programming over cards and seams. Raises `InputError` where the cards do not
    fit, with the frames there are and those needed.
    """
    places = sorted({one.frame: one for one in seams}.values(), key=lambda one: one.frame)
    if not cards or len(places) < 2:
        raise InputError("there is nothing to lay, or no music to lay it on")
    frames = np.array([one.frame for one in places])
    total = int(frames[-1] - frames[0])
    wishes = wished_lengths(cards, total)
    best = max(one.worth for one in places)
    off = np.array([_OFF * (best - one.worth) for one in places])
    off[0] = off[-1] = 0.0
    lengths = frames[None, :] - frames[:, None]
    cost = np.full(len(places), np.inf)
    cost[0] = 0.0
    before: list[npt.NDArray[np.int64]] = []
    for card, wish in zip(cards, wishes, strict=True):
        starts = cost + off
        if card.at is not None:
            starts = np.where(frames == card.at, cost, np.inf)
        step = starts[:, None] + _length_points(card, wish, lengths)
        rows = step.argmin(axis=0)
        before.append(rows)
        cost = step[rows, np.arange(len(places))]
    if not np.isfinite(cost[-1]):
        raise _unfit(cards, places, total)
    return _read_back(cards, wishes, places, before, float(cost[-1]))


def wished_lengths(cards: Sequence[Card], total: int) -> tuple[int, ...]:
    """How long each card should stand: those told in proportion, the others their mean.

    >>> wished_lengths([Card("a", 24), Card("b"), Card("c", 48)], 216)
    (48, 72, 96)
    """
    told = [one.frames for one in cards if one.frames is not None]
    mean = Fraction(sum(told), len(told)) if told else Fraction(total, len(cards))
    plain = [mean if one.frames is None else Fraction(one.frames) for one in cards]
    scale = total / sum(plain)
    return tuple(max(1, round(one * scale)) for one in plain)


def length_points(card: Card, wish: int, frames: int) -> float:
    """The price of a length: infinite below the least or above the most.

    >>> round(length_points(Card("a"), 48, 96), 2), length_points(Card("a"), 48, 6)
    (2.88, inf)
    """
    if frames < card.least_frames or frames <= 0:
        return float("inf")
    if card.most_frames is not None and frames > card.most_frames:
        return float("inf")
    return _STRETCH * log(frames / wish) ** 2


def _length_points(
    card: Card, wish: int, lengths: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    allowed = (lengths >= card.least_frames) & (lengths > 0)
    if card.most_frames is not None:
        allowed &= lengths <= card.most_frames
    return np.where(allowed, _STRETCH * np.log(np.maximum(lengths, 1) / wish) ** 2, np.inf)


def _read_back(
    cards: Sequence[Card],
    wishes: Sequence[int],
    places: Sequence[Seam],
    before: Sequence[npt.NDArray[np.int64]],
    points: float,
) -> Layout:
    at = len(places) - 1
    found: list[Laid] = []
    for card, wish, rows in zip(reversed(cards), reversed(wishes), reversed(before), strict=True):
        start = int(rows[at])
        found.append(Laid(card, places[start].frame, places[at].frame, places[start], wish))
        at = start
    return Layout(tuple(reversed(found)), Fraction(round(points * 1000), 1000))


def _unfit(cards: Sequence[Card], places: Sequence[Seam], total: int) -> InputError:
    if len(cards) > len(places) - 1:
        return InputError(
            f"{len(cards)} cards do not fit on {len(places) - 1} bars or beats",
            do="lay them on finer places: --on bars, --on beats",
        )
    least = sum(one.least_frames for one in cards)
    if least > total:
        what = f"the cards need {least} frames at least, the music has {total}"
        return InputError(what, do="leave cards out, or say a smaller --shortest")
    most = [one.most_frames for one in cards]
    if None not in most and sum(one or 0 for one in most) < total:
        told = sum(one or 0 for one in most)
        what = f"the shots last {told} frames at most, the music {total}"
        return InputError(what, do="say more --handles, or add shots")
    return InputError(
        "the cards cannot be laid so: a place that was asked for leaves too little room",
        do="ask for fewer places, or lay them on --on beats",
    )
