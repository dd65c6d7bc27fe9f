"""The whole fit: what the music editor asks for, exactly."""

from __future__ import annotations

import re
import time
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from scorestage.errors import FitError
from scorestage.production import Hit, HitStatus, HitWant
from scorestage.tempofit import Candidate, FitSettings, fit, judged, searching
from scorestage.tempofit.exactly import exact_map
from scorestage.tempofit.ground import lay_ground
from scorestage.tempofit.ways import Ways
from scorestage.timebase import (
    FRAMES_24,
    FRAMES_25,
    Beat,
    Beats,
    FilmRange,
    FilmTime,
    Meter,
    Ramp,
    Steady,
    TempoMap,
)

QUICK = FitSettings(draws=0)


def _hits(*at: str, weight: int = 3) -> tuple[Hit, ...]:
    return tuple(Hit(f"h{n}", FilmTime(text), weight=weight) for n, text in enumerate(at))


def _random_hits(count: int, length: int, seed: int) -> tuple[Hit, ...]:
    frames = sorted(np.random.default_rng(seed).integers(24, 24 * length - 24, count))
    return tuple(Hit(f"h{n}", FRAMES_24.time_of(int(f))) for n, f in enumerate(frames))


def _tempos(tempo_map: TempoMap) -> list[Fraction]:
    """Every tempo of a map, those at both ends of a ramp too."""
    found = []
    for event in tempo_map.events:
        if isinstance(event, Steady):
            found.append(event.tempo.bpm)
        elif isinstance(event, Ramp):
            found += [event.start.bpm, event.end.bpm]
    return found


def _assert_sound(found: tuple[Candidate, ...], end: FilmTime) -> None:
    for one in found:
        assert abs(FRAMES_24.frames_in(one.tempo_map.end - end)) <= 1
        hit_beats = {landing.at for landing in one.hits}
        for event in one.tempo_map.events[1:]:
            beats = event.at.quarters.denominator == 1
            assert event.at in one.tempo_map.grid.starts or event.at in hit_beats or beats
        for landing in one.hits:
            off = FRAMES_24.frames_in(one.tempo_map.time_at(landing.at) - landing.hit.at)
            assert off - landing.hit.aim_frames == landing.off_frames
            inside = -landing.hit.early_frames <= landing.off_frames <= landing.hit.late_frames
            assert inside == landing.caught


@pytest.mark.parametrize(
    ("length", "bars", "bpm"), [("20", 8, "96"), ("10", 4, "96"), ("40.1", 16, "95.75")]
)
def test_no_hits_whole_bars_fill_the_cue(length: str, bars: int, bpm: str) -> None:
    found = fit(FilmTime(3), FilmTime(3) + (FilmTime(length) - FilmTime(0)), (), FRAMES_24, QUICK)
    best = found[0]
    assert best.name == "plain"
    assert [bar.meter for bar in best.tempo_map.grid.bars] == [Meter(4, 4)] * bars
    assert len(best.tempo_map.events) == 1
    assert abs(_tempos(best.tempo_map)[0] - Fraction(bpm)) < Fraction(1, 20)
    _assert_sound(found, FilmTime(3) + (FilmTime(length) - FilmTime(0)))


def test_no_end_no_hits_sixteen_bars_at_the_wished_tempo() -> None:
    best = fit(FilmTime(0), None, (), FRAMES_24, QUICK)[0]
    assert len(best.tempo_map.grid.bars) == 16
    assert best.tempo_map.end == FilmTime(40)


def test_no_end_with_hits_goes_on_to_a_full_phrase() -> None:
    best = fit(FilmTime(1), None, _hits("2.3", "7.9", "13.1"), FRAMES_24, QUICK)[0]
    assert not best.missed
    assert len(best.tempo_map.grid.bars) % 4 == 0
    assert best.tempo_map.end > FilmTime("13.1")


def test_hits_of_a_tempo_are_found_with_that_tempo() -> None:
    beat = Fraction(60, 100)
    hits = tuple(Hit(f"h{n}", FilmTime(beat * n)) for n in (4, 12, 16, 28, 36))
    best = fit(FilmTime(0), FilmTime(24), hits, FRAMES_24)[0]
    assert _tempos(best.tempo_map) == [100]
    assert all(landing.off_frames == 0 for landing in best.hits)
    assert best.chance is not None
    assert best.chance.better_than_chance
    assert best.chance.draws == 500


def test_the_first_candidate_is_musical() -> None:
    for seed in range(6):
        hits = _random_hits(6, 60, seed)
        best = fit(FilmTime(0), FilmTime(60), hits, FRAMES_24, QUICK)[0]
        assert len(best.caught) >= 5
        assert best.unwritten_step_percent <= 6
        assert all(60 <= bpm <= 160 for bpm in _tempos(best.tempo_map))
        assert best.largest_off_frames <= 1


def test_the_closest_lands_within_a_quarter_of_a_frame() -> None:
    hits = _hits("4.1", "9.7", "17.2", "23.9", "31.4")
    settings = FitSettings(draws=0, top=8)
    ground = lay_ground(FilmTime(0), FilmTime(40), hits, FRAMES_24, settings)
    ways = {one.name: one.plan for one in Ways(ground, settings).all()}
    closest = judged("", exact_map(ground, ways["closest"], FRAMES_24), ground, hits, FRAMES_24)
    assert not closest.missed
    assert closest.largest_off_frames <= Fraction(1, 4)
    named = {one.name: one for one in fit(FilmTime(0), FilmTime(40), hits, FRAMES_24, settings)}
    assert len(named["steadiest"].tempo_map.events) == 1


def test_a_strong_downbeat_is_worth_an_odd_bar() -> None:
    hit = Hit("gate", FilmTime("6.875"), weight=5, want=HitWant.DOWNBEAT, locked=True)
    best = fit(FilmTime(0), FilmTime("26.875"), (hit,), FRAMES_24, QUICK)[0]
    assert best.hits[0].stress == 3
    assert best.hits[0].caught
    assert best.meter_changes <= 2


def test_light_hits_are_missed_by_name_and_strong_ones_kept() -> None:
    hits = (
        Hit("crow", FilmTime("10.1"), weight=1, words="crow"),
        Hit("gate", FilmTime("10.0"), weight=5, words="gate falls"),
    )
    best = fit(FilmTime(0), FilmTime(20), hits, FRAMES_24, QUICK)[0]
    assert [landing.hit.id for landing in best.missed] == ["crow"]
    assert "misses crow" in best.why


def test_removing_a_hit_changes_nothing_while_the_map_reaches_the_rest() -> None:
    hits = _random_hits(6, 40, 3)
    chosen = fit(FilmTime(0), FilmTime(40), hits, FRAMES_24, QUICK)[0]
    lost = frozenset(landing.hit.id for landing in chosen.missed)
    for number in range(len(hits)):
        fewer = hits[:number] + hits[number + 1 :]
        again = fit(FilmTime(0), FilmTime(40), fewer, FRAMES_24, QUICK, chosen.tempo_map, lost)
        assert again[0].name == "kept"
        assert again[0].tempo_map == chosen.tempo_map


def test_a_map_that_no_longer_serves_is_not_kept() -> None:
    hits = _hits("5.0", "10.0")
    chosen = fit(FilmTime(0), FilmTime(20), hits, FRAMES_24, QUICK)[0].tempo_map
    moved = _hits("5.0", "10.26")
    assert fit(FilmTime(0), FilmTime(20), moved, FRAMES_24, QUICK, chosen)[0].name != "kept"
    assert fit(FilmTime(0), FilmTime(21), hits, FRAMES_24, QUICK, chosen)[0].name != "kept"
    assert fit(FilmTime(1), FilmTime(20), hits, FRAMES_24, QUICK, chosen)[0].name != "kept"


def test_dropped_hits_are_as_if_they_were_not() -> None:
    hits = (*_hits("5.0"), Hit("no", FilmTime("7.7"), status=HitStatus.DROPPED))
    with_it = fit(FilmTime(0), FilmTime(20), hits, FRAMES_24, QUICK)
    assert with_it == fit(FilmTime(0), FilmTime(20), hits[:1], FRAMES_24, QUICK)


@pytest.mark.parametrize("length", ["0.8", "1", "2", "3.21"])
def test_very_short_cues_hold_a_whole_bar(length: str) -> None:
    found = fit(FilmTime(7), FilmTime(7) + (FilmTime(length) - FilmTime(0)), (), FRAMES_24, QUICK)
    assert found[0].tempo_map.grid.bars
    _assert_sound(found, FilmTime(7) + (FilmTime(length) - FilmTime(0)))


def test_hits_closer_than_a_beat_use_eighths() -> None:
    hits = _hits("4.0", "4.3", "4.6", "8.0", "8.3", weight=4)
    best = fit(FilmTime(0), FilmTime(12), hits, FRAMES_24, QUICK)[0]
    assert len(best.caught) == 5
    assert any(landing.stress == 0 for landing in best.hits)


def test_a_burst_of_hits_does_not_stop_the_fit() -> None:
    hits = tuple(Hit(f"h{n}", FilmTime(5 + Fraction(n, 12))) for n in range(40))
    best = fit(FilmTime(0), FilmTime(20), hits, FRAMES_24, QUICK)[0]
    assert len(best.caught) > 10


def test_hits_on_both_ends_and_together() -> None:
    hits = _hits("0", "20", "7.5", "7.5")
    best = fit(FilmTime(0), FilmTime(20), hits, FRAMES_24, QUICK)[0]
    assert not best.missed


def test_other_rates_and_meters() -> None:
    waltz = FitSettings(draws=0, meters=(Meter(3, 4),))
    best = fit(FilmTime(0), FilmTime(30), _hits("7.7", "19.3"), FRAMES_25, waltz)[0]
    assert {bar.meter for bar in best.tempo_map.grid.bars} == {Meter(3, 4)}
    jig = FitSettings(
        draws=0, meters=(Meter(6, 8),), lowest_bpm=Fraction(50), wish_bpm=Fraction(70)
    )
    best = fit(FilmTime(0), FilmTime(30), _hits("7.7", "19.3"), FRAMES_25, jig)[0]
    assert best.tempo_map.tempo_at(Beat(0)).unit == Beats("3/2")
    assert not best.missed


@pytest.mark.parametrize("odd", [Meter(6, 8), Meter(7, 8)])
def test_a_bar_of_other_clicks_brings_a_hit_to_a_downbeat(odd: Meter) -> None:
    """Two bars of 4/4 and one of eighths more or less, at 96: only such a bar reaches it."""
    at = Fraction(60, 96) * (8 + odd.length.quarters)
    hit = Hit("gate", FilmTime(at), weight=5, want=HitWant.DOWNBEAT, early_frames=Fraction(1, 4))
    settings = FitSettings(
        draws=0,
        meters=(Meter(4, 4), odd),
        lowest_bpm=Fraction(94),
        highest_bpm=Fraction(98),
        ramps=False,
    )
    end = FilmTime(at + 4 * 4 * Fraction(60, 96))
    best = fit(FilmTime(0), end, (hit,), FRAMES_24, settings)[0]
    assert [str(bar.meter) for bar in best.tempo_map.grid.bars].count(str(odd)) == 1
    assert best.hits[0].stress == 3
    assert best.hits[0].caught
    assert {tempo.unit for tempo in (best.tempo_map.tempo_at(Beat(n)) for n in range(20))} == {
        Beats(1)
    }


def test_in_steady_spans_the_tempo_does_not_change() -> None:
    talk = FilmRange(FilmTime(14), FilmTime(33))
    settings = FitSettings(draws=0, steady=(talk,), top=6)
    for seed in (1, 2, 3):
        hits = _random_hits(9, 50, seed)
        found = fit(FilmTime(0), FilmTime(50), hits, FRAMES_24, settings)
        assert any(len(one.tempo_map.events) > 1 for one in found)
        for one in found:
            for event in one.tempo_map.events:
                at = one.tempo_map.time_at(event.at)
                assert not talk.start < at < talk.end
                if isinstance(event, Ramp):
                    until = one.tempo_map.time_at(event.at + event.length)
                    assert not FilmRange(at, until).overlaps(talk)


def test_a_pickup_starts_with_the_cue() -> None:
    settings = FitSettings(draws=0, pickups=(Beats(1),))
    best = fit(FilmTime(10), FilmTime(30), _hits("15"), FRAMES_24, settings)[0]
    assert best.tempo_map.grid.pickup == Beats(1)
    first = best.tempo_map.time_at(Beat(-1))
    assert FilmTime(10) <= first <= FilmTime(10) + FRAMES_24.frame_span * 3


def test_locked_hits_are_reached_or_named() -> None:
    locked = tuple(
        Hit(f"h{n}", FilmTime(text), weight=1, locked=True)
        for n, text in enumerate(("2.3", "3.9", "5.2"))
    )
    for one in fit(FilmTime(0), FilmTime(10), locked, FRAMES_24, QUICK):
        assert not one.missed
        assert not one.conflict
    near = (Hit("x", FilmTime(1), locked=True), Hit("y", FilmTime("1.1"), locked=True))
    for one in fit(FilmTime(0), FilmTime(5), near, FRAMES_24, QUICK):
        assert re.search(r"x and y are 0\.100 s \(2\.4 frames\) apart", one.conflict)
        assert len(one.missed) >= 1


def test_impossible_cues_say_what_to_do() -> None:
    with pytest.raises(FitError, match="no whole bar fits"):
        fit(FilmTime(0), FilmTime("0.2"), (), FRAMES_24)
    with pytest.raises(FitError, match="ends before it starts"):
        fit(FilmTime(5), FilmTime(5), (), FRAMES_24)


def test_the_same_question_has_the_same_answer() -> None:
    hits = _random_hits(8, 50, 9)
    assert fit(FilmTime(0), FilmTime(50), hits, FRAMES_24) == fit(
        FilmTime(0), FilmTime(50), hits, FRAMES_24
    )


def test_twenty_hits_in_three_minutes_are_fitted_while_one_waits() -> None:
    hits = _random_hits(20, 180, 1)
    begun = time.process_time()
    found = fit(FilmTime(0), FilmTime(180), hits, FRAMES_24, QUICK)
    assert time.process_time() - begun < 5
    assert len(found[0].caught) >= 17
    _assert_sound(found, FilmTime(180))


def test_what_is_not_judged_would_not_be_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the list changes where every plan is judged."""
    hits = _random_hits(10, 90, 6)
    fewer, shown = _plans_judged(monkeypatch, hits)
    monkeypatch.setattr(searching, "_too_dear", lambda *_: False)
    every, whole = _plans_judged(monkeypatch, hits)
    assert whole == shown
    assert fewer < every


def _plans_judged(
    monkeypatch: pytest.MonkeyPatch, hits: tuple[Hit, ...]
) -> tuple[int, tuple[Candidate, ...]]:
    count, judge = [0], searching.judged

    def counted(*asked: Any) -> Candidate:
        count[0] += 1
        return judge(*asked)

    with monkeypatch.context() as patch:
        patch.setattr(searching, "judged", counted)
        found = fit(FilmTime(0), FilmTime(90), hits, FRAMES_24, QUICK)
    return count[0], found
