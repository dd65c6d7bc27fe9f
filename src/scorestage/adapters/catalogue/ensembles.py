"""Ensembles as TOML: who sits there, in score order."""

from __future__ import annotations

import json
from pathlib import Path

from scorestage.adapters.catalogue.instruments import load_instrument
from scorestage.adapters.catalogue.shelves import read, read_file
from scorestage.adapters.catalogue.table import Table
from scorestage.errors import CatalogueError, MusicError
from scorestage.music import Ensemble, Instrument, Player, subset


def load_ensemble(name: str, *libraries: Path) -> Ensemble:
    """The ensemble with this id; its instruments come from the same libraries.

    An ensemble may be `like` another: it has that one's players but for those it is `without`;
    `[[players]]` with an id of theirs change what they say, others are added. Raises
    `CatalogueError` with file, line and key for whatever is wrong.

    >>> load_ensemble("string-orchestra").head_count
    50
    """
    return _loaded(name, libraries, ())


def load_ensemble_file(file: Path, *libraries: Path) -> Ensemble:
    """The ensemble in one TOML file; instruments of one's own stand in `instruments/` beside it.

    Raises `CatalogueError` as `load_ensemble` does, and where there is no such file.
    """
    here = file.parent.parent if file.parent.name == "ensembles" else file.parent
    return _made(read_file(file), file.stem, (here, *libraries), ())


def _loaded(name: str, libraries: tuple[Path, ...], seen: tuple[str, ...]) -> Ensemble:
    return _made(read("ensembles", name, *libraries), name, libraries, seen)


def _made(table: Table, name: str, libraries: tuple[Path, ...], seen: tuple[str, ...]) -> Ensemble:
    players = _model(table, name, libraries, seen)
    own: set[str] = set()
    for one in table.tables("players"):
        player_id = one.string("id")
        if player_id in own:
            raise one.fault("id", f"two players have the id {player_id!r}")
        own.add(player_id)
        players = _with(players, one, libraries)
    ensemble = Ensemble(
        table.string("id"),
        table.string("name"),
        players,
        table.string("description", ""),
        table.strings("serves", ()),
    )
    table.finish()
    if not players:
        raise table.fault("players", "nobody plays in this ensemble", "add [[players]]")
    return ensemble


def _model(
    table: Table, name: str, libraries: tuple[Path, ...], seen: tuple[str, ...]
) -> tuple[Player, ...]:
    """The players of the ensemble this one is like, but for those it does without."""
    without = table.strings("without", ())
    model = table.string("like", "")
    if not model:
        if without:
            raise table.fault("without", "without needs an ensemble to be like", 'like = "…"')
        return ()
    if model == name or model in seen:
        raise table.fault("like", f"{name} is like {model}, which is like {name}", "name another")
    try:
        whole = _loaded(model, libraries, (*seen, name))
    except CatalogueError as fault:
        if fault.where.file is not None:
            raise
        raise table.fault("like", fault.what, fault.do) from None
    try:
        return subset(whole, tuple(f"-{word}" for word in without)).players
    except MusicError as fault:
        raise table.fault("without", fault.what, fault.do) from None


def _with(
    players: tuple[Player, ...], table: Table, libraries: tuple[Path, ...]
) -> tuple[Player, ...]:
    """The players with one changed, or added where `after` says, else at the end."""
    places = {player.id: place for place, player in enumerate(players)}
    player_id = table.string("id")
    if player_id in places:
        changed = _player(table, libraries, players[places[player_id]])
        return tuple(changed if player.id == player_id else player for player in players)
    after = table.string("after", "")
    if after and after not in places:
        raise table.fault("after", f"there is no player {after!r}", f"there are {list(places)}")
    added = _player(table, libraries, None)
    place = places[after] + 1 if after else len(players)
    return (*players[:place], added, *players[place:])


def _player(table: Table, libraries: tuple[Path, ...], plain: Player | None) -> Player:
    player_id = table.string("id")
    if not player_id or any(sign.isspace() or sign in ".:/" for sign in player_id):
        raise table.fault("id", f"{player_id!r} is no id", "use letters, digits and hyphens")
    if table.has("instruments") or plain is None:
        ids = table.strings("instruments")
        if not ids:
            raise table.fault("instruments", "a player needs an instrument")
        held = tuple(_held(table, one, libraries) for one in ids)
    else:
        held = plain.instruments
    count = table.whole("count", plain.count if plain else 1)
    if count < 1:
        raise table.fault("count", f"a section of {count} cannot play")
    player = Player(
        player_id,
        table.string("name", _usual_name(plain, held)),
        table.string("abbreviation", plain.abbreviation if plain else held[0].abbreviation),
        held,
        count,
        table.string("person", plain.person if plain else ""),
    )
    table.string("after", "")
    table.finish()
    return player


def _usual_name(plain: Player | None, held: tuple[Instrument, ...]) -> str:
    """What a player is called who has no name of their own: by what they hold, taken up later too.

    One who holds other instruments than in the ensemble this is like keeps chair and number.
    """
    if plain is None:
        return held[0].name
    if plain.instruments == held:
        return plain.name
    chair, *_ = plain.name.split(" / ")
    first, *others = (one.name.split(" in ")[0] for one in held)
    return " / ".join((chair if plain.instruments[0] == held[0] else first, *others))


def _held(table: Table, name: str, libraries: tuple[Path, ...]) -> Instrument:
    try:
        return load_instrument(name, *libraries)
    except CatalogueError as fault:
        if fault.where.file is not None:
            raise
        raise table.fault("instruments", fault.what, fault.do) from None


def ensemble_text(ensemble: Ensemble) -> str:
    """The ensemble as the text of its file; `load_ensemble` reads the same back.

    >>> "count = 14" in ensemble_text(load_ensemble("string-orchestra"))
    True
    """
    lines = [
        "schema = 1",
        f"id = {_quoted(ensemble.id)}",
        f"name = {_quoted(ensemble.name)}",
        f"description = {_quoted(ensemble.description)}",
        f"serves = [{', '.join(map(_quoted, ensemble.serves))}]",
    ]
    for player in ensemble.players:
        held = ", ".join(_quoted(one.id) for one in player.instruments)
        lines += ["", "[[players]]", f"id = {_quoted(player.id)}", f"name = {_quoted(player.name)}"]
        lines += [f"abbreviation = {_quoted(player.abbreviation)}", f"instruments = [{held}]"]
        if player.person:
            lines.append(f"person = {_quoted(player.person)}")
        if player.count > 1:
            lines.append(f"count = {player.count}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML string; JSON's quoting is TOML's."""
    return json.dumps(text, ensure_ascii=False)
