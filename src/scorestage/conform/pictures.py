"""Frames of film made comparable: small grey pictures; grading, grain, titles matter little.

Every picture is cut into twelve blocks, each with its brightness and contrast taken out, and one
more that holds the whole picture coarsely. Two frames are compared block by block, and the third
of the picture that agrees least is left out: a burnt-in timecode or a title is there, or is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.timebase import FrameRate

Floats = NDArray[np.float32]
Numbers = NDArray[np.intp]
Measure = Callable[[Numbers, Numbers], Floats]
"""How unlike frames of the new film are to frames of the old one: 0 same, 1 unrelated."""

ROWS: Final = 18
COLUMNS: Final = 32
BLOCKS: Final = 13
CELLS: Final = 48
_BLOCK_ROWS, _BLOCK_COLUMNS = 3, 4
GRAIN_LEVELS: Final = 4.0
"""Spread of luma (of 255) in a block below which it counts as plain."""
LEFT_OUT: Final = np.float32(1 / 3)
"""So much of what a picture shows is left out where two are compared."""
PLAIN: Final = np.float32(1.5)
"""What a picture must show to tell anything, of 13 for a full one: black is like any black."""
CONTRAST_REACH: Final = np.float32(0.35)
"""So much contrast (of 1) a block may gain or lose by grading before it counts."""
LEVEL_REACH: Final = np.float32(64)
"""Luma may differ so much by grading before it counts."""
_PIECE_FRAMES, _AT_ONCE = 128, 128
_LEAST_CELLS = 12
_AROUND: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class FilmFrames:
    """A film to be compared: luma signatures (frames x 18 x 32, 0 to 255), and how it counts.

    `sounds` are those of `sound_signatures` (frames x 12), where the film has sound.
    """

    signatures: NDArray[np.uint8]
    rate: FrameRate
    start_frames: int = 0
    sounds: NDArray[np.uint8] | None = None

    def __len__(self) -> int:
        return len(self.signatures)


@dataclass(frozen=True, slots=True, eq=False)
class Registration:
    """How the old film's picture lies in the new one's, and which cells tell anything.

    `rows` (18 x 18) and `columns` (32 x 32) lay the old picture out anew; `cells` (18 x 32) is
    False where bars or burnt-in numbers stand in one of the films.
    """

    rows: Floats
    columns: Floats
    cells: NDArray[np.bool_]

    @classmethod
    def plain(cls) -> Registration:
        """Nothing moved, everything counts."""
        cells = np.ones((ROWS, COLUMNS), dtype=np.bool_)
        return cls(np.eye(ROWS, dtype=np.float32), np.eye(COLUMNS, dtype=np.float32), cells)


class Shapes:
    """The frames of a film made comparable, each when it is first asked for.

    What was asked for stands in `blocks` (frames x 13 x 48), `shown` (what each block shows, 0 to
    1) and `level` (mean luma); `lay_out` moves the old film's picture to the new one's place.
    """

    def __init__(
        self, signatures: NDArray[np.uint8], fit: Registration, lay_out: bool = False
    ) -> None:
        count = len(signatures)
        self.blocks = np.empty((count, BLOCKS, CELLS), dtype=np.float32)
        self.shown = np.empty((count, BLOCKS), dtype=np.float32)
        self.level = np.empty(count, dtype=np.float32)
        self._signatures, self._fit, self._lay_out = signatures, fit, lay_out
        self._made = np.zeros(count, dtype=np.bool_)
        weights = _in_blocks(fit.cells[None].astype(np.float32))[0]
        weights[weights.sum(axis=1) < _LEAST_CELLS] = 0
        self._weights = None if (weights == 1).all() else weights
        self._heavy = np.maximum(weights.sum(axis=1), 1)

    def __len__(self) -> int:
        return len(self.blocks)

    def ask(self, frames: Numbers | None = None) -> None:
        """Make these frames ready, or all of them."""
        missing = ~self._made
        if frames is not None:
            asked = np.zeros(len(self), dtype=np.bool_)
            asked[frames] = True
            missing &= asked
        wanted = np.flatnonzero(missing)
        for first in range(0, len(wanted), _PIECE_FRAMES):
            self._make(wanted[first : first + _PIECE_FRAMES])
        self._made |= missing

    def _make(self, frames: Numbers) -> None:
        pictures = self._signatures[frames].astype(np.float32)
        if self._lay_out:
            pictures = np.matmul(np.matmul(self._fit.rows, pictures), self._fit.columns.T)
        made = _in_blocks(pictures)
        if self._weights is None:
            means = np.einsum("nbc->nb", made)
        else:
            means = np.einsum("nbc,bc->nb", made, self._weights)
        means /= self._heavy
        made -= means[:, :, None]
        if self._weights is not None:
            made *= self._weights
        power = np.einsum("nbc,nbc->nb", made, made)
        scale = 1 / np.sqrt(power + self._heavy * np.float32(GRAIN_LEVELS**2))
        made *= scale[:, :, None]
        self.blocks[frames] = made
        self.shown[frames] = power * scale * scale
        self.level[frames] = means[:, :-1].mean(axis=1)


def _in_blocks(pictures: Floats) -> Floats:
    """Frames x 18 x 32 as frames x 13 x 48: twelve blocks of 6 x 8 and the whole as 6 x 8."""
    count = len(pictures)
    down, across = ROWS // _BLOCK_ROWS, COLUMNS // _BLOCK_COLUMNS
    made = np.empty((count, BLOCKS, CELLS), dtype=np.float32)
    parts = pictures.reshape(count, _BLOCK_ROWS, down, _BLOCK_COLUMNS, across)
    made[:, :-1] = parts.transpose(0, 1, 3, 2, 4).reshape(count, BLOCKS - 1, CELLS)
    made[:, -1] = in_cells(pictures).reshape(count, CELLS)
    made[:, -1] /= (ROWS // down) * (COLUMNS // across)
    return made


def in_cells(pictures: Floats) -> Floats:
    """Frames x 18 x 32 summed to 6 x 8."""
    rows = pictures[:, 0::3] + pictures[:, 1::3]
    rows += pictures[:, 2::3]
    found: Floats = rows[:, :, 0::4] + rows[:, :, 1::4]
    found += rows[:, :, 2::4]
    found += rows[:, :, 3::4]
    return found


def unlike(one: Shapes, at: Numbers, other: Shapes, there: Numbers) -> Floats:
    """How unlike frames `at` of one film are to frames `there` of the other: 0 same, 1 unrelated.

    Both index arrays have one length; so has the answer. Black against black gives near 0.
    """
    result = np.empty(len(at), dtype=np.float32)
    one.ask(at)
    other.ask(there)
    for first in range(0, len(at), _AT_ONCE):
        part = slice(first, first + _AT_ONCE)
        result[part] = _unlike(one, at[part], other, there[part])
    return result


def _unlike(one: Shapes, at: Numbers, other: Shapes, there: Numbers) -> Floats:
    mine, theirs = one.shown[at], other.shown[there]
    sizes = np.sqrt(mine), np.sqrt(theirs)
    alike = np.einsum("nbc,nbc->nb", one.blocks[at], other.blocks[there])
    alike /= sizes[0] * sizes[1] + np.float32(1e-3)
    over = np.maximum(np.abs(sizes[0] - sizes[1]) - CONTRAST_REACH, 0) ** 2
    apart = np.maximum(mine * (1 - alike), 0) + over
    shown = mine + over
    order = np.argsort(apart / (shown + np.float32(1e-3)), axis=1)
    shown = np.take_along_axis(shown, order, axis=1)
    apart = np.take_along_axis(apart, order, axis=1)
    reached = np.cumsum(shown, axis=1)
    most = reached[:, -1:] * (1 - LEFT_OUT)
    share = np.clip((most - reached + shown) / (shown + np.float32(1e-6)), 0, 1)
    worth = (shown * share).sum(axis=1) + PLAIN
    far = np.clip((np.abs(one.level[at] - other.level[there]) - LEVEL_REACH) / LEVEL_REACH, 0, 1)
    result: Floats = (apart * share).sum(axis=1) / worth + far
    return result


def steps_of(film: Shapes, stirring: NDArray[np.bool_]) -> Floats:
    """How unlike each frame is to the one before it; the first is 1.

    Worked out where something is `stirring` and for the frames around; elsewhere 0.
    """
    steps = np.zeros(len(film), dtype=np.float32)
    steps[:1] = 1
    around = stirring.copy()
    for by in range(1, _AROUND + 1):
        around[by:] |= stirring[:-by]
        around[:-by] |= stirring[by:]
    later = np.flatnonzero(around[1:]) + 1
    if len(later):
        steps[later] = unlike(film, later, film, later - 1)
    return steps


def cuts_of(steps: Floats) -> NDArray[np.bool_]:
    """Where a shot begins: a step that stands out from those around it; the first frame is one.

    >>> cuts_of(np.array([1, 0.02, 0.01, 0.9, 0.02, 0.01], dtype=np.float32)).nonzero()[0].tolist()
    [0, 3]
    """
    if not len(steps):
        return np.zeros(0, dtype=np.bool_)
    padded = np.pad(steps, _AROUND, mode="edge")
    around = np.stack(
        [padded[_AROUND + by : len(padded) - _AROUND + by] for by in (-3, -2, -1, 1, 2, 3)]
    )
    calm = np.partition(around, 3, axis=0)[3]
    found: NDArray[np.bool_] = (steps > 0.25) & (steps > 3 * calm)
    found[:1] = True
    return found
