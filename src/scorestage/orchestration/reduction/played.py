"""A full score bar by bar: what each player plays there, and who doubles whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from scorestage.music import Line, Note, Score
from scorestage.orchestration.levels import LevelCurve

_ALIKE = 0.7
"""Share of what two players sound between them that both must sound to count as doubling."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What one player plays in one bar: notes that begin in it, and those held into it.

    `keys` are the MIDI keys of the top of each note or chord in order of onset, `level` how loud
    it is meant in steps from mf.
    """

    player: int
    bar: int
    begun: tuple[Note, ...]
    held: tuple[Note, ...]
    start: Fraction
    level: float
    keys: tuple[int, ...] = field(init=False)
    tones: frozenset[tuple[Fraction, int]] = field(init=False)

    def __post_init__(self) -> None:
        every = (*self.held, *self.begun)
        tops = tuple((note, note.top) for note in every)
        keys = tuple(top.key for _, top in tops if top is not None)
        tones = frozenset(
            (note.onset.quarters - self.start, top.key % 12) for note, top in tops if top
        )
        object.__setattr__(self, "keys", keys)
        object.__setattr__(self, "tones", tones)

    @property
    def is_pitched(self) -> bool:
        """Whether anything in it has a pitch."""
        return bool(self.keys)

    @property
    def mean_key(self) -> float:
        """The mean of its keys; 0 for strokes without pitch."""
        return sum(self.keys) / len(self.keys) if self.keys else 0.0

    @property
    def rhythm(self) -> frozenset[Fraction]:
        """Where in the bar its notes begin, in quarters."""
        return frozenset(note.onset.quarters - self.start for note in self.begun)

    @property
    def shape(self) -> tuple[tuple[Fraction, int], ...]:
        """Rhythm and steps from note to note: the same wherever the same idea comes again."""
        begun = [(note.onset.quarters - self.start, note.top) for note in self.begun if note.top]
        before = [top for _, top in begun[:1]] + [top for _, top in begun[:-1]]
        return tuple(
            (onset, top.key - last.key) for (onset, top), last in zip(begun, before, strict=True)
        )


Group = tuple[Passage, ...]
"""Players who sound the same in a bar, at the unison or in octaves; the fullest first."""


@dataclass(frozen=True, slots=True)
class BarOfScore:
    """One bar: `groups` of players who double each other, and who plays in it at all."""

    index: int
    start: Fraction
    end: Fraction
    groups: tuple[Group, ...]

    @property
    def length(self) -> Fraction:
        """In quarters."""
        return self.end - self.start

    def group_of(self, player: int) -> Group:
        """Those who sound the same as `player`, with it; empty where it is silent."""
        return next((group for group in self.groups if any(p.player == player for p in group)), ())


def bars_of(score: Score) -> tuple[BarOfScore, ...]:
    """All bars of a score, each with its groups; a pickup belongs to the first bar."""
    grid = score.grid
    passages: list[list[Passage]] = [[] for _ in grid.bars]
    for player, line in enumerate(score.lines):
        for passage in _passages(player, line, score):
            passages[passage.bar].append(passage)
    return tuple(
        BarOfScore(
            index,
            grid.starts[index].quarters,
            grid.starts[index + 1].quarters,
            _grouped(passages[index]),
        )
        for index in range(len(grid.bars))
    )


def _passages(player: int, line: Line, score: Score) -> list[Passage]:
    grid = score.grid
    begun: list[list[Note]] = [[] for _ in grid.bars]
    held: list[list[Note]] = [[] for _ in grid.bars]
    for note in line.notes:
        first = grid.index_at(note.onset)
        begun[first].append(note)
        for later in range(first + 1, len(grid.bars)):
            if grid.starts[later] >= note.end:
                break
            held[later].append(note)
    curve = LevelCurve(line.staves[0])
    return [
        Passage(
            player,
            bar,
            tuple(begun[bar]),
            tuple(held[bar]),
            grid.starts[bar].quarters,
            curve.at(grid.starts[bar].quarters),
        )
        for bar in range(len(grid.bars))
        if begun[bar] or held[bar]
    ]


def _grouped(passages: Sequence[Passage]) -> tuple[Group, ...]:
    groups: list[list[Passage]] = []
    for passage in sorted(passages, key=lambda one: (-len(one.tones), one.player)):
        home = next((group for group in groups if _alike(group[0], passage)), None)
        if home is None:
            groups.append([passage])
        else:
            home.append(passage)
    return tuple(tuple(group) for group in groups)


def _alike(first: Passage, second: Passage) -> bool:
    if not first.tones or not second.tones:
        return False
    both = len(first.tones & second.tones)
    return both >= _ALIKE * len(first.tones | second.tones)


def recurrences(bars: Sequence[BarOfScore]) -> Counter[tuple[tuple[Fraction, int], ...]]:
    """In how many bars each shape of two notes or more is heard."""
    counted: Counter[tuple[tuple[Fraction, int], ...]] = Counter()
    for bar in bars:
        shapes = {passage.shape for group in bar.groups for passage in group}
        counted.update(shape for shape in shapes if len(shape) > 1)
    return counted
