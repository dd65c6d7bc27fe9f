"""Reaper projects: there and back, read by an independent parser, and strangers' files."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
import rpp
from hypothesis import Phase, assume, given, settings
from tests.strategies import tempo_maps

from scorestage.adapters.formats.reaper import read_project, write_project
from scorestage.adapters.session import Clip, Marker, MarkerKind, Session, Track, TrackKind
from scorestage.errors import FormatError
from scorestage.timebase import (
    FRAMES_23_976,
    FRAMES_29_97_DROP,
    BarGrid,
    Beat,
    Beats,
    FilmClock,
    FilmSpan,
    FilmTime,
    FrameRate,
    Meter,
    Ramp,
    RampLaw,
    Steady,
    Tempo,
    TempoMap,
    Timecode,
)

NO_SHRINK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Shrinking maps takes minutes."""
HOUR = FilmClock(FRAMES_23_976, 86400)
METERS = tuple(map(Meter.parse, ("4/4", "4/4", "6/8", "3/4", "4/4")))
EVENTS = (
    Steady(Beat(0), Tempo(96)),
    Ramp(Beat(4), Beats(8), Tempo(96), Tempo(60), RampLaw.LINEAR_IN_TIME),
)
MAP = TempoMap(FilmTime("70.5"), BarGrid.of_meters(METERS), EVENTS)
HIT = Marker(FilmTime(72), 'the "door" slams')
REGION = Marker(FilmTime(66), "1m01", FilmTime(86), MarkerKind.CUE)
PICTURE = Clip("media/p.mov", FilmTime(64), FilmSpan(20))


START = FilmTime(64)


def session(tempo_map: TempoMap = MAP, start: FilmTime = START, **changes: object) -> Session:
    plain = {"markers": (REGION, HIT), "tracks": (Track("Picture", TrackKind.PICTURE, (PICTURE,)),)}
    return Session("1m01 Storm", HOUR, start, tempo_map, **(plain | changes))  # type: ignore[arg-type]


def theirs(content: bytes) -> rpp.Element:
    return rpp.loads(content.decode())


def test_an_independent_parser_finds_tempo_meters_markers_and_media() -> None:
    root = theirs(write_project(session()).content)
    points = [line for line in root.find("TEMPOENVEX").children if line[0] == "PT"]
    assert points[0][1:5] == ["0", "160", "1", "262148"], "one bar stretched to begin at 64 s"
    assert points[1] == ["PT", "1.5", "96", "1"] and points[2][:4] == ["PT", "9", "96", "0"]
    assert [int(line[4]) for line in points if len(line) > 4] == [
        65536 * lower + upper for upper, lower in ((4, 4), (6, 8), (3, 4), (4, 4))
    ]
    markers = [line for line in root.children if line[0] == "MARKER"]
    assert [line[2:5] for line in markers] == [
        ["2", "1m01", "1"],
        ["22", "", "1"],
        ["8", 'the "door" slams', "0"],
    ]
    track = root.find("TRACK")
    source = track.find("ITEM").find("SOURCE")
    assert source.attrib == ["VIDEO"] and source.find("FILE")[1] == "media/p.mov"


def test_reapers_own_arithmetic_gives_our_times() -> None:
    """Between two points lie (t1 - t0) x mean tempo / 60 quarters; barlines fall where ours do."""
    root = theirs(write_project(session()).content)
    points = [line for line in root.find("TEMPOENVEX").children if line[0] == "PT"]
    quarters = [0.0]
    for one, two in pairwise(points):
        ends = float(two[2]) if one[3] == "0" else float(one[2])
        quarters.append(
            quarters[-1] + (float(two[1]) - float(one[1])) * (float(one[2]) + ends) / 120
        )
    offset = root.find("PROJOFFS")
    assert offset[1:3] == ["3667.6", "-3"], "01:00:00:00 at 23.976 is 3603.6 s; three bars before"
    for reached, point in zip(quarters, points, strict=True):
        ours = MAP.beat_at(FilmTime(64 + Fraction(point[1]))).quarters + 12
        if reached > 4:
            assert reached == pytest.approx(float(ours), abs=1e-8)


@pytest.mark.parametrize(
    ("rate", "told"),
    [(FRAMES_29_97_DROP, ["30", "1"]), (FRAMES_23_976, ["24", "2"]), (FrameRate(25), ["25", "0"])],
)
def test_the_ruler_counts_as_the_film_does(rate: FrameRate, told: list[str]) -> None:
    clock = FilmClock(rate, Timecode.parse("01:00:00:00", rate).frames)
    made = Session("x", clock, FilmTime(64), MAP)
    root = theirs(write_project(made).content)
    assert root.find("TIMEMODE")[4:6] == told
    back = read_project(write_project(made).content, "x.rpp", clock)
    assert back.placed and back.tempo_map is not None
    assert back.tempo_map.start == MAP.start


def test_all_comes_back() -> None:
    made = write_project(session())
    back = read_project(made.content, "x.rpp", HOUR)
    assert back.tempo_map is not None and back.placed and back.title == "1m01 Storm"
    assert [str(bar.meter) for bar in back.tempo_map.grid.bars][:5] == [str(one) for one in METERS]
    assert {one.words: (one.at, one.end) for one in back.markers} == {
        "1m01": (REGION.at, REGION.end),
        HIT.words: (HIT.at, None),
    }
    for at in MAP.grid.starts:
        assert abs((back.tempo_map.time_at(at) - MAP.time_at(at)).seconds) <= Fraction(2, 10**9)
    assert back.losses == ("tracks and their items (1)",) and made.not_carried == ()


@settings(max_examples=12, deadline=None, phases=NO_SHRINK)
@given(tempo_maps(3))
def test_every_barline_of_any_map_comes_back(tempo_map: TempoMap) -> None:
    tempo_map = tempo_map.shifted(FilmTime(1000) - tempo_map.start)
    made = session(tempo_map, tempo_map.time_at(Beat(-8)), markers=(), tracks=())
    try:
        back = read_project(write_project(made).content, "x.rpp", HOUR).tempo_map
    except FormatError as fault:
        assume("quarters a minute" not in str(fault))
        raise
    assert back is not None
    for at in tempo_map.grid.starts[:: max(1, len(tempo_map.grid.starts) // 4)]:
        if at < back.grid.end:
            apart = back.time_at(at) - tempo_map.time_at(at)
            assert abs(apart.seconds) < Fraction(1, 100_000)


OLD = """<REAPER_PROJECT 0.1 "4.76/x64" 1430000000
  RIPPLE 0
  PROJOFFS 0 0
  TEMPO 120 6 8
  <TEMPOENVEX
    ACT 0
    PT 0.000000000000 120.0000000000 1 524294 0 1 0 "" 0 169 0 ABBB
    PT 1.500000000000 60.0000000000 1
    PT 4.500000000000 90.0000000000 5
  >
  MARKER 1 3 Verse 0 0 1 B {11111111-0000-0000-0000-000000000001} 0
  MARKER 2 6.5 "" 0
  <TRACK
    NAME Drums
  >
>
"""


def test_a_project_of_reapers_own_making() -> None:
    """Tempos are of the quarter, also in 6/8: 1.5 s at 120 are three quarters, one bar."""
    read = read_project(OLD.encode(), "old.rpp", HOUR)
    assert read.tempo_map is not None and not read.placed
    assert [str(bar.meter) for bar in read.tempo_map.grid.bars] == ["6/8"] * 3
    assert read.tempo_map.time_at(Beat(3)) == FilmTime("1.5")
    assert read.tempo_map.time_at(Beat(6)) == FilmTime("4.5")
    assert [(one.at.seconds, one.words) for one in read.markers] == [(3, "Verse"), (6.5, "")]
    assert "curved tempo changes (taken as steps) (1)" in read.losses


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hello", "line 1: this is not a Reaper project"),
        (OLD[:-2], "line 1: the project is cut short"),
        (OLD.replace("60.0000000000 1", "nan 1"), "line 8: 'nan' is no number"),
        (OLD.replace("60.0000000000 1", "0 1"), "a tempo of 0 quarters a minute at line 8"),
        (OLD.replace("60.0000000000", "1e999999999"), "line 8: '1e999999999' is no number"),
        (OLD.replace("60.0000000000", "9" * 80), "line 8"),
        (OLD.replace("TEMPO 120 6 8", "TEMPO 120 6 0"), "line 4: 6/0 is no meter"),
        (OLD.replace("MARKER 1 3", "MARKER 1 1e29"), "a marker at"),
        ("<REAPER_PROJECT 0.1\n" + "<A\n" * 100, "blocks within blocks"),
        (OLD.replace("PT 4.5", "PT -4.5"), "line 9: a tempo point at -4.5 seconds"),
    ],
)
def test_hostile_projects_are_one_error_with_file_and_line(text: str, told: str) -> None:
    with pytest.raises(FormatError, match=told.replace("(", r"\(")) as fault:
        read_project(text.encode(), "strange.rpp", HOUR)
    assert str(fault.value).startswith("strange.rpp")


def test_bars_bear_the_numbers_of_the_score() -> None:
    """A house with two free bars: music begins at bar 3, the lead-in of two bars at bar 1."""
    grid = BarGrid.of_meters(METERS[:3], first=3)
    tempo_map = TempoMap.steady(FilmTime(70), Tempo(120), grid)
    for start, measure in ((FilmTime(70), "2"), (FilmTime(66), "0"), (FilmTime(62), "-2")):
        content = write_project(Session("x", HOUR, start, tempo_map)).content
        offset = next(line for line in content.decode().splitlines() if "PROJOFFS" in line)
        assert offset.split()[2] == measure
        read = read_project(content, "x.rpp", HOUR).tempo_map
        assert read is not None and str(read.grid.bars[0].label) == "3"
        assert abs(float((read.start - tempo_map.start).seconds)) < 1e-6
