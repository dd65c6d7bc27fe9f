"""The three files a cue grows through: map, sketch, score. What a person changed is never touched.

Each is made again when what it is made from has changed: the map from the cue and its hits, the
sketch from map, themes and brief, the score from the sketch. A new version of scorestage alone
does not rewrite anybody's music; the verbs with `--again` do, and even then a score keeps the bars
that a person changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from scorestage.adapters.store import (
    BarPrints,
    Made,
    Origin,
    Provenance,
    is_by_hand,
    read_provenance,
    sha256_of,
    write_bytes,
    write_provenance,
)
from scorestage.errors import InputError, ScorestageError
from scorestage.music.barprints import BY_HAND, variation_of
from scorestage.production import Cue
from scorestage.workflow.job import Job


class SourceState(StrEnum):
    """What became of one file of a cue."""

    MADE = "made"
    KEPT = "kept"
    BY_HAND = "by hand"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class KeptBars:
    """Bars of one player that stayed as a person wrote them; no player: what is over all staves."""

    player: str
    name: str
    bars: tuple[str, ...]
    bar_indices: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The content of a file, what put each note there, and what a person should know.

    `prints` are its bars as they were made; `kept` those that a person wrote.
    """

    content: bytes
    origins: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    prints: tuple[BarPrints, ...] = ()
    kept: tuple[KeptBars, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a cue: how its inputs are told apart, and how it is made."""

    file: str
    verb: str
    inputs: Callable[[Job, Cue], str]
    make: Callable[[Job, Cue], Written]
    merge: Callable[[Job, Cue, Written], Written] | None = None
    """Sets a person's bars into what was made; None where a file is made as a whole."""
    pinned: Callable[[Job, Cue], bool] | None = None
    """Whether bars of the file are pinned. Such a file stays ours: prints tell whose bar is whose.
    """
    shared: bool = False
    """Whether person and machine write the file together: it is made anew with their words in it.
    """
    around: Callable[[Job, Cue], Written] | None = None
    """Makes it with a person's bars in mind; None where nothing around them depends on them."""


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
    kept: tuple[KeptBars, ...] = ()


def refresh(
    job: Job, cue: Cue, source: Source, *, again: bool = False, everything: bool = False
) -> SourceReport:
    """Bring one file of a cue up to date.

    `again` makes it anew: of a score all but the bars that a person changed, of another file, or
    with `everything`, all of it.
    """
    again = again or everything
    if not again and (report := settled(job, cue, source)) is not None:
        return report
    inputs = source.inputs(job, cue)
    folder = job.folder.cue_folder(cue.id)
    merging = source.merge is not None and not everything and _is_theirs(job, cue, source)
    make = source.around if merging and source.around else source.make
    pure = written = make(job, cue)
    if source.merge and merging:
        try:
            written = source.merge(job, cue, pure)
        except InputError as fault:
            return SourceReport(cue.number, source.file, SourceState.BY_HAND, (str(fault),))
    told_apart = None if source.pinned is not None else pure.content
    keep(folder, source.file, source.verb, inputs, written, told_apart)
    remarks = (*kept_words(written.kept), *written.remarks)
    return SourceReport(cue.number, source.file, SourceState.MADE, remarks, kept=written.kept)


def _is_theirs(job: Job, cue: Cue, source: Source) -> bool:
    """Whether bars of a file are to stay: a person's, varied or pinned ones."""
    folder = job.folder.cue_folder(cue.id)
    pinned = source.pinned is not None and source.pinned(job, cue)
    return has_their_bars(folder, source.file) or (pinned and (folder / source.file).exists())


def has_their_bars(folder: Path, file: str) -> bool:
    """Whether something in a file is a person's: of their hand, or varied by their choice."""
    provenance = read_provenance(folder)
    known = [told for bars in provenance.prints_of(file).values() for told in bars]
    return (folder / file).exists() and (
        is_by_hand(folder, file, provenance)
        or any(told == BY_HAND or variation_of(told) for told in known)
    )


def kept_words(kept: tuple[KeptBars, ...]) -> tuple[str, ...]:
    """Which bars stayed as a person wrote them, in a line."""
    if not kept:
        return ()
    told = "; ".join(f"{one.name} {_ranges(one)}" for one in kept)
    return (f"kept as you wrote them: {told}",)


def _ranges(one: KeptBars) -> str:
    """Printed bars with neighbours drawn together: `5, 7-9`."""
    runs: list[list[int]] = []
    for place, index in enumerate(one.bar_indices):
        if runs and one.bar_indices[runs[-1][-1]] == index - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    told = (
        one.bars[run[0]] if len(run) == 1 else f"{one.bars[run[0]]}-{one.bars[run[-1]]}"
        for run in runs
    )
    return ", ".join(told)


def settled(job: Job, cue: Cue, source: Source) -> SourceReport | None:
    """A file that need not be made, because it is a person's or up to date; None otherwise."""
    folder = job.folder.cue_folder(cue.id)
    provenance = read_provenance(folder)
    if is_by_hand(folder, source.file, provenance):
        if source.shared:
            return None
        return SourceReport(
            cue.number, source.file, SourceState.BY_HAND, _behind(job, cue, source, provenance)
        )
    made = provenance.of(source.file)
    if made is None or not (folder / source.file).exists():
        return None
    if made.inputs != source.inputs(job, cue):
        return None
    return SourceReport(cue.number, source.file, SourceState.KEPT)


def _behind(job: Job, cue: Cue, source: Source, provenance: Provenance) -> tuple[str, ...]:
    """What to say where a person's file is older than what it is made from."""
    made = provenance.of(source.file)
    if source.merge is None or made is None or not provenance.prints_of(source.file):
        return ()
    try:
        behind = made.inputs != source.inputs(job, cue)
    except ScorestageError:
        return ()
    do = f"scorestage {source.verb} {cue.number} --again"
    words = f"what it is made from has changed since; {do} makes anew all but the bars you changed"
    return (words,) if behind else ()


def keep(
    folder: Path, file: str, verb: str, inputs: str, written: Written, pure: bytes | None = None
) -> None:
    """Put a made file into the cue's folder with its provenance.

    The file comes first: if the provenance is lost on the way, the file counts as a person's.
    `pure` is the content without what a person wrote: the file then stays a person's.
    """
    write_bytes(folder / file, written.content)
    digest = sha256_of(folder / file) if pure is None else sha256(pure).hexdigest()
    made = Made(file, verb, digest, inputs)
    origins = tuple(Origin(file, note, origin) for note, origin in written.origins)
    provenance = read_provenance(folder).with_file(made, origins, written.prints)
    write_provenance(folder, provenance)
