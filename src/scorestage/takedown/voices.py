"""Voices on a staff: which tones are one chord, and which chords follow one another in a line."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby, pairwise

from scorestage.takedown.playing import Playing
from scorestage.timebase import BarGrid, Beat

_HELD_SECONDS = 0.18
_OUTLASTS_SECONDS = 0.05
_ALIKE_SECONDS, _ALIKE_SHARE = 0.12, 0.25
_MOST_LANES = 4
_GAP_COST = 1.5
_NEW_LANE_COST = 9.0


@dataclass(frozen=True, slots=True)
class PlacedTone:
    """A tone with its written onset; `end_seconds` as sustained by a pedal where there is one."""

    onset: Fraction
    key: int
    start_seconds: float
    end_seconds: float
    velocity: int
    playing: Playing
    graces: tuple[int, ...] = ()
    rolled: bool = False


@dataclass(slots=True)
class Chord:
    """Tones written on one stem; `held` where it sounds on under what follows."""

    onset: Fraction
    tones: list[PlacedTone]
    held: bool = False

    @property
    def start_seconds(self) -> float:
        """When it is struck."""
        return min(tone.start_seconds for tone in self.tones)

    @property
    def end_seconds(self) -> float:
        """When its last tone is let go."""
        return max(tone.end_seconds for tone in self.tones)

    @property
    def height(self) -> float:
        """The middle of its keys."""
        return sum(tone.key for tone in self.tones) / len(self.tones)


@dataclass(slots=True)
class _Lane:
    chords: list[Chord] = field(default_factory=list)

    @property
    def last(self) -> Chord:
        return self.chords[-1]


def lanes_of(tones: Iterable[PlacedTone], *, one_voice: bool) -> list[list[Chord]]:
    """The tones of a staff as lanes of chords; `one_voice` where only one line can be played."""
    ordered = sorted(tones, key=lambda tone: (tone.onset, -tone.key))
    moments = [list(group) for _, group in groupby(ordered, key=lambda tone: tone.onset)]
    lanes: list[_Lane] = []
    for moment, following in pairwise([*moments, []]):
        chords = _chords(moment, following, one_voice=one_voice)
        taken: list[_Lane] = []
        for chord in chords:
            lane = _lane_for(chord, lanes, taken)
            taken.append(lane)
            lane.chords.append(chord)
    return [lane.chords for lane in lanes]


def _chords(
    moment: Sequence[PlacedTone], following: Sequence[PlacedTone], *, one_voice: bool
) -> list[Chord]:
    """What begins together: tones that are over when the next begins, and those that are held."""
    unlike = _one_of_each_key(moment)
    if one_voice or not following:
        return [Chord(moment[0].onset, unlike)]
    short = [tone for tone in unlike if not _is_held(tone, following)]
    held = sorted((tone for tone in unlike if tone not in short), key=lambda one: one.end_seconds)
    found = [Chord(moment[0].onset, short)] if short else []
    group: list[PlacedTone] = []
    for tone in held:
        if group and not _alike(group[0], tone):
            found.append(Chord(tone.onset, group, held=True))
            group = []
        group.append(tone)
    if group:
        found.append(Chord(group[0].onset, group, held=True))
    return sorted(found, key=lambda chord: -chord.height)


def _one_of_each_key(moment: Sequence[PlacedTone]) -> list[PlacedTone]:
    """Of two tones of one key the longer."""
    longest: dict[int, PlacedTone] = {}
    for tone in moment:
        known = longest.get(tone.key)
        if known is None or tone.end_seconds > known.end_seconds:
            longest[tone.key] = tone
    return list(longest.values())


def _is_held(tone: PlacedTone, following: Sequence[PlacedTone]) -> bool:
    """Whether a tone sounds on under the next ones, more than players bind."""
    begins = min(other.start_seconds for other in following)
    ends = min(other.end_seconds for other in following)
    over = tone.end_seconds - begins
    if over > _HELD_SECONDS:
        return True
    return over > _OUTLASTS_SECONDS and tone.end_seconds > ends + _OUTLASTS_SECONDS


def _alike(one: PlacedTone, other: PlacedTone) -> bool:
    room = max(_ALIKE_SECONDS, _ALIKE_SHARE * (one.end_seconds - one.start_seconds))
    return abs(one.end_seconds - other.end_seconds) <= room


def _lane_for(chord: Chord, lanes: list[_Lane], taken: Sequence[_Lane]) -> _Lane:
    """The lane a chord goes on in: free, near in pitch, not long silent; else a new one."""
    best: tuple[float, _Lane] | None = None
    for lane in lanes:
        if any(lane is other for other in taken) or _sounds_on(lane.last, chord):
            continue
        silent = max(0.0, chord.start_seconds - lane.last.end_seconds)
        cost = abs(lane.last.height - chord.height) + _GAP_COST * min(2.0, silent)
        if best is None or cost < best[0]:
            best = cost, lane
    if best is not None:
        return best[1]
    if len(lanes) < _MOST_LANES:
        lanes.append(_Lane())
        return lanes[-1]
    free = [lane for lane in lanes if not any(lane is other for other in taken)] or lanes
    return min(free, key=lambda lane: lane.last.end_seconds)


def _sounds_on(chord: Chord, other: Chord) -> bool:
    over = chord.end_seconds - other.start_seconds
    return chord.held and over > _HELD_SECONDS / 2


def by_bars(
    lanes: Sequence[Sequence[Chord]], grid: BarGrid, ends: Sequence[Sequence[Fraction]]
) -> list[list[tuple[int, int]]]:
    """The lanes as voices: upper first, and none used where one is enough.

    `ends` are the written ends of the chords, lane by lane. Returned are voices of (lane, place).
    Bars that a note ties together are numbered alike.
    """
    spans = _stretches(lanes, grid, ends)
    voices: list[list[tuple[int, int]]] = [[] for _ in lanes]
    inside: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, lane in enumerate(lanes):
        for place, chord in enumerate(lane):
            at = bisect_right(spans, grid.index_at(Beat(chord.onset))) - 1
            inside[at][number].append(place)
    for at in sorted(inside):
        heights = {
            number: sum(lanes[number][place].height for place in places) / len(places)
            for number, places in inside[at].items()
        }
        order = sorted(heights, key=lambda number: -heights[number])
        for voice, number in enumerate(order):
            voices[voice] += [(number, place) for place in inside[at][number]]
    return [voice for voice in voices if voice]


def _stretches(
    lanes: Sequence[Sequence[Chord]], grid: BarGrid, ends: Sequence[Sequence[Fraction]]
) -> list[int]:
    """The bars at which a stretch begins that no note ties to the one before."""
    tied: set[int] = set()
    for lane, stops in zip(lanes, ends, strict=True):
        for chord, stop in zip(lane, stops, strict=True):
            first = grid.index_at(Beat(chord.onset))
            last = grid.index_at(Beat(stop))
            if last > first and grid.starts[last].quarters == stop:
                last -= 1
            tied.update(range(first + 1, last + 1))
    return [bar for bar in range(len(grid.bars)) if bar not in tied]
