"""Another picture in force counts from another timecode: a cue's files keep their film times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from scorestage.adapters.store.atomic import sha256_of
from scorestage.adapters.store.map_file import read_map
from scorestage.adapters.store.provenance import is_by_hand, read_provenance, write_provenance
from scorestage.adapters.store.toml_file import TomlFile
from scorestage.timebase import FilmClock, FilmSpan

_LABELLED = ("cue.toml", "hits.toml", "map.toml")


def as_made(cue_folders: Iterable[Path]) -> dict[Path, tuple[str, ...]]:
    """By cue folder the files with timecode in them that no person has touched."""
    found = {}
    for folder in cue_folders:
        provenance = read_provenance(folder)
        names = [name for name in _LABELLED if (folder / name).exists()]
        found[folder] = tuple(n for n in names if not is_by_hand(folder, n, provenance))
    return found


def sign_again(untouched: dict[Path, tuple[str, ...]]) -> None:
    """Note that what was as it was made still is, though its labels are others."""
    for folder, names in untouched.items():
        provenance = read_provenance(folder)
        made = tuple(
            replace(one, sha256=sha256_of(folder / one.file)) if one.file in names else one
            for one in provenance.made
        )
        if made != provenance.made:
            write_provenance(folder, replace(provenance, made=made))


def relabel_map(path: Path, old: FilmClock, new: FilmClock, later: FilmSpan | None = None) -> None:
    """Write a map's start as the new clock calls it, `later` than it was; the rest of the file,
    with a person's remarks, stays as it is."""
    start = read_map(path, old).start
    file = TomlFile.read(path)
    file.document["start"] = new.label(start if later is None else start + later)
    file.write()
