"""Opening a finished look: the arrays stay on disk and are read as they are asked for."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.machines.look.layout import ARRAYS, CONTENTS, SCHEMA
from scorestage.spotting import PictureIndex
from scorestage.timebase import FrameRate

_PIECE_BYTES = 1 << 20


def read_look(folder: Path, rate: FrameRate) -> PictureIndex | None:
    """The look kept in `folder`; None where there is none, or a damaged or an older one."""
    try:
        contents = json.loads((folder / CONTENTS).read_text(encoding="utf-8"))
        if contents["schema"] != SCHEMA:
            return None
        arrays = {name: _mapped(folder, name, contents) for name in ARRAYS}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return PictureIndex.from_arrays(rate, arrays)


def _mapped(folder: Path, name: str, contents: dict[str, Any]) -> NDArray[Any]:
    """One array, mapped from its file; `ValueError` where it is not what was written."""
    path = folder / f"{name}.npy"
    if checksum(path) != contents["crc32"][name]:
        raise ValueError(f"{path.name} is damaged")
    layout, frames = ARRAYS[name], int(contents["frames"])
    if not frames:
        return np.zeros((0, *layout.shape), layout.kind)
    array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    if array.shape != (frames, *layout.shape) or array.dtype != np.dtype(layout.kind):
        raise ValueError(f"{path.name} has another shape")
    return array


def checksum(path: Path) -> int:
    """The CRC-32 of a file, read in pieces."""
    crc = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            crc = zlib.crc32(piece, crc)
    return crc
