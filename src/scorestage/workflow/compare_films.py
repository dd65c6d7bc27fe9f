"""Two films compared: each is watched once, or was watched before and is remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.machines.film import FilmFacts
from scorestage.conform import ChangeList, FilmFrames, FilmShots, compare_films
from scorestage.spotting import Footage, MomentKind, PictureIndex
from scorestage.timebase import FilmTime
from scorestage.workflow.film_sounds import film_sounds
from scorestage.workflow.job import Job
from scorestage.workflow.watching import content_of, look_of, moments_in

_SEAMS = (MomentKind.CUT, MomentKind.DISSOLVE, MomentKind.WIPE)
Progress = Callable[[float, str], None]


def quiet(share: float, name: str) -> None:
    """Nobody looks."""


def film_changes(
    old: Path, new: Path, kept_in: Path | None = None, progress: Progress = quiet
) -> tuple[ChangeList, tuple[str, ...]]:
    """The changes from one film to another, and what is to be said of how they were read.

    With `kept_in` what was seen is kept there by each film's content: a film that was watched
    before is not decoded again. `FilmError` for what is no film.
    """
    sides = []
    notes: list[str] = []
    for index, film in enumerate((old, new)):
        content = "" if kept_in is None else content_of(film)
        look, facts = look_of(film, kept_in, _half(progress, index), content)
        sounds, told = film_sounds(film, look, facts, kept_in, content)
        sides.append(_frames(look, facts, sounds))
        notes += told
        if facts.variable_rate:
            notes.append(
                f"{film.name}: runs at a variable rate; its frames are counted as they come"
            )
    if sides[0].rate != sides[1].rate:
        notes.append(
            f"{old.name} runs at {sides[0].rate.name}, {new.name} at {sides[1].rate.name}: frames "
            "are counted in each by itself"
        )
    progress(1.0, "comparing")
    return compare_films(*sides), tuple(notes)


def film_shots(
    film: Path, kept_in: Path | None = None, progress: Progress = quiet
) -> tuple[FilmShots, tuple[str, ...]]:
    """The shots of a film as the detectors find them, and what is to be said of it."""
    look, facts = look_of(film, kept_in, progress)
    cuts, soft, sure = set[int](), dict[int, int](), dict[int, float]()
    for moment in moments_in(Footage(look)):
        if moment.kind not in _SEAMS:
            continue
        first = round(facts.rate.frames_in(moment.span.start - FilmTime(0)))
        at = round(facts.rate.frames_in(moment.at - FilmTime(0)))
        begins = at if moment.kind is MomentKind.CUT else first
        sure[begins] = max(moment.confidence, sure.get(begins, 0.0))
        if moment.kind is MomentKind.CUT:
            cuts.add(at)
        else:
            last = round(facts.rate.frames_in(moment.span.end - FilmTime(0)))
            cuts.add(first)
            soft[first] = max(1, last - first)
    start = facts.start_timecode.frames if facts.start_timecode else 0
    notes = (f"{film.name}: runs at a variable rate",) if facts.variable_rate else ()
    shots = FilmShots(
        len(look), tuple(sorted(cuts)), facts.rate, start, tuple(sorted(soft.items())),
        tuple(sorted(sure.items())),
    )  # fmt: skip
    return shots, notes


def job_film_changes(
    job: Job, new: Path, progress: Progress = quiet
) -> tuple[ChangeList, tuple[str, ...]]:
    """The changes from the project's film in force to another film."""
    return film_changes(job.film(), new, index_folder(job), progress)


def index_folder(job: Job) -> Path:
    """Where a project keeps what was seen of its films."""
    return job.folder.build / ".index"


def _half(progress: Progress, index: int) -> Progress:
    return lambda share, name: progress((index + share) / 2, name)


def _frames(look: PictureIndex, facts: FilmFacts, sounds: NDArray[np.uint8] | None) -> FilmFrames:
    start = facts.start_timecode.frames if facts.start_timecode else 0
    return FilmFrames(look.signatures, facts.rate, start, sounds)
