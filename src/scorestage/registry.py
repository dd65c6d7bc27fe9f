"""The one registry: formats, detectors, idioms and machines, found by entry point.

The package's own ones are declared in `pyproject.toml` like anybody else's, so adding one edits
no other file.
"""

from __future__ import annotations

from importlib.metadata import entry_points

from scorestage.errors import CatalogueError

GROUPS = ("formats", "detectors", "idioms", "manners", "machines")


def names(group: str) -> tuple[str, ...]:
    """What is registered in `group` (one of `GROUPS`), by name."""
    return tuple(sorted({point.name for point in entry_points(group=f"scorestage.{group}")}))


def load(group: str, name: str) -> object:
    """The object registered as `name` in `group`.

    Raises `CatalogueError` naming what there is.
    """
    for point in entry_points(group=f"scorestage.{group}", name=name):
        loaded: object = point.load()
        return loaded
    known = ", ".join(names(group)) or "none"
    raise CatalogueError(f"there is no {name!r} among the {group}", do=f"known: {known}")


def load_all(group: str) -> dict[str, object]:
    """Everything registered in `group`, by name in alphabetical order."""
    return {name: load(group, name) for name in names(group)}
