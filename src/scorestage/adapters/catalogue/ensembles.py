"""Ensembles as TOML: who sits there, in score order."""

from __future__ import annotations

from pathlib import Path

from scorestage.adapters.catalogue.instruments import load_instrument
from scorestage.adapters.catalogue.shelves import read
from scorestage.adapters.catalogue.table import Table
from scorestage.errors import CatalogueError
from scorestage.music import Ensemble, Instrument, Player


def load_ensemble(name: str, *libraries: Path) -> Ensemble:
    """The ensemble with this id; its instruments come from the same libraries.

    Raises `CatalogueError` with file, line and key for whatever is wrong.

    >>> load_ensemble("string-orchestra").head_count
    50
    """
    table = read("ensembles", name, *libraries)
    players = tuple(_player(one, libraries) for one in table.tables("players"))
    ensemble = Ensemble(
        table.string("id"), table.string("name"), players, table.string("description", "")
    )
    table.finish()
    if not players:
        raise table.fault("players", "nobody plays in this ensemble", "add [[players]]")
    seen: set[str] = set()
    for one in table.tables("players"):
        player_id = one.string("id")
        if player_id in seen:
            raise one.fault("id", f"two players have the id {player_id!r}")
        seen.add(player_id)
    return ensemble


def _player(table: Table, libraries: tuple[Path, ...]) -> Player:
    ids = table.strings("instruments")
    if not ids:
        raise table.fault("instruments", "a player needs an instrument")
    held = tuple(_held(table, one, libraries) for one in ids)
    count = table.whole("count", 1)
    if count < 1:
        raise table.fault("count", f"a section of {count} cannot play")
    player_id = table.string("id")
    if not player_id or any(sign.isspace() or sign in ".:/" for sign in player_id):
        raise table.fault("id", f"{player_id!r} is no id", "use letters, digits and hyphens")
    player = Player(
        player_id,
        table.string("name", held[0].name),
        table.string("abbreviation", held[0].abbreviation),
        held,
        count,
    )
    table.finish()
    return player


def _held(table: Table, name: str, libraries: tuple[Path, ...]) -> Instrument:
    try:
        return load_instrument(name, *libraries)
    except CatalogueError as fault:
        if fault.where.file is not None:
            raise
        raise table.fault("instruments", fault.what, fault.do) from None
