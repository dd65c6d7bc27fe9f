"""From controllers and velocities to few dynamics and hairpins, as a copyist would write them.

A player's loudness, beat by beat, is cut into stretches that stay and stretches that grow or fade,
each of which must pay for itself (the same search as for tempos: Schwarz, "Estimating the
dimension of a model", 1978).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scorestage.music import Dynamic, DynamicMark, Hairpin
from scorestage.takedown.performance import BREATH_CC, DYNAMICS_CC, EXPRESSION_CC, PlayedTrack
from scorestage.takedown.voices import PlacedTone
from scorestage.timebase import Beat

AT_MF, STEP = 80, 16
"""The value of mf and of each step, as our own MIDI files have them."""
_MOVES = 14
"""A controller that moves less than this says nothing."""
_LEAST_SCATTER, _MOST_SCATTER = 0.22, 0.5
_STAYS, _CHANGES = 3.5, 5.5
_LEAST_CHANGE_STEPS = 0.8
_LONGEST = 64
_FEWEST_CHANGING = 3
_GRAIN = 2
"""Places to a quarter at which loudness is looked at."""
_LEAST_MARK_STEPS = 0.65
_REST_BEATS = 2
_RESTATED_BEATS = 16
_ACCENT_ABOVE, _ACCENT_NEAR, _MOST_ACCENTS = 18, 4, 0.2


@dataclass(frozen=True, slots=True)
class Sample:
    """How loud a player is at one moment: quarters, steps from mf."""

    quarters: float
    steps: float


def carries_dynamics(track: PlayedTrack) -> tuple[int, ...]:
    """The controllers that make a track louder and softer; none where velocity does.

    They are 1, 2 (breath) and 11, unless the track itself tells which; vibrato on the wheel
    cannot be told from a swell.
    """
    told = track.loudness
    asked = (DYNAMICS_CC, BREATH_CC, EXPRESSION_CC) if told is None else told
    return tuple(number for number in asked if track.lane(number).reach > _MOVES)


def samples_of(
    track: PlayedTrack, tones: Sequence[PlacedTone], ends: Sequence[float]
) -> list[Sample]:
    """How loud the tones of one track are, by the beat while they sound.

    `ends` are the quarters at which they end. Short sounds go by velocity, whatever the wheel does.
    """
    carriers = carries_dynamics(track)
    found = []
    for tone, end in zip(tones, ends, strict=True):
        start = float(tone.onset)
        if not carriers or tone.playing.is_short:
            found.append(Sample(start, (tone.velocity - AT_MF) / STEP))
            continue
        count = max(1, round((end - start) * 2))
        for number in range(count):
            share = number / count
            at = tone.start_seconds + share * (tone.end_seconds - tone.start_seconds)
            value = _value(track, carriers, Fraction(at).limit_denominator(1_000_000))
            found.append(Sample(start + share * (end - start), (value - AT_MF) / STEP))
    return found


def _value(track: PlayedTrack, carriers: Sequence[int], at: Fraction) -> float:
    """What the controllers make together: the second one takes from the first."""
    value = float(track.lane(carriers[0]).at(at, AT_MF))
    for number in carriers[1:]:
        value *= track.lane(number).at(at, 127) / 127
    return value


@dataclass(frozen=True, slots=True)
class Dynamics:
    """Marks and hairpins of one player."""

    marks: tuple[DynamicMark, ...]
    hairpins: tuple[Hairpin, ...]


def dynamics_of(samples: Sequence[Sample], onsets: Sequence[Fraction], end: Fraction) -> Dynamics:
    """Few marks and hairpins for what a player does; all on notes.

    `onsets` are the written onsets of the player, in order; `end` is where the last note ends.
    """
    by_place: dict[int, list[float]] = defaultdict(list)
    for sample in samples:
        by_place[int(sample.quarters * _GRAIN // 1)].append(sample.steps)
    places = sorted(by_place)
    levels = [float(np.median(by_place[place])) for place in places]
    pieces: list[_Piece] = []
    first = 0
    for at in range(1, len(places) + 1):
        if at == len(places) or places[at] - places[at - 1] > _REST_BEATS * _GRAIN:
            pieces += _fitted(places[first:at], levels[first:at])
            first = at
    return _written(_joined(pieces), sorted(set(onsets)), end)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch from place `start` to `end` (not included), its level there and there."""

    start: int
    end: int
    begins: float
    becomes: float

    @property
    def changes(self) -> bool:
        return abs(self.becomes - self.begins) >= _LEAST_CHANGE_STEPS


def _fitted(at: Sequence[int], levels: Sequence[float]) -> list[_Piece]:
    """The cheapest cut of a stretch into pieces that stay or change evenly."""
    count = len(at)
    sums = _Sums.of(at, levels)
    scatter = _scatter(levels)
    costs = [0.0]
    back: list[tuple[int, _Piece]] = []
    for stop in range(1, count + 1):
        best: tuple[float, int, _Piece] | None = None
        for start in range(max(0, stop - _LONGEST), stop):
            for piece, cost in sums.pieces(start, stop, scatter):
                total = costs[start] + cost
                if best is None or total < best[0]:
                    best = total, start, piece
        if best is None:
            return []
        costs.append(best[0])
        back.append((best[1], best[2]))
    found = []
    place = count
    while place:
        start, piece = back[place - 1]
        found.append(piece)
        place = start
    return found[::-1]


def _scatter(levels: Sequence[float]) -> float:
    """How much a hand wavers from place to place, told by third differences."""
    if len(levels) < 6:
        return _MOST_SCATTER
    wavers = np.abs(np.diff(np.array(levels), 3)) / np.sqrt(20)
    return float(np.clip(1.48 * np.median(wavers), _LEAST_SCATTER, _MOST_SCATTER))


@dataclass(frozen=True, slots=True)
class _Sums:
    """Running sums by which any stretch is fitted at once."""

    at: tuple[int, ...]
    totals: tuple[tuple[float, float, float, float, float], ...]
    """Of places, levels, squares of places, products, squares of levels."""

    @classmethod
    def of(cls, at: Sequence[int], levels: Sequence[float]) -> _Sums:
        x = y = xx = xy = yy = 0.0
        totals = [(x, y, xx, xy, yy)]
        for place, level in zip(at, levels, strict=True):
            into = float(place - at[0])
            x, y, xx = x + into, y + level, xx + into * into
            xy, yy = xy + into * level, yy + level * level
            totals.append((x, y, xx, xy, yy))
        return cls(tuple(at), tuple(totals))

    def pieces(self, start: int, stop: int, scatter: float) -> Iterator[tuple[_Piece, float]]:
        """A stretch as one that stays, and where it changes enough as one that changes."""
        low, high = self.totals[start], self.totals[stop]
        x, y, xx, xy, yy = (later - before for before, later in zip(low, high, strict=True))
        count = stop - start
        first, last = self.at[start], self.at[stop - 1]
        middle = y / count
        off = max(0.0, yy - y * middle)
        yield _Piece(first, last + 1, middle, middle), _STAYS + off / (2 * scatter * scatter)
        wide = xx - x * x / count
        if count < _FEWEST_CHANGING or wide <= 0:
            return
        shared = xy - x * y / count
        slope = shared / wide
        begins = middle + slope * ((first - self.at[0]) - x / count)
        changes = _Piece(first, last + 1, begins, begins + slope * (last - first))
        if changes.changes:
            rest = max(0.0, off - shared * slope)
            yield changes, _CHANGES + rest / (2 * scatter * scatter)


def _joined(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Pieces that go on in the same way made one."""
    found: list[_Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and last.end == piece.start and _goes_on(last, piece):
            found[-1] = _Piece(last.start, piece.end, last.begins, piece.becomes)
        else:
            found.append(piece)
    return found


def _goes_on(last: _Piece, piece: _Piece) -> bool:
    if not last.changes or not piece.changes:
        return False
    same = (last.becomes > last.begins) is (piece.becomes > piece.begins)
    return same and abs(last.becomes - piece.begins) < 1.0


def _written(pieces: Sequence[_Piece], onsets: Sequence[Fraction], end: Fraction) -> Dynamics:
    marks: list[DynamicMark] = []
    hairpins: list[Hairpin] = []
    force: float | None = None
    until = None
    for place, piece in enumerate(pieces):
        begins, ends = Fraction(piece.start, _GRAIN), Fraction(piece.end, _GRAIN)
        start = _onset_from(onsets, begins)
        if start is None or start >= ends:
            continue
        rested = until is not None and begins - until >= _RESTATED_BEATS
        if force is None or rested or abs(piece.begins - force) >= _LEAST_MARK_STEPS:
            force = _mark(marks, start, piece.begins, force, again=rested)
        until = ends
        if not piece.changes:
            continue
        stop = min(ends, end)
        following = pieces[place + 1] if place + 1 < len(pieces) else None
        arrives = _onset_from(onsets, ends)
        if arrives is not None and arrives - ends <= 1 and following is not None:
            stop = arrives
        if stop > start:
            opens = piece.becomes > piece.begins
            hairpins.append(Hairpin(Beat(start), Beat(stop), opens))
            goes_on = following is not None and following.start == piece.end
            goal = following.begins if goes_on and following is not None else piece.becomes
            opening = force if force is not None else piece.begins
            moved = max(goal, opening + 1) if opens else min(goal, opening - 1)
            if arrives is not None and stop == arrives:
                force = _mark(marks, arrives, moved, None)
            else:
                force = _rounded(moved)
    return Dynamics(tuple(marks), tuple(hairpins))


def _mark(
    marks: list[DynamicMark],
    at: Fraction,
    steps: float,
    force: float | None,
    *,
    again: bool = False,
) -> float:
    """Write a dynamic where it is not in force already; returns what is in force from there."""
    reached = _rounded(steps)
    if force is not None and reached == force and not again:
        return force
    dynamic = Dynamic.MF.shifted(int(reached))
    if marks and marks[-1].at.quarters == at:
        marks.pop()
    marks.append(DynamicMark(Beat(at), dynamic))
    return float(dynamic.level)


def _rounded(steps: float) -> float:
    return float(round(max(-4.0, min(4.0, steps))))


def _onset_from(onsets: Sequence[Fraction], at: Fraction) -> Fraction | None:
    place = bisect_left(onsets, at)
    return onsets[place] if place < len(onsets) else None


def accented(tones: Sequence[PlacedTone]) -> frozenset[int]:
    """Places of the tones struck clearly harder than those around them; none where many are."""
    velocities = [tone.velocity for tone in tones]
    found = set()
    for place, velocity in enumerate(velocities):
        low, high = max(0, place - _ACCENT_NEAR), place + _ACCENT_NEAR + 1
        near = sorted(velocities[low:place] + velocities[place + 1 : high])
        if len(near) < _ACCENT_NEAR:
            continue
        above, over_next = velocity - near[len(near) // 2], velocity - near[-1]
        if above >= _ACCENT_ABOVE and over_next >= _ACCENT_ABOVE // 3:
            found.add(place)
    return frozenset(found) if len(found) <= _MOST_ACCENTS * len(tones) else frozenset()
