"""The catalogue as a production sees it: the project's own, the person's, the package's."""

from __future__ import annotations

from pathlib import Path

from scorestage.adapters.catalogue import load_ensemble, load_house, names, read
from scorestage.adapters.catalogue.styles import load_style
from scorestage.errors import MusicError, ScorestageError, Where
from scorestage.music import Ensemble, subset
from scorestage.music.style import Style
from scorestage.production import Cue, House
from scorestage.workflow.asked import asked_of
from scorestage.workflow.job import Job, user_library


def refuse_unknown(*, ensemble: str = "", style: str = "", house: str = "") -> None:
    """Raise `CatalogueError`, naming what there is, for an id that nobody has."""
    refuse_unknown_in((user_library(),), ensemble=ensemble, style=style, house=house)


def refuse_unknown_in(
    libraries: tuple[Path, ...], *, ensemble: str = "", style: str = "", house: str = ""
) -> None:
    """The same with the libraries that are to be looked into."""
    for kind, name in (("ensembles", ensemble), ("styles", style), ("houses", house)):
        if name:
            read(kind, name, *libraries)


def ensemble_of(job: Job, cue: Cue) -> Ensemble:
    """Who plays a cue: its own ensemble, else the production's; of that, whom the cue names.

    Who is to be avoided by the brief or a note of the talk is left out. Raises `CatalogueError`
    for a faulty ensemble, `MusicError` for a name that fits nobody.
    """
    whole = load_ensemble(cue.ensemble or job.production.ensemble, *job.libraries)
    try:
        named = subset(whole, cue.players)
        without = asked_of(job.production, cue, job.clock, named).without
        return subset(named, [f"-{one}" for one in without])
    except MusicError as fault:
        raise MusicError(fault.what, Where(cue=cue.number), fault.do) from None


def style_of(job: Job, cue: Cue) -> Style:
    """The style of a cue: its own, else the production's."""
    return load_style(cue.style or job.production.style, *job.libraries)


def house_of(job: Job) -> House:
    """The production's house."""
    return load_house(job.production.house, *job.libraries)


def libraries_at(project: Path | None = None) -> tuple[Path, ...]:
    """Where own files are looked for: the project's library, where there is one, and the user's."""
    try:
        return Job.open(project).libraries
    except ScorestageError:
        if project is not None:
            raise
        return (user_library(),)


def listed(kind: str, libraries: tuple[Path, ...]) -> list[dict[str, str]]:
    """Ids, names and descriptions of what the catalogue holds of a kind."""
    found = []
    for one in names(kind, *libraries):
        table = read(kind, one, *libraries)
        found.append(
            {
                "id": one,
                "name": table.string("name", one),
                "description": table.string("description", ""),
            }
        )
    return found
