"""A cue as big as an orchestra gets: 60 bars, 23 players, 25 staves, about 7,300 heads."""

from __future__ import annotations

import random
from fractions import Fraction

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import (
    Articulation,
    Dynamic,
    DynamicMark,
    Hairpin,
    Line,
    Mark,
    MarkKind,
    Note,
    Pitch,
    Player,
    Score,
    Slur,
    Staff,
    Unpitched,
    Voice,
    pitch_of_key,
)
from scorestage.timebase import (
    Bar,
    BarGrid,
    BarLabel,
    Beats,
    FilmTime,
    Meter,
    Steady,
    Tempo,
    TempoMap,
)

BARS, STAVES, HEADS = 60, 25, 7323
METERS = ("4/4", "3/4", "7/8", "5/4")
TEMPOS = (96, 120, 72, 144)
RHYTHMS = (
    (Fraction(1, 2),),
    (Fraction(1, 4), Fraction(1, 4), Fraction(1, 2)),
    (Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)),
    (Fraction(1),),
    (Fraction(3, 4), Fraction(1, 4)),
)


def grid() -> BarGrid:
    """Sixty bars in four meters, fifteen of each."""
    meters = [Meter.parse(METERS[at // 15 % 4]) for at in range(BARS)]
    return BarGrid(tuple(Bar(meter, BarLabel(at + 1)) for at, meter in enumerate(meters)))


def cue(seed: int = 1) -> tuple[Score, TempoMap]:
    """The cue and its tempo map, the same for the same seed."""
    dice = random.Random(seed)
    bars = grid()
    players = load_ensemble("studio-orchestra").players
    lines: list[Line] = []
    left = STAVES
    for player in players:
        if left < player.instrument.staves:
            continue
        left -= player.instrument.staves
        staves = range(player.instrument.staves)
        lines.append(
            Line(player, tuple(_staff(dice, bars, player.id, at, _sounds(player)) for at in staves))
        )
    marks = tuple(
        Mark(bars.starts[at], MarkKind.REHEARSAL, letter)
        for at, letter in zip(range(0, BARS, 12), "ABCDE", strict=True)
    )
    events = [Steady(bars.starts[15 * at], Tempo(bpm)) for at, bpm in enumerate(TEMPOS)]
    return Score(bars, tuple(lines), marks), TempoMap(FilmTime(0), bars, tuple(events))


def _sounds(player: Player) -> tuple[str, ...]:
    return tuple(drum.id for drum in player.instrument.drums)


def _staff(
    dice: random.Random, bars: BarGrid, name: str, staff: int, drums: tuple[str, ...]
) -> Staff:
    notes: list[Note] = []
    slurs: list[Slur] = []
    dynamics: list[DynamicMark] = []
    hairpins: list[Hairpin] = []
    home = dice.randrange(50, 74)
    for index, bar in enumerate(bars.bars):
        if dice.random() < 0.43:
            continue
        start, end = bars.starts[index], bars.starts[index] + bar.meter.length
        first = len(notes)
        at = start
        while at < end:
            for length in dice.choice(RHYTHMS):
                if at >= end:
                    break
                held = min(Beats(length), end - at)
                head = Unpitched(dice.choice(drums)) if drums else _pitch(dice, home)
                sign = (Articulation.STACCATO,) if dice.random() < 0.1 else ()
                notes.append(Note(f"{name}-{staff}-{len(notes)}", at, held, (head,), sign))
                at = at + held
        if len(notes) - first > 1 and not drums:
            slurs.append(Slur(notes[first].id, notes[-1].id))
        if index % 6 == 0:
            dynamics.append(DynamicMark(start, dice.choice(list(Dynamic)[2:8])))
            hairpins.append(Hairpin(start + Beats(1), end, dice.random() < 0.5))
    return Staff((Voice(tuple(notes)),), tuple(dynamics), tuple(hairpins), tuple(slurs))


def _pitch(dice: random.Random, home: int) -> Pitch:
    return pitch_of_key(home + dice.randrange(-5, 8), flats=dice.random() < 0.5)


def heads(score: Score) -> int:
    """How many heads the score's notes have."""
    return sum(len(note.pitches) for _, note in score.notes())
