"""Tempo events as rows of text, and faults told by place."""

from __future__ import annotations

import pytest
from hypothesis import given
from tests.strategies import tempo_events

from scorestage.adapters.map_rows import event_of, event_row, map_of_rows
from scorestage.errors import FormatError
from scorestage.timebase import FilmTime, Ramp, TempoEvent


@given(tempo_events())
def test_every_event_comes_back(events: tuple[TempoEvent, ...]) -> None:
    for event in events:
        back = event_of(event_row(event), "row 1", "x")
        if isinstance(event, Ramp):
            assert isinstance(back, Ramp) and (back.at, back.length, back.law) == (
                event.at, event.length, event.law
            )  # fmt: skip
            assert back.end.quarters_per_minute == event.end.quarters_per_minute
        else:
            assert back == event


BAR = ("bars[0]", {"bar": "1", "meter": "4/4", "at_seconds": "2"})
TEMPO = ("tempos[0]", {"quarters": "0", "bpm": "96"})


@pytest.mark.parametrize(
    ("bars", "tempos", "told"),
    [
        ([], [TEMPO], "at least one bar"),
        ([("bars[0]", {"bar": "1"})], [TEMPO], r"bars\[0\]: 'meter' is missing"),
        ([BAR], [], "must begin with a tempo"),
        ([BAR], [("tempos[0]", {"quarters": "0"})], r"tempos\[0\]: 'bpm' is missing"),
        ([BAR], [("tempos[0]", {"quarters": "0", "bpm": "0"})], r"tempos\[0\]"),
        ([BAR], [TEMPO, ("tempos[1]", {**TEMPO[1], "law": "bent"})], r"tempos\[1\]"),
        ([BAR], [("tempos[0]", {**TEMPO[1], "law": "fermata"})], "length_quarters"),
    ],
)
def test_faults_name_their_row(bars: list[object], tempos: list[object], told: str) -> None:
    with pytest.raises(FormatError, match=told):
        map_of_rows(bars, tempos, None, "0", "x")  # type: ignore[arg-type]


def test_bar_one_is_where_the_first_row_says() -> None:
    assert map_of_rows([BAR], [TEMPO], None, "1/2", "x").start == FilmTime(2)
