"""Ritardandos, fermatas and free bars: only where allowed, and as a conductor would have them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from scorestage.production import Hit, HitKind, HitWant
from scorestage.tempofit import FitSettings, fit
from scorestage.timebase import FRAMES_24, Fermata, FilmTime, FreeBar, Ramp, Steady, TempoMap

NONE = FitSettings(draws=0, top=8, ramps=False, end_hold=False)
RAMPS = replace(NONE, ramps=True)
HOLDS = replace(NONE, fermatas=True, free_bars=True)


def _hits(seed: int, **more: object) -> tuple[Hit, ...]:
    frames = sorted(np.random.default_rng(seed).choice(np.arange(60, 900), 5, replace=False))
    return tuple(
        Hit(f"h{n}", FRAMES_24.time_of(int(one)), weight=4, **more)  # type: ignore[arg-type]
        for n, one in enumerate(frames)
    )


def _maps(seed: int, settings: FitSettings, **more: object) -> list[TempoMap]:
    hits = _hits(seed, **more)
    return [one.tempo_map for one in fit(FilmTime(0), FilmTime(40), hits, FRAMES_24, settings)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_is_written_that_nobody_allowed(seed: int) -> None:
    for tempo_map in _maps(seed, NONE, kind=HitKind.STOP):
        assert all(isinstance(event, Steady) for event in tempo_map.events)
    for tempo_map in _maps(seed, RAMPS):
        assert all(isinstance(event, Steady | Ramp) for event in tempo_map.events)
    for tempo_map in _maps(seed, HOLDS, kind=HitKind.STOP):
        assert not any(isinstance(event, Ramp) for event in tempo_map.events)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_ritardando_goes_on_from_the_tempo_before_it(seed: int) -> None:
    ramps = 0
    for tempo_map in _maps(seed, RAMPS):
        for before, event in zip(tempo_map.events, tempo_map.events[1:], strict=False):
            if not isinstance(event, Ramp):
                continue
            ramps += 1
            came = before.tempo if isinstance(before, Steady) else before.end  # type: ignore[union-attr]
            assert event.start == came
            ratio = event.end.bpm / event.start.bpm
            assert Fraction(1, 2) < ratio < Fraction(8, 5)
            assert abs(ratio - 1) > Fraction(1, 50)
            if event.at + event.length == tempo_map.grid.end:
                assert ratio < 1, "an ending broadens, it does not hurry"
    assert ramps


def test_the_list_holds_a_ritardando_into_the_ending() -> None:
    found = fit(FilmTime(0), FilmTime(40), _hits(2), FRAMES_24, RAMPS)
    named = [one for one in found if "ritardando into the ending" in one.name]
    assert named
    last = named[0].tempo_map.events[-1]
    assert isinstance(last, Ramp)
    assert last.at + last.length == named[0].tempo_map.grid.end
    assert "into the ending" in named[0].why


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_holds_are_whole_beats_and_whole_bars(seed: int) -> None:
    holds = 0
    for tempo_map in _maps(seed, HOLDS, kind=HitKind.STOP):
        grid = tempo_map.grid
        for event in tempo_map.events:
            if isinstance(event, Fermata):
                holds += 1
                assert event.length.quarters == 1
                natural = event.length.quarters * tempo_map.tempo_at(event.at).seconds_per_quarter
                assert event.played.seconds > natural
                assert event.played.seconds < natural + 5
            if isinstance(event, FreeBar):
                holds += 1
                assert event.at in grid.starts and event.at + event.length in grid.starts
                assert event.length == grid.bars[grid.index_at(event.at)].meter.length
    assert holds


def test_a_fermata_after_a_stop_gives_time_back() -> None:
    """A stop, then nothing for a moment that no beat fills: the note is held."""
    beat = Fraction(60, 96)
    stop = Hit("stop", FilmTime(beat * 12), weight=5, kind=HitKind.STOP)
    on = Hit("on", FilmTime(beat * 16 + Fraction(4, 5)), weight=5, want=HitWant.DOWNBEAT)
    end = FilmTime(beat * 32 + Fraction(4, 5))
    settings = replace(NONE, fermatas=True, lowest_bpm=Fraction(95), highest_bpm=Fraction(97))
    best = fit(FilmTime(0), end, (stop, on), FRAMES_24, settings)[0]
    held = [event for event in best.tempo_map.events if isinstance(event, Fermata)]
    assert [float(event.at.quarters) for event in held] == [12.0]
    assert float(held[0].played.seconds) == pytest.approx(float(beat) + 0.8, abs=0.15)
    assert len(best.caught) == 2
    assert best.hits[1].stress == 3


def test_a_change_of_scene_wants_a_new_bar() -> None:
    cue, at = FilmTime(30), FilmTime("13.2")
    accent = fit(FilmTime(0), cue, (Hit("x", at, weight=4),), FRAMES_24, NONE)[0]
    change = Hit("x", at, weight=4, kind=HitKind.CHANGE)
    changed = fit(FilmTime(0), cue, (change,), FRAMES_24, NONE)[0]
    assert changed.hits[0].stress == 3
    assert changed.hits[0].stress >= accent.hits[0].stress
