"""Patterns written as people write them on paper: one letter a stroke, `-` holds, `.` rests.

A pattern fills one bar, whatever its length: eight letters in 4/4 are eighths, sixteen sixteenths.
Letters: `R` bass, `F` its fifth, `O` its octave, `A` a half step before the next bass, `N` a scale
step before it, `Q` the bass and its fifth; `C` the whole chord, `L` its two lower voices, `T`
its two upper ones, `B M H` bottom, middle and top voice, `b m h` the same an octave higher, `P`
root, fifth and octave; `t f s k` tonic, fourth, fifth and upper tonic of the key in the middle
register, `d` the low tonic, `D` low tonic and fifth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from scorestage.composing.figures import accent_at, bass_fifth
from scorestage.composing.passage import (
    FASTEST_SECONDS,
    Harmony,
    Passage,
    PassageBar,
    Texture,
    octave_of,
    struck,
)
from scorestage.composing.shape import blurred
from scorestage.music import Articulation, Note, Pitch, Role
from scorestage.music.feel import felt_beats, stress_in_bar
from scorestage.music.harmony import chord_tones
from scorestage.timebase import Beat, Beats, Meter

LOWEST_FIFTH = 45
"""Fifths of the middle register stand on A2 or higher."""
HOLD, REST = "-", "."
_OF_THE_KEY = "tfskdD"
_PHRASE = 4


@dataclass(frozen=True, slots=True)
class Line:
    """What one role plays: patterns for bars of certain groups, and cells for all other bars.

    `bars` maps the bar's groups, in eighths, to patterns (`"2222"` is 4/4, `"33"` 6/8): the first
    is the plain one, the last is played where a phrase of four bars ends, those between now and
    then; where the line goes in `turns` they follow each other as a cycle of several bars, and
    `cycles` are other ways to play that cycle, one drawn for each after the first. `cells` maps a
    group to patterns that are joined to a bar, `head` those of its first group. `plain` is the
    share of bars within a phrase that are not varied.
    """

    role: Role
    bars: Mapping[str, Sequence[str]] = field(default_factory=dict)
    cells: Mapping[int, Sequence[str]] = field(default_factory=dict)
    head: Mapping[int, Sequence[str]] = field(default_factory=dict)
    cycles: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    plain: float = 0.6
    turns: bool = False
    short: bool = False
    accents: bool = True


@dataclass(frozen=True, slots=True)
class Groove:
    """An idiom made of lines in rhythm, each bar by its meter."""

    name: str
    lines: tuple[Line, ...]
    keeps_roots: bool = False

    def write(self, passage: Passage) -> Texture:
        """All lines over the passage."""
        return {line.role: played_line(passage, line, self.name) for line in self.lines}


def played_line(passage: Passage, line: Line, rule: str) -> list[Note]:
    """One line over all bars of a passage."""
    found: list[Note] = []
    for number, bar in enumerate(passage.bars):
        pattern = pattern_of(passage, line, bar, number)
        found += played_bar(passage, bar, pattern, line, rule)
    return found


def pattern_of(passage: Passage, line: Line, bar: PassageBar, number: int) -> str:
    """The pattern of a bar: the plain one, one between, or at a phrase's end the last."""
    beats = cell_beats(bar.meter)
    groups = "".join(str(beat) for beat in beats)
    ends = number % _PHRASE == _PHRASE - 1
    draw = passage.random(line.role.value, "pattern", bar.index)
    if groups in line.bars and line.turns:
        return _turned(passage, line, groups, bar.index)
    if groups in line.bars:
        return _chosen(line.bars[groups], ends, draw.random(), line.plain)
    parts: list[str] = []
    for place, beat in enumerate(beats):
        choices = (line.head if place == 0 and line.head else line.cells)[beat]
        last = ends and place == len(beats) - 1
        parts.append(_chosen(choices, last, draw.random(), line.plain))
    return "".join(parts)


def _turned(passage: Passage, line: Line, groups: str, index: int) -> str:
    """The bar of a cycle; no cycle is played as the one before where there are other ways."""
    ways = (line.bars[groups], *line.cycles.get(groups, ()))
    number, place = divmod(index, len(ways[0]))
    chosen = 0
    for cycle in range(1, number + 1 if len(ways) > 1 else 0):
        step = passage.random(line.role.value, "cycle", cycle).randrange(1, len(ways))
        chosen = (chosen + step) % len(ways)
    return ways[chosen][place]


def _chosen(choices: Sequence[str], ends: bool, draw: float, plain: float = 0.6) -> str:
    """The first of the choices mostly; the last where something ends.

    >>> _chosen(("a", "b", "c"), True, 0.1), _chosen(("a", "b", "c"), False, 0.1)
    ('c', 'a')
    """
    if len(choices) == 1 or (not ends and draw < plain):
        return choices[0]
    if ends:
        return choices[-1]
    return choices[int(draw * 1000) % len(choices)]


def cell_beats(meter: Meter) -> list[int]:
    """The bar as groups of two and three units: felt beats, long ones divided.

    >>> cell_beats(Meter.parse("7/8")), cell_beats(Meter(2, 2)), cell_beats(Meter(3, 8))
    ([2, 2, 3], [2, 2, 2, 2], [3])
    """
    unit = unit_of(meter)
    lengths = [int(beat / unit) for beat in felt_beats(meter)]
    if set(lengths) == {1}:
        return [len(lengths)] if len(lengths) in (2, 3) else _pairs(len(lengths))
    return [part for length in lengths for part in _parts(length)]


def unit_of(meter: Meter) -> Fraction:
    """An eighth, or the finer unit that the bar's beats are made of."""
    beats = felt_beats(meter)
    return next(
        unit
        for unit in (Fraction(1, 2), Fraction(1, 4), Fraction(1, 8))
        if all((beat / unit).denominator == 1 for beat in beats)
    )


def _parts(length: int) -> list[int]:
    return [length] if length in (1, 2, 3) else _pairs(length)


def _pairs(length: int) -> list[int]:
    return [2] * (length // 2) if length % 2 == 0 else [2] * (length // 2 - 1) + [3]


def played_bar(
    passage: Passage, bar: PassageBar, pattern: str, line: Line, rule: str
) -> list[Note]:
    """One bar of a pattern; strokes too fast to play are left out, and a chord is struck anew."""
    unit = bar.meter.length.quarters / len(pattern)
    coarse = unit * passage.quarter_seconds < FASTEST_SECONDS
    starts: list[tuple[int, str, int]] = []
    for place, letter in enumerate(pattern):
        if letter == REST:
            continue
        if letter == HOLD or (coarse and place % 2 and starts):
            if starts and sum(starts[-1][::2]) == place:
                first, held, long = starts[-1]
                starts[-1] = (first, held, long + 1)
            continue
        starts.append((place, letter, 1))
    found: list[Note] = []
    for place, letter, long in starts:
        at = bar.start + Beats(unit * place)
        end = bar.start + Beats(unit * (place + long))
        found += _stroke(passage, bar, (at, end), letter, line, rule)
    return found


def _stroke(
    passage: Passage,
    bar: PassageBar,
    span: tuple[Beat, Beat],
    letter: str,
    line: Line,
    rule: str,
) -> list[Note]:
    """One stroke; held over a change of chord it is struck again with it."""
    at, end = span
    signs = accent_at(stress_in_bar(bar.meter, (at - bar.start).quarters), passage)
    signs = signs if line.accents else ()
    if line.short and not signs and end - at <= Beats(1):
        signs = (Articulation.STACCATO,)
    own = "drone" if letter in _OF_THE_KEY else "approach" if letter in "AN" else rule
    changes = [chord.start for chord in bar.harmonies if at < chord.start < end]
    found = []
    for start, stop in zip([at, *changes], [*changes, end], strict=True):
        pitches = tones_of(letter, bar.under(start), passage, start)
        found.append(struck(start, stop, pitches, own, *signs))
        signs = ()
    return found


def tones_of(letter: str, chord: Harmony, passage: Passage, at: Beat) -> tuple[Pitch, ...]:
    """The tones that a letter stands for under a chord."""
    upper = chord.upper
    if letter in "bmh":
        return tuple(octave_of(one, 1) for one in tones_of(letter.upper(), chord, passage, at))
    if letter in "CLTBMH":
        return {
            "C": upper,
            "L": upper[:2],
            "T": upper[-2:],
            "B": upper[:1],
            "M": upper[len(upper) // 2 :][:1],
            "H": upper[-1:],
        }[letter]
    if letter in _OF_THE_KEY:
        return _tones_of_key(letter, passage)
    if letter == "P":
        return _fifths(chord)
    return _bass_tones(letter, chord, passage, at)


def _bass_tones(letter: str, chord: Harmony, passage: Passage, at: Beat) -> tuple[Pitch, ...]:
    bass = chord.bass
    if chord.fresh and at == chord.start and letter in "FANO":
        return (bass,)
    if letter == "F":
        return (bass_fifth(chord, passage),)
    compass = passage.style.bass
    if letter == "O":
        ways = [octave_of(bass, 1), octave_of(bass, -1), bass]
        return (next((one for one in ways if compass.holds(one)), bass),)
    if letter == "Q":
        fifth = bass_fifth(chord, passage)
        return (bass, fifth) if fifth.key > bass.key else (bass,)
    if letter in "AN":
        following = passage.bass_after(at)
        if following is None or following.key == bass.key:
            return (bass_fifth(chord, passage),)
        side = -1 if following.key >= bass.key else 1
        near = passage.key.spell(following.key + side)
        if letter == "N":
            near = passage.key.at(passage.key.steps_of(following)[0] + side)
        return (near if abs(near.key - bass.key) <= 9 and compass.holds(near) else bass,)
    return (bass,)


def _tones_of_key(letter: str, passage: Passage) -> tuple[Pitch, ...]:
    """Tonic, fourth and fifth: in the middle for `t f s k`, down in the bass for `d D`."""
    low = passage.style.bass.low.key if letter in "dD" else passage.style.pad.low.key
    tonic = tonic_above(passage, low)
    steps, _ = passage.key.steps_of(tonic)
    fifth = passage.key.at(steps + 4)
    if letter == "f":
        return (passage.key.at(steps + 3),)
    if letter in "td":
        return (tonic,)
    if letter == "k":
        return (octave_of(tonic, 1),)
    return (fifth,) if letter == "s" else (tonic, fifth)


def tonic_above(passage: Passage, low: int) -> Pitch:
    """The lowest tonic that is not below a MIDI key."""
    home = passage.key.home
    return octave_of(home, -((home.key - low) // 12))


def _fifths(chord: Harmony) -> tuple[Pitch, ...]:
    """Root, fifth and octave from A2 up, an octave higher where root and bass would blur."""
    tones = chord_tones(chord.chord)
    root = octave_of(tones[0], 2 - tones[0].octave)
    root = octave_of(root, 1) if root.key < LOWEST_FIFTH else root
    lower, upper = sorted((chord.bass.key, root.key))
    root = octave_of(root, 1) if blurred(lower, upper) else root
    fifth = tones[1] if len(tones) == 2 else tones[2]
    return (root, root.moved(tones[0].interval_to(fifth)), octave_of(root, 1))
