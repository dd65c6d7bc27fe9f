"""Evidence recomputed from the film itself: decoded by PyAV alone, measured in other words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.machines.film import read_sound
from scorestage.spotting.moments import Evidence, Moment, MomentKind

RATE_HZ = 24_000
LIT = 26
"""Rows and columns that never pass this luma are bars."""


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """A film as it lies there: luma of each frame (frames x 90 x 160, 0 to 255), and its sound."""

    luma: NDArray[np.float32]
    sound: NDArray[np.float32]
    frames_per_second: float

    @classmethod
    def of(cls, film: Path) -> Material:
        """Decoded once, without any of the package's own readers of pictures."""
        frames = []
        with av.open(str(film)) as container:
            stream = container.streams.video[0]
            per_second = float(stream.average_rate or 24)
            for frame in container.decode(stream):
                frames.append(frame.reformat(160, 90, "gray").to_ndarray())
        luma = np.stack(frames).astype(np.float32)
        lit = luma.max(axis=0) > LIT
        rows, columns = np.flatnonzero(lit.any(axis=1)), np.flatnonzero(lit.any(axis=0))
        inside = luma[:, rows[0] + 2 : rows[-1] - 1, columns[0] : columns[-1] + 1]
        return cls(inside, read_sound(film, RATE_HZ, 1), per_second)

    def light(self, frame: int) -> float:
        """Mean luma of a frame."""
        return float(self.luma[min(frame, len(self.luma) - 1)].mean())

    def spread(self, frame: int) -> float:
        """Standard deviation of a frame, blurred to fields as coarse as a glance."""
        one = self.luma[min(frame, len(self.luma) - 1)]
        tall, wide = one.shape[0] // 4 * 4, one.shape[1] // 5 * 5
        return float(one[:tall, :wide].reshape(tall // 4, 4, wide // 5, 5).mean((1, 3)).std())

    def level_db(self, first_seconds: float, end_seconds: float) -> float:
        """RMS of the sound between two moments."""
        part = self.sound[max(0, int(first_seconds * RATE_HZ)) : int(end_seconds * RATE_HZ)]
        return float(10 * np.log10(np.mean(part.astype(np.float64) ** 2) + 1e-12))

    def steps_db(self, first_seconds: float, end_seconds: float) -> NDArray[np.float64]:
        """The level in steps of 20 ms."""
        at = np.arange(max(0.0, first_seconds), end_seconds, 0.02)
        return np.array([self.level_db(one, one + 0.02) for one in at])


def lies(material: Material, moment: Moment) -> list[str]:
    """What a moment's evidence says that the film does not."""
    found = []
    for one in moment.evidence:
        seen = _measured(material, moment, one)
        if seen is not None and abs(seen - one.measured) > _slack(one):
            found.append(f"{moment.kind} at frame {one.frame}: {one}, found {seen:.2f}")
    return found


def _slack(one: Evidence) -> float:
    if one.unit == "dB":
        return 6.0
    if one.unit in ("frames", "s"):
        return 0.3 if one.unit == "s" else 1.0
    return 4.0 + 0.12 * abs(one.measured)


def _measured(material: Material, moment: Moment, one: Evidence) -> float | None:
    """The same thing measured again; None for what is no plain measure of picture or sound."""
    rate = material.frames_per_second
    first, end = (float(at.seconds) for at in (moment.span.start, moment.span.end))
    if one.words == "light steps":
        return material.light(one.frame) - material.light(one.frame - 1)
    if one.words == "the even field's light":
        return material.light(one.frame)
    if one.words in ("the picture sinks", "the picture grows"):
        begins, ends = round(first * rate) - 1, round(end * rate)
        change = material.spread(ends) - material.spread(begins)
        return change if moment.kind is MomentKind.FADE_IN else -change
    if one.words == "over":
        return (end - first) * rate + (moment.kind in (MomentKind.FADE_IN, MomentKind.FADE_OUT))
    if one.words in ("silence lasts", "it stands for"):
        return end - first
    if one.words == "level":
        return max(material.level_db(first, end), one.measured - 6)
    if one.words == "sound leaps by":
        at = float(one.at.seconds)
        before = float(np.median(material.steps_db(at - 0.8, at - 0.06)))
        return float(material.steps_db(at - 0.02, at + 0.24).max()) - max(before, -70.0)
    return None
