"""What a detector is: one file, one frozen settings class, one function from footage to moments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from scorestage.spotting.footage import Footage
from scorestage.spotting.moments import Moment

Settings = TypeVar("Settings")


@dataclass(frozen=True, slots=True)
class Detector(Generic[Settings]):
    """A detector as the registry holds it: each file exposes one as `DETECTOR`.

    `settings` is a frozen dataclass whose fields all have defaults and carry `help` in their
    metadata; command-line options and web forms follow from it.
    """

    name: str
    words: str
    settings: type[Settings]
    find: Callable[[Footage, Settings], tuple[Moment, ...]]

    def __call__(self, footage: Footage, settings: Settings | None = None) -> tuple[Moment, ...]:
        """What it finds in `footage`."""
        return self.find(footage, settings if settings is not None else self.settings())
