"""A fit's answer as a map: what `fit --json` says comes back exactly."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import Phase, given, settings
from tests.strategies import tempo_maps

from scorestage.adapters.formats.map_json import read_json, read_map_json, write_json
from scorestage.adapters.session import Marker, Session
from scorestage.errors import FormatError
from scorestage.production import Hit
from scorestage.tempofit import FitSettings, fit
from scorestage.timebase import (
    FRAMES_24,
    BarGrid,
    Beat,
    FilmClock,
    FilmTime,
    Meter,
    Steady,
    Tempo,
    TempoMap,
)
from scorestage.workflow.fit_answers import tell_fit

CLOCK = FilmClock(FRAMES_24)
NO_SHRINK = (Phase.explicit, Phase.reuse, Phase.generate)


def steady(bpm: int = 96) -> TempoMap:
    return TempoMap(FilmTime(3), BarGrid.regular(4, Meter(4, 4)), (Steady(Beat(0), Tempo(bpm)),))


def written(tempo_map: TempoMap, *markers: Marker) -> bytes:
    return write_json(Session("1m01", CLOCK, tempo_map.start, tempo_map, markers)).content


@settings(max_examples=30, deadline=None, phases=NO_SHRINK)
@given(tempo_maps())
def test_every_map_comes_back_exactly(tempo_map: TempoMap) -> None:
    try:
        back = read_map_json(written(tempo_map), "a.json")
    except FormatError as fault:
        assert "quarters a minute" in str(fault), "only tempos no music has are refused"
        return
    assert back.start == tempo_map.start and back.grid == tempo_map.grid
    assert all(back.time_at(at) == tempo_map.time_at(at) for at in tempo_map.grid.starts)


def test_what_fit_answers_is_taken_as_it_is() -> None:
    hits = tuple(Hit(f"h{n}", FilmTime(Fraction(n * 31, 7)), f"hit {n}") for n in range(1, 5))
    asked = FitSettings(lowest_bpm=Fraction(80), highest_bpm=Fraction(110), draws=20)
    candidates = fit(FilmTime(2), FilmTime(24), hits, FRAMES_24, asked)
    answer = tell_fit(candidates, FRAMES_24, FilmTime(2), FilmTime(24), asked)
    content = json.dumps(answer).encode()
    for number, candidate in enumerate(candidates, start=1):
        ours = candidate.tempo_map
        back = read_map_json(content, "fit.json", number)
        assert back.start == ours.start and back.grid == ours.grid
        assert all(back.time_at(at) == ours.time_at(at) for at in ours.grid.starts)
    read = read_json(content, "fit.json", CLOCK)
    assert {marker.id: marker.at for marker in read.markers} == {hit.id: hit.at for hit in hits}
    assert read.notes == (f"the first of {len(candidates)} candidates",) or len(candidates) == 1


def test_hits_come_back_with_their_words_and_regions_are_told() -> None:
    door = Marker(FilmTime(5), "door slams", id="h1")
    region = Marker(FilmTime(3), "cue", FilmTime(9))
    session = Session("1m01", CLOCK, FilmTime(3), steady(), (door, region))
    made = write_json(session)
    assert read_json(made.content, "a.json", CLOCK).markers == (door,)
    assert made.not_carried == ("regions",)


def test_floats_alone_are_taken_as_they_are_written() -> None:
    plain = {
        "bars": [{"bar": "1", "meter": "4/4", "at_seconds": 1.5}],
        "tempos": [{"quarters": 0, "bpm": 96.5}],
    }
    found = read_map_json(json.dumps(plain).encode(), "a.json")
    assert found.start == FilmTime("1.5") and found.tempo_at(Beat(0)) == Tempo("96.5")


GOOD = written(steady()).decode()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "line 1: no JSON"),
        ("[1, 2]", "this is no tempo map"),
        ("[" * 100_000, "nested too deeply"),
        ('{"bars": 3}', "it needs bars and tempos"),
        ('{"candidates": []}', "no candidate"),
        (GOOD.replace('"meter": "4/4"', '"meter": "4/0"', 1), r"bars\[0\]"),
        (GOOD.replace('"bpm_exact": "96"', '"bpm_exact": "0"'), r"tempo"),
        (GOOD.replace("96.0", "NaN"), "NaN is no number"),
        (GOOD.replace('"96"', '"1e999999999"'), "is no number"),
        (
            GOOD.replace('"quarters": "0",\n   "law"', '"law"'),
            r"'quarters' is missing",
        ),
    ],
)
def test_faulty_files_are_one_error(text: str, told: str) -> None:
    with pytest.raises(FormatError, match=told) as fault:
        read_json(text.encode(), "a.json", CLOCK)
    assert str(fault.value).startswith("a.json")


def test_a_candidate_that_is_not_there() -> None:
    content = json.dumps({"candidates": [json.loads(GOOD)]}).encode()
    with pytest.raises(FormatError, match=r"no candidate 2 .choose 1 to 1"):
        read_map_json(content, "a.json", 2)
