"""`new` and `picture add`: a project begins; a cut of the film arrives."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from scorestage.adapters.machines.film import probe
from scorestage.adapters.store import ProjectFolder, sha256_of
from scorestage.errors import InputError, Where
from scorestage.production import PictureVersion, Production, Reel
from scorestage.timebase import FRAMES_24, FrameRate
from scorestage.workflow.job import Job, relative_to_project
from scorestage.workflow.rates import refused_rate_words
from scorestage.workflow.scenes import read_screenplay
from scorestage.workflow.script import import_script


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a project begins with; everything but the folder may be left out."""

    picture: Path | None = None
    title: str = ""
    rate: FrameRate | None = None
    script: Path | None = None
    subtitles: Path | None = None
    temp: tuple[Path, ...] = ()
    ensemble: str = ""
    style: str = ""
    house: str = ""
    seed: int = 1


def new_project(root: Path, beginning: Beginning) -> Job:
    """Make the folder; with a picture, its first version and reel too.

    Everything that could be wrong is looked at before anything is written.
    """
    for path in (beginning.script, beginning.subtitles, *beginning.temp):
        if path is not None and not path.is_file():
            raise InputError("there is no such file", Where(file=path))
    play = read_screenplay(beginning.script) if beginning.script is not None else None
    root = root.resolve()
    version = version_of(beginning.picture, root, "v1") if beginning.picture else None
    if version is not None and beginning.rate not in (None, version.rate):
        raise InputError(
            _apart(version, beginning.rate),
            Where(file=beginning.picture),
            "leave the rate out: it is the film's",
        )
    plain, picture = Production("", FRAMES_24), beginning.picture
    rate = version.rate if version else beginning.rate or FRAMES_24

    def named(path: Path | None) -> str:
        return relative_to_project(path, root) if path is not None else ""

    production = replace(
        plain,
        title=beginning.title or (play.title if play else "") or _title_of(picture or root),
        rate=rate,
        ensemble=beginning.ensemble or plain.ensemble,
        style=beginning.style or plain.style,
        house=beginning.house or plain.house,
        seed=beginning.seed,
        subtitles=named(beginning.subtitles),
        temp=tuple(named(path) for path in beginning.temp),
        picture=version.id if version else "",
        pictures=(version,) if version else (),
        reels=(_first_reel(version),) if version else (),
    )
    folder = ProjectFolder.create(root, production)
    job = Job(folder, folder.read())
    return import_script(job, beginning.script).job if beginning.script is not None else job


def add_picture(job: Job, film: Path, label: str = "") -> Job:
    """Take in a cut as the version in force; cues keep the version they were written to.

    A cut of another rate than the one before it is refused.
    """
    version = version_of(film, job.folder.root, next_picture(job.production), label)
    if job.production.pictures and version.rate != job.production.rate:
        raise InputError(
            _apart(version, job.production.rate),
            Where(file=film),
            "ask for it at the production's rate; or, where the whole film is now run at another "
            "speed, say: scorestage map pull --all --picture FILM",
        )
    production = replace(
        job.production,
        rate=version.rate,
        pictures=(*job.production.pictures, version),
        picture=version.id,
        reels=_reels_with(job.production, version),
    )
    return job.save(production)


def _apart(version: PictureVersion, rate: FrameRate | None) -> str:
    """That a film runs at another rate, and what it would cost to take it for the same."""
    if rate is None:
        return ""
    return refused_rate_words(version.rate, rate, version.end.seconds)


def version_of(film: Path, root: Path, version_id: str, label: str = "") -> PictureVersion:
    """The facts of a cut as a version of the picture; `FilmError` for what is no film."""
    facts = probe(film)
    return PictureVersion(
        id=version_id,
        label=label or film.stem,
        media=relative_to_project(film, root),
        sha256=sha256_of(film),
        rate=facts.rate,
        frames=facts.frame_count,
        start_frames=facts.start_timecode.frames if facts.start_timecode else 0,
        width=facts.width_px,
        height=facts.height_px,
        has_sound=facts.has_sound,
    )


def next_picture(production: Production) -> str:
    """An id that no picture version has yet: `v2`."""
    taken = {version.id for version in production.pictures}
    number = 1
    while f"v{number}" in taken:
        number += 1
    return f"v{number}"


def _reels_with(production: Production, version: PictureVersion) -> tuple[Reel, ...]:
    """The reels as they were; the one reel that was the whole of the last cut is that of this."""
    last = production.current_picture
    if not production.reels or (last and production.reels == (_first_reel(last),)):
        return (_first_reel(version),)
    return production.reels


def _first_reel(version: PictureVersion) -> Reel:
    return Reel(1, 0, max(0, version.frames - 1), version.start_frames)


def _title_of(path: Path) -> str:
    words = re.sub(r"[-_.]+", " ", path.stem).strip()
    return words[:1].upper() + words[1:] if words else "Untitled"
