"""Between cut lists and film time: rates, reels, markers, layers."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorestage import registry
from scorestage.adapters.cut_exchange import (
    ReadCut,
    as_shown,
    cut_of_session,
    film_time,
    imported_of,
    layers_of,
    near_rate,
)
from scorestage.adapters.format import Format
from scorestage.adapters.session import Marker, MarkerKind, Session
from scorestage.production import CutEvent, CutList, CutMarker, CutSource, Reel
from scorestage.timebase import (
    FRAMES_23_976,
    FRAMES_24,
    FRAMES_25,
    FRAMES_29_97_DROP,
    RATES,
    FilmClock,
    FilmTime,
    FrameRate,
    Timecode,
)


@given(st.sampled_from(list(RATES.values())), st.sampled_from([0, 2, 3, 12]))
def test_rounded_rates_are_meant_ones(rate: FrameRate, places: int) -> None:
    if places < 2 and rate.frames_per_second.denominator != 1:
        return
    told = Fraction(f"{float(rate.frames_per_second):.{places}f}")
    assert near_rate(told, rate.drop) == rate


def test_a_rate_of_nobody_is_kept() -> None:
    assert near_rate(Fraction(18)).frames_per_second == 18


@given(st.integers(0, 100_000))
def test_in_one_rate_a_record_frame_is_its_label(frame: int) -> None:
    clock = FilmClock(FRAMES_29_97_DROP, 107892)
    at = film_time(Fraction(107892 + frame), FRAMES_29_97_DROP, clock)
    assert at == FRAMES_29_97_DROP.time_of(frame)


def test_in_another_rate_seconds_since_the_same_label_are_kept() -> None:
    clock = FilmClock(FRAMES_24, 86400 + 12)
    record = Fraction(Timecode.parse("01:00:10:00", FRAMES_25).frames)
    assert film_time(record, FRAMES_25, clock) == FilmTime(10) - (FilmTime("1/2") - FilmTime(0))
    pulled = Fraction(Timecode.parse("01:00:00:12", FRAMES_23_976).frames)
    assert film_time(pulled, FRAMES_23_976, clock) == FilmTime(0)


def test_each_reel_has_its_own_hour() -> None:
    reels = (Reel(1, 0, 2399, 86400), Reel(2, 2400, 4799, 172800))
    clock = FilmClock(FRAMES_24, 86400)
    assert film_time(Fraction(172800 + 24), FRAMES_24, clock, reels) == FilmTime(101)
    assert film_time(Fraction(86400 + 24), FRAMES_24, clock, reels) == FilmTime(1)


def test_markers_become_hits_and_stretches_become_cues() -> None:
    markers = (
        CutMarker(Fraction(86424), "door", Fraction(1), "red", note="slams"),
        CutMarker(Fraction(86448), "1m01", Fraction(48)),
    )
    read = ReadCut(CutList("x", FRAMES_24, (), markers), ("n",), ("l",))
    found = imported_of(read, FilmClock(FRAMES_24, 86400))
    assert [(one.at, one.words, one.kind) for one in found.markers] == [
        (FilmTime(1), "door: slams", MarkerKind.HIT),
        (FilmTime(2), "1m01", MarkerKind.CUE),
    ]
    assert found.markers[1].end == FilmTime(4) and found.placed
    assert found.notes == ("n",) and found.losses == ("l",)


def test_a_session_is_the_film_with_markers_on_its_frames() -> None:
    clock = FilmClock(FRAMES_24, 86400)
    hit = Marker(FilmTime("1/48"), "  two\nwords ")
    cut = cut_of_session(Session("x", clock, FilmTime(0), None, (hit,), end=FilmTime(10)))
    assert (cut.first_frame, cut.last_frame) == (86400, 86640)
    assert cut.markers[0].at_frames == Fraction(172801, 2) and cut.markers[0].words == "two words"


@pytest.mark.parametrize("spans", [((0, 5), (2, 6), (5, 9), (6, 7)), ((0, 5), (0, 5), (0, 5))])
def test_layers_hold_everything_without_overlap(spans: tuple[tuple[int, int], ...]) -> None:
    events = tuple(CutEvent(first, last, CutSource("A")) for first, last in spans)
    layers = layers_of(CutList("x", FRAMES_24, events))
    assert sum(len(layer) for _, layer in layers) == len(events)
    for _, layer in layers:
        for one, other in pairwise(layer):
            assert one.record_out_frames <= other.record_in_frames


def test_speeds_that_only_lengths_tell_are_told_and_what_fits_nothing_is_lost_aloud() -> None:
    def event(record: int, source: int, number: str) -> CutEvent:
        return CutEvent(0, record, CutSource("A"), Fraction(9), Fraction(9 + source), "V1", number)

    cut = CutList("x", FRAMES_24, (event(13, 25, "1"), event(47, 49, "2"), event(24, 24, "3")))
    told, lost = as_shown(cut)
    assert [one.speed for one in told.events] == [2, 1, 1]
    assert told.events[0].source_out_frames == 9 + 26
    assert lost == ("source outs that do not fit the length of their shot (1): 2",)


EXTENTS = [
    (None, None), (Fraction(0), Fraction(500)), (Fraction(3), Fraction("500.5")),
    (Fraction("2.5"), Fraction(400)), (None, Fraction(400)), (Fraction(150), Fraction(160)),
]  # fmt: skip


@pytest.mark.parametrize("extent", EXTENTS)
@pytest.mark.parametrize("format_name", ["fcpxml", "xmeml", "aaf", "otio"])
def test_how_long_media_are_is_kept_or_the_change_is_told(
    format_name: str, extent: tuple[Fraction | None, Fraction | None]
) -> None:
    source = CutSource("A", "a", "/x/a.mov", False, None, *extent)
    cut = CutList("x", FRAMES_24, (CutEvent(0, 48, source, Fraction(100), Fraction(148)),))
    form = registry.load("formats", format_name)
    assert isinstance(form, Format) and form.write_cut and form.read_cut
    written = form.write_cut(cut)
    back = form.read_cut(written.content, f"x.{format_name}", FRAMES_24).cut.events[0].source
    same = (back.media_in_frames, back.media_out_frames) == extent
    told = [one for one in written.not_carried if "media" in one]
    assert same != bool(told), (extent, back, told)
