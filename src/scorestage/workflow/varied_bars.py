"""Bars of a sketch written in another way: which they are, set into the rest, and what put each
note of the whole there. Such bars are the program's: they are derived again with all else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from scorestage.adapters.formats.musicxml import read_score
from scorestage.composing.finishing import PREFIXES
from scorestage.errors import InputError, Where
from scorestage.music import Note, Score, Sketch
from scorestage.music.barprints import EVERYBODY, variation_of, varied_print
from scorestage.production import Cue
from scorestage.timebase import BarGrid, TempoMap
from scorestage.workflow.sketch_bars import by_role, with_bars
from scorestage.workflow.sources import Written


@dataclass(frozen=True, slots=True)
class Variation:
    """Bars (from 0) of each strand that were varied together: when, and which way was taken."""

    serial: int
    turn: int
    bars: Mapping[str, tuple[int, ...]]


def variations_in(prints: Mapping[str, tuple[str, ...]]) -> tuple[Variation, ...]:
    """What was varied in a sketch, from its prints; the earliest first.

    >>> variations_in({"bass": ("5f0e", "varied-1-2-77aa")})[0].bars
    {'bass': (1,)}
    """
    found: dict[tuple[int, int], dict[str, list[int]]] = {}
    for player, bars in prints.items():
        for bar, told in enumerate(bars):
            known = variation_of(told)
            if known:
                found.setdefault(known, {}).setdefault(player, []).append(bar)
    return tuple(
        Variation(serial, turn, {player: tuple(bars) for player, bars in own.items()})
        for (serial, turn), own in sorted(found.items())
    )


def without(variation: Variation, own: Mapping[str, Iterable[int]], count: int) -> Variation:
    """The variation without bars that are a person's by now, or lie behind the last of `count`."""
    left = {
        player: tuple(bar for bar in bars if bar < count and bar not in own.get(player, ()))
        for player, bars in variation.bars.items()
    }
    return replace(variation, bars={player: bars for player, bars in left.items() if bars})


def set_in(
    cue: Cue,
    path: Path,
    made: Written,
    other: Written,
    variation: Variation,
    tempo_map: TempoMap,
) -> Written:
    """What was made, with the varied bars of another answer in it, and the origins of both.

    Raises `InputError` where the two have other bars.
    """
    file, where = path.name, Where(cue=cue.number, file=path)
    base = by_role(read_score(made.content, file).score)
    theirs = by_role(read_score(other.content, file).score)
    if base.grid.starts != theirs.grid.starts:
        do = f"bring it up to date: scorestage compose {cue.number}"
        raise InputError("the sketch's bars are no longer those of its map", where, do)
    names = {line.player.id for line in (*theirs.lines, *base.lines)} | {EVERYBODY}
    whole = set.intersection(*(set(bars) for bars in variation.bars.values()))
    own = {name: variation.bars.get(name, tuple(sorted(whole))) for name in sorted(names)}
    mixed = with_bars(
        cue,
        file,
        made,
        theirs,
        own,
        tempo_map,
        where,
        lambda told: varied_print(told, variation.serial, variation.turn),
    )
    score = by_role(read_score(mixed.content, file).score)
    origins = _origins(score, _Told.of(base, made), _Told.of(theirs, other), own)
    return replace(mixed, origins=origins, kept=made.kept)


@dataclass(frozen=True, slots=True)
class _Told:
    """What put the notes of one answer there: by strand its notes, each with its origin."""

    notes: Mapping[str, tuple[tuple[Note, str], ...]]

    @classmethod
    def of(cls, score: Score, written: Written) -> _Told:
        known = dict(written.origins)
        found: dict[str, list[tuple[Note, str]]] = {}
        for name, note, own in _named(score):
            if own in known:
                found.setdefault(name, []).append((note, known[own]))
        return cls({name: tuple(notes) for name, notes in found.items()})

    def at(self, name: str, note: Note) -> str:
        """What put a note there, or the note that it is the rest of, cut at a barline."""
        for one, origin in reversed(self.notes.get(name, ())):
            if one.onset <= note.onset < one.end and set(note.pitches) & set(one.pitches):
                return origin
        return ""


def _origins(
    score: Score, base: _Told, other: _Told, own: Mapping[str, tuple[int, ...]]
) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for name, note, place in _named(score):
        varied = score.grid.index_at(note.onset) in own.get(name, ())
        origin = (other if varied else base).at(name, note)
        if origin:
            found.setdefault(place, origin)
    return tuple(found.items())


def _named(score: Score) -> Iterator[tuple[str, Note, str]]:
    """By strand every note with the name that provenance knows it by: strand, bar and beat."""
    sketch = Sketch.of_score(score)
    for line, strand in zip(by_role(sketch.as_score()).lines, sketch.strands, strict=True):
        for note in strand.staff.notes:
            if note.pitches:
                yield line.player.id, note, place_name(score.grid, PREFIXES[strand.role], note)


def place_name(grid: BarGrid, prefix: str, note: Note) -> str:
    """The name of a note by where it stands, as `mel-9-1`."""
    position = grid.position(note.onset)
    return f"{prefix}-{position.label}-{position.beat}"
