from __future__ import annotations

from scorestage.sync import StageClock, cue_timeline
from scorestage.timebase import (
    FRAMES_24,
    BarGrid,
    Beat,
    Beats,
    FilmSpan,
    FilmTime,
    FreeBar,
    Meter,
    Steady,
    Tempo,
    TempoMap,
)

GRID = BarGrid.of_meters((Meter(4, 4), Meter(3, 4), Meter(4, 4)))


def _clock(tempo_map: TempoMap, warning_clicks: int = 4) -> StageClock:
    timeline = cue_timeline(tempo_map, warning_clicks, FRAMES_24)
    return StageClock(tempo_map, timeline, FRAMES_24, warning_clicks, 86400)


AT_60 = _clock(TempoMap.steady(FilmTime(10), Tempo(60), GRID))


def _shown(clock: StageClock, frame: int) -> tuple[str, str] | None:
    counter = clock.counter(frame)
    return None if counter is None else (counter.bar, counter.beat)


def test_bar_and_beat_change_on_the_frame_of_the_click() -> None:
    assert _shown(AT_60, 240) == ("1", "1")
    assert _shown(AT_60, 239) == ("free", "4")
    assert _shown(AT_60, 263) == ("1", "1")
    assert _shown(AT_60, 264) == ("1", "2")
    assert _shown(AT_60, 24 * 14) == ("2", "1")
    assert _shown(AT_60, 24 * 17) == ("3", "1")
    assert _shown(AT_60, 24 * 21 - 1) == ("3", "4")


def test_warning_clicks_are_counted_up_and_the_counter_goes_off() -> None:
    assert _shown(AT_60, 6 * 24 - 1) is None
    assert [_shown(AT_60, 24 * second) for second in (6, 7, 8, 9)] == [
        ("free", "1"),
        ("free", "2"),
        ("free", "3"),
        ("free", "4"),
    ]
    assert _shown(AT_60, 24 * 21) is None


def test_every_frame_shows_the_click_that_sounds_then() -> None:
    tempo_map = TempoMap.steady(FilmTime("10.013"), Tempo("113.7"), GRID)
    clock = _clock(tempo_map, 0)
    clicks = {FRAMES_24.nearest_frame(click.time): click for click in tempo_map.clicks()}
    sounding = None
    for frame in range(min(clicks), FRAMES_24.nearest_frame(tempo_map.end)):
        sounding = clicks.get(frame, sounding)
        assert sounding is not None
        assert _shown(clock, frame) == (str(sounding.bar_index + 1), str(sounding.beat))


def test_free_bars_show_no_beat() -> None:
    events = (Steady(Beat(0), Tempo(60)), FreeBar(Beat(4), Beats(3), FilmSpan(5)))
    clock = _clock(TempoMap(FilmTime(10), GRID, events), 0)
    assert _shown(clock, 24 * 14 + 30) == ("2", "")
    assert _shown(clock, 24 * 19) == ("3", "1")


def test_all_clocks_of_a_frame() -> None:
    told = AT_60.readings(252)
    assert told.timecode == "01:00:10:12"
    assert told.feet == "15+12"
    assert told.stop_clock == "0:00.5"
    assert AT_60.stop_clock(240) == "0:00.0"
    assert AT_60.stop_clock(239) == "0:00.0"
    assert AT_60.stop_clock(216) == "-0:01.0"
    assert AT_60.stop_clock(240 + 24 * 75) == "1:15.0"
    assert AT_60.readings(-86_401).timecode == "23:59:59:23"
