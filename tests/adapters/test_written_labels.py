"""The labels that go out in every format, held against two other programs' drop-frame counting."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorestage import registry
from scorestage.adapters.format import Format
from scorestage.adapters.session import Marker, MarkerKind, Session
from scorestage.production import CutEvent, CutList, CutMarker, CutSource
from scorestage.timebase import (
    FRAMES_29_97_DROP,
    FilmClock,
    FilmTime,
    FrameRate,
    Timecode,
    frame_rate,
)

DROPS = (FRAMES_29_97_DROP, frame_rate("59.94 drop"))
LABEL = re.compile(rb"\d\d:\d\d:\d\d[:;]\d\d")


def day(rate: FrameRate) -> int:
    """Frames of 24 hours: 1,440 minutes, of which nine in ten leave two (or four) labels out."""
    left_out = 2 * rate.nominal // 30
    return 1440 * 60 * rate.nominal - left_out * (1440 - 144)


def theirs(frame: int, rate: FrameRate) -> set[str]:
    """What the packages `timecode` and `opentimelineio` call a frame (the first counts from 1)."""
    timecode = pytest.importorskip("timecode")
    opentime = pytest.importorskip("opentimelineio").opentime
    plain = float(rate.frames_per_second)
    one = timecode.Timecode(f"{plain:.2f}", frames=frame + 1)
    assert one.drop_frame
    return {str(one), opentime.to_timecode(opentime.RationalTime(frame, plain), plain, True)}


@st.composite
def frames(draw: st.DrawFn) -> tuple[FrameRate, int]:
    """A frame within a second of a minute, of a tenth minute, of an hour, or anywhere in a day."""
    rate = draw(st.sampled_from(DROPS))
    minute = draw(st.one_of(st.integers(0, 1439), st.integers(0, 143).map(lambda n: 10 * n)))
    near = Fraction(60 * minute) * rate.frames_per_second
    around = st.integers(-rate.nominal, rate.nominal + 4).map(lambda n: near.__floor__() + n)
    at = draw(st.one_of(around, st.integers(0, day(rate) - 1)))
    return rate, min(max(at, 0), day(rate) - 1)


@settings(max_examples=400, deadline=None)
@given(frames())
def test_labels_are_what_others_count(place: tuple[FrameRate, int]) -> None:
    rate, frame = place
    assert theirs(frame, rate) == {str(Timecode(frame, rate))}


@pytest.mark.parametrize("rate", DROPS, ids=lambda rate: rate.name)
def test_every_minute_of_a_day(rate: FrameRate) -> None:
    left_out = 2 * rate.nominal // 30
    for minute in range(1440):
        first = minute * 60 * rate.nominal - left_out * (minute - minute // 10)
        for frame in (first - 1, first, first + 1):
            if 0 <= frame < day(rate):
                assert theirs(frame, rate) == {str(Timecode(frame, rate))}, frame
    assert str(Timecode(day(rate), rate).round_the_clock) == "00:00:00;00"


@settings(max_examples=60, deadline=None)
@given(frames(), st.sampled_from(["avid", "protools"]))
def test_marker_lists_carry_them(place: tuple[FrameRate, int], name: str) -> None:
    rate, frame = place
    clock = FilmClock(rate, 0)
    marker = Marker(rate.time_of(frame), "hit", None, MarkerKind.HIT)
    form = registry.load("formats", name)
    assert isinstance(form, Format) and form.write_session and form.read_session
    written = form.write_session(Session("x", clock, FilmTime(0), None, (marker,)))
    (line,) = [one for one in written.content.split(b"\n") if b"hit" in one]
    found = LABEL.search(line)
    assert found is not None and {found.group().decode()} == theirs(frame, rate)
    back = form.read_session(written.content, "x.txt", clock).markers
    assert [rate.nearest_frame(one.at) for one in back] == [frame]


@settings(max_examples=60, deadline=None)
@given(frames(), st.sampled_from(["edl", "resolve", "otio", "fcpxml", "xmeml", "aaf"]))
def test_cut_lists_carry_them(place: tuple[FrameRate, int], name: str) -> None:
    """Those that print labels print theirs; all give the frame back, and that it is drop-frame."""
    rate, frame = place
    frame = min(frame, day(rate) - 50)
    event = CutEvent(frame, frame + 48, CutSource("A", "a"), Fraction(0), Fraction(48))
    cut = CutList("x", rate, (event,), (CutMarker(Fraction(frame + 3), "door", colour="red"),))
    form = registry.load("formats", name)
    assert isinstance(form, Format) and form.write_cut and form.read_cut
    written = form.write_cut(cut).content
    labels = {one.decode().replace(":", ";") for one in LABEL.findall(written)}
    wanted = {"edl": {frame, frame + 48, frame + 3}, "resolve": {frame + 3}, "xmeml": {frame}}
    for at in wanted.get(name, set()):
        (label,) = theirs(at, rate)
        assert label.replace(":", ";") in labels, (at, label, labels)
    back = form.read_cut(written, f"x.{name}", rate).cut
    assert back.markers[0].at_frames == frame + 3
    assert (name in ("otio", "resolve")) or back.rate == rate
    if name != "resolve":
        assert [one.record_in_frames for one in back.events if not one.source.black] == [frame]
