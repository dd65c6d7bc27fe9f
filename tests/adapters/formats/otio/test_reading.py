"""OTIO timelines made by its own library, and ones that mean harm."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from scorestage.adapters.formats.otio import read_otio
from scorestage.errors import FormatError
from scorestage.timebase import FRAMES_23_976, FRAMES_24


def _library() -> object:
    return pytest.importorskip("opentimelineio")


def test_transitions_take_from_both_sides_as_the_library_lays_them() -> None:
    otio = pytest.importorskip("opentimelineio")
    timeline = _timeline(otio, rate=24)
    track = timeline.tracks[0]
    track.insert(
        1,
        otio.schema.Transition(
            "x", "SMPTE_Dissolve", otio.opentime.RationalTime(4, 24),
            otio.opentime.RationalTime(8, 24),
        ),
    )  # fmt: skip
    cut = read_otio(timeline.to_json_string().encode(), "x.otio").cut
    first, second = cut.events
    assert (first.record_in_frames, first.record_out_frames) == (86400, 86444)
    assert (second.record_in_frames, second.record_out_frames) == (86444, 86496)
    assert second.source_in_frames == 96 and second.source_out_frames == 148
    assert second.transition is not None
    assert (second.transition.frames, second.transition.before_frames) == (12, 4)


def test_retimes_freezes_gaps_markers_and_media() -> None:
    otio = pytest.importorskip("opentimelineio")
    timeline = _timeline(otio, rate=24000 / 1001)
    rational = otio.opentime.RationalTime
    track = timeline.tracks[0]
    track[0].effects.append(otio.schema.LinearTimeWarp(time_scalar=-0.5))
    track[1].effects.append(otio.schema.FreezeFrame())
    length = rational(24, 24000 / 1001)
    track.insert(1, otio.schema.Gap(duration=length))
    at = rational(110, 24000 / 1001)
    span = otio.opentime.TimeRange(at, rational(1, 24000 / 1001))
    track[2].markers.append(otio.schema.Marker("door", marked_range=span, color="GREEN"))
    cut = read_otio(timeline.to_json_string().encode(), "x.otio").cut
    assert cut.rate == FRAMES_23_976
    first, second = cut.events
    assert first.speed == Fraction(-1, 2) and first.source_out_frames == -24
    assert second.speed == 0 and second.record_in_frames == 86400 + 48 + 24
    assert second.source_at(second.record_out_frames - 1, cut.rate) == 100
    assert cut.markers[0].at_frames == 86400 + 72 + 10 and cut.markers[0].colour == "green"
    assert second.source.file == "/film/b c.mov" and second.source.media_out_frames == 1000


def test_a_wipe_in_the_librarys_schema_for_a_collection() -> None:
    otio = pytest.importorskip("opentimelineio")
    bin_ = otio.schema.SerializableCollection("bin", [_timeline(otio, 24), _timeline(otio, 24)])
    read = read_otio(bin_.to_json_string().encode(), "x.otio")
    assert len(read.cut.events) == 2 and read.losses == ("further timelines (1)",)


def test_nested_timelines_are_one_clip_and_told() -> None:
    otio = pytest.importorskip("opentimelineio")
    timeline = _timeline(otio, 24)
    inner = otio.schema.Stack("inner", children=[_timeline(otio, 24).tracks[0].deepcopy()])
    timeline.tracks[0].append(inner)
    read = read_otio(timeline.to_json_string().encode(), "x.otio")
    assert read.cut.events[-1].frames == 96 and "nested" in read.losses[0]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"OTIO_SCHEMA": "Clip.2"}, "no timeline"),
        ({"tracks": None}, "no tracks"),
        ({"global_start_time": {"OTIO_SCHEMA": "RationalTime.1", "rate": -1, "value": 0}}, "rate"),
        ({"global_start_time": {"OTIO_SCHEMA": "RationalTime.1", "rate": 24, "value": "x"}},
         "cannot be"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told(change: dict[str, object], told: str) -> None:
    plain = {"OTIO_SCHEMA": "Timeline.1", "tracks": {"OTIO_SCHEMA": "Stack.1", "children": []}}
    with pytest.raises(FormatError, match=told):
        read_otio(json.dumps(plain | change).encode(), "x.otio")


def test_a_clip_without_length_and_deep_nests_are_told() -> None:
    clip = {"OTIO_SCHEMA": "Clip.2", "name": "a", "source_range": None}
    track = {"OTIO_SCHEMA": "Track.1", "kind": "Video", "children": [clip]}
    stack = {"OTIO_SCHEMA": "Stack.1", "children": [track]}
    with pytest.raises(FormatError, match="'a' has no length"):
        read_otio(json.dumps({"OTIO_SCHEMA": "Timeline.1", "tracks": stack}).encode(), "x")
    deep: dict[str, object] = stack
    for _ in range(300):
        deep = {"OTIO_SCHEMA": "Stack.1", "children": [deep]}
    track["children"] = [deep]
    with pytest.raises((FormatError, ValueError)):
        read_otio(json.dumps({"OTIO_SCHEMA": "Timeline.1", "tracks": stack}).encode(), "x")


def _timeline(otio: object, rate: float) -> object:
    """Two clips of 48 frames from the first hour on: frames 0 and 100 of their media."""
    library = pytest.importorskip("opentimelineio")
    rational, span = library.opentime.RationalTime, library.opentime.TimeRange
    timeline = library.schema.Timeline("x", global_start_time=rational(86400, rate))
    track = library.schema.Track("V1", kind="Video")
    for name, first in (("a", 0), ("b", 100)):
        media = library.schema.ExternalReference(
            "/film/b%20c.mov", span(rational(0, rate), rational(1000, rate))
        )
        clip = library.schema.Clip(name, media, span(rational(first, rate), rational(48, rate)))
        track.append(clip)
    timeline.tracks.append(track)
    return timeline


def test_the_rate_given_is_for_files_that_tell_none() -> None:
    stack = {"OTIO_SCHEMA": "Stack.1", "children": []}
    plain = json.dumps({"OTIO_SCHEMA": "Timeline.1", "tracks": stack}).encode()
    assert read_otio(plain, "x", FRAMES_23_976).cut.rate == FRAMES_23_976
    assert read_otio(plain, "x").cut.rate == FRAMES_24
