"""AAF compositions, opened with pyaaf2: timecode, tracks to the sample, links, locators."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aaf2
import pytest

from scorestage.adapters.formats.aaf import write_aaf
from scorestage.adapters.session import Clip, Marker, MarkerKind, Session, Track, TrackKind
from scorestage.timebase import (
    FRAMES_24,
    FRAMES_29_97_DROP,
    BarGrid,
    FilmClock,
    FilmSpan,
    FilmTime,
    FrameRate,
    Meter,
    Tempo,
    TempoMap,
    Timecode,
)

MAP = TempoMap.steady(FilmTime(70), Tempo(96), BarGrid.regular(6, Meter(4, 4)))
PICTURE = Clip("media/film ö.mov", FilmTime(64), FilmSpan(20), width_px=640, height_px=360)
CLICK = Clip("../audio/c.wav", FilmTime(66), FilmSpan(9), channels=1)
TRACKS = (
    Track("Picture", TrackKind.PICTURE, (PICTURE,)),
    Track("Strings", TrackKind.MUSIC, (Clip("../audio/s.wav", FilmTime(64), FilmSpan(20)),)),
    Track("Click", TrackKind.CLICK, (CLICK,)),
    Track("Brass", TrackKind.MUSIC),
)  # fmt: skip


def clock(rate: FrameRate) -> FilmClock:
    return FilmClock(rate, Timecode.parse("01:00:00:00", rate).frames)


def session(rate: FrameRate = FRAMES_24, **changes: Any) -> Session:
    markers = (
        Marker(FilmTime(72), "door slams"),
        Marker(FilmTime(66), "1m01", FilmTime(80), MarkerKind.CUE),
    )
    made = {"tempo_map": MAP, "markers": markers, "tracks": TRACKS, "end": FilmTime(84)} | changes
    return Session("1m01 Storm", clock(rate), FilmTime(64), **made)


@pytest.fixture
def opened(tmp_path: Path) -> Any:
    path = tmp_path / "x.aaf"
    path.write_bytes(write_aaf(session()).content)
    with aaf2.open(str(path)) as file:
        yield file


def slots(file: Any) -> dict[str, Any]:
    (composition,) = file.content.toplevel()
    return {slot.name: slot for slot in composition.slots}


def test_timecode_and_tracks_lie_to_the_sample(opened: Any) -> None:
    found = slots(opened)
    assert list(found) == [
        "Timecode", "Picture", "Strings L", "Strings R", "Click", "Brass L", "Brass R", "Markers",
    ]  # fmt: skip
    timecode = found["Timecode"].segment
    assert (timecode.start, timecode.fps, timecode.drop) == (24 * 3664, 24, False)
    click = list(found["Click"].segment.components)
    assert [part.length for part in click] == [2 * 48000, 9 * 48000, 9 * 48000]
    assert found["Click"].edit_rate == 48000 and found["Picture"].edit_rate == 24
    del found["Markers"]
    assert all(slot.segment.length == 20 * slot.edit_rate for slot in found.values())


def test_every_source_is_linked_by_a_relative_path_and_carries_the_timecode(opened: Any) -> None:
    sources = {mob.name: mob for mob in opened.content.sourcemobs()}
    links = {
        name: mob.descriptor["Locator"].value[0]["URLString"].value
        for name, mob in sources.items()
        if "Locator" in [prop.name for prop in mob.descriptor.properties()]
    }
    assert links == {
        "film ö.mov": "media/film%20%C3%B6.mov",
        "s.wav": "../audio/s.wav",
        "c.wav": "../audio/c.wav",
    }
    tape = sources["1m01 Storm timecode"]
    assert [slot.segment.start for slot in tape.slots if slot.name == "Timecode"] == [24 * 3664]
    (channel,) = sources["c.wav"].slots
    assert channel.segment.start == 2 * 48000, "two seconds into the tape"


def test_markers_are_on_their_frames_with_their_words(opened: Any) -> None:
    marks = list(slots(opened)["Markers"].segment.components)
    told = [(one["Position"].value, one["Length"].value, one["Comment"].value) for one in marks]
    assert told == [(48, 336, "1m01"), (192, 1, "door slams")]
    assert {frozenset(one["DescribedSlots"].value) for one in marks} == {frozenset({2})}, "picture"


def test_drop_frame(tmp_path: Path) -> None:
    made = write_aaf(session(FRAMES_29_97_DROP))
    (tmp_path / "x.aaf").write_bytes(made.content)
    with aaf2.open(str(tmp_path / "x.aaf")) as file:
        timecode = slots(file)["Timecode"].segment
    first = clock(FRAMES_29_97_DROP).start_frames + FRAMES_29_97_DROP.nearest_frame(FilmTime(64))
    assert (timecode.start, timecode.fps, timecode.drop) == (first, 30, True)


def test_it_repeats_to_the_bit_and_says_what_is_lost() -> None:
    made = write_aaf(session())
    assert made.content == write_aaf(session()).content
    assert made.not_carried == ("the tempo map (take the MIDI file beside it)",)
    assert write_aaf(session(tempo_map=None, markers=(), tracks=())).not_carried == ()
