"""The rhythm that was meant: every stroke on a part of its beat, the beats divided plainly.

Each beat is divided into as many parts as explain its strokes within the hand's scatter at the
least cost; neighbouring beats and the other players speak for twos or threes. The cheapest way
through all beats is found by dynamic programming, as Cemgil, Desain and Kappen ("Rhythm
quantization for transcription", 2000) weigh nearness against plainness.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from scorestage.takedown.beatgrid import GridBeat, kind_of

_USUAL_SCATTER, _MOST_SCATTER = 0.014, 0.045
_USUAL_WEIGHT = 10
"""For how many strokes the usual scatter of a hand speaks beside those that are heard."""
_SHORTEST_PART_SECONDS = 0.055
_TOGETHER_SECONDS = 0.045
"""Strokes further apart that would fall on one part are hardly one chord."""
_SAME_KEY_COST = 9.0
_CHANGE_COST = 0.9
_VOTE = 1.2
_FAR = 6.0
"""A stroke never speaks with more than so many squares of the scatter."""
_DOUBT = 1.6
_LAG_SECONDS = 0.06
_DRIFT_SECONDS, _DRIFT_STROKES = 2.0, 6


@dataclass(frozen=True, slots=True)
class Stroke:
    """What is struck together: where, in quarters and seconds, and which keys."""

    quarters: float
    seconds: float
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadBeat:
    """A beat as it was read: its parts, and how much dearer the next best reading is."""

    place: int
    parts: int
    margin: float


@dataclass(frozen=True, slots=True)
class ReadRhythm:
    """Where each stroke is written, in quarters; the beats; scatter and lag of the hand."""

    onsets: tuple[Fraction, ...]
    beats: tuple[ReadBeat, ...]
    scatter_seconds: float
    lag_seconds: float
    off_seconds: tuple[float, ...]


Votes = Mapping[int, tuple[float, float]]
"""By place of the beat the shares of the other players that divide it in twos and in threes."""


def read_rhythm(
    strokes: Sequence[Stroke], beats: Sequence[GridBeat], votes: Votes | None = None
) -> ReadRhythm:
    """Read one player's strokes, in order, against the beats.

    The scatter and the lag of the hand are told from the strokes themselves.
    """
    if not strokes:
        return ReadRhythm((), (), _USUAL_SCATTER, 0.0, ())
    lag = _lag(strokes)
    shift = [lag] * len(strokes)
    scatter = _USUAL_SCATTER
    found = _Reading([], [])
    for _ in range(3):
        found = _read(strokes, shift, beats, scatter, votes or {})
        off = _off(strokes, shift, found.onsets)
        scatter = _scatter(off)
        shift = _drifted(strokes, shift, off, lag)
    off = _off(strokes, [lag] * len(strokes), found.onsets)
    return ReadRhythm(tuple(found.onsets), tuple(found.beats), scatter, lag, tuple(off))


@dataclass(slots=True)
class _Reading:
    onsets: list[Fraction]
    beats: list[ReadBeat]


@dataclass(slots=True)
class _Way:
    """One division of a beat: what it costs, and where its strokes fall (in parts)."""

    parts: int
    cost: float
    slots: list[int]
    kind: str = ""


def _pace(strokes: Sequence[Stroke], at: int) -> float:
    """Seconds a quarter takes around a stroke."""
    low, high = max(0, at - 2), min(len(strokes) - 1, at + 2)
    wide = strokes[high].quarters - strokes[low].quarters
    if wide > 0.05:
        return max(0.05, (strokes[high].seconds - strokes[low].seconds) / wide)
    return 0.5


def _lag(strokes: Sequence[Stroke]) -> float:
    """How much later than the click the hand plays throughout, within a few hundredths."""
    quarters = np.array([one.quarters for one in strokes])
    paces = np.array([_pace(strokes, at) for at in range(len(strokes))])
    tries = np.linspace(-_LAG_SECONDS, _LAG_SECONDS, 49)
    told = []
    for late in tries:
        turns = 2 * np.pi * (quarters - late / paces)
        told.append(max(float(np.mean(np.cos(part * turns))) for part in (3, 4)) - abs(late))
    best = int(np.argmax(told))
    return float(tries[best]) if told[best] > 0.3 else 0.0


def _scatter(off: Sequence[float]) -> float:
    """How much a hand scatters: by what is heard, and where that is little, by what is usual."""
    heard = 1.48 * float(np.median(np.abs(off)))
    both = len(off) * heard**2 + _USUAL_WEIGHT * _USUAL_SCATTER**2
    return min(_MOST_SCATTER, float(np.sqrt(both / (len(off) + _USUAL_WEIGHT))))


def _drifted(
    strokes: Sequence[Stroke], shift: Sequence[float], off: Sequence[float], lag: float
) -> list[float]:
    """The lag around each stroke: a hand rushes and drags for a while at a time."""
    seconds = [one.seconds for one in strokes]
    late = np.array(off) + np.array(shift)
    found = []
    for at in seconds:
        low = bisect_left(seconds, at - _DRIFT_SECONDS)
        high = bisect_right(seconds, at + _DRIFT_SECONDS)
        near = late[low:high]
        own = float(np.median(near)) if len(near) >= _DRIFT_STROKES else lag
        found.append(lag + 0.7 * float(np.clip(own - lag, -_LAG_SECONDS, _LAG_SECONDS)))
    return found


def _off(
    strokes: Sequence[Stroke], shift: Sequence[float], onsets: Sequence[Fraction]
) -> list[float]:
    """How late each stroke is, in seconds, the hand's lag taken off."""
    return [
        (one.quarters - float(onset)) * _pace(strokes, at) - late
        for at, (one, onset, late) in enumerate(zip(strokes, onsets, shift, strict=True))
    ]


def _read(
    strokes: Sequence[Stroke],
    shift: Sequence[float],
    beats: Sequence[GridBeat],
    scatter: float,
    votes: Votes,
) -> _Reading:
    starts = [float(beat.start) for beat in beats]
    meant = [one.quarters - shift[at] / _pace(strokes, at) for at, one in enumerate(strokes)]
    groups: dict[int, list[int]] = {}
    for at, quarters in enumerate(meant):
        place = max(0, min(len(beats) - 1, bisect_right(starts, quarters) - 1))
        groups.setdefault(place, []).append(at)
    places = sorted(groups)
    options = [
        _ways(beats[place], groups[place], strokes, meant, scatter, votes.get(place))
        for place in places
    ]
    chosen = _cheapest(places, options)
    onsets: list[Fraction] = [Fraction(0)] * len(strokes)
    read = []
    for place, ways, way in zip(places, options, chosen, strict=True):
        beat = beats[place]
        for at, slot in zip(groups[place], way.slots, strict=True):
            onsets[at] = beat.start + beat.length * slot / way.parts
        read.append(ReadBeat(place, way.parts, _margin(ways, way)))
    return _Reading(onsets, read)


def _ways(
    beat: GridBeat,
    inside: Sequence[int],
    strokes: Sequence[Stroke],
    meant: Sequence[float],
    scatter: float,
    vote: tuple[float, float] | None,
) -> list[_Way]:
    """Every division of a beat with its cost and the parts its strokes fall on."""
    start, length = float(beat.start), float(beat.length)
    pace = _pace(strokes, inside[0])
    found = []
    for parts, plain in beat.ways:
        cost = plain
        part_seconds = length * pace / parts
        if parts > 1 and part_seconds < _SHORTEST_PART_SECONDS:
            cost += 30.0 * (_SHORTEST_PART_SECONDS / part_seconds - 1.0)
        kind = kind_of(parts)
        if vote is not None and kind in ("even", "three"):
            cost += _VOTE * (vote[1] if kind == "even" else vote[0])
        slots = []
        for at in inside:
            into = (meant[at] - start) / length * parts
            slot = max(0, min(parts, round(into)))
            slots.append(slot)
            off = (into - slot) * part_seconds / scatter
            cost += min(_FAR, 0.5 * off * off)
        cost += _crowding(inside, slots, strokes)
        found.append(_Way(parts, cost, slots, kind))
    return found


def _crowding(inside: Sequence[int], slots: Sequence[int], strokes: Sequence[Stroke]) -> float:
    """What it costs that strokes played one after the other would be written together."""
    cost = 0.0
    for (one, slot), (other, later) in pairwise(zip(inside, slots, strict=True)):
        if slot != later:
            continue
        if set(strokes[one].keys) & set(strokes[other].keys):
            cost += _SAME_KEY_COST
        apart = strokes[other].seconds - strokes[one].seconds
        cost += max(0.0, (apart - _TOGETHER_SECONDS) / 0.01)
    return cost


def _cheapest(places: Sequence[int], options: Sequence[Sequence[_Way]]) -> list[_Way]:
    """The cheapest way through all beats: it costs to go from twos to threes and back."""
    costs: list[list[float]] = []
    back: list[list[int]] = []
    for number, ways in enumerate(options):
        if not number:
            costs.append([way.cost for way in ways])
            back.append([0] * len(ways))
            continue
        apart = places[number] - places[number - 1]
        before = list(zip(costs[-1], options[number - 1], strict=True))
        row, links = [], []
        for way in ways:
            reached = [cost + _step(other, way, apart) for cost, other in before]
            best = min(range(len(reached)), key=reached.__getitem__)
            row.append(reached[best] + way.cost)
            links.append(best)
        costs.append(row)
        back.append(links)
    chosen = []
    at = int(np.argmin(costs[-1]))
    for number in range(len(options) - 1, -1, -1):
        chosen.append(options[number][at])
        at = back[number][at]
    return chosen[::-1]


def _step(before: _Way, way: _Way, apart: int) -> float:
    """What it costs to go on from one division to another.

    A stroke at the very end of a beat and one on the next beat would fall together.
    """
    if apart > 2:
        return 0.0
    turns = before.kind and way.kind and before.kind != way.kind
    meets = apart == 1 and before.slots[-1] == before.parts and way.slots[0] == 0
    return (_CHANGE_COST if turns else 0.0) + (_SAME_KEY_COST / 2 if meets else 0.0)


def _margin(ways: Sequence[_Way], chosen: _Way) -> float:
    """How much dearer the best reading is that writes something else."""
    told = [Fraction(slot, chosen.parts) for slot in chosen.slots]
    others = [way.cost for way in ways if [Fraction(slot, way.parts) for slot in way.slots] != told]
    return min(others, default=chosen.cost + 10 * _DOUBT) - chosen.cost


def doubtful(read: ReadRhythm) -> tuple[int, ...]:
    """Places of the beats that could as well be read otherwise."""
    return tuple(one.place for one in read.beats if one.margin < _DOUBT)


def votes_of(readings: Sequence[ReadRhythm]) -> dict[int, tuple[float, float]]:
    """How all players together divide each beat: shares of twos and of threes.

    Where nobody divides a beat, it says nothing.
    """
    counted: dict[int, list[int]] = {}
    for read in readings:
        for one in read.beats:
            kind = kind_of(one.parts)
            if kind in ("even", "three") and one.margin >= _DOUBT:
                counted.setdefault(one.place, [0, 0])[kind == "three"] += 1
    return {
        place: (even / (even + three), three / (even + three))
        for place, (even, three) in counted.items()
    }
