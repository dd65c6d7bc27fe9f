"""The tempo list of the trade: every single tempo, how many hits it catches, how far off it is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from scorestage.errors import FitError
from scorestage.production import Hit
from scorestage.timebase import FilmTime, FrameRate

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class ListedTempo:
    """One row: the tempo, ids of the hits it catches, and the frames off each (early negative)."""

    bpm: Fraction
    caught: tuple[str, ...]
    off_frames: tuple[Fraction, ...]

    @property
    def rms_frames(self) -> float:
        """Root mean square of the frames off, over all hits."""
        squares = sum(off * off for off in self.off_frames)
        return math.sqrt(squares / max(1, len(self.off_frames)))


def tempo_list(
    start: FilmTime,
    hits: tuple[Hit, ...],
    rate: FrameRate,
    lowest_bpm: Fraction,
    highest_bpm: Fraction,
    step_bpm: Fraction = Fraction(1, 4),
    tolerance_frames: Fraction | None = None,
) -> tuple[ListedTempo, ...]:
    """Tempos from `lowest_bpm` to `highest_bpm`, most hits on beats first, then least frames off.

    Beat 1 falls on `start`. Each hit counts within its own tolerance, or within
    `tolerance_frames` either way. A count alone proves nothing: see `Candidate.chance`.
    """
    if step_bpm <= 0 or not 0 < lowest_bpm <= highest_bpm:
        raise FitError("a tempo list needs a range of tempos and a step above zero")
    rows = []
    bpm = lowest_bpm
    while bpm <= highest_bpm:
        rows.append(_row(bpm, start, hits, rate, tolerance_frames))
        bpm += step_bpm
    return tuple(sorted(rows, key=lambda row: (-len(row.caught), row.rms_frames, row.bpm)))


def _row(
    bpm: Fraction,
    start: FilmTime,
    hits: tuple[Hit, ...],
    rate: FrameRate,
    tolerance_frames: Fraction | None,
) -> ListedTempo:
    offs, caught = [], []
    for hit in hits:
        aim = rate.frames_in(hit.at - start) + hit.aim_frames
        frames_per_beat = 60 * rate.frames_per_second / bpm
        off = (aim / frames_per_beat + HALF).__floor__() * frames_per_beat - aim
        early, late = hit.early_frames, hit.late_frames
        if tolerance_frames is not None:
            early = late = tolerance_frames
        if -early <= off <= late:
            caught.append(hit.id)
        offs.append(off)
    return ListedTempo(bpm, tuple(caught), tuple(offs))
