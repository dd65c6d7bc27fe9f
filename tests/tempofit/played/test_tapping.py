"""Maps of taps against the tempo paths that the taps were made from."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from tests.tempofit.played.takes import KINDS, Meant, meant, moment, taps_at

from scorestage.errors import FitError
from scorestage.production import Hit, HitWant
from scorestage.tempofit.played import Follow, PlayedSettings, Tap, map_of_taps
from scorestage.timebase import FRAMES_24, Beat, FilmTime, Meter, Ramp, Steady, TempoMap


def off_seconds(tempo_map: TempoMap, take: Meant, first: int = 0) -> np.ndarray:
    beats = range(first, len(take.seconds))
    return np.array([float(tempo_map.time_at(Beat(n)).seconds) - take.seconds[n] for n in beats])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_was_meant_is_found_beneath_the_jitter(kind: str, seed: int) -> None:
    take = meant(kind)
    found = map_of_taps(take.tapped(seed), FRAMES_24).played
    off = off_seconds(found.tempo_map, take)
    tapped = np.array([float(tap.at.seconds) for tap in take.tapped(seed)]) - take.seconds
    assert np.sqrt(np.mean(off**2)) < 0.8 * np.sqrt(np.mean(tapped**2))
    assert np.abs(off).max() < 0.075
    assert abs(off.mean()) < 0.01


@pytest.mark.parametrize("kind", KINDS)
def test_the_map_does_not_lag_behind_the_tempo(kind: str) -> None:
    """The tempo path moved by a beat either way fits what was meant worse than where it is."""
    if kind == "steady":
        pytest.skip("a tempo that never moves has no lag")
    take = meant(kind)
    lags = []
    for seed in range(4):
        tempo_map = map_of_taps(take.tapped(seed), FRAMES_24).played.tempo_map
        at = [float(tempo_map.time_at(Beat(n)).seconds) for n in range(len(take.seconds))]
        mapped = 60 / np.diff(at)
        inner = slice(4, -4)
        apart = [
            float(np.mean((np.roll(mapped, shift)[inner] - take.bpm[inner]) ** 2))
            for shift in (-2, -1, 0, 1, 2)
        ]
        lags.append(int(np.argmin(apart)) - 2)
    assert abs(np.mean(lags)) <= 0.5


def test_a_steady_take_is_one_tempo_and_a_ritardando_one_ramp() -> None:
    steady = map_of_taps(meant("steady").tapped(5), FRAMES_24).played.tempo_map
    assert len(steady.events) == 1
    slowing = map_of_taps(meant("rit").tapped(5), FRAMES_24).played.tempo_map
    ramps = [event for event in slowing.events if isinstance(event, Ramp)]
    assert len(ramps) == 1 and ramps[0].end.bpm < ramps[0].start.bpm * Fraction(4, 5)
    assert len(slowing.events) <= 3


def test_without_ramps_the_tempo_steps_at_barlines_only() -> None:
    settings = PlayedSettings(ramps=False)
    tempo_map = map_of_taps(meant("rit").tapped(5), FRAMES_24, settings).played.tempo_map
    assert all(isinstance(event, Steady) for event in tempo_map.events)
    assert all(event.at in tempo_map.grid.starts for event in tempo_map.events)


def test_a_tempo_a_bar_at_most_when_bars_are_followed() -> None:
    settings = PlayedSettings(follow=Follow.BARS)
    tempo_map = map_of_taps(meant("rubato").tapped(5), FRAMES_24, settings).played.tempo_map
    assert 8 < len(tempo_map.events) <= len(tempo_map.grid.bars)
    assert all(event.at in tempo_map.grid.starts for event in tempo_map.events)


def test_followed_beat_by_beat_the_click_is_where_the_tap_was() -> None:
    taps = meant("rubato").tapped(5)
    found = map_of_taps(taps, FRAMES_24, PlayedSettings(follow=Follow.BEATS)).played
    for number, tap in enumerate(taps):
        assert abs((found.tempo_map.time_at(Beat(number)) - tap.at).seconds) < Fraction(1, 10_000)


def test_hits_and_the_last_barline_are_met_and_what_it_costs_is_told() -> None:
    take = meant("steady", bars=16)
    hits = (
        Hit("early", moment(take.seconds[20] - 0.1), weight=5),
        Hit("down", moment(take.seconds[36] + 0.12), want=HitWant.DOWNBEAT),
    )
    end = moment(take.seconds[64] + 0.2)
    found = map_of_taps(take.tapped(7), FRAMES_24, hits=hits, end=end).played
    assert all(landing.caught for landing in found.landings)
    assert found.landings[1].stress == 3
    assert abs((found.tempo_map.end - end).seconds) < Fraction(1, 500)
    assert 0.09 < found.pulled_seconds < 0.35
    assert found.largest_step_percent < 8
    alone = map_of_taps(take.tapped(7), FRAMES_24).played
    assert alone.pulled_seconds == 0


def test_followed_beat_by_beat_nothing_is_pulled() -> None:
    take = meant("steady", bars=8)
    hit = Hit("h", moment(take.seconds[9] + 0.15))
    settings = PlayedSettings(follow=Follow.BEATS)
    found = map_of_taps(take.tapped(7), FRAMES_24, settings, (hit,)).played
    assert found.pulled_seconds == 0 and not found.landings[0].caught


def test_two_hits_a_frame_apart_leave_the_heavier_one_met() -> None:
    take = meant("steady", bars=8)
    at = take.seconds[12]
    hits = (Hit("a", moment(at + 0.08), weight=2), Hit("b", moment(at - 0.04), weight=5))
    found = map_of_taps(take.tapped(1), FRAMES_24, hits=hits).played
    caught = {landing.hit.id: landing.caught for landing in found.landings}
    assert caught["b"] and not caught["a"]
    assert any("a" in remark for remark in found.remarks) or not caught["a"]


def test_a_locked_hit_out_of_reach_is_an_error_that_names_it() -> None:
    take = meant("steady", bars=4)
    hits = tuple(
        Hit(f"h{n}", moment(take.seconds[4] + 0.16 * n), "slam", locked=True) for n in range(3)
    )
    with pytest.raises(FitError, match="slam"):
        map_of_taps(take.tapped(1), FRAMES_24, hits=hits)


def test_an_end_far_beyond_the_take_goes_on_at_the_last_tempo() -> None:
    take = meant("steady", bars=8)
    end = FilmTime(60)
    found = map_of_taps(take.tapped(2), FRAMES_24, end=end).played
    assert abs((found.tempo_map.end - end).seconds) < Fraction(1, 500)
    assert found.beats[-1].confidence == 0


def test_an_upbeat_lies_before_bar_one() -> None:
    taps = taps_at(2 + 0.6 * np.arange(13))
    settings = PlayedSettings(meters=(Meter(3, 4),), first_beat=Fraction(3))
    found = map_of_taps(taps, FRAMES_24, settings)
    grid = found.played.tempo_map.grid
    assert grid.pickup.quarters == 1
    assert abs(found.played.tempo_map.start.seconds - Fraction(13, 5)) < Fraction(1, 500)
    assert found.taps[0][1] == Beat(-1) and found.taps[1][1] == Beat(0)


def test_compound_and_changing_meters_are_counted_in_clicks() -> None:
    taps = taps_at(0.5 * np.arange(17))
    settings = PlayedSettings(meters=(Meter(6, 8), Meter(9, 8)))
    found = map_of_taps(taps, FRAMES_24, settings)
    assert [place.quarters for _, place in found.taps[:6] if place] == [
        Fraction(3, 2) * n for n in range(6)
    ]
    assert found.played.tempo_map.grid.starts[2] == Beat(Fraction(15, 2))
    (event,) = found.played.tempo_map.events
    assert isinstance(event, Steady) and event.tempo.bpm == 120


def test_taps_too_slow_or_fast_for_beats_are_halves_or_doubles() -> None:
    slow = map_of_taps(taps_at(2.4 * np.arange(8)), FRAMES_24)
    assert slow.played.tempo_map.tempo_at(Beat(0)).bpm == 50 and slow.remarks
    fast = map_of_taps(taps_at(0.25 * np.arange(32)), FRAMES_24)
    assert fast.played.tempo_map.tempo_at(Beat(0)).bpm == 120 and fast.remarks


def test_confidence_falls_where_a_beat_was_left_out_and_where_a_tap_is_far() -> None:
    take = meant("steady", bars=8)
    seconds = take.seconds.copy()
    seconds[10] += 0.12
    kept = np.delete(seconds, 20)
    found = map_of_taps(taps_at(kept), FRAMES_24).played
    by_place = {one.at.quarters: one for one in found.beats}
    assert by_place[Fraction(20)].heard is None and by_place[Fraction(20)].confidence < 0.5
    assert by_place[Fraction(10)].confidence < 0.1 < by_place[Fraction(11)].confidence


@pytest.mark.parametrize("taps", [(), (Tap(FilmTime(1)), Tap(FilmTime(2)))])
def test_too_few_taps_are_an_error(taps: tuple[Tap, ...]) -> None:
    with pytest.raises(FitError, match="too few"):
        map_of_taps(taps, FRAMES_24)


def test_taps_all_at_one_moment_are_an_error() -> None:
    with pytest.raises(FitError, match="together"):
        map_of_taps(tuple(Tap(FilmTime(1)) for _ in range(5)), FRAMES_24)


@pytest.mark.parametrize(
    "wrong", [{"meters": ()}, {"first_beat": Fraction(5)}, {"scatter_seconds": 0.0}]
)
def test_settings_that_cannot_be_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(FitError):
        PlayedSettings(**wrong)  # type: ignore[arg-type]
