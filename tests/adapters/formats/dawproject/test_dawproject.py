"""DAWproject: valid by its schema where that is at hand, there and back, and hostile archives."""

from __future__ import annotations

import io
import os
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import Phase, assume, given, settings
from lxml import etree
from tests.shared_material import shared
from tests.strategies import tempo_maps

from scorestage.adapters.formats.dawproject import read_project, write_project
from scorestage.adapters.session import Clip, Marker, MarkerKind, Session, Track, TrackKind
from scorestage.errors import FormatError
from scorestage.timebase import (
    FRAMES_24,
    BarGrid,
    Beat,
    Beats,
    FilmClock,
    FilmSpan,
    FilmTime,
    Meter,
    Ramp,
    Steady,
    Tempo,
    TempoMap,
)

CLOCK = FilmClock(FRAMES_24, 86400)
NO_SHRINK = (Phase.explicit, Phase.reuse, Phase.generate)
METERS = tuple(map(Meter.parse, ("4/4", "6/8", "3/4", "4/4")))
MAP = TempoMap(
    FilmTime("70.5"),
    BarGrid.of_meters(METERS),
    (Steady(Beat(0), Tempo(96)), Ramp(Beat(4), Beats(6), Tempo(96), Tempo(60))),
)
TRACKS = (
    Track("Picture", TrackKind.PICTURE, (Clip("media/p.mov", FilmTime(64), FilmSpan(20)),)),
    Track("Click", TrackKind.CLICK, (Clip("../audio/c.wav", FilmTime(64), FilmSpan(20)),), True),
    Track("Strings", TrackKind.MUSIC),
)
DOOR = Marker(FilmTime(72), 'the <"door"> & slams\x07')
REGION = Marker(FilmTime(66), "1m01", FilmTime(80), MarkerKind.CUE)
SESSION = Session("1m01 Storm", CLOCK, FilmTime(64), MAP, (REGION, DOOR), TRACKS)


def inside(content: bytes, name: str = "project.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def schema(name: str) -> etree.XMLSchema:
    """The format's own schema: a folder named by DAWPROJECT_SCHEMAS, or shared material."""
    named = os.environ.get("DAWPROJECT_SCHEMAS")
    path = Path(named) / name if named else shared(f"schemas/dawproject/{name}")
    return etree.XMLSchema(etree.parse(path))


@pytest.mark.parametrize("session", [SESSION, Session("empty", CLOCK, FilmTime(0))])
def test_both_files_are_valid(session: Session) -> None:
    content = write_project(session).content
    schema("Project.xsd").assertValid(inside(content))
    schema("MetaData.xsd").assertValid(inside(content, "metadata.xml"))


def test_another_parser_finds_tempos_meters_clips_and_markers() -> None:
    """lxml, by the format's own names; the order is that of the schema's sequences."""
    root = inside(write_project(SESSION).content)
    assert [one.tag for one in root] == [
        "Application", "Transport", "Structure", "Arrangement", "Scenes",
    ]  # fmt: skip
    arrangement = root.find("Arrangement")
    assert [one.tag for one in arrangement] == [
        "Lanes", "Markers", "TempoAutomation", "TimeSignatureAutomation",
    ]  # fmt: skip
    points = arrangement.findall("TempoAutomation/RealPoint")
    assert points[0].attrib == {"time": "0", "value": "160", "interpolation": "hold"}
    assert points[1].attrib == {"time": "4", "value": "96", "interpolation": "hold"}
    told = arrangement.findall("TimeSignatureAutomation/TimeSignaturePoint")
    assert [(one.get("time"), one.get("numerator"), one.get("denominator")) for one in told] == [
        ("0", "4", "4"), ("16", "6", "8"), ("19", "3", "4"), ("22", "4", "4"),
    ]  # fmt: skip
    clip = arrangement.find("Lanes/Lanes/Clips/Clip")
    assert (clip.get("time"), clip.get("duration")) == ("0", "20")
    assert clip.find("Video/File").attrib == {"path": "media/p.mov", "external": "true"}
    assert [one.get("name") for one in arrangement.findall("Markers/Marker")] == [
        "1m01", 'the <"door"> & slams',
    ]  # fmt: skip
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    used = {one.get(key) for one in root.iter() for key in ("track", "destination", "parameter")}
    assert used - {None} <= set(ids)


def test_their_arithmetic_gives_our_times() -> None:
    """Quarters divided by the tempo that holds, summed, are our barlines."""
    points = inside(write_project(SESSION).content).findall(".//RealPoint")
    seconds, at, speed = 0.0, 0.0, 0.0
    reached = {}
    for point in points:
        seconds += (float(point.get("time")) - at) * 60 / speed if speed else 0
        at, speed = float(point.get("time")), float(point.get("value"))
        reached[Fraction(point.get("time"))] = seconds
    for quarters, found in reached.items():
        if quarters >= 12:
            ours = MAP.time_at(Beat(quarters - 12)) - FilmTime(64)
            assert found == pytest.approx(float(ours.seconds), abs=1e-8)


def test_it_repeats_to_the_bit_and_says_what_is_lost() -> None:
    made = write_project(SESSION)
    assert made.content == write_project(SESSION).content
    assert made.not_carried == (
        "start timecode (the first moment is 01:01:04:00; the file says so in words)",
        "where regions end",
        "the law of ramps (they are baked)",
        "bar numbers (bar 1 of the cue is bar 4 there)",
    )


def test_all_comes_back() -> None:
    back = read_project(write_project(SESSION).content, "x.dawproject", CLOCK)
    assert back.tempo_map is not None and back.placed and back.title == "1m01 Storm"
    assert [str(bar.meter) for bar in back.tempo_map.grid.bars][:4] == [str(one) for one in METERS]
    assert [(one.at, one.words) for one in back.markers] == [
        (REGION.at, "1m01"), (DOOR.at, 'the <"door"> & slams'),
    ]  # fmt: skip
    for at in MAP.grid.starts:
        assert abs((back.tempo_map.time_at(at) - MAP.time_at(at)).seconds) <= Fraction(1, 10**8)


def test_a_start_within_a_frame_comes_back_exactly() -> None:
    start = FilmTime("1000/7")
    bars = BarGrid.of_meters(METERS)
    session = Session("m", CLOCK, start, TempoMap(start, bars, (Steady(Beat(0), Tempo(96)),)))
    back = read_project(write_project(session).content, "x.dawproject", CLOCK)
    assert back.tempo_map is not None and back.tempo_map.start == start


@settings(max_examples=12, deadline=None, phases=NO_SHRINK)
@given(tempo_maps(3))
def test_every_barline_of_any_map_comes_back(tempo_map: TempoMap) -> None:
    tempo_map = tempo_map.shifted(FilmTime(1000) - tempo_map.start)
    made = Session("x", CLOCK, FilmTime(1000) - FilmSpan(3), tempo_map)
    try:
        back = read_project(write_project(made).content, "x", CLOCK).tempo_map
    except FormatError as fault:
        assume("quarters a minute" not in str(fault))
        raise
    assert back is not None
    for at in tempo_map.grid.starts:
        if at < back.grid.end:
            apart = back.time_at(at) - tempo_map.time_at(at)
            assert abs(apart.seconds) < Fraction(1, 100_000)


THEIRS = """<?xml version="1.0" encoding="UTF-8"?>
<Project version="1.0"><Application name="Bitwig Studio" version="5.0"/>
<Transport><Tempo max="666" min="20" unit="bpm" value="149.000000" id="id0"/>
<TimeSignature denominator="4" numerator="3" id="id1"/></Transport>
<Structure><Track contentType="notes" loaded="true" id="id2" name="Bass"/></Structure>
<Arrangement id="id19"><Lanes timeUnit="beats" id="id20"/>
<Markers id="m"><Marker time="6" name="verse"/></Markers>
<TempoAutomation unit="bpm" timeUnit="beats" id="t"><Target parameter="id0"/>
<RealPoint time="0" value="60" interpolation="hold"/>
<RealPoint time="3" value="120" interpolation="linear"/>
<RealPoint time="6" value="60" interpolation="hold"/></TempoAutomation>
</Arrangement><Scenes/></Project>"""


def zipped(project: str | bytes, name: str = "project.xml") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, project)
    return buffer.getvalue()


def test_a_project_of_another_program() -> None:
    read = read_project(zipped(THEIRS), "b.dawproject", CLOCK)
    assert read.tempo_map is not None and not read.placed
    assert [str(bar.meter) for bar in read.tempo_map.grid.bars] == ["3/4", "3/4"]
    assert read.tempo_map.time_at(Beat(3)) == FilmTime(3)
    ramp = Ramp(Beat(3), Beats(3), Tempo(120), Tempo(60))
    assert ramp in read.tempo_map.events
    assert read.markers[0].at.seconds == 3 + ramp.seconds_after(Beats(3))
    assert read.losses == ("tracks and what is on them (1)",)


def test_tempo_points_in_seconds() -> None:
    text = THEIRS.replace('timeUnit="beats" id="t"', 'timeUnit="seconds" id="t"')
    read = read_project(zipped(text), "b.dawproject", CLOCK)
    assert read.tempo_map is not None
    assert read.tempo_map.time_at(Beat(3)) == FilmTime(3)
    assert read.tempo_map.time_at(Beat(Fraction(15, 2))) == FilmTime(6)


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><Project version="1.0">&b;</Project>'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"hello", "the archive is broken"),
        (zipped(THEIRS)[:-40], "the archive is broken"),
        (zipped(THEIRS, "../../project.xml"), "holds no project.xml"),
        (zipped("<Project"), "line 1: project.xml"),
        (zipped("<Song/>"), "is no DAWproject"),
        (zipped(BOMB), "defines entities"),
        (zipped(b"<" + b" " * (65 * 1024 * 1024)), "unpacks to more than 64 MB"),
        (zipped(THEIRS.replace('value="60"', 'value="NaN"')), "RealPoint, value: 'NaN'"),
        (zipped(THEIRS.replace('value="60"', 'value="0"')), "tempo of 0 .* tempo at 0"),
        (zipped(THEIRS.replace('time="6" value', 'time="1e999999" value')), "RealPoint, time"),
        (zipped(THEIRS.replace('time="6" value', 'time="1e40" value')), "more than 5000 bars"),
        (zipped(THEIRS.replace('time="6" name', 'time="inf" name')), "Marker, time: 'inf'"),
    ],
)
def test_hostile_archives_are_one_error(content: bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=told) as fault:
        read_project(content, "strange.dawproject", CLOCK)
    assert str(fault.value).startswith("strange.dawproject")
