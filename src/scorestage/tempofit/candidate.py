"""What a fit returns: ranked maps, where each hit lands, and what chance alone would do."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.production import Hit
from scorestage.timebase import Beat, Position, TempoMap


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a hit meets the music: `off_frames` is music minus picture, negative when early.

    `stress` is the strength of the place (3 downbeat, 2 strong beat, 1 beat, 0 between).
    """

    hit: Hit
    at: Beat
    position: Position
    off_frames: Fraction
    caught: bool
    stress: int


@dataclass(frozen=True, slots=True)
class CostTerms:
    """What speaks against a map, in points; less is better. Rounded to thousandths."""

    off: Fraction
    missed: Fraction
    place: Fraction
    step: Fraction
    wish: Fraction
    meter: Fraction
    written: Fraction = Fraction(0)
    """Ritardandos, accelerandos, fermatas and free bars."""
    ends: Fraction = Fraction(0)
    """First sound late, final barline off its frame."""

    @property
    def total(self) -> Fraction:
        """All terms together: what maps are ranked by."""
        terms = (self.off, self.missed, self.place, self.step, self.wish, self.meter)
        return sum(terms, self.written + self.ends)


@dataclass(frozen=True, slots=True)
class Chance:
    """How well the same search does on as many hits at random, in the same span and spacing.

    `family` names the search (`"one tempo"` or `"bending tempo"`). `caught` and `points` are what
    it reaches on the real hits, the means and percentiles what it reaches on random ones. Fewer
    points are better; `better_than_chance` says that at most 5 % of the random draws did as well.
    """

    family: str
    draws: int
    hits: int
    caught: int
    mean_caught: Fraction
    p95_caught: int
    points: Fraction
    mean_points: Fraction
    p5_points: Fraction
    better_than_chance: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tempo and meter map, and how it serves the picture.

    `largest_step_percent` is the largest change between neighbouring beats, as their times say,
    `unwritten_step_percent` the largest one that no ritardando, accelerando or hold makes.
    `gap` is how many points, at most, any map allowed could cost less; `conflict` names locked
    hits that cannot be met together, empty where all are met.
    """

    name: str
    why: str
    tempo_map: TempoMap
    hits: tuple[Landing, ...]
    costs: CostTerms
    largest_step_percent: Fraction
    meter_changes: int
    unwritten_step_percent: Fraction = Fraction(0)
    chance: Chance | None = None
    gap: Fraction | None = None
    conflict: str = ""

    @property
    def caught(self) -> tuple[Landing, ...]:
        """The hits that lie within their tolerance."""
        return tuple(landing for landing in self.hits if landing.caught)

    @property
    def missed(self) -> tuple[Landing, ...]:
        """The hits that do not."""
        return tuple(landing for landing in self.hits if not landing.caught)

    @property
    def largest_off_frames(self) -> Fraction:
        """The worst miss among the hits caught, in frames, without sign."""
        return max((abs(landing.off_frames) for landing in self.caught), default=Fraction(0))
