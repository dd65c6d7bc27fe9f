"""A written cue whose picture was re-cut: what the search for repairs is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from scorestage.errors import FitError
from scorestage.production import BarState, Hit, HitStatus, KeptStretch
from scorestage.tempofit.judge import land
from scorestage.timebase import BarGrid, Beat, Beats, FilmTime, FrameRate, Meter, TempoMap

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WrittenHit:
    """A hit of a written cue: `hit` with its new film time, `at` where the music meets it.

    `before_frames` is how far off the music was before the re-cut.
    """

    hit: Hit
    at: Beat
    before_frames: Fraction
    caught_before: bool


@dataclass(frozen=True, slots=True)
class Joints:
    """What it costs, in points, to leave the written music at one click and go on at another.

    `places` are all steps (`bar_steps`) and, last, the final barline (N + 1 of them).
    `jump[out, into]` is the price of leaving at `out` and going on at `into`: from place 0 it is
    that of beginning at `into`, to the last place that of ending at `out`. `hold[n]` is the price
    of holding what sounds on step `n`.
    """

    places: tuple[Beat, ...]
    jump: Floats
    hold: Floats

    @classmethod
    def plain(cls, grid: BarGrid) -> Joints:
        """Of music of which only the bars are known: another beat of the bar costs a point."""
        places = click_places(grid)
        beats = np.array([float(grid.position(at).beat) for at in places[:-1]] + [1.0])
        jump = np.minimum(1.0, np.abs(beats[:, None] - beats[None, :])) + 1.0
        jump[0, :] += 2.0
        jump[:, -1] += 4.0
        return cls(places, jump, np.ones(len(places)))


@dataclass(frozen=True, slots=True)
class WrittenCue:
    """A cue as written, and where its picture is now.

    `kept` are the stretches of its old picture that are left, in the order of the music; `start`
    and `end` where the music is to begin and be out in the new picture (`end` None: open).
    `states` says of each bar how far the work on it is.
    """

    tempo_map: TempoMap
    hits: tuple[WrittenHit, ...]
    kept: tuple[KeptStretch, ...]
    start: FilmTime
    end: FilmTime | None
    states: tuple[BarState, ...]
    joints: Joints
    rate: FrameRate

    def __post_init__(self) -> None:
        if len(self.states) != len(self.tempo_map.grid.bars):
            raise FitError("each bar needs its state", do="give one for every bar of the map")
        pairs = zip(self.kept, self.kept[1:], strict=False)
        if any(b.old.start < a.old.end or b.new.start < a.new.end for a, b in pairs):
            raise FitError(
                "the stretches of picture kept are not in the order of the music",
                do="treat what was moved elsewhere as removed here and new there",
            )


def click_places(grid: BarGrid) -> tuple[Beat, ...]:
    """Every click of every bar, in a bar beaten in one its eighths, and the final barline."""
    starts = zip(grid.starts, grid.bars, strict=False)
    clicks = (start + offset for start, bar in starts for offset in bar_steps(bar.meter))
    return (*clicks, grid.end)


def bar_steps(meter: Meter) -> tuple[Beats, ...]:
    """Where in a bar music can be left and entered: its clicks; of one beaten in one its units.

    >>> len(bar_steps(Meter(4, 4))), len(bar_steps(Meter(6, 8))), len(bar_steps(Meter(3, 8)))
    (4, 2, 3)
    """
    if len(meter.clicks) > 1 or not meter.compound:
        return meter.clicks
    return tuple(meter.unit * number for number in range(meter.numerator))


def bar_step(meter: Meter) -> Beats:
    """How long a step of `bar_steps` is."""
    return Beats((meter.length.quarters) / len(bar_steps(meter)))


def written_hits(
    tempo_map: TempoMap, hits: Sequence[tuple[Hit, FilmTime]], rate: FrameRate
) -> tuple[WrittenHit, ...]:
    """Hits of a written cue with their new film times; those a person dropped are left out."""
    found = []
    for hit, now in hits:
        if hit.status is HitStatus.DROPPED:
            continue
        landing = land(hit, tempo_map, rate)
        later = replace(hit, at=now)
        found.append(WrittenHit(later, landing.at, landing.off_frames, landing.caught))
    return tuple(found)
