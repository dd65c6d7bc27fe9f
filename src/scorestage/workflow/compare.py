"""`compare`: what changed between two cuts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorestage.conform import (
    Change,
    ChangeKind,
    ChangeList,
    compare_list_with_film,
    compare_lists,
)
from scorestage.errors import InputError, ProjectError, Where
from scorestage.production import CutList, PictureVersion
from scorestage.timebase import FrameRate, Timecode
from scorestage.workflow import editorial
from scorestage.workflow.compare_films import (
    Progress,
    film_changes,
    film_shots,
    index_folder,
    quiet,
)
from scorestage.workflow.exchange import Counting
from scorestage.workflow.job import Job
from scorestage.workflow.picture_history import changes_between
from scorestage.workflow.tell import tell_exact


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two cuts, what changed from the first to the second, and how they were read."""

    old_name: str
    new_name: str
    changes: ChangeList
    notes: tuple[str, ...] = ()


def compare_cuts(
    old: str,
    new: str,
    project: Path | None = None,
    rate: FrameRate | None = None,
    progress: Progress = quiet,
) -> Comparison:
    """Compare two cut lists or two films: files, or picture versions of the project.

    A picture version is its edit, where that was taken in and the other side is no film; else its
    film. `rate` is what EDLs count in; without it both are read at the greater of the rates they
    need. Of a film and a list the film's shots are held against the list's edits; where the list is
    the edit of a picture version whose film is at hand, film is compared with film.
    """
    mixed = _film_and_list(old, new, project)
    if mixed is not None:
        return _across(old, new, mixed, rate, progress, project)
    films = _films(old, new, project)
    if films is not None:
        return Comparison(old, new, *film_changes(*films, progress))
    known = _by_history(old, new, project)
    if known is not None:
        return known
    notes: list[str] = []
    cuts = []
    for name in (old, new):
        cut, told = _cut(name, project, rate)
        cuts.append(cut)
        notes += [f"{Path(name).name}: {one}" for one in told]
    if rate is None and cuts[0].rate.nominal != cuts[1].rate.nominal:
        cuts = _at_one_rate(old, new, project, cuts, notes)
    return Comparison(old, new, compare_lists(cuts[0], cuts[1]), tuple(notes))


def _films(old: str, new: str, project: Path | None) -> tuple[Path, Path, Path | None] | None:
    """The two films and where what was seen of them is kept; None where lists are compared."""
    job = _job(project)
    versions = [None if Path(name).is_file() else _version(job, name) for name in (old, new)]
    if any(
        one is None and not Path(name).is_file()
        for one, name in zip(versions, (old, new), strict=True)
    ):
        return None
    given = [
        one is None and not editorial.is_cut_list(Path(name))
        for one, name in zip(versions, (old, new), strict=True)
    ]
    edits = [
        one is not None and job is not None and editorial.edit_of(job, one.id) is not None
        for one in versions
    ]
    lists = [one is None and not film for one, film in zip(versions, given, strict=True)]
    if any(lists) or (not any(given) and all(edits)):
        return None
    found = [
        Path(name) if one is None or job is None else job.folder.media(one)
        for one, name in zip(versions, (old, new), strict=True)
    ]
    if not all(path.is_file() for path in found):
        return None
    return found[0], found[1], None if job is None else index_folder(job)


def _film_and_list(old: str, new: str, project: Path | None) -> str | None:
    """Which of two files is the film where the other is a cut list; else None."""
    if not (Path(old).is_file() and Path(new).is_file()):
        return None
    lists = [editorial.is_cut_list(Path(name)) for name in (old, new)]
    return None if lists[0] == lists[1] else (new if lists[0] else old)


def _across(
    old: str, new: str, film: str, rate: FrameRate | None, progress: Progress, project: Path | None
) -> Comparison:
    """A film against a list: picture against picture where the list's film is known."""
    job = _job(project)
    kept_in = None if job is None else index_folder(job)
    listed = Path(old if film == new else new)
    shots, notes = film_shots(Path(film), kept_in, progress)
    needed = rate or (shots.rate if listed.suffix.lower() == ".edl" else None)
    cut, told = _cut(str(listed), project, needed)
    seen = None if job is None else _film_of(job, cut)
    if job is not None and seen is not None:
        films = (seen, Path(film)) if film == new else (Path(film), seen)
        changes, more = film_changes(*films, index_folder(job), progress)
        return Comparison(old, new, changes, (f"{listed.name}: is the edit of {seen.name}", *more))
    changes = compare_list_with_film(cut, shots)
    said = "told by the lengths and the order of shots; a shot replaced by one as long is not seen"
    notes = (*(f"{listed.name}: {one}" for one in told), *notes, said)
    return Comparison(old, new, changes if film == new else changes.mirrored(), notes)


def _film_of(job: Job, cut: CutList) -> Path | None:
    """The film of the picture version whose edit a list is, where it is at hand."""
    for version in job.production.pictures:
        edit = editorial.edit_of(job, version.id)
        if edit is None or not compare_lists(edit, cut).is_identity:
            continue
        film = job.folder.media(version)
        if film.is_file():
            return film
    return None


def _by_history(old: str, new: str, project: Path | None) -> Comparison | None:
    """Two picture versions whose edits are not at hand, by what each conform kept."""
    job = _job(project)
    versions = [_version(job, name) for name in (old, new)]
    if job is None or versions[0] is None or versions[1] is None:
        return None
    if all(editorial.edit_of(job, one.id) is not None for one in versions if one is not None):
        return None
    found = changes_between(job, versions[0].id, versions[1].id)
    if found is None:
        return None
    return Comparison(old, new, found, ("by the changes kept when each was conformed to",))


def _job(project: Path | None) -> Job | None:
    """The project, where there is one."""
    try:
        return Job.open(project)
    except ProjectError:
        if project is not None:
            raise
        return None


def _version(job: Job | None, name: str) -> PictureVersion | None:
    """The picture version of that name."""
    pictures = () if job is None else job.production.pictures
    return next((one for one in pictures if name in (one.id, one.label)), None)


def _at_one_rate(
    old: str, new: str, project: Path | None, cuts: list[CutList], notes: list[str]
) -> list[CutList]:
    """An EDL does not tell its rate: one that needs fewer labels is read at the other's."""
    slower = min(range(2), key=lambda index: cuts[index].rate.frames_per_second)
    name, faster = (old, new)[slower], cuts[1 - slower].rate
    if Path(name).suffix.lower() != ".edl":
        return cuts
    cuts[slower], _ = _cut(name, project, faster)
    notes.append(f"{Path(name).name}: read at {faster.name} too, as the other one: --rate says")
    return cuts


def _cut(
    name: str, project: Path | None, rate: FrameRate | None
) -> tuple[CutList, tuple[str, ...]]:
    path = Path(name)
    if path.is_file():
        if not editorial.is_cut_list(path):
            do = "give cut lists: EDL, OTIO, FCPXML, FCP7 XML or AAF"
            raise InputError("this is no cut list", Where(file=path), do)
        read = editorial.read_cut_list(path, Counting(rate))
        return read.cut, (*read.notes, *read.losses)
    try:
        job = Job.open(project)
    except ProjectError:
        raise InputError("there is no such file", Where(file=path), "check the name") from None
    if all(name not in (one.id, one.label) for one in job.production.pictures):
        known = ", ".join(one.id for one in job.production.pictures) or "none"
        raise InputError(
            f"{name}: neither a file nor a picture version", do=f"picture versions: {known}"
        )
    edit = editorial.edit_of(job, name)
    if edit is None:
        raise InputError(
            f"the edit of picture {name} was not taken in",
            do=f"say: scorestage import CUT.edl --edit --picture {name}",
        )
    return edit, ()


def tell_comparison(found: Comparison) -> dict[str, Any]:
    """The changes as an answer."""
    changes = found.changes
    counts = Counter(str(one.kind) for one in changes.changes)
    old = changes.old_frames, changes.old_start_frames, changes.old_rate
    new = changes.new_frames, changes.new_start_frames, changes.new_rate
    return {
        "old": _tell_side(found.old_name, *old),
        "new": _tell_side(found.new_name, *new),
        "identical": changes.is_identity,
        "counts": {str(kind): counts[str(kind)] for kind in ChangeKind},
        "changes": [tell_change(changes, one) for one in changes.changes],
        "notes": list(found.notes),
    }


def _tell_side(name: str, frames: int, start: int, rate: FrameRate) -> dict[str, Any]:
    return {
        "name": name,
        "rate": rate.name,
        "frames": frames,
        "start_timecode": str(Timecode(start, rate)),
    }


def tell_change(changes: ChangeList, one: Change) -> dict[str, Any]:
    """One change: frames from the first of each cut, outs exclusive, and their timecode."""
    old_rate, new_rate = changes.old_rate, changes.new_rate
    return {
        "kind": str(one.kind),
        "old_in_frames": one.old_in_frames,
        "old_out_frames": one.old_out_frames,
        "new_in_frames": one.new_in_frames,
        "new_out_frames": one.new_out_frames,
        "old_in": str(Timecode(changes.old_start_frames + one.old_in_frames, old_rate)),
        "old_out": str(Timecode(changes.old_start_frames + one.old_out_frames, old_rate)),
        "new_in": str(Timecode(changes.new_start_frames + one.new_in_frames, new_rate)),
        "new_out": str(Timecode(changes.new_start_frames + one.new_out_frames, new_rate)),
        **tell_exact("speed", one.speed),
        "slid_frames": one.slid_frames,
        "confidence": one.confidence,
        "words": one.words,
    }
