"""Who tells the changes of shot: our own detectors, or a network that is installed as an extra."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from scorestage.adapters.machines.film import FilmFacts
from scorestage.adapters.machines.transnet import NAME, need_transnet, transnet_marks
from scorestage.adapters.store import replacing
from scorestage.builder import code_of
from scorestage.errors import InputError
from scorestage.spotting import Footage, Moment, ShotMarks
from scorestage.workflow.job import Job
from scorestage.workflow.watching import Progress, content_of, moments_in

OWN, TRANSNET = "own", "transnetv2"
DETECTORS = (OWN, TRANSNET)
_CODE = ("adapters/machines/transnet.py", "adapters/machines/film/frames.py")


def check_detector(name: str) -> None:
    """`InputError` for a detector nobody knows, `MachineError` for one that is not installed."""
    if name not in ("", *DETECTORS):
        raise InputError(f"there is no detector {name!r}", do=f"say {' or '.join(DETECTORS)}")
    if name == TRANSNET:
        need_transnet()


def film_moments(
    footage: Footage,
    film: Path,
    facts: FilmFacts,
    detector: str = "",
    kept_in: Path | None = None,
    progress: Progress = lambda share, words: None,
) -> tuple[Moment, ...]:
    """Everything found in a film, its changes of shot told by the detector named."""
    check_detector(detector)
    if detector != TRANSNET:
        return moments_in(footage)
    told = f"{NAME} is looking"
    progress(0.0, told)
    return moments_in(footage, _marks(film, facts, kept_in, lambda at: progress(at, told)))


def job_moments(
    job: Job,
    footage: Footage,
    facts: FilmFacts,
    progress: Progress = lambda share, words: None,
) -> tuple[Moment, ...]:
    """Everything found in the picture in force, by the detector the production names."""
    kept_in = job.folder.build / ".index"
    return film_moments(footage, job.film(), facts, job.production.detector, kept_in, progress)


def _marks(
    film: Path, facts: FilmFacts, kept_in: Path | None, progress: Callable[[float], None]
) -> ShotMarks:
    """What the network marks, read where it was kept by the film's content."""
    if kept_in is None:
        return transnet_marks(film, facts, progress)
    made_by = f"{code_of(*_CODE)[:12]}-{need_transnet()}"
    path = kept_in / f"{content_of(film)}-{made_by}.{TRANSNET}.npz"
    if path.exists():
        try:
            with np.load(path, allow_pickle=False) as arrays:
                return ShotMarks(NAME, arrays["joint"], arrays["gradual"])
        except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
            path.unlink(missing_ok=True)
    marks = transnet_marks(film, facts, progress)
    with replacing(path) as unfinished:
        np.savez_compressed(
            unfinished, allow_pickle=False, joint=marks.joint, gradual=marks.gradual
        )
    return marks
