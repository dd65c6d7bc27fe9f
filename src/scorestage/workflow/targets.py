"""Where answers are written: never over what they were made from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from scorestage.errors import InputError, Where


def refuse_own_source(targets: Iterable[Path | None], *sources: Path | None) -> None:
    """Raise `InputError` where a target is one of the files that are read (links are followed)."""
    read = {one.resolve() for one in sources if one is not None}
    for target in targets:
        if target is not None and target.resolve() in read:
            raise InputError(
                "this file would be written over itself", Where(file=target), "name another"
            )
