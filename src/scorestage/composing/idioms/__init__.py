"""One file, one way of writing an accompaniment; each holds an `IDIOM`, found by its name."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from scorestage import registry
from scorestage.composing.passage import Idiom
from scorestage.errors import CatalogueError


@cache
def idioms_at_hand() -> dict[str, Idiom]:
    """The package's idioms and those registered by others, by name; a registered one wins.

    Raises `CatalogueError` for something registered that cannot write.
    """
    own = [import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    found: dict[str, Idiom] = {module.IDIOM.name: module.IDIOM for module in own}
    for name, idiom in registry.load_all("idioms").items():
        if not isinstance(idiom, Idiom):
            raise CatalogueError(
                f"the idiom {name!r} cannot write", do="give it a name and write(passage)"
            )
        found[name] = idiom
    return dict(sorted(found.items()))
