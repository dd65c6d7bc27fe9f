"""What can be scribed on a film: streamers, punches, flutters, and what to know about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Goal(StrEnum):
    """What a streamer runs into."""

    WARNING = "first warning click"
    DOWNBEAT = "downbeat of bar 1"
    HIT = "hit"
    RETURN = "back in tempo"
    CUT_OFF = "cut-off"


@dataclass(frozen=True, slots=True)
class StreamerOnScreen:
    """A streamer in one frame: `edge` is its leading edge, 0 left of the picture, 1 right."""

    edge: Fraction
    colour: str


@dataclass(frozen=True, slots=True)
class Streamer:
    """A line that leaves the left edge at `first_frame` and reaches the right on `hit_frame`.

    `id` is the hit's, or what the goal is; `also` are the hits on the same frame that it serves
    too. `weight` is the hit's, 5 for the goals every cue has.
    """

    goal: Goal
    hit_frame: int
    frames: int
    colour: str
    words: str = ""
    id: str = ""
    weight: int = 5
    also: tuple[str, ...] = ()

    @property
    def first_frame(self) -> int:
        """The frame in which it stands at the left edge."""
        return self.hit_frame - self.frames

    def at(self, frame: int) -> StreamerOnScreen | None:
        """Where it is in `frame`, or None.

        >>> yellow = Streamer(Goal.WARNING, 96, 48, "#f2d024")
        >>> yellow.at(72).edge, yellow.at(96).edge, yellow.at(97)
        (Fraction(1, 2), Fraction(1, 1), None)
        """
        if not self.first_frame <= frame <= self.hit_frame:
            return None
        return StreamerOnScreen(Fraction(frame - self.first_frame, self.frames), self.colour)


@dataclass(frozen=True, slots=True)
class Punch:
    """A round flash from `frame` on, for `frames` frames; `into` is the id of its streamer."""

    frame: int
    frames: int
    colour: str
    into: str = ""

    @property
    def shown(self) -> tuple[int, ...]:
        """The frames that flash.

        >>> Punch(240, 2, "#2fbf5b").shown
        (240, 241)
        """
        return tuple(range(self.frame, self.frame + self.frames))


@dataclass(frozen=True, slots=True)
class Flutter:
    """An odd number of punches on every other frame, the middle one on `frame`.

    `marks` says what for: `bar 9`, `phrase at A`, `tempo 88`.
    """

    frame: int
    count: int
    colour: str
    marks: str = ""

    @property
    def shown(self) -> tuple[int, ...]:
        """The frames that flash.

        >>> Flutter(100, 5, "#f4f4f0").shown
        (96, 98, 100, 102, 104)
        """
        half = self.count // 2
        return tuple(self.frame + 2 * step for step in range(-half, half + 1))


class Trouble(StrEnum):
    """What may go wrong on the podium."""

    CLOSE = "close"
    TOGETHER = "together"
    SHORTENED = "shortened"
    SHARED = "shared"
    CUT_SHORT = "cut short"
    LEFT_OUT = "left out"
    OFF_THE_FILM = "off the film"


@dataclass(frozen=True, slots=True)
class StageWarning:
    """Two marks that crowd each other: which, how many frames apart (or together), what to do."""

    trouble: Trouble
    first: str
    second: str
    frames: int
    what: str
    do: str

    def __str__(self) -> str:
        return f"{self.what}: {self.do}"


@dataclass(frozen=True, slots=True)
class StagePlan:
    """Everything that is scribed for one cue, and what the music editor should know about it."""

    streamers: tuple[Streamer, ...]
    punches: tuple[Punch, ...]
    flutters: tuple[Flutter, ...]
    warnings: tuple[StageWarning, ...] = ()
    _last_first: tuple[Streamer, ...] = field(init=False, repr=False, compare=False)
    _flashes: dict[int, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        shown = tuple(sorted(self.streamers, key=lambda streamer: -streamer.hit_frame))
        marks: tuple[Punch | Flutter, ...] = (*self.flutters, *self.punches)
        flashes = {frame: mark.colour for mark in marks for frame in mark.shown}
        object.__setattr__(self, "_last_first", shown)
        object.__setattr__(self, "_flashes", flashes)

    def on_screen(self, frame: int) -> tuple[StreamerOnScreen, ...]:
        """The streamers of one frame, the one that arrives last first."""
        found = (streamer.at(frame) for streamer in self._last_first)
        return tuple(place for place in found if place is not None)

    def flash(self, frame: int) -> str | None:
        """The colour of the punch or flutter in `frame`, or None."""
        return self._flashes.get(frame)
