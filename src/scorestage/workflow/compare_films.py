"""Two films compared: each is watched once, or was watched before and is remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scorestage.adapters.machines.film import FilmFacts
from scorestage.conform import ChangeList, FilmFrames, compare_films
from scorestage.spotting import PictureIndex
from scorestage.workflow.job import Job
from scorestage.workflow.watching import look_of

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
    notes = []
    for index, film in enumerate((old, new)):
        look, facts = look_of(film, kept_in, _half(progress, index))
        sides.append(_frames(look, facts))
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


def _frames(look: PictureIndex, facts: FilmFacts) -> FilmFrames:
    start = facts.start_timecode.frames if facts.start_timecode else 0
    return FilmFrames(look.signatures, facts.rate, start)
