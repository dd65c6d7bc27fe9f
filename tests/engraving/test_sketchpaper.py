"""Sketch paper ruled from a map: bars by proportion, what stands above at its place."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from scorestage.adapters.catalogue import load_house
from scorestage.engraving import Edition
from scorestage.engraving.sketchpaper import SketchPaper, SketchWish, sketch_paper
from scorestage.errors import InputError
from scorestage.production import Hit, HitStatus
from scorestage.timebase import (
    Bar,
    BarGrid,
    BarLabel,
    Beat,
    Beats,
    FilmSpan,
    FilmTime,
    FreeBar,
    Meter,
    Ramp,
    Steady,
    Tempo,
    TempoMap,
)

WIDTH_MM = 240.0
METERS = ("4/4", "3/4", "7/8", "3+2+2/8", "6/8", "5/4", "2/2", "12/8", "1/4")


def _map(meters: list[str], pickup: int = 0, bpm: int = 96) -> TempoMap:
    grid = BarGrid.of_meters(tuple(Meter.parse(one) for one in meters), Beats(pickup))
    return TempoMap.steady(FilmTime(20), Tempo(bpm), grid)


def _paper(tempo_map: TempoMap, wish: SketchWish | None = None, **told: object) -> SketchPaper:
    edition = Edition("Wick", "1m01", "Storm", load_house("los-angeles"), **told)  # type: ignore[arg-type]
    return sketch_paper(tempo_map, edition, WIDTH_MM, wish)


@given(
    some.lists(some.sampled_from(METERS), min_size=1, max_size=40),
    some.integers(0, 2),
    some.integers(0, 8),
)
def test_every_bar_stands_once_in_order_and_within_the_sheet(
    meters: list[str], pickup: int, bars: int
) -> None:
    ruled = _paper(_map(meters, pickup), SketchWish(bars=bars))
    told = [bar for line in ruled.lines for bar in line.bars]
    assert [bar.label for bar in told if bar.label] == [str(n + 1) for n in range(len(meters))]
    assert [bar.last for bar in told] == [False] * (len(told) - 1) + [True]
    for line in ruled.lines:
        assert line.bars[0].left_mm == 0 and line.bars[-1].right_mm <= WIDTH_MM + 1e-6
        if bars:
            assert sum(bool(bar.label) for bar in line.bars) <= bars
        for bar, after in zip(line.bars, line.bars[1:], strict=False):
            assert bar.right_mm == pytest.approx(after.left_mm)
        for bar in line.bars:
            places = (bar.left_mm, bar.music_mm, *bar.beats_mm, bar.right_mm)
            assert list(places) == sorted(places) and bar.music_mm < bar.right_mm
    for line in ruled.lines[:-1]:
        assert line.bars[-1].right_mm == pytest.approx(WIDTH_MM)


def test_bars_are_as_wide_as_they_are_long() -> None:
    (line,) = _paper(_map(["4/4", "3/4", "4/4"])).lines
    long, short, again = (bar.right_mm - bar.music_mm for bar in line.bars)
    assert short == pytest.approx(long * 3 / 4) and again == pytest.approx(long)
    assert [bar.meter for bar in line.bars] == [("4", "4"), ("3", "4"), ("4", "4")]


def test_four_bars_to_a_line_are_four_whatever_room_there_is() -> None:
    ruled = _paper(_map(["4/4"] * 10), SketchWish(bars=4))
    assert [len(line.bars) for line in ruled.lines] == [4, 4, 2]
    first, last = ruled.lines[1].bars[0], ruled.lines[2].bars[0]
    assert last.right_mm - last.left_mm == pytest.approx(first.right_mm - first.left_mm)


def test_unequal_groups_are_told_and_clicked() -> None:
    (line,) = _paper(_map(["2+2+3/8", "4/4"])).lines
    bar = line.bars[0]
    assert (bar.meter, len(bar.beats_mm)) == (("7", "8"), 6)
    (line,) = _paper(_map(["3+2+2/8"])).lines
    assert line.bars[0].groups == "3+2+2"


def test_a_hit_stands_where_the_music_meets_it() -> None:
    at = FilmTime(20) + FilmSpan(Fraction(5, 8) * 5)  # bar 2, beat 2 at 96
    hits = (
        Hit("h", at, "door slams", weight=5),
        Hit("gone", at, "dropped", status=HitStatus.DROPPED),
        Hit("late", FilmTime(99), "after the music"),
    )
    wish = SketchWish(streamers=((at, FilmSpan(2), ""), (FilmTime(22), FilmSpan(1), "return")))
    (line,) = _paper(_map(["4/4"] * 3), wish, hits=hits).lines
    other, flag = line.flags
    assert flag.at_mm == pytest.approx(line.bars[1].beats_mm[0])
    assert (flag.clock, flag.lines, flag.important) == ("0:03.13", ("door slams",), True)
    scale = (line.bars[1].right_mm - line.bars[1].music_mm) / 4
    assert flag.streamer_mm == pytest.approx(flag.at_mm - scale * 2 / 0.625)
    assert (other.lines, other.clock, other.streamer) == (("return",), "0:02.00", "1″")


def test_tempos_ramps_and_free_bars_are_told_where_they_are() -> None:
    grid = BarGrid.regular(4, Meter(4, 4))
    tempo_map = TempoMap(
        FilmTime(20),
        grid,
        (
            Steady(Beat(0), Tempo(96)),
            Ramp(Beat(4), Beats(4), Tempo(96), Tempo(72)),
            Steady(Beat(8), Tempo(72)),
            FreeBar(Beat(12), Beats(4), FilmSpan(7)),
        ),
    )
    (line,) = _paper(tempo_map).lines
    assert [(one.text, one.click) for one in line.tempos] == [
        ("96", "15-0"),
        ("rit.", ""),
        ("72", "20-0"),
    ]
    ramp = line.tempos[1]
    assert ramp.at_mm == line.bars[1].music_mm and ramp.stop_mm == line.bars[2].music_mm
    assert (line.bars[3].free, line.bars[3].beats_mm) == ("7″", ())
    coded = _paper(tempo_map, SketchWish(timecode=True), timecode_start_frames=86400)
    assert coded.lines[0].bars[0].timecode == "01:00:20:00"


def test_bars_put_in_keep_their_letters() -> None:
    meter = Meter(4, 4)
    grid = BarGrid((Bar(meter, BarLabel(12)), Bar(meter, BarLabel(12, "A"))))
    (line,) = _paper(TempoMap.steady(FilmTime(0), Tempo(60), grid)).lines
    assert [bar.label for bar in line.bars] == ["12", "12A"]


@pytest.mark.parametrize(
    "wish", [{"staves": 2}, {"staves": 7}, {"bars": 17}, {"names": ("a",) * 5}]
)
def test_paper_that_cannot_be_is_refused(wish: dict[str, object]) -> None:
    with pytest.raises(InputError):
        SketchWish(**wish)  # type: ignore[arg-type]


def test_a_map_without_bars_is_refused() -> None:
    with pytest.raises(InputError, match="no bars"):
        _paper(TempoMap.steady(FilmTime(0), Tempo(60), BarGrid(())))
