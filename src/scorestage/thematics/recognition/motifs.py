"""Motifs inside single lines: what a voice says again and again, wherever it stands.

Every run of four to twelve notes of a line is a candidate; its worth is how many notes it has
times how often (in octaves) it comes, in any line and at any step, weighed by how compact the
runs are and how rare their moves. What a better one has told already is not told again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import log2

from scorestage.music.score import Score
from scorestage.thematics.recognition.openings import Place
from scorestage.thematics.recognition.points import GRID, PointSet
from scorestage.thematics.recognition.strands import Strand, strands_of

_LENGTHS = range(12, 3, -1)
_MOST = 2
_FEWEST_TIMES = 5
_LONGEST_BARS = 3

_Word = tuple[tuple[int, Fraction], ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of notes of a strand."""

    strand: Strand
    first: int
    count: int


def find_motifs(score: Score, points: PointSet, bar: Fraction) -> list[tuple[Place, ...]]:
    """The most telling motifs, each with all its appearances; none where nothing stands out."""
    strands = strands_of(score)
    words = _words(strands, bar)
    ranked = sorted(words.items(), key=lambda item: -_worth(item[0], item[1]))
    found: list[tuple[Place, ...]] = []
    told: set[int] = set()
    for _, runs in ranked:
        if len(found) == _MOST:
            break
        places = _places(points, runs)
        own = {note for notes, _ in places for note in notes}
        if len(places) < _FEWEST_TIMES or len(own & told) * 4 > len(own):
            continue
        found.append(places)
        told |= own
    return found


def _words(strands: tuple[Strand, ...], bar: Fraction) -> dict[_Word, list[_Run]]:
    """Runs of notes by their moves in steps of the staff and quarters."""
    found: dict[_Word, list[_Run]] = defaultdict(list)
    for strand in strands:
        moves = list(_moves(strand))
        for length in _LENGTHS:
            for first in range(len(moves) - length + 2):
                word = tuple(moves[first : first + length - 1])
                if sum(move[1] for move in word) <= bar * _LONGEST_BARS:
                    found[word].append(_Run(strand, first, length))
    return {word: runs for word, runs in found.items() if len(runs) >= _FEWEST_TIMES}


def _moves(strand: Strand) -> Iterator[tuple[int, Fraction]]:
    for place in range(1, len(strand.onsets)):
        yield (
            strand.steps[place] - strand.steps[place - 1],
            strand.onsets[place] - strand.onsets[place - 1],
        )


def _worth(word: _Word, runs: list[_Run]) -> float:
    """Long, often, and neither a scale, nor a trill, nor all in one note value."""
    times = len({(run.strand.onsets[run.first], run.strand.keys[run.first]) for run in runs})
    kinds = len({abs(step) for step, _ in word}) + len({length for _, length in word})
    return log2(max(1, times)) * (len(word) + 1) * (0.5 + min(kinds, 5) / 5)


def _places(points: PointSet, runs: list[_Run]) -> tuple[Place, ...]:
    """Where it appears, each once."""
    found: dict[tuple[int, ...], Place] = {}
    first_key = runs[0].strand.keys[runs[0].first]
    for run in runs:
        span = range(run.first, run.first + run.count)
        notes = [
            points.index.get((round(run.strand.onsets[place] * GRID), run.strand.keys[place]))
            for place in span
        ]
        known = [note for note in notes if note is not None]
        if len(known) == run.count:
            keys = run.strand.keys[run.first] - first_key
            found.setdefault(tuple(known), (known, keys))
    return tuple(found[notes] for notes in sorted(found))
