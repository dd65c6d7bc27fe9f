"""The judge's own reckoning of clicks, against the plan that clicks are made from."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from scorestage.production import ClickStyle
from scorestage.sync.strokes import plan_clicks
from scorestage.timebase import (
    BarGrid,
    Beat,
    Beats,
    Fermata,
    FilmSpan,
    FilmTime,
    FreeBar,
    Meter,
    Steady,
    Tempo,
    TempoMap,
)
from scorestage.workflow.fit_answers import tell_tempos
from tests.judging.project import WARNING_CLICKS, JudgedCue
from tests.judging.verdicts import expected_clicks

FOUR = Meter(4, 4)
OPENING = Steady(Beat(0), Tempo(96))


def _map(events: tuple[Any, ...], pickup: int = 0) -> TempoMap:
    grid = BarGrid.of_meters((FOUR,) * 6, Beats(pickup))
    return TempoMap(FilmTime(10), grid, events)


def _judged(tempo_map: TempoMap) -> JudgedCue:
    def told(at: Beat) -> dict[str, object]:
        return {"quarters": str(at.quarters), "at_seconds": str(tempo_map.time_at(at).seconds)}

    before = [Beat(0) - Beats(n) for n in range(int(tempo_map.grid.pickup.quarters), 0, -1)]
    fit: dict[str, Any] = {
        "beats": [told(click.at) for click in tempo_map.clicks()],
        "upbeats": [told(at) for at in before],
        "tempos": tell_tempos(tempo_map),
        "pickup_quarters": str(tempo_map.grid.pickup.quarters),
        "end_seconds": str(tempo_map.end.seconds),
    }
    return JudgedCue(Path(), "c", "1m01", {}, fit, Fraction(24), 0)


@pytest.mark.parametrize(
    "tempo_map",
    [
        _map((OPENING,)),
        _map((OPENING,), pickup=1),
        _map((OPENING,), pickup=2),
        _map((OPENING, Fermata(Beat(7), Beats(1), FilmSpan(3)), Steady(Beat(8), Tempo(80)))),
        _map((OPENING, Fermata(Beat(7), Beats(1), FilmSpan("9/10")))),
        _map((OPENING, FreeBar(Beat(8), Beats(4), FilmSpan(5)), Steady(Beat(12), Tempo(72)))),
        _map(
            (
                OPENING,
                FreeBar(Beat(8), Beats(4), FilmSpan(3)),
                FreeBar(Beat(12), Beats(4), FilmSpan(4)),
            )
        ),
        _map((OPENING, Fermata(Beat(23), Beats(1), FilmSpan(4)))),
        _map((OPENING, FreeBar(Beat(0), Beats(4), FilmSpan(4)), Steady(Beat(4), Tempo(90)))),
    ],
)
def test_the_judge_expects_the_clicks_that_are_planned(tempo_map: TempoMap) -> None:
    planned = plan_clicks(tempo_map, ClickStyle(), WARNING_CLICKS)
    assert expected_clicks(_judged(tempo_map)) == [one.at.seconds for one in planned]
