"""The ground repairs are searched on: clicks and barlines in seconds, shifts of the picture."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import permutations

import numpy as np
import numpy.typing as npt

from scorestage.production import BarState
from scorestage.tempofit.repairs.written import WrittenCue, WrittenHit
from scorestage.timebase import Beat, FilmSpan, FilmTime

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Terrain:
    """A written cue in plain numbers: seconds from the old downbeat of bar 1, bars from 0.

    `shifts` are how far a barline may lie from where it was: with one of the stretches of picture
    kept, with the new start or the new end. `own[i]` is the shift of the picture under bar `i`
    (-1: that picture is gone).
    """

    written: WrittenCue
    shifts: tuple[FilmSpan, ...]
    first_shift: int
    last_shift: int | None

    @classmethod
    def of(cls, written: WrittenCue) -> Terrain:
        """The terrain of a cue."""
        by_start = written.start - _sounding_start(written)
        spans = [by_start, *(one.by for one in written.kept)]
        if written.end is not None:
            spans.append(written.end - written.tempo_map.end)
        shifts = tuple(sorted(set(spans)))
        last = shifts.index(spans[-1]) if written.end is not None else None
        return cls(written, shifts, shifts.index(by_start), last)

    @property
    def turns(self) -> tuple[tuple[int, int], ...]:
        """From which shift to which the music may come: from each to each.

        Also back to an earlier one: a beat put in and one dropped again, with nothing bent, may be
        less harm than meeting the frame.
        """
        return tuple(permutations(range(len(self.shifts)), 2))

    @cached_property
    def bars(self) -> int:
        """How many bars are written."""
        return len(self.written.tempo_map.grid.bars)

    @cached_property
    def by(self) -> Floats:
        """The shifts in seconds."""
        return np.array([float(one.seconds) for one in self.shifts])

    @cached_property
    def clicks(self) -> Floats:
        """When each click sounds, and the final barline: seconds."""
        return np.array([self.seconds_at(at) for at in self.written.joints.places])

    @cached_property
    def places(self) -> Floats:
        """The clicks in quarters."""
        return np.array([float(at.quarters) for at in self.written.joints.places])

    @cached_property
    def barlines(self) -> Floats:
        """When each barline sounds, the final one last: seconds."""
        return np.array([self.seconds_at(at) for at in self.written.tempo_map.grid.starts])

    @cached_property
    def starts(self) -> Floats:
        """The barlines in quarters."""
        return np.array([float(at.quarters) for at in self.written.tempo_map.grid.starts])

    @cached_property
    def floor_bar(self) -> Ints:
        """Of each click the bar it lies in; of the final barline the number of bars."""
        return np.searchsorted(self.starts, self.places, side="right").astype(np.int64) - 1

    @cached_property
    def ceil_bar(self) -> Ints:
        """Of each click the next barline at or after it."""
        return np.searchsorted(self.starts, self.places, side="left").astype(np.int64)

    @cached_property
    def issued(self) -> Floats:
        """Of each bar whether it has been handed out (or recorded)."""
        states = self.written.states
        return np.array([float(state is not BarState.FREE) for state in states])

    @cached_property
    def recorded(self) -> Floats:
        """Of each bar whether it has been recorded."""
        return np.array([float(one is BarState.RECORDED) for one in self.written.states])

    @cached_property
    def own(self) -> Ints:
        """The shift of the picture under the middle of each bar; -1 where it is gone."""
        middles = (self.barlines[:-1] + self.barlines[1:]) / 2
        found = np.full(self.bars, -1, dtype=np.int64)
        zero = self.written.tempo_map.start
        for stretch in self.written.kept:
            low = float((stretch.old.start - zero).seconds)
            high = float((stretch.old.end - zero).seconds)
            found[(middles >= low) & (middles < high)] = self.shifts.index(stretch.by)
        return found

    def seconds_at(self, at: Beat) -> float:
        """When the written music is at `at`."""
        return float((self.written.tempo_map.time_at(at) - self.written.tempo_map.start).seconds)

    @cached_property
    def hit_numbers(self) -> tuple[tuple[WrittenHit, float, float, float], ...]:
        """Each hit with its place in quarters, when it sounded, and what it aims at, in seconds."""
        frame = float(self.written.rate.frame_span.seconds)
        zero = self.written.tempo_map.start
        found = []
        for hit in self.written.hits:
            aim = float((hit.hit.at - zero).seconds) + float(hit.hit.aim_frames) * frame
            found.append((hit, float(hit.at.quarters), self.seconds_at(hit.at), aim))
        return tuple(found)

    @cached_property
    def frame(self) -> float:
        """A frame in seconds."""
        return float(self.written.rate.frame_span.seconds)

    @property
    def length(self) -> float:
        """How long the written music lasts, in seconds."""
        return float(self.barlines[-1] - self.barlines[0])

    def exact_shift(self, number: int) -> Fraction:
        """A shift in exact seconds."""
        return self.shifts[number].seconds


def _sounding_start(written: WrittenCue) -> FilmTime:
    tempo_map = written.tempo_map
    return tempo_map.time_at(Beat(-tempo_map.grid.pickup.quarters))
