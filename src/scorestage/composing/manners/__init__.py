"""One file, one tradition's way of playing a tune; each holds a `MANNER`, found by its name."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from scorestage import registry
from scorestage.composing.passage import Manner
from scorestage.errors import CatalogueError


@cache
def manners_at_hand() -> dict[str, Manner]:
    """The package's manners and those registered by others, by name; a registered one wins.

    Raises `CatalogueError` for something registered that cannot play.
    """
    own = [import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    found: dict[str, Manner] = {module.MANNER.name: module.MANNER for module in own}
    for name, manner in registry.load_all("manners").items():
        if not isinstance(manner, Manner):
            raise CatalogueError(
                f"the manner {name!r} cannot play", do="give it a name and play(notes, passage)"
            )
        found[name] = manner
    return dict(sorted(found.items()))
