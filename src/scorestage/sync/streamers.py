"""Streamers and punches planned: what is scribed on the film for the conductor.

The scheme is that of the scoring stages: yellow runs into the first warning click, green into the
downbeat of bar 1, white into hits that ask for one, red into the cut-off. A streamer runs from the
left edge to the right and reaches it on the very frame; there a punch flashes for two frames.
Where the music is free, a flutter marks the way back in: an odd number of punches on every other
frame, the middle one on the beat. A conductor without a click has flutters at bars as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from scorestage.production import Hit, House
from scorestage.sync.crowding import crowded, untangled
from scorestage.sync.flutters import flutters_between, planned_flutters
from scorestage.sync.marks import Goal, Punch, StagePlan, StageWarning, Streamer, Trouble
from scorestage.sync.scheme import StageScheme, StreamerLength
from scorestage.sync.timeline import CueTimeline
from scorestage.timebase import Beat, FilmTime, FrameRate, TempoMap

_ORDER = (Goal.CUT_OFF, Goal.DOWNBEAT, Goal.WARNING, Goal.RETURN, Goal.HIT)
"""Of two goals on one frame the first here gives the colour."""


@dataclass(frozen=True, slots=True)
class _Aim:
    goal: Goal
    frame: int
    at: FilmTime
    colour: str
    words: str
    id: str
    weight: int = 5


def plan_stage(
    tempo_map: TempoMap,
    timeline: CueTimeline,
    hits: tuple[Hit, ...],
    house: House,
    rate: FrameRate,
    scheme: StageScheme | None = None,
    phrase_starts: tuple[tuple[Beat, str], ...] = (),
) -> StagePlan:
    """What is scribed for a cue: one streamer per goal, a punch at each, flutters after free bars.

    A hit where another goal already stands (the downbeat, the cut-off) has no streamer of its own:
    that one serves it too. `phrase_starts` are beats with their names (rehearsal letters), for
    flutters. Without a `scheme` that of the house with a click is taken.
    """
    wish = scheme or StageScheme.of_house(house)
    aims = _cue_aims(tempo_map, timeline, house, rate)
    aims += _hit_aims(tuple(hit for hit in hits if hit.streamer), house, rate)
    planned, told = _streamers(aims, wish.length, rate, tempo_map)
    back = tuple(one.hit_frame for one in planned if one.goal is Goal.RETURN)
    punches = _punches(planned, house)
    marks = planned_flutters(tempo_map, rate, wish.flutters, house.hit_colour, back, phrase_starts)
    flutters, left_out = flutters_between(marks, punches, back)
    return StagePlan(planned, punches, flutters, (*told, *left_out))


def plan_hits(
    hits: tuple[Hit, ...], house: House, rate: FrameRate, scheme: StageScheme | None = None
) -> StagePlan:
    """Streamers and punches for a list of hits by itself, each with its own; no music is known."""
    wish = scheme or StageScheme.of_house(house)
    planned, told = _streamers(_hit_aims(hits, house, rate), wish.length, rate, None)
    return StagePlan(planned, _punches(planned, house), (), told)


def _cue_aims(
    tempo_map: TempoMap, timeline: CueTimeline, house: House, rate: FrameRate
) -> list[_Aim]:
    """What every cue has: the way in, the way back from free bars, the way out."""

    def aim(goal: Goal, at: FilmTime, colour: str, name: str, words: str = "") -> _Aim:
        return _Aim(goal, rate.nearest_frame(at), at, colour, words or goal.value, name)

    found = [
        aim(Goal.CUT_OFF, timeline.cut_off, house.cutoff_colour, "cut-off"),
        aim(Goal.DOWNBEAT, timeline.downbeat, house.downbeat_colour, "downbeat"),
    ]
    if timeline.first_click < timeline.downbeat:
        found.append(aim(Goal.WARNING, timeline.first_click, house.warning_colour, "warning"))
    for at, bar in _returns(tempo_map):
        name, words = f"return-{bar}", f"{Goal.RETURN}, bar {bar}"
        found.append(aim(Goal.RETURN, at, house.hit_colour, name, words))
    return found


def _hit_aims(hits: tuple[Hit, ...], house: House, rate: FrameRate) -> list[_Aim]:
    found = []
    for hit in hits:
        at = hit.at + rate.frame_span * hit.aim_frames
        frame, words = rate.nearest_frame(at), hit.words or hit.id
        found.append(_Aim(Goal.HIT, frame, at, house.hit_colour, words, hit.id, hit.weight))
    return found


def _returns(tempo_map: TempoMap) -> list[tuple[FilmTime, str]]:
    """The first click after each stretch of free bars, with its bar."""
    grid, found = tempo_map.grid, []
    for index, (start, after) in enumerate(pairwise(grid.starts[:-1])):
        if tempo_map.is_free(start) and not tempo_map.is_free(after):
            found.append((tempo_map.time_at(after), str(grid.bars[index + 1].label)))
    return found


def _streamers(
    aims: Sequence[_Aim], length: StreamerLength, rate: FrameRate, tempo_map: TempoMap | None
) -> tuple[tuple[Streamer, ...], tuple[StageWarning, ...]]:
    """One streamer a frame, none overtaking another, with what the music editor should know."""
    ranked = sorted(aims, key=lambda one: (one.frame, _ORDER.index(one.goal), -one.weight))
    planned: list[Streamer] = []
    shared: list[StageWarning] = []
    for aim in ranked:
        if planned and planned[-1].hit_frame == aim.frame:
            kept = planned[-1]
            planned[-1] = replace(kept, also=(*kept.also, aim.id))
            shared.append(_shared(kept, aim))
            continue
        frames = _frames(aim, length, rate, tempo_map)
        planned.append(
            Streamer(aim.goal, aim.frame, frames, aim.colour, aim.words, aim.id, aim.weight)
        )
    clear, shortened = untangled(planned)
    return clear, (*shared, *shortened, *crowded(clear, rate))


def _shared(kept: Streamer, aim: _Aim) -> StageWarning:
    return StageWarning(
        Trouble.SHARED,
        kept.id,
        aim.id,
        0,
        f"{aim.words} falls on the frame of {kept.words}",
        "one streamer serves both",
    )


def _frames(aim: _Aim, length: StreamerLength, rate: FrameRate, tempo_map: TempoMap | None) -> int:
    """How many frames a streamer runs; beats are click beats before its goal."""
    if not length.beats or tempo_map is None:
        return max(1, rate.nearest_frame(FilmTime(length.seconds)))
    at = tempo_map.beat_at(aim.at)
    bar = tempo_map.grid.bars[tempo_map.grid.index_at(at)]
    start = tempo_map.time_at(Beat(at.quarters - length.beats * bar.meter.click.quarters))
    return max(1, aim.frame - rate.nearest_frame(start))


def _punches(planned: Sequence[Streamer], house: House) -> tuple[Punch, ...]:
    """A flash where each streamer arrives; a flutter stands where the music comes back in."""
    length = Fraction(house.punch_frames)
    return tuple(
        Punch(one.hit_frame, int(length), one.colour, one.id)
        for one in planned
        if one.goal is not Goal.RETURN
    )
