"""`demo`: from nothing to a scored film."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from scorestage.adapters.demofilm import DemoFiles, draw_demo_film
from scorestage.adapters.store import ProjectFolder
from scorestage.adapters.store.project import MARKER
from scorestage.errors import InputError, Where
from scorestage.production import Credit, Person
from scorestage.workflow.brief import BriefChange, change_brief
from scorestage.workflow.build import BuildOutcome, build_project
from scorestage.workflow.job import Job
from scorestage.workflow.new import Beginning, new_project
from scorestage.workflow.spot import spot_film

Progress = Callable[[float, str], None]
_DRAWN, _SPOTTED = 0.2, 0.3
FILM_FOLDER = "film"


def run_demo(folder: Path, workers: int, progress: Progress) -> BuildOutcome:
    """Draw the film, make the project, spot it, build it; what is there already is kept.

    Each step looks at what an earlier run left, so stopping and starting again goes on.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError("there is a file of that name", Where(file=folder))
    if folder.is_dir() and any(folder.iterdir()) and not _is_demo(folder):
        raise InputError("this folder is not empty", Where(file=folder), "name a new one")
    folder.mkdir(parents=True, exist_ok=True)
    progress(0.0, "drawing the film")
    files = draw_demo_film(
        folder / FILM_FOLDER, lambda share: progress(_DRAWN * share, "drawing the film")
    )
    job = _project(folder, files)
    if not job.production.cues:
        spot_film(job, progress=_within(progress, _DRAWN, _SPOTTED))
    return build_project(folder, workers=workers, progress=_within(progress, _SPOTTED, 1.0))


def _is_demo(folder: Path) -> bool:
    return (folder / FILM_FOLDER).is_dir()


def _project(folder: Path, files: DemoFiles) -> Job:
    if (folder / MARKER).exists():
        return Job.open(ProjectFolder(folder.resolve()).root)
    job = new_project(
        folder,
        Beginning(
            picture=files.film,
            title=files.title,
            script=files.screenplay,
            subtitles=files.subtitles,
            temp=(files.temp,),
        ),
    )
    person = Person("you", "You, the Composer", "", "")
    credit = Credit("you", "C", Fraction(100))
    job = job.save(replace(job.production, people=(person,), credits=(credit,)))
    change = BriefChange(
        style=("storybook", "orchestral"),
        tone=("wonder", "adventure"),
        avoid=("music over the words",),
        amount="wall to wall",
        note="Play the light, not the storm; when it comes back on, let us cry a little.",
        who="director",
    )
    return change_brief(job, change, "")


def _within(progress: Progress, first: float, last: float) -> Progress:
    def told(share: float, name: str) -> None:
        progress(first + (last - first) * share, name)

    return told
