"""The new cut a project is conformed to: a film, a cut list, or a change list told before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from scorestage.adapters.machines.film import probe
from scorestage.conform import Change, ChangeKind, ChangeList, compare_lists
from scorestage.conform.changes import made_list
from scorestage.errors import InputError, Where
from scorestage.production import CutList, PictureVersion
from scorestage.workflow import editorial
from scorestage.workflow.compare_films import Progress, job_film_changes, quiet
from scorestage.workflow.exchange import Counting
from scorestage.workflow.job import Job
from scorestage.workflow.new import next_picture, version_of
from scorestage.workflow.picture_history import read_changes


@dataclass(frozen=True, slots=True)
class NewCut:
    """A new cut: what changed since the picture in force, in frames of the whole film.

    `picture` is the new version; `film` says whether its media is at hand. `edit` is its cut list,
    where one was given.
    """

    changes: ChangeList
    picture: PictureVersion
    film: bool
    edit: CutList | None = None
    notes: tuple[str, ...] = ()


def read_new_cut(
    job: Job,
    source: Path,
    film: Path | None = None,
    label: str = "",
    progress: Progress = quiet,
) -> NewCut:
    """The new cut named by `source`: a cut list, the answer of `compare --json`, or a film.

    A list is held against the edit of the picture in force; `film` is the media that goes with
    it. A film is held against the film in force, by what is seen. Raises `InputError` for a cut at
    another rate: that is a pull, and comes first.
    """
    if not source.is_file():
        raise InputError("there is no such file", Where(file=source))
    old = job.picture()
    edit: CutList | None = None
    notes: tuple[str, ...] = ()
    if source.suffix.lower() == ".json":
        changes = read_changes(source, old.rate, old.start_frames)
    elif editorial.is_cut_list(source):
        changes, edit, notes = _by_list(job, source, old)
    else:
        changes, notes = job_film_changes(job, source, progress)
        film = film or source
    if changes.new_rate != changes.old_rate:
        raise InputError(
            f"the new cut counts {changes.new_rate.name} frames a second, the film in force "
            f"{changes.old_rate.name}",
            Where(file=source),
            "pull the film first: scorestage map pull --all --picture FILM",
        )
    if changes.old_frames != old.frames:
        raise InputError(
            f"the old cut is {changes.old_frames} frames long, the picture in force "
            f"({old.id}) {old.frames}",
            Where(file=source),
            "compare against the cut that is in force",
        )
    version = _version(job, changes, source, film, label)
    if film is None:
        notes = (*notes, "no film was given: what shows the picture waits for one (--film)")
    return NewCut(changes, version, film is not None, edit, notes)


def _version(
    job: Job, changes: ChangeList, source: Path, film: Path | None, label: str
) -> PictureVersion:
    """The new picture version; without a film it has the list's measures and no media."""
    name = next_picture(job.production)
    old = job.picture()
    if film is not None:
        version = version_of(film, job.folder.root, name, label or source.stem)
        if probe(film).start_timecode is None:
            version = replace(version, start_frames=_start_frames(changes, old))
        if version.frames != changes.new_frames:
            raise InputError(
                f"the film is {version.frames} frames long, the new cut {changes.new_frames}",
                Where(file=film),
                "give the film of this very cut",
            )
        return version
    return replace(
        old,
        id=name,
        label=label or source.stem,
        media="",
        sha256="",
        frames=changes.new_frames,
        start_frames=_start_frames(changes, old),
    )


def _start_frames(changes: ChangeList, old: PictureVersion) -> int:
    """The timecode of the first frame of a cut that does not tell it: as in the last one."""
    return changes.new_start_frames or old.start_frames


def _by_list(
    job: Job, source: Path, old: PictureVersion
) -> tuple[ChangeList, CutList, tuple[str, ...]]:
    edit = editorial.edit_of(job)
    if edit is None:
        raise InputError(
            f"the edit of picture {old.id} was not taken in, so there is nothing to compare with",
            Where(file=source),
            "say first: scorestage import OLDCUT.edl --edit; or give the new film itself",
        )
    read = editorial.read_cut_list(source, Counting(old.rate))
    listed = compare_lists(edit, read.cut)
    return on_film(listed, job, old), read.cut, (*read.notes, *read.losses)


def on_film(listed: ChangeList, job: Job, old: PictureVersion) -> ChangeList:
    """Changes of a list in frames of the whole film: what lies outside the list is kept.

    A list begins where the picture does, or where one of the reels does.
    """
    first = 0
    if listed.old_start_frames != old.start_frames:
        for reel in job.production.reels:
            if reel.start_frames == listed.old_start_frames:
                first = reel.first_frame
    behind = old.frames - first - listed.old_frames
    if behind < 0:
        raise InputError(
            f"the edit taken in is {-behind} frames longer than the picture {old.id}",
            do="take in the list of the cut that is in force",
        )
    moved = [
        replace(
            one,
            old_in_frames=one.old_in_frames + first,
            old_out_frames=one.old_out_frames + first,
            new_in_frames=one.new_in_frames + first,
            new_out_frames=one.new_out_frames + first,
        )
        for one in listed.changes
    ]
    head = [Change(ChangeKind.KEPT, 0, first, 0, first)] if first else []
    new_end = first + listed.new_frames
    tail = Change(ChangeKind.KEPT, old.frames - behind, old.frames, new_end, new_end + behind)
    return made_list(
        [*head, *moved, *([tail] if behind else [])],
        old.frames,
        new_end + behind,
        listed.old_rate,
        listed.new_rate,
        old.start_frames,
        listed.new_start_frames if not first else old.start_frames,
    )
