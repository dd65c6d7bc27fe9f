"""What is built: one product is one piece of work with the files it leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Output:
    """One file of a product, relative to the build folder; `player` where it is somebody's part.

    `remark` is what a person should know of it: a warning of the program that made it, which
    `maker` names with its version, where one of several could have made it.
    """

    path: str
    kind: str
    player: str = ""
    remark: str = ""
    maker: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """A piece of work: `make(*arguments)` writes the files, whole, below the build folder.

    `make` is a function of a module and its arguments are plain values, so that another process
    can run it. It returns the outputs it wrote: some are known only then (one page per player).
    `inputs` is the fingerprint of all it depends on; `needs` names products to be made before.
    """

    name: str
    kind: str
    make: Callable[..., tuple[Output, ...]]
    arguments: tuple[object, ...]
    inputs: str
    cue: str = ""
    music_version: str = ""
    picture_version: str = ""
    needs: tuple[str, ...] = ()
    weight: int = 1
    """How long it takes beside others, for the progress bar and to start long ones first."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a product: its files with their hashes, and whether it was made or kept."""

    product: Product
    outputs: tuple[tuple[Output, str], ...]
    seconds: float
    rebuilt: bool
