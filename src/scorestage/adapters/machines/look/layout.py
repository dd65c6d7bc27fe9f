"""How a look at a film lies on disk: a folder of arrays, one entry a frame, and its contents.

While it is being taken the folder holds `part-000000.npz`, `part-000001.npz`, … of `PART_FRAMES`
frames each, every one written whole or not at all. When the last frame was seen they become one
`.npy` file per array, which can be mapped into memory, and last of all `look.json`, which says how
many frames there are and the CRC-32 of every file. A folder without `look.json` is unfinished.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scorestage.spotting import Measured

SCHEMA: Final = 1
"""Raised whenever an array changes its meaning."""
PART_FRAMES: Final = 1024
CONTENTS: Final = "look.json"


@dataclass(frozen=True, slots=True)
class Layout:
    """One array: its type, the shape of one frame's entry, and what it holds in which unit."""

    kind: str
    shape: tuple[int, ...]
    words: str


ARRAYS: Final[dict[str, Layout]] = {
    "start_numerators": Layout("int64", (), "when the frame comes on, seconds: numerator"),
    "start_denominators": Layout("int64", (), "when the frame comes on, seconds: denominator"),
    "signatures": Layout("uint8", (18, 32), "luma, 0 to 255, averaged over 18 x 32 fields"),
    "tints": Layout("int8", (9, 16, 2), "blue and red colour difference, -127 to 127, 9 x 16"),
    "strokes": Layout("float32", (), "share of pixels (of 128 x 72) with a hard edge, 0 to 1"),
    "light": Layout("float32", (), "mean luma without black bars, 0 to 255"),
    "spread": Layout("float32", (), "standard deviation of luma without black bars, 0 to 255"),
    "change": Layout("float32", (), "unlike the frame before, movement forgiven; 0 none, 0.3 cut"),
    "stir": Layout("float32", (), "plain difference to the frame before, movement included"),
}
"""All arrays of a finished look. Times count from the film's first frame, which is second 0."""

SEEN: Final = ("start_numerators", "start_denominators", "signatures", "tints", "strokes")
"""What is known of a frame by itself, and so can be written while the film still runs."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A stretch of the film as it was seen: starts as fractions, and the measures."""

    start_numerators: NDArray[np.int64]
    start_denominators: NDArray[np.int64]
    measured: Measured

    def __len__(self) -> int:
        return len(self.start_numerators)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """By the names of `SEEN`."""
        return {
            "start_numerators": self.start_numerators,
            "start_denominators": self.start_denominators,
            "signatures": self.measured.signatures,
            "tints": self.measured.tints,
            "strokes": self.measured.strokes,
        }
