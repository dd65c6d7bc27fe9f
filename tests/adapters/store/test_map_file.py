"""map.toml: every tempo map is read again as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorestage.adapters.store.map_file import map_text, read_map
from scorestage.errors import ProjectError
from scorestage.timebase import (
    Bar,
    BarGrid,
    BarLabel,
    Beat,
    Beats,
    Fermata,
    FilmClock,
    FilmSpan,
    FilmTime,
    FrameRate,
    FreeBar,
    Meter,
    Ramp,
    RampLaw,
    Steady,
    Tempo,
    TempoMap,
)

CLOCK = FilmClock(FrameRate(24), 86400)


def everything() -> TempoMap:
    meters = [Meter(4, 4)] * 4 + [Meter(7, 8, (3, 2, 2))] + [Meter(6, 8)] * 2
    bars = [Bar(meter, BarLabel(index + 1)) for index, meter in enumerate(meters)]
    bars.insert(4, Bar(Meter(4, 4), BarLabel(4, "A")))
    return TempoMap(
        FilmTime("1001/240"),
        BarGrid(tuple(bars), Beats(1)),
        (
            Steady(Beat(0), Tempo("96.5")),
            Ramp(Beat(4), Beats(4), Tempo(100), Tempo(60), RampLaw.LINEAR_IN_TIME),
            Fermata(Beat(11), Beats(1), FilmSpan("5/2")),
            FreeBar(Beat(12), Beats(4), FilmSpan(7)),
            Steady(Beat(20), Tempo(60, Beats("3/2"))),
        ),
    )


def test_every_kind_of_event_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text(map_text(everything(), CLOCK, "ranked first of 5"), encoding="utf-8")
    assert read_map(path, CLOCK) == everything()
    assert path.read_text(encoding="utf-8").startswith("# ranked first of 5")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('bpm = "193/2"', "bpm = 96.5", "exact"),
        ('bpm = "193/2"', "bpm = 0", "not possible"),
        ('meter = "6/8"', 'meter = "6/7"', "no meter"),
        ('bar = "2"', 'bar = "77"', "no bar 77"),
        ("start =", "begin =", "missing"),
    ],
)
def test_a_fault_names_the_file(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = tmp_path / "map.toml"
    text = map_text(everything(), CLOCK)
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProjectError, match=words) as told:
        read_map(path, CLOCK)
    assert told.value.where.file == path
