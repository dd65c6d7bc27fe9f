"""Maps and markers as tables: ours come back exactly, simple ones of others are understood."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import Phase, given, settings
from tests.strategies import tempo_maps

from scorestage.adapters.formats.map_csv import read_csv, write_csv
from scorestage.adapters.session import Marker, MarkerKind, Session
from scorestage.errors import FormatError
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

CLOCK = FilmClock(FRAMES_24, 86400)
NO_SHRINK = (Phase.explicit, Phase.reuse, Phase.generate)
DOOR = Marker(FilmTime(5), "=door, slams", id="h1")
REGION = Marker(FilmTime(3), "1m01", FilmTime("28/3"), MarkerKind.CUE)
MAP = TempoMap(FilmTime("10/3"), BarGrid.regular(2, Meter(3, 4)), (Steady(Beat(0), Tempo(90)),))


@settings(max_examples=30, deadline=None, phases=NO_SHRINK)
@given(tempo_maps())
def test_every_map_comes_back_exactly(tempo_map: TempoMap) -> None:
    made = write_csv(Session("1m01", CLOCK, tempo_map.start, tempo_map, (DOOR, REGION)))
    try:
        back = read_csv(made.content, "a.csv", CLOCK)
    except FormatError as fault:
        assert "quarters a minute" in str(fault)
        return
    assert back.tempo_map is not None and back.markers == (DOOR, REGION)
    assert back.tempo_map.start == tempo_map.start and back.tempo_map.grid == tempo_map.grid
    for at in tempo_map.grid.starts:
        assert back.tempo_map.time_at(at) == tempo_map.time_at(at)


def test_the_table_as_a_spreadsheet_sees_it() -> None:
    made = write_csv(Session("1m01", CLOCK, MAP.start, MAP, (DOOR,)))
    rows = list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"))))
    kinds = [row["kind"] for row in rows]
    assert kinds == ["map", "bar", "bar", *["beat"] * 6, "tempo", "marker"]
    beats = [row for row in rows if row["kind"] == "beat"]
    assert (beats[1]["at_seconds"], beats[1]["timecode"]) == ("4", "01:00:04:00")
    assert rows[-1]["words"] == "'=door, slams", "no cell that a spreadsheet would run"


def test_a_list_of_bars_as_people_type_it() -> None:
    table = "bar;meter;bpm\n1;4/4;96\n3;;104.5\n5;3/4;\n"
    found = read_csv(table.encode(), "a.csv", CLOCK).tempo_map
    assert found is not None
    assert [str(bar.meter) for bar in found.grid.bars] == ["4/4"] * 4 + ["3/4"]
    assert found.time_at(Beat(8)) == FilmTime(5) and found.tempo_at(Beat(17)) == Tempo("104.5")


def test_a_list_of_markers_in_any_time() -> None:
    table = "at,name\n01:00:02:12,door\n3+12,feet\n0:04.5,clock\n"
    read = read_csv(table.encode(), "a.csv", CLOCK)
    assert [(one.at.seconds, one.words) for one in read.markers] == [
        (2.5, "door"),
        (2.5, "feet"),
        (4.5, "clock"),
    ]


OWN = write_csv(Session("1m01", CLOCK, MAP.start, MAP)).content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,b\n1,2\n", "line 1: the columns say no map"),
        ("", "line 1: the columns say no map"),
        ("at,words\nnoon\n", "line 2, column at"),
        ("at,words\n1,2,3\n", "line 2: more cells"),
        ("bar,bpm\n3,96\n", "line 2, column bar: bar 3 comes out of order"),
        ("bar,bpm\n1,nan\n", "line 2: 'nan' is no number"),
        ("bar,bpm\n1,0\n", "line 2"),
        ("bar,bpm,bars\n1,96,1e9\n", "line 2"),
        (OWN.replace("bar,1,,3/4", "bar,1,,0/4"), "line 3"),
        (OWN.replace("map,", "magic,"), "line 2, column kind: a row of kind 'magic'"),
        ("\udcff", "a.csv"),
    ],
)
def test_faulty_tables_are_one_error_with_file_and_line(text: str, told: str) -> None:
    with pytest.raises(FormatError, match=told) as fault:
        read_csv(text.encode("utf-8", "surrogateescape"), "a.csv", CLOCK)
    assert str(fault.value).startswith("a.csv")
