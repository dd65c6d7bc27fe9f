"""The stretches of a look that is being taken: written whole, read back, put together."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.machines.look.layout import ARRAYS, CONTENTS, SCHEMA, SEEN, Part
from scorestage.adapters.machines.look.reading import checksum
from scorestage.adapters.store.atomic import replacing, write_text
from scorestage.spotting import Measured, index_of
from scorestage.timebase import FrameRate

_PIECE_FRAMES = 4096


def write_part(folder: Path, number: int, part: Part) -> None:
    """Keep one stretch."""
    with replacing(_path(folder, number)) as unfinished:
        np.savez(unfinished, allow_pickle=False, **part.arrays())


def read_parts(folder: Path) -> Iterator[Part]:
    """The stretches from the first on, as far as they are whole."""
    number = 0
    while (part := _read(_path(folder, number))) is not None:
        yield part
        number += 1


def drop_parts(folder: Path, first: int = 0) -> None:
    """Remove the stretches from number `first` on."""
    kept = {_path(folder, number) for number in range(first)}
    for path in folder.glob("part-*.npz"):
        if path not in kept:
            path.unlink()


def finish(folder: Path, rate: FrameRate, frames: int) -> None:
    """Make the arrays of all stretches, what compares frames, and the table of contents."""
    seen = {name: _empty(folder, name, frames) for name in SEEN}
    reached = 0
    for part in read_parts(folder):
        for name, array in part.arrays().items():
            seen[name][reached : reached + len(part)] = array
        reached += len(part)
    measured = Measured(seen["signatures"], seen["tints"], seen["strokes"])
    index = index_of(rate, seen["start_numerators"], seen["start_denominators"], measured)
    for name in ARRAYS:
        if name not in SEEN:
            _empty(folder, name, frames)[:] = getattr(index, name)
    del seen, measured, index
    contents = {
        "schema": SCHEMA,
        "frames": frames,
        "rate": str(rate.frames_per_second),
        "arrays": {name: [one.kind, list(one.shape), one.words] for name, one in ARRAYS.items()},
        "crc32": {name: checksum(folder / f"{name}.npy") for name in ARRAYS},
    }
    write_text(folder / CONTENTS, json.dumps(contents, indent=1) + "\n")
    drop_parts(folder)


def _empty(folder: Path, name: str, frames: int) -> NDArray[Any]:
    """An array on disk to be filled; what is written to it is in the file when it is let go."""
    layout = ARRAYS[name]
    path, shape = folder / f"{name}.npy", (frames, *layout.shape)
    if not frames:
        np.save(path, np.zeros(shape, layout.kind), allow_pickle=False)
        return np.zeros(shape, layout.kind)
    array: NDArray[Any] = np.lib.format.open_memmap(path, "w+", np.dtype(layout.kind), shape)
    return array


def _read(path: Path) -> Part | None:
    if not path.exists():
        return None
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            part = Part(
                arrays["start_numerators"],
                arrays["start_denominators"],
                Measured(arrays["signatures"], arrays["tints"], arrays["strokes"]),
            )
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, zlib.error):
        return None
    lengths = {len(array) for array in part.arrays().values()}
    return part if len(lengths) == 1 and len(part) else None


def _path(folder: Path, number: int) -> Path:
    return folder / f"part-{number:06}.npz"
