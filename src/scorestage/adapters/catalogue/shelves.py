"""Where the catalogue's files stand: the project's folder, the user's library, the package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from scorestage.adapters.catalogue.table import Table
from scorestage.errors import CatalogueError, Where

KINDS = ("instruments", "ensembles", "techniques", "houses", "styles", "switchmaps")
_WORDS = {kind: kind[:-1] for kind in KINDS}


def names(kind: str, *libraries: Path) -> tuple[str, ...]:
    """The ids of all instruments, ensembles or houses to be had, in alphabetical order.

    >>> "studio-orchestra" in names("ensembles")
    True
    """
    _check_kind(kind)
    found: set[str] = set()
    for library in libraries:
        found.update(file.name.removesuffix(".toml") for file in _toml_files(library / kind))
    found.update(_package(kind))
    return tuple(sorted(found))


def read(kind: str, name: str, *libraries: Path) -> Table:
    """The file of one entry, the first library that has it winning over the package.

    Raises `CatalogueError` for an id nobody has, and for a file that is not TOML.
    """
    _check_kind(kind)
    for library in libraries:
        for file in _toml_files(library / kind):
            if file.name == f"{name}.toml":
                return _open(file, kind, name)
    if name in _package(kind):
        return _open(_package(kind)[name], kind, name)
    known = names(kind, *libraries)
    close = get_close_matches(name, known, 3)
    hint = f"did you mean {' or '.join(close)}?" if close else f"there are {', '.join(known)}"
    raise CatalogueError(f"there is no {_WORDS[kind]} {name!r}", do=hint)


def read_file(file: Path) -> Table:
    """One entry's file wherever it stands, its id being its name.

    Raises `CatalogueError` where there is no such file, and for one that is not TOML.
    """
    return _open(file, "", file.stem)


def text_of(kind: str, name: str, *libraries: Path) -> str:
    """The file of one entry as it is written, to be handed on.

    Raises `CatalogueError` for an id nobody has.
    """
    read(kind, name, *libraries)
    shelves = (file for library in libraries for file in _toml_files(library / kind))
    own = next((file for file in shelves if file.name == f"{name}.toml"), None)
    return (own or _package(kind)[name]).read_text(encoding="utf-8")


def _open(file: Traversable, kind: str, name: str) -> Table:
    place = str(file)
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise CatalogueError(f"cannot be read: {fault}", Where(file=place)) from None
    table = Table.of_text(text, place)
    written = table.string("id", name)
    if written != name:
        do = f"rename the file to {written}.toml or write id = {name!r}"
        raise table.fault("id", f"the id {written!r} is not the file's name", do)
    return table


@cache
def _package(kind: str) -> Mapping[str, Traversable]:
    """The package's own files of a kind by id; they do not change while the program runs."""
    shelf = files("scorestage.adapters.catalogue") / kind
    return {file.name.removesuffix(".toml"): file for file in _toml_files(shelf)}


def _toml_files(shelf: Traversable) -> Iterator[Traversable]:
    if not shelf.is_dir():
        return
    for entry in sorted(shelf.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _toml_files(entry)
        elif entry.name.endswith(".toml"):
            yield entry


def _check_kind(kind: str) -> None:
    if kind not in KINDS:
        raise CatalogueError(f"the catalogue has no {kind!r}", do=f"it has {', '.join(KINDS)}")
