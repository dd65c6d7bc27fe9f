"""`production`: what is decided once for the whole film, changed afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scorestage.adapters.formats.srt import read_srt
from scorestage.adapters.formats.vtt import read_vtt
from scorestage.errors import InputError, Where
from scorestage.workflow.job import Job, relative_to_project
from scorestage.workflow.library import refuse_unknown_in
from scorestage.workflow.shot_detector import OWN, check_detector


@dataclass(frozen=True, slots=True)
class ProductionChange:
    """New values; what is left empty stays as it is."""

    title: str = ""
    ensemble: str = ""
    style: str = ""
    house: str = ""
    seed: int | None = None
    subtitles: Path | None = None
    temp: tuple[Path, ...] = ()
    picture: str = ""
    detector: str = ""


def change_production(job: Job, change: ProductionChange) -> Job:
    """Write what is changed; everything that could be wrong is looked at first."""
    refuse_unknown_in(
        job.libraries, ensemble=change.ensemble, style=change.style, house=change.house
    )
    said: dict[str, Any] = {
        name: getattr(change, name)
        for name in ("title", "ensemble", "style", "house", "picture")
        if getattr(change, name)
    }
    if change.picture and change.picture not in [one.id for one in job.production.pictures]:
        known = ", ".join(one.id for one in job.production.pictures) or "none"
        raise InputError(f"there is no picture {change.picture!r}", do=f"known: {known}")
    if change.detector:
        check_detector(change.detector)
        said["detector"] = "" if change.detector == OWN else change.detector
    if change.seed is not None:
        said["seed"] = change.seed
    for path in (*([change.subtitles] if change.subtitles else []), *change.temp):
        if not path.is_file():
            raise InputError("there is no such file", Where(file=path))
    if change.subtitles is not None:
        reader = read_vtt if change.subtitles.suffix.lower() == ".vtt" else read_srt
        reader(change.subtitles.read_bytes(), change.subtitles.name)
        said["subtitles"] = relative_to_project(change.subtitles, job.folder.root)
    if change.temp:
        root = job.folder.root
        said["temp"] = tuple(relative_to_project(path, root) for path in change.temp)
    return job.save(replace(job.production, **said))


def tell_production(job: Job) -> dict[str, Any]:
    """What is decided once, as an answer."""
    production = job.production
    return {
        "title": production.title,
        "rate": production.rate.name,
        "ensemble": production.ensemble,
        "style": production.style,
        "house": production.house,
        "seed": production.seed,
        "picture": production.picture or None,
        "script": production.script or None,
        "subtitles": production.subtitles or None,
        "temp": list(production.temp),
        "detector": production.detector or OWN,
        "recording": production.recording or None,
    }
