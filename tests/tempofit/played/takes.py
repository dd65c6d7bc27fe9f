"""Performances made from known tempo paths: beats as they were meant, and as a hand taps them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from scorestage.tempofit.played import Tap
from scorestage.timebase import FilmTime

Floats = npt.NDArray[np.float64]
JITTER_SECONDS = 0.025
KINDS = ("steady", "rit", "accel", "step", "a tempo", "rubato")


@dataclass(frozen=True, slots=True, eq=False)
class Meant:
    """A take as it was meant: seconds of every beat from 0 on, and its tempo there."""

    seconds: Floats
    bpm: Floats

    def tapped(self, seed: int, jitter_seconds: float = JITTER_SECONDS) -> tuple[Tap, ...]:
        """The beats as a hand taps them."""
        random = np.random.default_rng(seed)
        scattered = self.seconds + random.normal(0, jitter_seconds, len(self.seconds))
        return taps_at(scattered)


def meant(kind: str, bpm: float = 92.0, bars: int = 32, starts: float = 2.0) -> Meant:
    """4/4 in which the tempo does what `kind` says, barlines and the ends of changes on beats."""
    count = bars * 4
    at = np.arange(count) + 0.5
    lasting = np.full(count, 60 / bpm)
    if kind == "rit":
        lasting *= 1 + 0.4 * np.clip((at - (count - 16)) / 16, 0, 1)
    elif kind == "accel":
        lasting /= 1 + 0.3 * np.clip((at - 16) / (count / 2), 0, 1)
    elif kind == "step":
        lasting[count // 2 :] *= 0.8
    elif kind == "a tempo":
        inside = (at >= count // 2 - 8) & (at < count // 2)
        lasting *= np.where(inside, 1 + 0.35 * (at - (count // 2 - 8)) / 8, 1.0)
    elif kind == "rubato":
        lasting *= 1 + 0.1 * np.sin(2 * np.pi * at / 32)
    seconds = starts + np.concatenate([[0.0], np.cumsum(lasting)])
    return Meant(seconds, 60 / lasting)


def taps_at(seconds: Floats) -> tuple[Tap, ...]:
    """Taps at these moments, to the microsecond."""
    return tuple(Tap(moment(float(at))) for at in seconds)


def moment(seconds: float) -> FilmTime:
    """A film time, to the microsecond."""
    return FilmTime(Fraction(round(seconds * 10**6), 10**6))


def pairs(take: Meant, seed: int) -> tuple[Floats, Floats]:
    """Onsets and strengths of a tune along the beats: quarters, pairs of eighths, held notes."""
    random = np.random.default_rng(seed)
    written, quarter = list[float](), 0.0
    while quarter < len(take.seconds) - 1:
        length = random.choice([0.5, 1.0, 2.0], p=[0.4, 0.5, 0.1])
        written += [quarter, quarter + 0.5] if length == 0.5 else [quarter]
        quarter += max(1.0, length)
    return _struck(take, written, random)


def syncopated(take: Meant, seed: int) -> tuple[Floats, Floats]:
    """The same of a tune that walks freely in eighths: half its notes fall between the beats."""
    random = np.random.default_rng(seed)
    written, quarter = list[float](), 0.0
    while quarter < len(take.seconds) - 1:
        written.append(quarter)
        quarter += random.choice([0.5, 1.0, 2.0], p=[0.4, 0.5, 0.1])
    return _struck(take, written, random)


def _struck(
    take: Meant, written: list[float], random: np.random.Generator
) -> tuple[Floats, Floats]:
    """Downbeats struck hardest, what lies between the beats least; 10 ms of scatter."""
    at = np.interp(written, np.arange(len(take.seconds)), take.seconds)
    weights = [0.9 if one % 4 == 0 else 0.7 if one % 1 == 0 else 0.45 for one in written]
    return at + random.normal(0, 0.01, len(written)), np.array(weights)
