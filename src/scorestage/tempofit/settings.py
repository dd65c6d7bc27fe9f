"""What a person may ask of a fit, and how its terms are weighed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.errors import FitError
from scorestage.timebase import Beats, FilmRange, Meter

USUAL_METERS = (Meter(4, 4), Meter(3, 4), Meter(5, 4), Meter(2, 4))
NO_PICKUP = (Beats(0),)
HIDES = 0.95
"""Share of `Weights.step_scale` from which a step begins to be heard."""
HIDDEN = 0.9877
"""Share of it up to which a step hides: 2.5 %, in logarithms."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each flaw of a map costs; the flaws are squared, so many small ones beat one large.

    Early sound is scaled by 45 ms and late sound by 125 ms (ITU-R BT.1359, detection), a tempo
    step by 2.5 % (what hides between two beats: Friberg and Sundberg 1995).
    """

    off: float = 24.0
    """A hit caught off its frame, times its weight."""
    early_seconds: float = 0.045
    late_seconds: float = 0.125
    most_off: float = 0.75
    """What a hit caught may cost at most, as a share of what it costs to miss it."""
    place: float = 1.0
    """A hit on a weaker place of the bar than it wants, times a third of its weight."""
    miss: float = 9.0
    """Any hit missed (`missing`): more than two or three hidden steps, however little it weighs."""
    miss_weight: float = 5.0
    """A hit missed besides, times the square of its weight."""
    step: float = 1.0
    step_scale: float = 0.025
    heard: float = 400.0
    """What a step is heard by: its share beyond `step_scale`, squared, besides."""
    audible: float = 30.0
    """Any step that does not hide (2.5 %): worth it only for a hit met in no other way."""
    drift: float = 2.0
    """A bar whose tempo differs from the bar's before it by more than hides, nothing written, and
    `drift_size` times that for what it is beyond, in `step_scale`, squared."""
    drift_size: float = 12.0
    change: float = 0.3
    """Any change of tempo, however small."""
    wish: float = 1.5
    """A tempo away from the one wished for, by its share of the cue (`by_share`) or per span."""
    wish_scale: float = 0.05
    by_share: bool = True
    odd_bar: float = 4.0
    """A bar that is not in the usual meter."""
    last_bar: float = 0.25
    """What of its price an odd bar keeps where it is the last one, whose end nobody counts."""
    relief: float = 0.4
    """What of its cost a tempo step keeps where the picture changes too (a hit of that kind)."""
    ramp: float = 20.0
    """A written ritardando or accelerando that comes to what such a one usually does, as its
    log tempo (`ramp_size`), and the same again where it is `ramp_scale` away from that."""
    ramp_size: float = 0.12
    ramp_scale: float = 0.2
    ramp_ending: float = 0.08
    """What of its price a ritardando keeps into the very end of the cue, where it is expected."""
    ending: float = 0.5
    """The same for a hold."""
    fermata: float = 5.0
    free_bar: float = 8.0

    def missing(self, weight: float) -> float:
        """Points for a hit of that weight that is missed: the one place that says so.

        >>> [Weights().missing(weight) for weight in (1, 3, 5)]
        [14.0, 54.0, 134.0]
        """
        return self.miss + self.miss_weight * weight**2

    def pressed(self, times: float) -> Weights:
        """The same where hits count so many times as much against everything else."""
        return replace(
            self, off=self.off * times, miss=self.miss * times, miss_weight=self.miss_weight * times
        )

    def most_off_points(self, weight: float) -> float:
        """Points that a hit of that weight, caught off its frame, costs at most."""
        return self.most_off * self.missing(weight)


@dataclass(frozen=True, slots=True)
class FitSettings:
    """What a person may ask of a fit.

    Tempos count the click beat of the first of `meters`, which is the usual one; the others are
    put in where they bring a hit to a better place. Meters of other clicks (6/8 or 7/8 beside 4/4)
    keep the eighth as it is. `breath_percent` is the largest step of the tempo,
    `start_late_frames` how late the first sound may come after the cue's start, `pickups` the
    upbeats that may come before bar 1. `ramps` allows a written ritardando or accelerando into the
    ending or a big hit, `fermatas` and `free_bars` what their names say, `end_hold` that the last
    note may be held to the cue's end; in the spans of `steady`
    (dialogue, dance) the tempo does not change at all. The first bar of music is printed as
    `first_bar`.
    """

    lowest_bpm: Fraction = Fraction(60)
    highest_bpm: Fraction = Fraction(160)
    wish_bpm: Fraction = Fraction(96)
    meters: tuple[Meter, ...] = USUAL_METERS
    breath_percent: Fraction = Fraction(6)
    hidden_percent: Fraction = Fraction(5, 2)
    start_late_frames: Fraction = Fraction(3)
    pickups: tuple[Beats, ...] = NO_PICKUP
    ramps: bool = True
    fermatas: bool = False
    end_hold: bool = True
    free_bars: bool = False
    steady: tuple[FilmRange, ...] = ()
    first_bar: int = 1
    bars_without_end: int = 16
    top: int = 4
    seed: int = 1
    draws: int = 500
    weights: Weights = Weights()

    def __post_init__(self) -> None:
        if not 0 < self.lowest_bpm <= self.wish_bpm <= self.highest_bpm:
            raise FitError(
                f"the wished tempo {float(self.wish_bpm):g} does not lie within "
                f"{float(self.lowest_bpm):g} to {float(self.highest_bpm):g} bpm",
                do="set lowest, wished and highest tempo in rising order",
            )
        if not self.meters:
            raise FitError("no meter is allowed", do="allow at least one, for example 4/4")
        if self.top < 1 or self.bars_without_end < 1:
            raise FitError("a list needs one map at least, and a map one bar")
        if self.breath_percent < 0:
            raise FitError(
                f"a breath of {float(self.breath_percent):g} % is below nothing",
                do="allow steps of tempo of 0 % or more",
            )
        if self.first_bar < 1:
            raise FitError("bars are numbered from 1 on", do="set first_bar to 1 or more")
        if self.draws < 0 or self.start_late_frames < 0 or not self.pickups:
            raise FitError(
                "draws, and frames that the start may be late, cannot be negative; upbeats must be "
                "named, were it only none",
                do="write 0 or more",
            )
