"""Stretches in which one picture gives way to another: how far each frame has gone from old to new.

Between the last frame `o` of a shot and the first frame `n` of the next, every frame `x` is set as
`a·o + b·n` by least squares, brightness left out. `b / (a + b)` is its share of the new picture
and what is left over, measured against the difference of the two, its rest. In a dissolve shares
climb evenly and little is left over; in a wipe they climb evenly and much is left over, since each
place shows the one or the other; a pan, a cut or a moving crowd does neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.spotting.likeness import SIGNATURE_COLUMNS, SIGNATURE_ROWS
from scorestage.spotting.picture import PictureIndex

Levels = NDArray[np.float32]

SPANS_FRAMES: Final = (4, 5, 6, 7, 8, 10, 12, 14, 17, 20, 24, 29, 35, 42, 50, 60, 72, 86)
"""Lengths tried, from the last pure frame to the next one."""
EIGHTHS: Final = (4, 2, 6, 1, 3, 5, 7)
SAME_PICTURE: Final = 0.62
"""From this correlation on the two ends are one picture that moved or changed its light."""
LEAST_SPREAD: Final = 1.5
"""Spread of luma (of 255) that either end must have: else it is an even field, and this a fade."""
DRIFT: Final = 0.12
"""Shares this far below none or above all tell that the picture was under way already."""
OTHER_SHOT: Final = 0.6
"""A rest as large as this tells of yet another shot."""
UNSURE_REST: Final = 0.12
QUIET_CHANGE: Final = 0.03
WORSE: Final = 0.05
PURE: Final = 0.03
"""A share this near to none or all counts as a picture by itself."""
PIECE_FRAMES: Final = 2048


@dataclass(frozen=True, slots=True)
class Limits:
    """How evenly shares must climb (most and mean deviation), and what may be left over at most."""

    most_uneven: float
    mean_uneven: float
    least_rest: float
    most_rest: float


@dataclass(frozen=True, slots=True)
class Mix:
    """A stretch from its last old frame to its first new one (indices), and how it was explained.

    `alike` is the correlation of the ends, `apart` their difference in units of their contrast,
    `rest` the mean share no mixture explains, `uneven` the mean deviation of the shares.
    """

    first: int
    last: int
    alike: float
    apart: float
    rest: float
    uneven: float


def worth_of(mix: Mix) -> float:
    """How well this stretch tells a mixture, against others that overlap it."""
    return mix.apart - 1.5 * mix.rest - 2.5 * mix.uneven


def mixes(
    picture: PictureIndex,
    limits: Limits,
    most_alike: float = SAME_PICTURE,
    usable: Callable[[Mix], bool] = lambda mix: True,
    worth: Callable[[Mix], float] = worth_of,
) -> list[Mix]:
    """All stretches within the limits that are usable, the worthiest of those that overlap."""
    found: list[Mix] = []
    longest = max(SPANS_FRAMES)
    for start in range(0, len(picture), PIECE_FRAMES):
        shapes = coarse(picture.signatures[start : start + PIECE_FRAMES + longest])
        for span in SPANS_FRAMES:
            starts = np.arange(min(PIECE_FRAMES, len(shapes) - span))
            within = _within(shapes, starts, span, limits, most_alike, start)
            found += [mix for mix in within if usable(mix)]
    kept: list[Mix] = []
    for mix in sorted(found, key=lambda mix: (-worth(mix), mix.first, mix.last)):
        if all(mix.last <= other.first or other.last <= mix.first for other in kept):
            kept.append(mix)
    return sorted(kept, key=lambda mix: mix.first)


def coarse(signatures: NDArray[np.uint8]) -> Levels:
    """Signatures averaged to 9 x 16 fields, flat, mean luma taken out: frames x 144."""
    count = len(signatures)
    blocks = np.asarray(signatures).reshape(
        count, SIGNATURE_ROWS // 2, 2, SIGNATURE_COLUMNS // 2, 2
    )
    fields = blocks.mean(axis=(2, 4), dtype=np.float32).reshape(count, -1)
    centred: Levels = fields - fields.mean(axis=1, keepdims=True)
    return centred


def shares_and_rests(old: Levels, new: Levels, between: Levels) -> tuple[Levels, Levels]:
    """For each pair of ends and frame between (rows): its share of the new one, and its rest."""
    oo, nn, on = _product(old, old), _product(new, new), _product(old, new)
    xo, xn, xx = _product(between, old), _product(between, new), _product(between, between)
    whole = np.maximum(oo * nn - on * on, 1e-3)
    a, b = (xo * nn - xn * on) / whole, (xn * oo - xo * on) / whole
    rest = np.sqrt(np.maximum(xx - a * xo - b * xn, 0) / np.maximum(oo + nn - 2 * on, 1e-3))
    share = np.asarray(b / np.maximum(a + b, np.float32(0.2)), dtype=np.float32)
    return share, np.asarray(rest, dtype=np.float32)


def _within(
    shapes: Levels,
    starts: NDArray[np.intp],
    span: int,
    limits: Limits,
    most_alike: float,
    offset: int,
) -> Iterator[Mix]:
    """The stretches of `span` frames among `starts` that are within the limits."""
    if not len(starts):
        return
    oo = _product(shapes[starts], shapes[starts])
    nn = _product(shapes[starts + span], shapes[starts + span])
    on = _product(shapes[starts], shapes[starts + span])
    alike = on / np.sqrt(np.maximum(oo * nn, 1e-3))
    apart = np.sqrt(np.maximum(oo + nn - 2 * on, 0) / np.maximum((oo + nn) / 2, 1e-3))
    lit = np.minimum(oo, nn) > shapes.shape[1] * LEAST_SPREAD**2
    chosen = np.flatnonzero(lit & (alike < most_alike))
    uneven, rests = np.zeros(len(chosen)), np.zeros(len(chosen))
    steps = sorted({round(eighth * span / 8) for eighth in EIGHTHS} - {0, span})
    for step in sorted(steps, key=lambda step: abs(step - span / 2)):
        at = starts[chosen]
        share, rest = shares_and_rests(shapes[at], shapes[at + span], shapes[at + step])
        off = np.abs(share - step / span)
        kept = (off < limits.most_uneven) & (rest < 2 * limits.most_rest)
        chosen = chosen[kept]
        uneven, rests = uneven[kept] + off[kept], rests[kept] + rest[kept]
    uneven, rests = uneven / len(steps), rests / len(steps)
    good = (uneven < limits.mean_uneven) & (rests < limits.most_rest) & (rests > limits.least_rest)
    for place, off, rest in zip(chosen[good], uneven[good], rests[good], strict=True):
        first = int(starts[place]) + offset
        yield Mix(
            first, first + span, float(alike[place]), float(apart[place]), float(rest), float(off)
        )


def _product(one: Levels, other: Levels) -> Levels:
    product: Levels = np.einsum("ij,ij->i", one, other)
    return product


def drifts(picture: PictureIndex, mix: Mix) -> bool:
    """Whether the picture moves on before and after as it does within: no change of shot.

    Shares a quarter of the length before the first end lie below none, and as far after the last
    end above all; a shot that stands, or moves its own way, stays near none and all. Where neither
    can be seen, only a plain mixture between two pictures is believed.
    """
    reach = max(2, (mix.last - mix.first) // 4)
    before, after = mix.first - reach, mix.last + reach
    places = np.clip([before, mix.first, mix.last, after], 0, len(picture) - 1)
    shapes = coarse(picture.signatures[places])
    old, new = np.repeat(shapes[1:2], 2, axis=0), np.repeat(shapes[2:3], 2, axis=0)
    share, rest = shares_and_rests(old, new, shapes[[0, 3]])
    gone = np.array([-share[0], share[1] - 1])
    unseen = (rest > OTHER_SHOT) | (np.abs(gone) > 0.5)
    unseen |= np.array([before < 0, after >= len(picture)])
    if _flows(picture, mix):
        return True
    if unseen.all():
        return mix.rest > UNSURE_REST or mix.alike > SAME_PICTURE
    return bool((unseen | (gone > DRIFT)).all())


def _flows(picture: PictureIndex, mix: Mix) -> bool:
    """Whether so little happens from frame to frame, and as much outside: clouds, mist, slow drift.

    Even a long dissolve changes each frame more than the still picture beside it.
    """
    half = (mix.last - mix.first) // 2
    change = picture.change
    inside = float(np.median(change[mix.first + 1 : mix.last + 1]))
    beside = (
        change[max(1, mix.first - half) : mix.first],
        change[mix.last + 2 : mix.last + 2 + half],
    )
    calmest = min((float(np.median(part)) for part in beside if len(part)), default=0.0)
    return inside < QUIET_CHANGE and inside < 1.5 * calmest


def trimmed(picture: PictureIndex, mix: Mix) -> Mix:
    """The same stretch with the ends that explain it best, the pure frames beside it left out.

    Ends are the last pure frame of the old shot and the first of the new one.
    """
    reach = max(2, (mix.last - mix.first) // 3)
    start, end = max(0, mix.first - reach), min(len(picture), mix.last + reach + 1)
    shapes = coarse(picture.signatures[start:end])
    best = _explained(shapes, mix.first - start, mix.last - start)
    for _ in range(2):
        lasts = range(max(best.last - reach, best.first + 4), len(shapes))
        best = max((_explained(shapes, best.first, at) for at in lasts), key=worth_of, default=best)
        firsts = range(min(best.first + reach, best.last - 4) + 1)
        best = max((_explained(shapes, at, best.last) for at in firsts), key=worth_of, default=best)
    if best.rest + best.uneven > mix.rest + mix.uneven + WORSE:
        return mix
    first, last = _without_pure(shapes, best.first, best.last)
    if last - first < 3:
        return mix
    return Mix(start + first, start + last, best.alike, best.apart, best.rest, best.uneven)


def _explained(shapes: Levels, first: int, last: int) -> Mix:
    """How well one pair of ends explains what lies between, every frame looked at."""
    old, new, between = shapes[first], shapes[last], shapes[first + 1 : last]
    count = len(between)
    share, rest = shares_and_rests(
        np.broadcast_to(old, (count, len(old))), np.broadcast_to(new, (count, len(new))), between
    )
    off = np.abs(share - np.arange(1, count + 1) / (count + 1))
    both = float((old * old).sum()), float((new * new).sum()), float((old * new).sum())
    alike = both[2] / max(1e-3, (both[0] * both[1]) ** 0.5)
    apart = (max(both[0] + both[1] - 2 * both[2], 0) / max(1e-3, (both[0] + both[1]) / 2)) ** 0.5
    return Mix(first, last, alike, apart, float(rest.mean()), float(off.mean()))


def _without_pure(shapes: Levels, first: int, last: int) -> tuple[int, int]:
    """The stretch without the frames at its ends that still, or already, show one picture."""
    count = last - first + 1
    old, new = shapes[first], shapes[last]
    share, _ = shares_and_rests(
        np.broadcast_to(old, (count, len(old))),
        np.broadcast_to(new, (count, len(new))),
        shapes[first : last + 1],
    )
    pure_old = np.flatnonzero(share[: count // 2] < PURE)
    pure_new = np.flatnonzero(share[count // 2 :] > 1 - PURE)
    return first + int(pure_old.max(initial=0)), first + count // 2 + int(pure_new.min())
