"""What one hit less changes, bar by bar, when two versions are laid side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.composing import CueRequest, compose
from scorestage.music import Ensemble, Note, Score, Sketch, Staff
from scorestage.orchestration import Settings, orchestrate
from scorestage.orchestration.technique import PLAIN, group_of
from scorestage.timebase import BarGrid

Inked = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A cue as it stands: the sketch and the score made of it."""

    sketch: Sketch
    score: Score


@dataclass(frozen=True, slots=True)
class Dropped:
    """One hit taken out of a cue: its bar, and the bars (from 0) in which something differs.

    `signs` are hairpins, slurs, articulations and how every note is played: the dynamic and the
    technique in force there, wherever they were printed last.
    """

    hit: str
    kind: str
    bar: int
    sketch: frozenset[int]
    notes: frozenset[int]
    signs: frozenset[int]
    before: Score
    after: Score

    def far(self, around: int = 1) -> dict[str, list[int]]:
        """The bars that differ and lie more than `around` bars from the hit."""
        told = {"sketch": self.sketch, "notes": self.notes, "signs": self.signs}
        return {
            name: sorted(one for one in bars if abs(one - self.bar) > around)
            for name, bars in told.items()
        }


def write(request: CueRequest, ensemble: Ensemble) -> Written:
    """Sketch and score of a cue, as the program makes them."""
    composition = compose(request)
    result = orchestrate(
        composition.sketch,
        ensemble,
        request.tempo_map,
        Settings(seed=request.seed),
        ground=composition.ground,
    )
    return Written(composition.sketch, result.score)


def without(request: CueRequest, hit_id: str) -> CueRequest:
    """The same cue with one hit less, on the same map."""
    hits = tuple(hit for hit in request.cue.hits if hit.id != hit_id)
    return replace(request, cue=replace(request.cue, hits=hits))


def dropped(request: CueRequest, ensemble: Ensemble) -> Iterator[Dropped]:
    """Every hit of a cue taken out in its turn."""
    whole = write(request, ensemble)
    grid = request.tempo_map.grid
    for hit in request.cue.live_hits:
        bar = grid.index_at(request.tempo_map.beat_at(hit.at))
        less = write(without(request, hit.id), ensemble)
        yield Dropped(
            hit.id,
            hit.kind.value,
            bar,
            changed(grid, _strands(whole.sketch, grid), _strands(less.sketch, grid)),
            changed(grid, _played(whole.score, grid), _played(less.score, grid)),
            changed(grid, _signs(whole.score, grid), _signs(less.score, grid)),
            whole.score,
            less.score,
        )


def changed(
    grid: BarGrid, before: Iterable[tuple[int, Inked]], after: Iterable[tuple[int, Inked]]
) -> frozenset[int]:
    """The bars in which the two do not hold the same."""
    return frozenset(bar for bar, _ in set(before) ^ set(after))


def _strands(sketch: Sketch, grid: BarGrid) -> Iterator[tuple[int, Inked]]:
    for strand in sketch.strands:
        for note in strand.staff.notes:
            yield from _inked(grid, note, strand.label)


def _played(score: Score, grid: BarGrid) -> Iterator[tuple[int, Inked]]:
    for line, note in score.notes():
        yield from _inked(grid, note, line.player.id)


def _inked(grid: BarGrid, note: Note, whose: str) -> Iterator[tuple[int, Inked]]:
    """A note as it is printed: in each bar it sounds in what that bar holds of it."""
    first = grid.index_at(note.onset)
    pitches = frozenset(str(pitch) for pitch in note.pitches)
    for bar in range(first, len(grid.bars)):
        low, high = grid.starts[bar].quarters, grid.starts[bar + 1].quarters
        start, end = max(low, note.onset.quarters), min(high, note.end.quarters)
        if bar == first:
            start = note.onset.quarters
        if end <= start:
            break
        yield bar, (whose, start, end, bar == first, pitches)


def _signs(score: Score, grid: BarGrid) -> Iterator[tuple[int, Inked]]:
    for line in score.lines:
        for number, staff in enumerate(line.staves):
            for at, *told in _staff_signs(staff):
                whole = Fraction(str(at))
                bar = max(0, sum(start.quarters <= whole for start in grid.starts[:-1]) - 1)
                yield bar, (line.player.id, number, at, *told)


def _staff_signs(staff: Staff) -> Iterator[Inked]:
    starts = {note.id: note.onset.quarters for note in staff.notes}
    for note in staff.notes:
        marks = [mark for mark in staff.dynamics if mark.at <= note.onset]
        told = [mark for mark in staff.techniques if mark.at <= note.onset]
        dynamic = max(marks, key=lambda mark: mark.at).dynamic if marks else None
        ways = {group_of(mark.technique): mark.technique for mark in told}
        played = frozenset(set(ways.values()) - set(PLAIN))
        signs = frozenset(note.articulations)
        yield note.onset.quarters, "signs", signs, note.tremolo, dynamic, played
    for pin in staff.hairpins:
        yield pin.start.quarters, "hairpin", pin.end.quarters, pin.opens
    for slur in staff.slurs:
        yield starts[slur.first], "slur", starts[slur.last]
