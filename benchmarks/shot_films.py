"""Films with known shot boundaries, re-cut at random from the shots of two real ones.

Shots of Big Buck Bunny make the films one develops on, shots of the Sintel trailer those one
reports on: no shot is in both. Between them stand hard cuts, dissolves of 6 to 48 frames, fades
through black and white, wipes of eight ways and, inside shots, flashes. Each film is printed in its
own way (see `PRINTS`) and encoded as H.264 at 256 x 144.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.video.reformatter import Interpolation
from numpy.typing import NDArray

from scorestage.adapters.machines.film import FilmWriter
from scorestage.timebase import RATES

Frame = NDArray[np.uint8]
Levels = NDArray[np.float32]
WIDTH_PX, HEIGHT_PX, MARGIN_PX = 256, 144, 8

BUNNY_SHOTS = (
    *((60, 280), (290, 375), (385, 480), (560, 600), (810, 1140), (1150, 1340), (1350, 1450)),
    *((1460, 1528), (1534, 1660), (1669, 1708), (1714, 1760), (1766, 1810), (1816, 1915)),
    *((1922, 2150), (2157, 2190), (2197, 2390), (2397, 2490), (2497, 2700), (2707, 2825)),
    *((2834, 2898), (2904, 2960), (2966, 3040), (3048, 3510), (3516, 3575)),
)
TRAILER_SHOTS = (
    *((60, 115), (150, 200), (298, 333), (335, 365), (405, 419), (455, 490), (548, 570)),
    *((572, 620), (622, 657), (659, 671), (696, 752), (790, 826), (880, 960)),
)
PRINTS = (
    *("as shot", "black and white", "dark", "faded", "noise", "worn", "hand-held", "coarse"),
    *("sepia", "flicker"),
)
RATE_NAMES = ("24", "23.976", "25", "29.97", "50")
WAYS = ("left", "right", "up", "down", "diagonal", "iris", "clock", "blinds")


@dataclass(frozen=True, slots=True)
class Change:
    """A boundary as it was made: its kind, first frame, and the first frame after it."""

    kind: str
    frame: int
    end_frame: int


def shots_of(film: Path, spans: tuple[tuple[int, int], ...]) -> list[NDArray[np.uint8]]:
    """Each shot's frames, a margin larger than the films that are made of them."""
    width, height = WIDTH_PX + 2 * MARGIN_PX, HEIGHT_PX + 2 * MARGIN_PX
    shots: list[list[Frame]] = [[] for _ in spans]
    with av.open(str(film)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            for place, (first, end) in enumerate(spans):
                if first <= number < end:
                    small = frame.reformat(width, height, "rgb24", interpolation=Interpolation.AREA)
                    shots[place].append(small.to_ndarray())
    return [np.stack(one) for one in shots]


def make_film(
    shots: list[NDArray[np.uint8]], seed: int, how: str, rate_name: str, path: Path, boundaries: int
) -> list[Change]:
    """Write a film of so many boundaries, and say where they are."""
    rng = np.random.default_rng(seed)
    frames, changes = _cut_together(shots, rng, boundaries, how == "hand-held")
    printed = _print(how, rng)
    crf = 34 if how == "coarse" else int(rng.integers(18, 26))
    with FilmWriter(path, WIDTH_PX, HEIGHT_PX, RATES[rate_name], crf=crf) as film:
        for frame in frames:
            film.write_frame(np.clip(np.rint(printed(frame)), 0, 255).astype(np.uint8))
    return changes


def _cut_together(
    shots: list[NDArray[np.uint8]], rng: np.random.Generator, boundaries: int, shaky: bool
) -> tuple[list[Levels], list[Change]]:
    frames: list[Levels] = []
    changes: list[Change] = []
    last = -1
    takes = list(_takes(shots, rng, last, shaky))
    held = takes[-1]
    for _ in range(boundaries):
        following = next(iter(_takes(shots, rng, held[0], shaky)))
        kind = str(rng.choice(["cut", "dissolve", "fade", "wipe"], p=[0.6, 0.2, 0.1, 0.1]))
        held = _join(frames, changes, held, following, kind, rng)
    frames.extend(held[1])
    return frames, changes


def _takes(
    shots: list[NDArray[np.uint8]], rng: np.random.Generator, last: int, shaky: bool
) -> Iterator[tuple[int, list[Levels]]]:
    """A piece of a shot that is not the last one, as it runs in the film."""
    number = int(rng.integers(len(shots)))
    while number == last:
        number = int(rng.integers(len(shots)))
    shot = shots[number]
    long = int(rng.integers(10, 110)) if rng.random() < 0.75 else int(rng.integers(6, 18))
    long = min(long, len(shot))
    start = int(rng.integers(len(shot) - long + 1))
    walk = np.zeros((long, 2))
    if shaky:
        walk = np.cumsum(rng.normal(0, 1.6, (long, 2)), axis=0)
        walk = np.clip(walk - 0.15 * np.cumsum(walk, axis=0) / 10, -MARGIN_PX, MARGIN_PX)
    steps = np.rint(walk).astype(int) + MARGIN_PX
    frames = [
        shot[start + n, y : y + HEIGHT_PX, x : x + WIDTH_PX].astype(np.float32)
        for n, (y, x) in enumerate(steps.tolist())
    ]
    if long > 40 and rng.random() < 0.12:
        _flash(frames, int(rng.integers(12, long - 12)), rng)
    yield number, frames


def _flash(frames: list[Levels], at: int, rng: np.random.Generator) -> None:
    """Light that bursts and dies away within two to six frames."""
    long = int(rng.integers(1, 6))
    for after in range(long):
        share = 0.9 * (1 - after / (long + 1))
        frames[at + after] = frames[at + after] * (1 - share) + 255 * np.float32(share)


def _join(
    frames: list[Levels],
    changes: list[Change],
    old: tuple[int, list[Levels]],
    new: tuple[int, list[Levels]],
    kind: str,
    rng: np.random.Generator,
) -> tuple[int, list[Levels]]:
    """Put the old take's frames down up to the change and the change itself; the rest is left."""
    room = min(len(old[1]), len(new[1])) - 4
    if kind in ("dissolve", "wipe") and room >= 6:
        long = int(rng.integers(6, min(48, room) + 1))
        frames.extend(old[1][:-long])
        at = len(frames)
        way = str(rng.choice(WAYS))
        for n in range(long):
            share = (n + 1) / (long + 1)
            pair = old[1][len(old[1]) - long + n], new[1][n]
            frames.append(_mixed(*pair, share) if kind == "dissolve" else _wiped(*pair, share, way))
        changes.append(Change(kind, at, at + long))
        return new[0], new[1][long:]
    if kind == "fade" and room >= 12:
        return _faded(frames, changes, old, new, rng)
    frames.extend(old[1])
    changes.append(Change("cut", len(frames), len(frames) + 1))
    return new


def _faded(
    frames: list[Levels],
    changes: list[Change],
    old: tuple[int, list[Levels]],
    new: tuple[int, list[Levels]],
    rng: np.random.Generator,
) -> tuple[int, list[Levels]]:
    room = min(len(old[1]), len(new[1])) - 4
    level = 255.0 if rng.random() < 0.2 else 0.0
    field = np.full_like(old[1][0], level)
    out = int(rng.integers(6, min(40, room) + 1))
    frames.extend(old[1][:-out])
    changes.append(Change("fade_out", len(frames), len(frames) + out))
    frames.extend(
        _mixed(one, field, (n + 1) / (out + 1)) for n, one in enumerate(old[1][len(old[1]) - out :])
    )
    frames.extend([field] * int(rng.integers(2, 20)))
    if rng.random() < 0.25:
        changes.append(Change("cut", len(frames), len(frames) + 1))
        return new
    back = int(rng.integers(6, min(40, room) + 1))
    changes.append(Change("fade_in", len(frames), len(frames) + back))
    frames.extend(_mixed(field, one, (n + 1) / (back + 1)) for n, one in enumerate(new[1][:back]))
    return new[0], new[1][back:]


def _mixed(old: Levels, new: Levels, share: float) -> Levels:
    return old + np.float32(share) * (new - old)


def _wiped(old: Levels, new: Levels, share: float, way: str) -> Levels:
    """The new picture where the edge has passed."""
    rows, columns = np.mgrid[0:HEIGHT_PX, 0:WIDTH_PX].astype(np.float32)
    down, across = rows / (HEIGHT_PX - 1), columns / (WIDTH_PX - 1)
    order = {
        "left": 1 - across,
        "right": across,
        "up": 1 - down,
        "down": down,
        "diagonal": (down + across) / 2,
        "iris": np.hypot(down - 0.5, (across - 0.5) * 16 / 9) / float(np.hypot(0.5, 8 / 9)),
        "clock": np.arctan2(across - 0.5, 0.5 - down) / (2 * np.float32(np.pi)) % 1,
        "blinds": (down * 6) % 1,
    }[way]
    return np.where((order < share)[..., None], new, old)


def _print(how: str, rng: np.random.Generator) -> Callable[[Levels], Levels]:
    """How the film looks: each print is a function of a frame."""
    weights = np.array([0.299, 0.587, 0.114], dtype=np.float32)

    def grey(frame: Levels) -> Levels:
        return np.repeat((frame @ weights)[..., None], 3, axis=2)

    def noise(frame: Levels, spread: float) -> Levels:
        grain = rng.standard_normal(frame.shape[:2], dtype=np.float32)[..., None]
        return frame + np.float32(spread) * grain

    def worn(frame: Levels) -> Levels:
        moved = np.roll(grey(frame), rng.integers(-1, 2, 2), (0, 1))
        light = np.float32(1 + 0.08 * rng.normal())
        return noise(moved * np.float32(0.8) * light + 20, 6)

    sepia = np.array([1.07, 0.9, 0.65], dtype=np.float32)
    ways: dict[str, Callable[[Levels], Levels]] = {
        "as shot": lambda frame: frame,
        "hand-held": lambda frame: frame,
        "coarse": lambda frame: frame,
        "black and white": grey,
        "dark": lambda frame: frame * np.float32(0.2),
        "faded": lambda frame: grey(frame) * np.float32(0.35) + 100,
        "sepia": lambda frame: grey(frame) * sepia * np.float32(0.7) + 30,
        "noise": lambda frame: noise(frame, 9),
        "worn": worn,
        "flicker": lambda frame: frame * np.float32(1 + 0.12 * rng.normal()),
    }
    return ways[how]
