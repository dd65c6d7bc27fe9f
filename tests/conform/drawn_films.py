"""Films drawn as signatures alone, cut from known material by known edits."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scorestage.conform import FilmFrames
from scorestage.timebase import FRAMES_24

Signatures = NDArray[np.uint8]


def drawn_shot(frames: int, seed: int, pace: float = 0.4) -> Signatures:
    """A shot of one camera: a wide random picture over which the view drifts, frame by frame."""
    chance = np.random.default_rng(seed)
    coarse = chance.normal(0, 1, (12, 20))
    wide = np.kron(coarse, np.ones((8, 8)))
    for axis in (0, 1):
        for _ in range(3):
            wide = (wide + np.roll(wide, 1, axis) + np.roll(wide, -1, axis)) / 3
    path = np.cumsum(chance.normal(0, pace, (frames, 2)) + chance.normal(0, pace, 2), axis=0)
    rows, columns = np.mgrid[0:18, 0:32]
    made = np.empty((frames, 18, 32))
    for frame, (down, across) in enumerate(path):
        y, x = rows + down + 40, columns + across + 60
        low_y, low_x = np.floor(y).astype(int), np.floor(x).astype(int)
        part_y, part_x = y - low_y, x - low_x
        corners = [
            wide[(low_y + dy) % wide.shape[0], (low_x + dx) % wide.shape[1]]
            * (part_y if dy else 1 - part_y)
            * (part_x if dx else 1 - part_x)
            for dy in (0, 1)
            for dx in (0, 1)
        ]
        made[frame] = sum(corners)
    light = chance.uniform(70, 170)
    return np.clip(light + 45 * made, 0, 255).astype(np.uint8)


def drawn_film(shots: int, seed: int, reused: float = 0.15) -> list[Signatures]:
    """So many shots; some come back later in the film, as reverse angles do."""
    chance = random.Random(seed)
    made: list[Signatures] = []
    for number in range(shots):
        if len(made) > 3 and chance.random() < reused:
            made.append(made[chance.randrange(len(made) - 2)])
        else:
            made.append(drawn_shot(chance.randint(20, 90), 1000 * seed + number))
    return made


def as_film(parts: list[Signatures]) -> FilmFrames:
    """The parts end to end."""
    return FilmFrames(np.concatenate(parts), FRAMES_24)


def grain(film: FilmFrames, seed: int, levels: float = 1.5) -> FilmFrames:
    """The same film encoded again: every field of every frame off by some levels of 255."""
    chance = np.random.default_rng(seed)
    noisy = film.signatures + chance.normal(0, levels, film.signatures.shape)
    return FilmFrames(np.clip(np.rint(noisy), 0, 255).astype(np.uint8), film.rate)


@dataclass(slots=True)
class Known:
    """A re-cut: the new film's parts, and each new frame's old frame (-1: new picture)."""

    parts: list[Signatures] = field(default_factory=list)
    old: list[int] = field(default_factory=list)

    def take(self, film: Signatures, first: int, last: int) -> None:
        """Old frames `first` up to `last`."""
        if last > first:
            self.parts.append(film[first:last])
            self.old += range(first, last)

    def put(self, shot: Signatures) -> None:
        """New picture."""
        self.parts.append(shot)
        self.old += [-1] * len(shot)


def recut(shots: list[Signatures], seed: int, edits: int) -> Known:
    """So many edits, each at a shot of its own with untouched shots between."""
    chance = random.Random(seed)
    film = np.concatenate(shots)
    starts = np.cumsum([0, *map(len, shots)]).tolist()
    places = set(chance.sample(range(2, len(shots) - 1, 2), edits))
    made = Known()
    for number in range(len(shots)):
        first, last = starts[number], starts[number + 1]
        if number not in places:
            made.take(film, first, last)
            continue
        off = chance.randint(1, min(12, (last - first) // 4))
        edit = chance.randrange(5)
        if edit == 0:
            made.take(film, first + off, last)
        elif edit == 1:
            made.take(film, first, last - off)
        elif edit == 2:
            made.put(drawn_shot(chance.randint(10, 60), 777_000 + 100 * seed + number))
            made.take(film, first, last)
        elif edit == 3:
            made.put(drawn_shot(last - first, 888_000 + 100 * seed + number))
    return made
