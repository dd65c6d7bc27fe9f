"""The shape of any score: phrases and cadences, harmonic rhythm, climax, room, silence.

Seconds are those of the tempo map that goes with the score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from scorestage.composing.cadences import Phrase, Seconds, phrases_of, tune_of
from scorestage.composing.heard import HeardChord, changes, heard_chords
from scorestage.music import MarkKind, Note, Score
from scorestage.music.feel import felt_beats
from scorestage.timebase import Beat, TempoMap

SECTION_BARS = 4
"""A section of fewer bars has no climax to spoil."""
MUD_KEY = 48
"""Below this key (C3) thirds and seconds blur into each other; below `DEEP_KEY` fourths too."""
DEEP_KEY = 40
HOLE_SEMITONES = 24
SILENCE_SECONDS = 0.5
"""What is shorter is a breath, no silence."""


@dataclass(frozen=True, slots=True)
class SectionShape:
    """A section by its letter: bars (from 0, the end excluded), where its tune is highest.

    `climaxes` counts places: the same top within a bar is one. `climax_share` is how far into the
    section the first of them comes, 0 to 1; `changes_per_bar` how often the harmony changes.
    """

    name: str
    first_bar: int
    end_bar: int
    climax_bar: int | None
    climax_share: float | None
    climaxes: int
    changes_per_bar: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Stillness:
    """A stretch in which nothing sounds, or in which the harmony stands."""

    start: Beat
    bar: str
    bar_index: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Shape:
    """What a score is beyond its voice leading.

    `changes_per_minute`, `off_beat_changes` (share of named changes between the felt beats),
    `stillest` (the longest chord) are its harmonic rhythm; `muddy` the share of its
    sounding time with close intervals low down, `hollow` that with two octaves and more empty
    between tune and the rest; `silence` the share of its time in which nothing sounds.
    """

    phrases: tuple[Phrase, ...]
    sections: tuple[SectionShape, ...]
    changes_per_minute: float
    off_beat_changes: float | None
    stillest: Stillness | None
    muddy: float | None
    hollow: float | None
    silences: tuple[Stillness, ...]
    silence: float

    @property
    def cadences(self) -> tuple[Phrase, ...]:
        """The phrases that a cadence closes."""
        return tuple(one for one in self.phrases if one.cadence)

    @property
    def longest_phrase_seconds(self) -> float:
        """How long the tune goes without an end of a phrase at most."""
        return max((one.seconds for one in self.phrases), default=0.0)


def shape_of(score: Score, tempo_map: TempoMap) -> Shape:
    """The shape of a score, or (by `Sketch.as_score`) of a sketch, at the tempos of its map."""

    def seconds(at: Beat) -> float:
        return float(tempo_map.time_at(at).seconds)

    chords = heard_chords(score)
    moved = changes(chords)
    lasting = seconds(score.grid.end) - seconds(score.grid.starts[0])
    silent = _silences(score, seconds)
    muddy, hollow = _room(score)
    return Shape(
        phrases_of(score, chords, seconds),
        tuple(_sections(score, moved, seconds)),
        60 * len(moved) / lasting if lasting > 0 else 0.0,
        _off_beat(score, moved),
        _stillest(score, chords, moved, seconds),
        muddy,
        hollow,
        tuple(one for one in silent if one.seconds >= SILENCE_SECONDS),
        sum(one.seconds for one in silent) / lasting if lasting > 0 else 0.0,
    )


def _sections(score: Score, moved: Sequence[Beat], seconds: Seconds) -> list[SectionShape]:
    grid = score.grid
    marks = [mark for mark in score.marks if mark.kind == MarkKind.REHEARSAL]
    named = {mark.at: mark.text for mark in marks}
    edges = sorted({grid.starts[0], *named, grid.end})
    tune = tune_of(score)
    found = []
    for start, end in pairwise(edges):
        first, last = grid.index_at(start), grid.index_at(end) + (end == grid.end)
        inside = [(at, key) for at, _, key, _ in tune if start <= at < end]
        top = max((key for _, key in inside), default=None)
        bars = sorted({grid.index_at(at) for at, key in inside if key == top})
        apart = [*bars[:1], *(other for one, other in pairwise(bars) if other - one > 1)]
        place = next((at for at, key in inside if key == top), None)
        share = (place - start).quarters / (end - start).quarters if place is not None else None
        count = sum(start <= at < end for at in moved)
        found.append(
            SectionShape(
                named.get(start, ""),
                first,
                last,
                bars[0] if bars else None,
                float(share) if share is not None else None,
                len(apart),
                count / max(1, last - first),
                seconds(end) - seconds(start),
            )
        )
    return found


def _off_beat(score: Score, moved: Sequence[Beat]) -> float | None:
    """The share of changes off the felt beats, where chords are named (else they are heard on)."""
    if not moved or not score.chords:
        return None
    grid, off = score.grid, 0
    for at in moved:
        bar = grid.index_at(at)
        into, places = (at - grid.starts[bar]).quarters, [0 * grid.starts[bar].quarters]
        for length in felt_beats(grid.bars[bar].meter):
            places.append(places[-1] + length)
        off += into not in places
    return off / len(moved)


def _stillest(
    score: Score, chords: Sequence[HeardChord], moved: Sequence[Beat], seconds: Seconds
) -> Stillness | None:
    """The longest stretch on one harmony."""
    if not chords:
        return None
    edges = [chords[0].start, *moved, score.grid.end]
    start, end = max(pairwise(edges), key=lambda pair: seconds(pair[1]) - seconds(pair[0]))
    return _still(score, start, seconds(end) - seconds(start))


def _still(score: Score, start: Beat, lasting: float) -> Stillness:
    bar = score.grid.index_at(start)
    return Stillness(start, str(score.grid.bars[bar].label), bar, lasting)


def _sounding(score: Score) -> list[Note]:
    notes = (note for line in score.lines for note in line.notes if note.end > note.onset)
    return sorted(notes, key=lambda note: note.onset)


def _silences(score: Score, seconds: Seconds) -> list[Stillness]:
    """Every stretch in which nobody sounds, strokes without pitch included as sound."""
    found = []
    reached = score.grid.starts[0]
    for note in _sounding(score):
        if note.onset > reached:
            found.append(_still(score, reached, seconds(note.onset) - seconds(reached)))
        reached = max(reached, note.end)
    if reached < score.grid.end:
        found.append(_still(score, reached, seconds(score.grid.end) - seconds(reached)))
    return found


def _room(score: Score) -> tuple[float | None, float | None]:
    """Shares of time with close intervals low down, and with a hole under the tune."""
    notes = [
        (float(note.onset.quarters), float(note.end.quarters), [p.key for p in note.sounding])
        for note in _sounding(score)
        if note.sounding
    ]
    edges = sorted({edge for start, end, _ in notes for edge in (start, end)})
    muddy = hollow = heard = 0.0
    place = 0
    current: list[tuple[float, list[int]]] = []
    for start, end in pairwise(edges):
        while place < len(notes) and notes[place][0] <= start:
            current.append((notes[place][1], notes[place][2]))
            place += 1
        current = [(until, keys) for until, keys in current if until > start]
        keys = sorted({key for _, keys in current for key in keys})
        if len(keys) < 2:
            continue
        heard += end - start
        muddy += (end - start) * _is_muddy(keys)
        hollow += (end - start) * (keys[-1] - keys[-2] > HOLE_SEMITONES)
    return (muddy / heard, hollow / heard) if heard else (None, None)


def _is_muddy(keys: Sequence[int]) -> bool:
    """Whether the lowest tones lie closer than they can be told apart."""
    return any(blurred(low, high) for low, high in pairwise(keys))


def blurred(low: int, high: int) -> bool:
    """Whether two tones (MIDI keys) lie so close so low that they are not told apart.

    >>> blurred(45, 48), blurred(45, 52), blurred(48, 52)
    (True, False, False)
    """
    return (low < MUD_KEY and high - low < 5) or (low < DEEP_KEY and high - low < 7)
