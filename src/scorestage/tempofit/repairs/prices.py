"""What a repair of a written cue costs, in the points of the fit."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from scorestage.tempofit.ground import LOCKED
from scorestage.tempofit.repairs.written import WrittenHit
from scorestage.tempofit.settings import HIDDEN, HIDES, Weights

Floats = npt.NDArray[np.float64]
EVEN = 1e-9
"""A change of the log tempo that is none."""


@dataclass(frozen=True, slots=True)
class RepairPrices:
    """What each way of mending costs, in points; those of sound and tempo are the fit's.

    Proportions follow the order of harm a music editor knows: a bend nobody hears, a beat, a bar
    where the joint is good, a hold, new music; and a bar on the stands is dearer than one that is
    still free, a recorded one dearer than one on the stands.
    """

    fit: Weights = field(default_factory=Weights)
    jump: float = 1.0
    """Any joint, besides what it does to the music."""
    lost_bar: float = 0.6
    """Written music that is not heard, by the bar."""
    twice_bar: float = 0.5
    """Written music heard once more, by the bar."""
    vamp: float = 2.5
    """Each further time round: the same bars three times over are heard as being stuck."""
    inside_bar: float = 0.4
    """A joint that does not stand at barlines: two halves of bars to be read as one."""
    twice_accent: float = 0.5
    """An accent written for a hit that is heard once more, by the hit's weight: a false hit."""
    held_second: float = 1.5
    longest_hold: float = 4.0
    """Seconds that a note may be held at most; beyond, a bar without pulse."""
    longest_free: float = 12.0
    new_music: float = 18.0
    new_bar: float = 2.0
    bent_bar: float = 0.02
    """A bar that is not at its old tempo, whatever its state: fewer such are better."""
    reprinted_bar: float = 0.8
    """A bar on the stands whose notes, meter or neighbour change."""
    new_mark_bar: float = 0.05
    """A bar on the stands that only goes at another tempo."""
    retaken_bar: float = 1.5
    """A recorded bar that must be played again, being at another tempo."""
    edited_take: float = 1.0
    """A joint in recorded music: an edit of the takes."""
    astray_bar: float = 0.02
    """A bar that does not lie where it lay on its picture, without a hit to show it."""
    most_bend: float = 0.1
    """The furthest a tempo may be bent, as its logarithm."""


def bend_points(prices: RepairPrices, bend: Floats, edges: Floats, share: Floats) -> Floats:
    """Points for playing a stretch at another tempo: `bend` its logarithm.

    `edges` is how many of its ends meet the old tempo, `share` its part of the cue.
    """
    weights = prices.fit
    size = np.abs(bend) / weights.step_scale
    heard = weights.heard * np.maximum(0.0, size - HIDES) ** 2
    step = weights.step * (size**2 + heard) + weights.change
    step += np.where(size > HIDDEN, weights.audible, 0.0)
    kept = weights.wish * share * (bend / weights.wish_scale) ** 2
    points = np.maximum(edges, 1.0) * step + kept
    found: Floats = np.where(np.abs(bend) <= EVEN, 0.0, points)
    return found


def hit_points(prices: RepairPrices, hit: WrittenHit, off_seconds: Floats, frame: float) -> Floats:
    """Points for where a hit's accent now falls: as the fit has it, and missed beyond tolerance.

    A hit that the written music missed before costs nothing more where it is missed again.
    """
    weights, weight = prices.fit, hit.hit.weight
    missed = LOCKED if hit.hit.locked else weights.missing(weight)
    scale = np.where(off_seconds < 0, weights.early_seconds, weights.late_seconds)
    off = weights.off * weight * (off_seconds / scale) ** 2
    off = np.minimum(off, weights.most_off_points(weight))
    frames = off_seconds / frame
    slack = 1e-6
    inside = (frames >= -float(hit.hit.early_frames) - slack) & (
        frames <= float(hit.hit.late_frames) + slack
    )
    found: Floats = np.where(inside, off, missed if hit.caught_before else 0.0)
    return found


def lost_hit_points(prices: RepairPrices, hit: WrittenHit) -> float:
    """Points for a hit whose accent is in music that is cut away."""
    if not hit.caught_before:
        return 0.0
    return LOCKED if hit.hit.locked else prices.fit.missing(hit.hit.weight)
