"""`streamers --picture FILM --hits CSV`: a film with streamers, without a project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scorestage.adapters.catalogue import load_house
from scorestage.adapters.formats.hit_list import read_hit_list
from scorestage.adapters.machines.film import FilmFacts, probe
from scorestage.adapters.machines.streamer_film import StreamerFilm, write_streamer_film
from scorestage.errors import InputError, TimecodeError, Where
from scorestage.production import Hit, House
from scorestage.sync import (
    Clock,
    PictureClock,
    StageClock,
    StagePlan,
    StageScheme,
    cue_timeline,
    off_the_film,
    plan_hits,
    plan_stage,
)
from scorestage.timebase import (
    FilmClock,
    FilmTime,
    FrameRate,
    TempoMap,
    Timecode,
    frame_rate,
)
from scorestage.timebase.rate import DROP_RATES
from scorestage.workflow.job import user_library
from scorestage.workflow.map_alone import rate_doubt, read_map_alone
from scorestage.workflow.products.cuefacts import led_in, numbered_by
from scorestage.workflow.stage_answers import tell_plan
from scorestage.workflow.stage_wish import StageWish, refuse_beats_without_music
from scorestage.workflow.tell import tell_moment

USUAL_HOUSE = "los-angeles"
WRITTEN_AS = ("h264", "yuv420p")


@dataclass(frozen=True, slots=True)
class AloneFiles:
    """What is given: the film, a list of hits, a tempo map (one of the two at least)."""

    picture: Path
    hits: Path | None = None
    tempo_map: Path | None = None
    choose: int = 1
    start: str = ""
    """Timecode of the film's first frame, where the file tells none or a wrong one."""
    rate: str = ""
    """How its timecode counts (`29.97 drop`), where the file does not tell."""
    house: str = USUAL_HOUSE


@dataclass(frozen=True, slots=True)
class AlonePlan:
    """What will be laid over a film, and what was found out about it."""

    picture: Path
    facts: FilmFacts
    film: StreamerFilm
    notes: tuple[str, ...] = ()

    @property
    def plan(self) -> StagePlan:
        """Streamers, punches, flutters."""
        return self.film.plan


def plan_alone(files: AloneFiles, wish: StageWish) -> AlonePlan:
    """Plan the streamers for a film; nothing is written."""
    if files.hits is None and files.tempo_map is None:
        raise InputError("there is nothing to aim at", do="give --hits, --map, or both")
    facts = probe(files.picture)
    clock = _clock(files, facts)
    house = load_house(files.house, user_library())
    hits, notes = _hits(files, facts, clock)
    scheme = wish.scheme(house, free=bool(wish.free))
    if files.tempo_map is None:
        if not hits:
            raise InputError("the list holds no hit", Where(file=files.hits), "add one, or --map")
        if not wish.flutters:
            scheme = replace(scheme, flutters=replace(scheme.flutters, phrases=False, tempos=False))
        refuse_beats_without_music(scheme)
        plan = plan_hits(hits, house, clock.rate, scheme)
        shown: Clock = PictureClock(clock.rate, clock.start_frames, _zero(wish, clock, FilmTime(0)))
    else:
        tempo_map = numbered_by(house, read_map_alone(files.tempo_map, clock, files.choose))
        house = led_in(house, tempo_map)
        end_seconds = float(tempo_map.end.seconds)
        notes += rate_doubt(files.tempo_map, clock.rate, end_seconds, files.choose)
        plan, shown = _with_music(tempo_map, hits, house, clock, scheme, wish)
    told = off_the_film(plan.streamers, 0, _frames(facts))
    plan = replace(plan, warnings=(*plan.warnings, *told))
    title = wish.title or files.picture.stem
    start = Timecode(clock.start_frames, clock.rate)
    counts = files.tempo_map is not None
    film = StreamerFilm(title, plan, shown, start, counts, wish.clocks)
    return AlonePlan(files.picture, facts, film, (*notes, *_remarks(facts)))


def write_alone(
    planned: AlonePlan, out: Path, progress: Callable[[int, int], None] | None = None
) -> int:
    """Write the film; the number of frames."""
    return write_streamer_film(planned.picture, out, planned.film, planned.facts, progress)


def tell_alone(planned: AlonePlan) -> dict[str, Any]:
    """The plan as an answer; frames count from the film's first, which is 0."""
    facts, start = planned.facts, planned.film.start
    return {
        "picture": str(planned.picture),
        "rate": start.rate.name,
        "start_timecode": str(start),
        "first_frame": 0,
        "frames": _frames(facts),
        **tell_moment("length", facts.duration.seconds),
        "width_px": facts.width_px,
        "height_px": facts.height_px,
        "variable_rate": facts.variable_rate,
        **tell_plan(planned.plan, start.rate, start.frames),
        "notes": list(planned.notes),
    }


def _frames(facts: FilmFacts) -> int:
    """How many frames the streamer film has: a variable rate is made constant."""
    if facts.variable_rate:
        return facts.rate.nearest_frame(FilmTime(0) + facts.duration)
    return facts.frame_count


def _clock(files: AloneFiles, facts: FilmFacts) -> FilmClock:
    """How the film's frames are labelled: as said, else as the file says, else from zero."""
    rate = facts.rate
    if files.rate:
        rate = frame_rate(files.rate)
        if rate.frames_per_second != facts.rate.frames_per_second:
            raise InputError(
                f"the film runs at {facts.rate.name} frames a second, not at {rate.name}",
                do="leave --rate away, or convert the film",
            )
    elif rate.frames_per_second in DROP_RATES and facts.start_timecode is None:
        rate = FrameRate(rate.frames_per_second, drop=_labels_drop(files))
    if files.start:
        try:
            return FilmClock(rate, Timecode.parse(files.start, rate).frames)
        except TimecodeError as fault:
            raise InputError(f"--start: {fault.what}", do=fault.do) from None
    told = facts.start_timecode
    return FilmClock(rate, told.frames if told is not None else 0)


def _labels_drop(files: AloneFiles) -> bool:
    """Whether drop-frame is meant where the film does not say: a `;` before the frames."""
    if files.start:
        return ";" in files.start
    if files.hits is None or not files.hits.is_file():
        return False
    with files.hits.open("rb") as listed:
        return b";" in listed.read(1 << 20)


def _hits(
    files: AloneFiles, facts: FilmFacts, clock: FilmClock
) -> tuple[tuple[Hit, ...], tuple[str, ...]]:
    """The hits that get a streamer: those flagged for one, or all where none is."""
    if files.hits is None:
        return (), ()
    listed = read_hit_list(files.hits, clock)
    last = _frames(facts) - 1
    for line, hit in zip(listed.lines, listed.hits, strict=True):
        frame = clock.rate.nearest_frame(hit.at + clock.rate.frame_span * hit.aim_frames)
        if not 0 <= frame <= last:
            begins, ends = (clock.nearest_label(clock.rate.time_of(one)) for one in (0, last))
            raise InputError(
                f"the hit {hit.id} at {clock.nearest_label(hit.at)} lies outside the film, "
                f"which runs from {begins} to {ends}",
                Where(file=files.hits, line=line),
                "say with --start which timecode the film's first frame has, or mend the list",
            )
    notes = tuple(f"column {name!r} was not read" for name in listed.not_read)
    flagged = tuple(hit for hit in listed.hits if hit.streamer)
    chosen = flagged or listed.hits
    if flagged and len(flagged) < len(listed.hits):
        notes += (f"{len(listed.hits) - len(flagged)} hits are not flagged for a streamer",)
    return tuple(replace(hit, streamer=True) for hit in chosen), notes


def _with_music(
    tempo_map: TempoMap,
    hits: tuple[Hit, ...],
    house: House,
    clock: FilmClock,
    scheme: StageScheme,
    wish: StageWish,
) -> tuple[StagePlan, StageClock]:
    rate, clicks = clock.rate, house.warning_clicks
    style = house.click
    timeline = cue_timeline(tempo_map, clicks, rate, clock.start_frames, style=style)
    plan = plan_stage(tempo_map, timeline, hits, house, rate, scheme)
    zero = _zero(wish, clock, tempo_map.start)
    shown = StageClock(tempo_map, timeline, rate, clicks, clock.start_frames, zero, style)
    return plan, shown


def _zero(wish: StageWish, clock: FilmClock, usual: FilmTime) -> FilmTime:
    return clock.read(wish.zero) if wish.zero else usual


def _remarks(facts: FilmFacts) -> tuple[str, ...]:
    found = []
    if facts.variable_rate:
        found.append(
            f"the film has no constant frame rate; it is written at {facts.rate.name}, "
            "each picture held until the next"
        )
    if facts.codec and (facts.codec, facts.pixels) != WRITTEN_AS:
        found.append(
            f"the film is stored as {facts.codec}, {facts.pixels}; with streamers it is H.264 of "
            "8 bits, 4:2:0"
        )
    if facts.rotation_degrees:
        found.append("the film is stored turned; it is written upright")
    if not facts.has_sound:
        found.append("the film has no sound")
    return tuple(found)
