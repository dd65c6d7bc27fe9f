"""What several deliverables of a cue share: its timeline, its edition, its people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.engraving import Edition
from scorestage.production import Cue, House
from scorestage.sync import CueTimeline, cue_timeline
from scorestage.timebase import FilmTime, TempoMap
from scorestage.workflow.compose import map_of
from scorestage.workflow.job import Job
from scorestage.workflow.library import house_of
from scorestage.workflow.podium import podium_marks
from scorestage.workflow.stage_wish import is_free

_SECONDS_A_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class CueFacts:
    """One cue with its map, its house and the moments its files share."""

    cue: Cue
    tempo_map: TempoMap
    house: House
    timeline: CueTimeline

    @property
    def free(self) -> bool:
        """Whether it is recorded in free timing."""
        return is_free(self.cue, self.house)


def clock_zero(facts: CueFacts, *, free: bool) -> FilmTime:
    """Where the clock of a cue reads zero, on paper and on the stage film alike.

    With a click it is the cue's start, as in the timing notes; in free timing the conductor starts
    the stop clock with the downbeat of bar 1.
    """
    if free or facts.cue.start is None:
        return facts.tempo_map.start
    return facts.cue.start


def facts_of(job: Job, cue: Cue) -> CueFacts:
    """What the deliverables of a cue are laid out by."""
    tempo_map = map_of(job, cue)
    house = led_in(house_of(job), tempo_map)
    picture = job.production.current_picture
    start_frames = picture.start_frames if picture is not None else 0
    timeline = cue_timeline(
        tempo_map, house.warning_clicks, job.production.rate, start_frames, style=house.click
    )
    if cue.is_source:
        cue = replace(cue, way_out=cue.leaves)
        if cue.end is not None and cue.end < timeline.cut_off:
            timeline = replace(timeline, cut_off=cue.end)
    return CueFacts(cue, tempo_map, house, timeline)


def led_in(house: House, tempo_map: TempoMap) -> House:
    """The house with as many warning clicks as its free bars have beats in the opening meter."""
    if not house.free_bars:
        return house
    beats = [one for one in house.click.pattern(tempo_map.grid.bars[0].meter) if one.stress]
    return replace(house, warning_clicks=house.free_bars * len(beats))


def numbered_by(house: House, tempo_map: TempoMap) -> TempoMap:
    """A map of another program, whose bars count from 1, with the house's free bars before it."""
    grid = tempo_map.grid
    if not house.free_bars or not grid.bars or str(grid.bars[0].label) != "1":
        return tempo_map
    return replace(tempo_map, grid=grid.counted_from(house.free_bars + 1))


def edition_of(job: Job, cue: Cue, house: House) -> Edition:
    """What the pages of a cue say besides its music."""
    picture = job.production.current_picture
    free = is_free(cue, house)
    return Edition(
        production=job.production.title,
        cue_number=cue.number,
        title=cue.title,
        house=house,
        version=cue.version,
        composer=writer_of(job, cue, "C"),
        orchestrator=cue.orchestrator or writer_of(job, cue, "AR"),
        rate=job.production.rate,
        hits=cue.live_hits,
        podium_marks=podium_marks(map_of(job, cue), cue, house, job.production.rate, free=free),
        clock_zero=None if free else cue.start,
        free_timing=free,
        timecode_start_frames=picture.start_frames if picture is not None else 0,
    )


def writer_of(job: Job, cue: Cue, role: str) -> str:
    """The names credited with a role, the cue's own composer first."""
    names = {person.id: person.name for person in job.production.people}
    if role == "C" and cue.composer:
        return names.get(cue.composer, cue.composer)
    found = [one.person for one in job.production.credits if one.role in (role, f"{role}A")]
    return ", ".join(names.get(person, person) for person in found)


def samples_since_midnight(job: Job, at: FilmTime, rate_hz: int) -> int:
    """The broadcast time stamp of a film moment: samples since 00:00:00:00, round the clock."""
    picture = job.production.current_picture
    frames = picture.start_frames if picture is not None else 0
    seconds = frames / job.production.rate.frames_per_second + at.seconds
    wrapped = Fraction(seconds) % _SECONDS_A_DAY
    return (wrapped * rate_hz + Fraction(1, 2)).__floor__()
