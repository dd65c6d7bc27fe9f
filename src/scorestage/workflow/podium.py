"""What the score tells the conductor of click and streamers, from the same plans as the stage."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scorestage.engraving import PodiumMark
from scorestage.production import Cue, House
from scorestage.sync import ClickStroke, Goal, cue_timeline, plan_clicks, plan_stage
from scorestage.timebase import FilmTime, FrameRate, FreeBar, TempoMap
from scorestage.workflow.stage_wish import StageWish

_TOLD = (Goal.HIT, Goal.RETURN, Goal.CUT_OFF)
"""Every cue has a streamer into its first click and its downbeat: those are not told."""
CLICK_IN, CLICK_OUT = "CLICK IN", "CLICK OUT"


def podium_marks(
    tempo_map: TempoMap, cue: Cue, house: House, rate: FrameRate, *, free: bool
) -> tuple[PodiumMark, ...]:
    """Where the click comes in and goes out, and each streamer at its goal, in order of time.

    In `free` timing the click only leads in.
    """
    clicks = _lead_in_only(tempo_map, house) if free else _clicks(tempo_map, house)
    found = [*clicks, *_streamers(tempo_map, cue, house, rate, free=free)]
    return tuple(sorted(found, key=lambda mark: (mark.at, mark.streamer)))


def _clicks(tempo_map: TempoMap, house: House) -> Iterator[PodiumMark]:
    strokes = plan_clicks(tempo_map, house.click, house.warning_clicks)
    spans = _free_spans(tempo_map)
    if not spans or spans[0][0] > tempo_map.start:
        warning = sum(1 for one in strokes if one.warning and one.stress)
        yield PodiumMark(tempo_map.start, _with_free(warning))
    for start, end in spans:
        if start > tempo_map.start:
            yield PodiumMark(start, CLICK_OUT)
        if end < tempo_map.end:
            yield PodiumMark(end, _with_free(_leading(strokes, start, end)))
    played = [one for one in strokes if not one.warning and one.stress]
    if played and house.click.stop_early_clicks:
        yield PodiumMark(played[-1].at, f"{CLICK_OUT} after this click")
    elif not spans or spans[-1][1] < tempo_map.end:
        yield PodiumMark(tempo_map.end, CLICK_OUT)


def _with_free(clicks: int) -> str:
    return f"{CLICK_IN}, {clicks} free" if clicks else CLICK_IN


def _leading(strokes: tuple[ClickStroke, ...], start: FilmTime, end: FilmTime) -> int:
    return sum(1 for one in strokes if one.prep and start <= one.at < end)


def _lead_in_only(tempo_map: TempoMap, house: House) -> Iterator[PodiumMark]:
    strokes = plan_clicks(tempo_map, house.click, house.warning_clicks)
    warning = sum(1 for one in strokes if one.warning and one.stress)
    if warning:
        yield PodiumMark(tempo_map.start, f"{warning} free clicks, then {CLICK_OUT}")


def _free_spans(tempo_map: TempoMap) -> list[tuple[FilmTime, FilmTime]]:
    """The stretches of free bars, those in a row as one."""
    found: list[tuple[FilmTime, FilmTime]] = []
    for event in tempo_map.events:
        if isinstance(event, FreeBar):
            start, end = tempo_map.time_at(event.at), tempo_map.time_at(event.at + event.length)
            begins = found.pop()[0] if found and found[-1][1] == start else start
            found.append((begins, end))
    return found


def _streamers(
    tempo_map: TempoMap, cue: Cue, house: House, rate: FrameRate, *, free: bool
) -> Iterator[PodiumMark]:
    timeline = cue_timeline(tempo_map, house.warning_clicks, rate, style=house.click)
    scheme = StageWish().scheme(house, free=free)
    plan = plan_stage(tempo_map, timeline, cue.live_hits, house, rate, scheme)
    exact = {hit.id: hit.at for hit in cue.live_hits}
    for one in plan.streamers:
        if one.goal in _TOLD:
            seconds = one.frames * rate.frame_span.seconds
            at = exact.get(one.id, rate.time_of(one.hit_frame))
            at = tempo_map.end if one.goal is Goal.CUT_OFF else at
            yield PodiumMark(at, f"streamer {_seconds_text(seconds)}", streamer=True)


def _seconds_text(seconds: Fraction) -> str:
    """Seconds to a tenth.

    >>> _seconds_text(Fraction(5, 2)), _seconds_text(Fraction(2))
    ('2.5″', '2″')
    """
    return f"{float(round(seconds, 1)):g}″"
