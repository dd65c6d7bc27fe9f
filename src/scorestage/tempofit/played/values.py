"""What is asked of a map from a performance, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scorestage.errors import FitError
from scorestage.tempofit.candidate import Landing
from scorestage.timebase import Beat, FilmTime, Meter, TempoMap

FOUR_FOUR = (Meter(4, 4),)


class Follow(StrEnum):
    """How closely a map follows a take: fewest events, a tempo a bar, or every beat as played."""

    SPANS = "spans"
    BARS = "bars"
    BEATS = "beats"


@dataclass(frozen=True, slots=True)
class PlayedSettings:
    """What a person may ask of a map from a performance.

    `meters` are those of the bars in order, the last one goes on. `first_beat` is where in the bar
    the first tap falls (4 in 4/4: a quarter of upbeat). `beats_per_tap` is 2 for taps in half
    notes. `scatter_seconds` is the jitter to take out; None: told from the taps themselves.
    Without `ramps` the tempo only steps, at barlines.
    """

    meters: tuple[Meter, ...] = FOUR_FOUR
    first_beat: Fraction = Fraction(1)
    beats_per_tap: Fraction = Fraction(1)
    follow: Follow = Follow.SPANS
    ramps: bool = True
    scatter_seconds: float | None = None

    def __post_init__(self) -> None:
        if not self.meters:
            raise FitError("no meter is given", do="say for example 4/4")
        beats = len(self.meters[0].clicks)
        if not 1 <= self.first_beat < beats + 1:
            raise FitError(
                f"there is no beat {self.first_beat} in {self.meters[0]}",
                do=f"say on which beat the first tap falls, 1 to {beats}",
            )
        if self.beats_per_tap <= 0:
            raise FitError("a tap must stand for more than no beat", do="say 1, 2 or 1/2")
        if self.scatter_seconds is not None and not 0 < self.scatter_seconds <= 0.2:
            raise FitError("a scatter must lie above 0 and be at most 200 ms", do="say 25 ms")


@dataclass(frozen=True, slots=True)
class Observed:
    """A place of the music, when it was played, and how much that is to be trusted (0 to 1)."""

    at: Beat
    heard: FilmTime
    trust: float = 1.0


@dataclass(frozen=True, slots=True)
class PlayedBeat:
    """One click of the map beside what was played there.

    `off_seconds` is map minus take; None where nothing was played. `confidence` (0 to 1) falls
    with the distance from the take, and where the beat was left out.
    """

    at: Beat
    mapped: FilmTime
    heard: FilmTime | None
    off_seconds: Fraction | None
    confidence: float


@dataclass(frozen=True, slots=True)
class PlayedMap:
    """A map from a performance, beat by beat beside it.

    `scatter_seconds` is the jitter that was taken out. `pulled_seconds` is how much further a beat
    lies from the take than it would without hits and end (0: nothing was pulled).
    """

    tempo_map: TempoMap
    follow: Follow
    beats: tuple[PlayedBeat, ...]
    landings: tuple[Landing, ...]
    scatter_seconds: float
    rms_seconds: float
    mean_seconds: float
    largest_off_seconds: Fraction
    pulled_seconds: float
    pulled_at: Beat | None
    largest_step_percent: float
    remarks: tuple[str, ...] = ()
