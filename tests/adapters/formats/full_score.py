"""A score with something of everything a file can carry, drawn for any ensemble."""

from __future__ import annotations

import random
from fractions import Fraction

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import (
    Articulation,
    ChordSymbol,
    Dynamic,
    DynamicMark,
    Hairpin,
    Instrument,
    Line,
    Mark,
    MarkKind,
    Note,
    Pitch,
    Player,
    Score,
    Slur,
    Staff,
    Technique,
    TechniqueMark,
    Unpitched,
    Voice,
    Words,
    pitch_of_key,
)
from scorestage.timebase import (
    Bar,
    BarGrid,
    BarLabel,
    Beat,
    Beats,
    Fermata,
    FilmSpan,
    FilmTime,
    Meter,
    Ramp,
    Steady,
    Tempo,
    TempoMap,
)

METERS = ("4/4", "4/4", "3/4", "7/8", "5/4", "6/8", "(4)/4", "3+2+2/8")
CELLS = ("1", "1/2 1/2", "1/4 1/4 1/4 1/4", "1/3 1/3 1/3", "2", "3/2 1/2", "3/4 1/4", "5")


def full_score(ensemble: str, bars: int = 12, seed: int = 1) -> tuple[Score, TempoMap]:
    """`bars` bars with a pickup, a bar 2A, every sign, doublings taken up, hits and chords."""
    rng = random.Random(seed)
    grid = _grid(bars)
    lines = tuple(_line(player, grid, rng) for player in load_ensemble(ensemble).players)
    marks = (
        Mark(Beat(0), MarkKind.REHEARSAL, "A"),
        Mark(Beat(Fraction(29, 3)), MarkKind.HIT, "door <slams> & breaks"),
        Mark(Beat(8), MarkKind.TEXT, "Misterioso"),
        Mark(Beat(12), MarkKind.HIT, ""),
    )
    chords = (
        ChordSymbol(Beat(0), "C", "minor"),
        ChordSymbol(Beat(4), "F#", "half-diminished", "A"),
        ChordSymbol(Beat(Fraction(11, 2)), "Bb", "dominant"),
    )
    events = (
        Steady(Beat(-1), Tempo("96.25")),
        Ramp(Beat(16), Beats(4), Tempo("96.25"), Tempo(70)),
        Steady(Beat(24), Tempo(60, Beats("3/2"))),
        Fermata(Beat(30), Beats(2), FilmSpan(5)),
    )
    return Score(grid, lines, marks, chords), TempoMap(FilmTime("125/2"), grid, events)


def _grid(count: int) -> BarGrid:
    meters = [Meter.parse(METERS[index % len(METERS)]) for index in range(count)]
    labels = [BarLabel(1), BarLabel(2), BarLabel(2, "A")]
    labels.extend(BarLabel(index) for index in range(3, count))
    return BarGrid(tuple(map(Bar, meters, labels)), Beats(1))


def _line(player: Player, grid: BarGrid, rng: random.Random) -> Line:
    instrument = player.instrument
    staves = tuple(_staff(player, number, grid, rng) for number in range(instrument.staves))
    changes = ()
    if len(player.instruments) > 1 and instrument.staves == 1 and not instrument.drums:
        changes = ((Beat(20), player.instruments[1].id),)
    return Line(player, staves, changes)


def _staff(player: Player, number: int, grid: BarGrid, rng: random.Random) -> Staff:
    instrument = player.instrument
    notes: list[Note] = []
    at = Fraction(-1 if number == 0 else 0)
    while True:
        cell = [Fraction(length) for length in rng.choice(CELLS).split()]
        if at + sum(cell) > grid.end.quarters:
            break
        if rng.random() < 0.3:
            at += 1
            continue
        for length in cell:
            notes.append(_note(player, number, len(notes), Beat(at), Beats(length), rng))
            at += length
    strings = instrument.family.value == "strings"
    return Staff(
        (Voice(tuple(notes)),),
        tuple(DynamicMark(note.onset, rng.choice(list(Dynamic))) for note in notes[::7]),
        tuple(Hairpin(Beat(8 * at), Beat(8 * at + 4), bool(at % 2)) for at in range(3)),
        tuple(
            Slur(first.id, last.id) for first, last in zip(notes[::5], notes[2::5], strict=False)
        ),
        (TechniqueMark(Beat(4), Technique.PIZZICATO), TechniqueMark(Beat(9), Technique.ARCO))
        if strings
        else (),
        (Words(Beat(2), "espr. & dolce"),),
    )


def _note(
    player: Player, number: int, index: int, at: Beat, length: Beats, rng: random.Random
) -> Note:
    instrument = player.instrument
    pitched = instrument.comfortable is not None
    grace = (pitch_of_key(_key(instrument, rng)),) if pitched and rng.random() < 0.03 else ()
    return Note(
        f"{player.id}.{number}.{index}",
        at,
        length,
        _heads(instrument, rng),
        tuple(sign for sign in Articulation if rng.random() < 0.04),
        3 if rng.random() < 0.03 else 0,
        grace,
        "la-" if rng.random() < 0.03 else "",
    )


def _heads(instrument: Instrument, rng: random.Random) -> tuple[Pitch | Unpitched, ...]:
    if instrument.comfortable is None:
        return (Unpitched(rng.choice(instrument.drums).id),)
    count = 1 if instrument.max_polyphony < 2 else rng.choice((1, 1, 2, 3))
    keys = sorted({_key(instrument, rng) for _ in range(count)})
    return tuple(pitch_of_key(key, flats=rng.random() < 0.4) for key in keys)


def _key(instrument: Instrument, rng: random.Random) -> int:
    span = instrument.comfortable
    assert span is not None
    return rng.randint(span.low.key, span.high.key)
