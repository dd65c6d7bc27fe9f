"""Hands and feet on a drum kit, whatever the program called its strokes."""

from dataclasses import replace
from fractions import Fraction

import pytest

from scorestage.adapters.catalogue import load_instrument
from scorestage.music import (
    DrumSound,
    Dynamic,
    DynamicMark,
    Instrument,
    Line,
    Note,
    Player,
    Score,
    Staff,
    Unpitched,
    Voice,
)
from scorestage.orchestration import Fault, FaultKind, check
from scorestage.timebase import BarGrid, Beat, Beats, FilmTime, Meter, Tempo, TempoMap


def struck_at_once(instrument: Instrument, names: tuple[str, ...]) -> list[Fault]:
    note = Note("n1", Beat(0), Beats(1), tuple(Unpitched(name) for name in names))
    staff = Staff((Voice((note,)),), (DynamicMark(Beat(0), Dynamic.MF),))
    line = Line(Player("P1", "Drums", "Dr.", (instrument,)), (staff,))
    grid = BarGrid.regular(1, Meter(4, 4))
    found = check(Score(grid, (line,)), TempoMap.steady(FilmTime(0), Tempo(Fraction(60)), grid))
    return [one for one in found if one.kind is FaultKind.POLYPHONY]


def kit_of(*strokes: tuple[str, int, str]) -> Instrument:
    """A kit as another program writes it: names, drum keys, places on the staff."""
    drums = tuple(DrumSound(name, "Drum Set", key, place) for name, key, place in strokes)
    return replace(load_instrument("drum-kit"), drums=drums)


@pytest.mark.parametrize(
    ("strokes", "playable"),
    [
        ((("a", 38, "F4"), ("b", 38, "C5"), ("c", 38, "G5")), True),
        ((("a", 38, "A4"), ("b", 38, "C5"), ("c", 38, "G5")), False),
        ((("a", 36, "A4"), ("b", 38, "C5"), ("c", 42, "G5")), True),
        ((("a", 41, "F4"), ("b", 38, "C5"), ("c", 42, "G5")), False),
        ((("a", 38, "D4"), ("b", 38, "F4"), ("c", 38, "C5"), ("d", 38, "G5")), True),
        ((("a", 38, "D4"), ("b", 38, "E4"), ("c", 38, "F4")), False),
    ],
)
def test_feet_are_known_by_key_or_place(
    strokes: tuple[tuple[str, int, str], ...], playable: bool
) -> None:
    faults = struck_at_once(kit_of(*strokes), tuple(name for name, _, _ in strokes))
    assert (faults == []) is playable
