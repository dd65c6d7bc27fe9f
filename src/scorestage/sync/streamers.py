"""Streamers, punches and flutters: what is scribed on the film for the conductor.

The scheme is that of the scoring stages: yellow runs into the first warning click, green into the
downbeat of bar 1, white into hits that ask for one, red into the cut-off. A streamer runs from the
left edge to the right and reaches it on the very frame; there a punch flashes for two frames.
Where the music is free, a flutter marks the way back in: an odd number of punches on every other
frame, the middle one on the beat.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from scorestage.production import Hit, House
from scorestage.sync.timeline import CueTimeline
from scorestage.timebase import FilmSpan, FilmTime, FrameRate, TempoMap

FLUTTER_PUNCHES = 5
CROWDED = FilmSpan(1)
"""Two goals closer than this cannot both be prepared."""


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
    """A line that leaves the left edge at `first_frame` and reaches the right on `hit_frame`."""

    goal: Goal
    hit_frame: int
    frames: int
    colour: str
    words: str = ""

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
    """A round flash from `frame` on, for `frames` frames."""

    frame: int
    frames: int
    colour: str

    def shows(self, frame: int) -> bool:
        """Whether it is seen in `frame`."""
        return self.frame <= frame < self.frame + self.frames


@dataclass(frozen=True, slots=True)
class Flutter:
    """An odd number of punches on every other frame, the middle one on `frame`."""

    frame: int
    count: int
    colour: str

    @property
    def frames(self) -> tuple[int, ...]:
        """The frames that flash.

        >>> Flutter(100, 5, "#f4f4f0").frames
        (96, 98, 100, 102, 104)
        """
        half = self.count // 2
        return tuple(self.frame + 2 * step for step in range(-half, half + 1))

    def shows(self, frame: int) -> bool:
        """Whether it is seen in `frame`."""
        return frame in self.frames


@dataclass(frozen=True, slots=True)
class StagePlan:
    """Everything that is scribed for one cue, and what the music editor should know about it."""

    streamers: tuple[Streamer, ...]
    punches: tuple[Punch, ...]
    flutters: tuple[Flutter, ...]
    warnings: tuple[str, ...] = ()

    def on_screen(self, frame: int) -> tuple[StreamerOnScreen, ...]:
        """The streamers of one frame, the one that arrives last first."""
        shown = sorted(self.streamers, key=lambda streamer: -streamer.hit_frame)
        found = (streamer.at(frame) for streamer in shown)
        return tuple(place for place in found if place is not None)

    def flash(self, frame: int) -> str | None:
        """The colour of the punch or flutter in `frame`, or None."""
        marks: tuple[Punch | Flutter, ...] = (*self.punches, *self.flutters)
        for mark in marks:
            if mark.shows(frame):
                return mark.colour
        return None


@dataclass(frozen=True, slots=True)
class _Aim:
    goal: Goal
    frame: int
    colour: str
    words: str


def plan_stage(
    tempo_map: TempoMap,
    timeline: CueTimeline,
    hits: tuple[Hit, ...],
    house: House,
    rate: FrameRate,
) -> StagePlan:
    """What is scribed for a cue: one streamer per goal, a punch at each, flutters after free bars.

    A hit where another goal already stands (the downbeat, the cut-off) gets no streamer of its own.
    """
    aims = _aims(tempo_map, timeline, hits, house, rate)
    length = max(1, rate.nearest_frame(FilmTime(house.streamer_seconds)))
    streamers = tuple(Streamer(aim.goal, aim.frame, length, aim.colour, aim.words) for aim in aims)
    punches = tuple(
        Punch(aim.frame, house.punch_frames, aim.colour)
        for aim in aims
        if aim.goal is not Goal.RETURN
    )
    flutters = tuple(
        Flutter(aim.frame, FLUTTER_PUNCHES, aim.colour) for aim in aims if aim.goal is Goal.RETURN
    )
    return StagePlan(streamers, punches, flutters, _warnings(streamers, rate))


def _aims(
    tempo_map: TempoMap,
    timeline: CueTimeline,
    hits: tuple[Hit, ...],
    house: House,
    rate: FrameRate,
) -> list[_Aim]:
    """The goals in film order, one a frame; of two on one frame the first named here stays."""

    def aim(goal: Goal, at: FilmTime, colour: str, words: str = "") -> _Aim:
        return _Aim(goal, rate.nearest_frame(at), colour, words or goal.value)

    wanted = [
        aim(Goal.CUT_OFF, timeline.cut_off, house.cutoff_colour),
        aim(Goal.DOWNBEAT, timeline.downbeat, house.downbeat_colour),
    ]
    if timeline.first_click < timeline.downbeat:
        wanted.append(aim(Goal.WARNING, timeline.first_click, house.warning_colour))
    for at in _returns(tempo_map):
        wanted.append(aim(Goal.RETURN, at, house.hit_colour))
    for hit in hits:
        if hit.streamer:
            at = hit.at + rate.frame_span * hit.aim_frames
            wanted.append(aim(Goal.HIT, at, house.hit_colour, hit.words or hit.id))
    by_frame: dict[int, _Aim] = {}
    for one in wanted:
        by_frame.setdefault(one.frame, one)
    return sorted(by_frame.values(), key=lambda one: one.frame)


def _returns(tempo_map: TempoMap) -> list[FilmTime]:
    """The first click after each stretch of free bars."""
    grid, found = tempo_map.grid, []
    for start, after in pairwise(grid.starts[:-1]):
        if tempo_map.is_free(start) and not tempo_map.is_free(after):
            found.append(tempo_map.time_at(after))
    return found


def _warnings(streamers: tuple[Streamer, ...], rate: FrameRate) -> tuple[str, ...]:
    """Goals too close together to be prepared one after the other."""
    found = []
    for one, after in pairwise(sorted(streamers, key=lambda streamer: streamer.hit_frame)):
        apart = FilmSpan((after.hit_frame - one.hit_frame) / rate.frames_per_second)
        if apart < CROWDED:
            found.append(
                f"streamers into {one.words} and {after.words} arrive only "
                f"{after.hit_frame - one.hit_frame} frames apart"
            )
        elif after.first_frame < one.hit_frame:
            found.append(
                f"streamers into {one.words} and {after.words} are on screen together for "
                f"{one.hit_frame - after.first_frame} frames"
            )
    return tuple(found)
