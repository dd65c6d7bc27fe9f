"""Which version a cue's music is: what was handed out keeps its number, what changed has the next.

A version is what somebody holds in hand. So a cue is `v1` for as long as its music is what was
issued as `v1`, and `v2` from the first note, bar or tempo on that is another.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from scorestage.adapters.store import ProjectFolder
from scorestage.adapters.store.map_file import read_map
from scorestage.errors import InputError, ScorestageError
from scorestage.production import Cue, Production
from scorestage.timebase import FilmClock, FilmTime

ISSUED = "issued"
VERSIONS = "versions"
"""Folder of a cue that keeps what each version of its music was before a new cut."""
VERSION = re.compile(r"v(\d{1,4})")
_SCORE, _MAP = "score.musicxml", "map.toml"


def next_version(version: str) -> str:
    """The version after this one; `InputError` for what is none.

    >>> next_version("v9")
    'v10'
    """
    match = VERSION.fullmatch(version)
    if match is None:
        raise InputError(f"{version!r} is no version", do="write for example version = 'v2'")
    return f"v{int(match[1]) + 1}"


def issued_folder(folder: ProjectFolder, cue: Cue, version: str) -> Path:
    """Where a version of a cue is kept as it was handed out."""
    next_version(version)
    return folder.root / ISSUED / folder.cue_folder(cue.id).name / version


def free_version(folder: ProjectFolder, cue: Cue) -> str:
    """The version after this one that was neither handed out nor kept before a new cut."""
    kept = folder.cue_folder(cue.id) / VERSIONS
    version = next_version(cue.version)
    while (kept / version).exists() or issued_folder(folder, cue, version).exists():
        version = next_version(version)
    return version


def as_they_stand(folder: ProjectFolder, production: Production) -> Production:
    """The production with each cue's music called what it is by now.

    Where a cue still has the number of what was handed out, and its music is another, it has the
    next one.
    """
    clock = folder.clock(production)
    cues = tuple(
        replace(cue, version=free_version(folder, cue)) if _differs(folder, cue, clock) else cue
        for cue in production.cues
    )
    return production if cues == production.cues else replace(production, cues=cues)


def _differs(folder: ProjectFolder, cue: Cue, clock: FilmClock) -> bool:
    """Whether score or map are no longer what was issued under the cue's number.

    The place in the film counts for nothing. A file that cannot be read tells nothing.
    """
    if VERSION.fullmatch(cue.version) is None:
        return False
    then, now = issued_folder(folder, cue, cue.version), folder.cue_folder(cue.id)
    if not all((one / file).is_file() for one in (then, now) for file in (_SCORE, _MAP)):
        return False
    if (then / _SCORE).read_bytes() != (now / _SCORE).read_bytes():
        return True
    if (then / _MAP).read_bytes() == (now / _MAP).read_bytes():
        return False
    try:
        maps = [read_map(one / _MAP, clock) for one in (then, now)]
    except ScorestageError:
        return False
    first, second = (one.shifted(FilmTime(0) - one.start) for one in maps)
    return first != second
