"""A cue on the stage: its plan of streamers, its clocks, its click, as one stage film."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from scorestage.adapters.machines.stage_film import StageFilm, write_stage_film
from scorestage.adapters.store import replacing
from scorestage.music import MarkKind, Score
from scorestage.production import Cue
from scorestage.sync import StageClock, StagePlan, off_the_film, plan_stage
from scorestage.timebase import Beat, FilmTime
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE, read_cue_score
from scorestage.workflow.products.clicks import cue_strokes
from scorestage.workflow.products.cuefacts import clock_zero, facts_of
from scorestage.workflow.stage_answers import tell_plan
from scorestage.workflow.stage_wish import StageWish, is_free


def stage_film_of(job: Job, cue: Cue, wish: StageWish | None = None) -> StageFilm:
    """What a cue's stage film shows and plays; `wish` goes before what cue and house say.

    In free timing only the warning clicks are heard. A cue without a score has no phrases marked.
    """
    wanted = wish or StageWish()
    facts = facts_of(job, cue)
    free = facts.free if wanted.free is None else wanted.free
    score = _score_of(job, cue)
    rate, clicks = job.production.rate, facts.house.warning_clicks
    plan = stage_plan_of(job, cue, wanted)
    zero = job.reel_clock.read(wanted.zero) if wanted.zero else clock_zero(facts, free=free)
    clock = StageClock(
        *(facts.tempo_map, facts.timeline, rate, clicks, job.clock.start_frames, zero),
        click=facts.house.click,
    )
    strokes = cue_strokes(facts, score)
    if free:
        strokes = tuple(stroke for stroke in strokes if stroke.warning)
    title = wanted.title or f"{cue.number} {cue.title}".strip()
    film = StageFilm(title, plan, clock, strokes, facts.house, wanted.clocks)
    told = off_the_film(plan.streamers, film.first_frame, film.end_frame)
    return replace(film, plan=replace(plan, warnings=(*plan.warnings, *told)))


def stage_plan_of(job: Job, cue: Cue, wish: StageWish) -> StagePlan:
    """The streamers, punches and flutters of a cue by themselves."""
    facts = facts_of(job, cue)
    free = facts.free if wish.free is None else wish.free
    score = _score_of(job, cue)
    return plan_stage(
        facts.tempo_map,
        facts.timeline,
        cue.live_hits,
        facts.house,
        job.production.rate,
        wish.scheme(facts.house, free=free),
        phrase_starts(score) if score is not None else (),
    )


def write_cue_film(
    job: Job,
    cue: Cue,
    film: StageFilm,
    dest: Path,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Write a cue's stage film to `dest`, on black where there is no picture; its frames."""
    placed = job.production.current_picture is not None and cue.start is not None
    with replacing(dest) as unfinished:
        return write_stage_film(unfinished, film, job.film() if placed else None, progress=progress)


def tell_cue_film(job: Job, cue: Cue, film: StageFilm, wish: StageWish) -> dict[str, Any]:
    """A cue's plan as an answer.

    Frames count from the picture's first; `first_frame` is the stage film's own first.
    """
    free = is_free(cue, film.house) if wish.free is None else wish.free
    return {
        "cue": cue.number,
        "timing": "free" if free else "click",
        "rate": film.rate.name,
        "start_timecode": job.clock.nearest_label(FilmTime(0)),
        "first_frame": film.first_frame,
        "frames": film.end_frame - film.first_frame,
        **tell_plan(film.plan, film.rate, job.clock.start_frames),
        "notes": [],
    }


def phrase_starts(score: Score) -> tuple[tuple[Beat, str], ...]:
    """Where the phrases of a score begin, by its rehearsal letters."""
    return tuple((mark.at, mark.text) for mark in score.marks if mark.kind is MarkKind.REHEARSAL)


def _score_of(job: Job, cue: Cue) -> Score | None:
    if not (job.folder.cue_folder(cue.id) / SCORE).exists():
        return None
    return read_cue_score(job, cue)
