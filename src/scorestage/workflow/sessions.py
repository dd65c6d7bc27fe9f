"""`export --session`: a cue's session built, and where wished collected into a folder."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath

from scorestage.adapters.session import Exported
from scorestage.errors import InputError
from scorestage.production import Cue
from scorestage.workflow.build import Progress, build_project
from scorestage.workflow.job import Job
from scorestage.workflow.products.naming import cue_file, slug
from scorestage.workflow.products.session import (
    SUFFIXES,
    WRITERS,
    session_of,
    write_session_files,
)


def export_sessions(
    project: Path,
    names: tuple[str, ...],
    form: str,
    out: Path | None = None,
    progress: Progress = lambda share, name: None,
) -> list[tuple[str, Path, Exported]]:
    """Build the sessions of some cues (none: all); each with its file and what that lacks.

    With `out`, a folder for each cue with everything in it. Raises `InputError` for a format that
    has no sessions, or where a cue has no score yet.
    """
    if form not in WRITERS:
        raise InputError(f"{form!r} has no sessions", do=f"known: {', '.join(WRITERS)}")
    outcome = build_project(project, names, ("session",), progress=progress)
    for product, why in outcome.report.failures:
        raise InputError(f"{product.name}: {why}")
    job = Job.open(project)
    found = []
    for cue in job.cues(names):
        file = cue_file(cue, "session", SUFFIXES[form], "session")
        path = job.folder.build / file
        if not path.exists():
            do = f"say: scorestage build {cue.number}"
            raise InputError(f"there is no session of {cue.number} yet", do=do)
        if out is not None:
            path = _collected(job, cue, form, out)
        session = session_of(job, cue, job.folder.build, lambda name: name)
        found.append((cue.number, path, WRITERS[form](session)))
    return found


def _collected(job: Job, cue: Cue, form: str, out: Path) -> Path:
    """One folder with the session and a copy of all its media, to be moved as it is."""
    folder = out / f"{slug(cue.number)}_session"
    build = job.folder.build
    taken: dict[str, str] = {}

    def placed(path: str) -> str:
        taken[path] = f"media/{PurePosixPath(path).name}"
        return taken[path]

    session = session_of(job, cue, build, placed)
    (folder / "media").mkdir(parents=True, exist_ok=True)
    for source, target in taken.items():
        shutil.copyfile(build / source, folder / target)

    def named(what: str, end: str) -> str:
        return PurePosixPath(cue_file(cue, what, end)).name

    outputs = write_session_files(session, folder, named, form)
    return folder / outputs[0].path
