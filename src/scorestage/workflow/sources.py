"""The three files a cue grows through: map, sketch, score. What a person changed is never touched.

Each is made again when what it is made from has changed: the map from the cue and its hits, the
sketch from map, themes and brief, the score from the sketch. A new version of scorestage alone
does not rewrite anybody's music; the verbs with `--again` do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from scorestage.adapters.store import (
    Made,
    Origin,
    is_by_hand,
    read_provenance,
    sha256_of,
    write_bytes,
    write_provenance,
)
from scorestage.production import Cue
from scorestage.workflow.job import Job


class SourceState(StrEnum):
    """What became of one file of a cue."""

    MADE = "made"
    KEPT = "kept"
    BY_HAND = "by hand"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Written:
    """The content of a file, what put each note there, and what a person should know."""

    content: bytes
    origins: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a cue: how its inputs are told apart, and how it is made."""

    file: str
    verb: str
    inputs: Callable[[Job, Cue], str]
    make: Callable[[Job, Cue], Written]


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What became of one file, with remarks for the person.

    `exit_status` is that of the fault which kept it from being made, 0 where there was none.
    """

    cue: str
    file: str
    state: SourceState
    remarks: tuple[str, ...] = ()
    exit_status: int = 0


def refresh(job: Job, cue: Cue, source: Source, *, again: bool = False) -> SourceReport:
    """Bring one file of a cue up to date; `again` makes it anew, even over a person's changes."""
    if not again and (report := settled(job, cue, source)) is not None:
        return report
    inputs = source.inputs(job, cue)
    written = source.make(job, cue)
    keep(job.folder.cue_folder(cue.id), source.file, source.verb, inputs, written)
    return SourceReport(cue.number, source.file, SourceState.MADE, written.remarks)


def settled(job: Job, cue: Cue, source: Source) -> SourceReport | None:
    """A file that need not be made, because it is a person's or up to date; None otherwise."""
    folder = job.folder.cue_folder(cue.id)
    provenance = read_provenance(folder)
    if is_by_hand(folder, source.file, provenance):
        return SourceReport(cue.number, source.file, SourceState.BY_HAND)
    made = provenance.of(source.file)
    if made is None or not (folder / source.file).exists():
        return None
    if made.inputs != source.inputs(job, cue):
        return None
    return SourceReport(cue.number, source.file, SourceState.KEPT)


def keep(folder: Path, file: str, verb: str, inputs: str, written: Written) -> None:
    """Put a made file into the cue's folder with its provenance.

    The file comes first: if the provenance is lost on the way, the file counts as a person's.
    """
    write_bytes(folder / file, written.content)
    made = Made(file, verb, sha256_of(folder / file), inputs)
    origins = tuple(Origin(file, note, origin) for note, origin in written.origins)
    write_provenance(folder, read_provenance(folder).with_file(made, origins))
