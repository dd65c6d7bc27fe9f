"""Cues that nobody would write: an answer or a plain word, soon, and never a traceback."""

from __future__ import annotations

import time
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from scorestage.errors import FitError
from scorestage.production import Hit, HitKind
from scorestage.tempofit import Candidate, FitSettings, first_fit, fit
from scorestage.timebase import (
    FRAMES_24,
    Beat,
    Beats,
    Fermata,
    FilmRange,
    FilmTime,
    Meter,
    Ramp,
    Steady,
    Tempo,
)

PLAIN = FitSettings(draws=20, top=5)
FRAME = FRAMES_24.frame_span.seconds


def _at(*seconds: Fraction | int | str, **more: object) -> tuple[Hit, ...]:
    return tuple(
        Hit(f"h{n}", FilmTime(Fraction(one)), **more)  # type: ignore[arg-type]
        for n, one in enumerate(seconds)
    )


def _random(count: int, length: int, seed: int, **more: object) -> tuple[Hit, ...]:
    frames = sorted(np.random.default_rng(seed).integers(0, 24 * length, count).tolist())
    return _at(*(frame * FRAME for frame in frames), **more)


def _in_range(candidate: Candidate, settings: FitSettings) -> bool:
    tempos = []
    for event in candidate.tempo_map.events:
        if isinstance(event, Steady):
            tempos.append(event.tempo.bpm)
        elif isinstance(event, Ramp):
            tempos += [event.start.bpm, event.end.bpm]
    slack = Fraction(1, 10**6)
    low, high = settings.lowest_bpm - slack, settings.highest_bpm + slack
    return all(low <= bpm <= high for bpm in tempos)


WIDE = replace(
    PLAIN, lowest_bpm=Fraction(20), highest_bpm=Fraction(400), wish_bpm=Fraction(100), draws=0
)
EIGHTHS = replace(
    PLAIN,
    meters=(Meter(7, 8), Meter(5, 8)),
    lowest_bpm=Fraction(160),
    wish_bpm=Fraction(200),
    highest_bpm=Fraction(260),
)
STOPS = replace(PLAIN, fermatas=True, free_bars=True)
CUES: dict[str, tuple[Fraction | int | None, tuple[Hit, ...], FitSettings]] = {
    "no hits": (60, (), PLAIN),
    "no hits, no end": (None, (), PLAIN),
    "a second": (1, _at("1/2"), PLAIN),
    "hits at start and end": (30, _at(0, 15, 30), PLAIN),
    "a frame apart": (30, _at(10, 10 + FRAME), PLAIN),
    "aims outside": (30, _at(0, 30, aim_frames=Fraction(-2)), PLAIN),
    "no tolerance": (
        40,
        _at("10.3", "20.7", early_frames=Fraction(0), late_frames=Fraction(0)),
        PLAIN,
    ),
    "every tolerance": (40, _at("10.3", "20.7", early_frames=Fraction(999)), PLAIN),
    "together": (40, _at(10, 10, 10, 20), PLAIN),
    "one tempo only": (
        30,
        _at(10, 20),
        replace(PLAIN, lowest_bpm=Fraction(96), highest_bpm=Fraction(96)),
    ),
    "any tempo": (40, _random(5, 40, 1), WIDE),
    "eighths": (40, _random(5, 40, 2), EIGHTHS),
    "four and seven": (40, _random(5, 40, 3), replace(PLAIN, meters=(Meter(4, 4), Meter(7, 8)))),
    "stops": (60, _random(6, 60, 7, kind=HitKind.STOP), STOPS),
    "changes": (60, _random(6, 60, 8, kind=HitKind.CHANGE), PLAIN),
    "talk throughout": (
        40,
        _random(5, 40, 4),
        replace(PLAIN, steady=(FilmRange(FilmTime(-5), FilmTime(500)),)),
    ),
    "no breath": (40, _random(5, 40, 5), replace(PLAIN, breath_percent=Fraction(0))),
    "pickups": (40, _random(5, 40, 6), replace(PLAIN, pickups=(Beats(0), Beats(1)))),
    "late start": (40, _random(5, 40, 6), replace(PLAIN, start_late_frames=Fraction(48))),
}


@pytest.mark.parametrize("name", CUES)
def test_odd_cues_have_an_answer(name: str) -> None:
    length, hits, settings = CUES[name]
    end = None if length is None else FilmTime(Fraction(length))
    found = fit(FilmTime(0), end, hits, FRAMES_24, settings)
    assert found
    for one in (*found, first_fit(FilmTime(0), end, hits, FRAMES_24, settings)):
        assert _in_range(one, settings)
        assert not one.conflict
        if end is not None:
            assert abs(FRAMES_24.frames_in(one.tempo_map.end - end)) <= 1
    assert len({one.name for one in found}) == len(found)


def test_as_many_maps_as_are_asked_for() -> None:
    for top in (1, 5, 12):
        settings = replace(PLAIN, draws=0, top=top)
        assert len(fit(FilmTime(0), FilmTime(60), _random(5, 60, 9), FRAMES_24, settings)) == top
        assert len(fit(FilmTime(0), FilmTime(60), (), FRAMES_24, settings)) == top


def test_a_hundred_hits_in_a_minute_take_seconds() -> None:
    begun = time.process_time()
    found = fit(FilmTime(0), FilmTime(60), _random(100, 60, 2), FRAMES_24, replace(PLAIN, top=3))
    assert time.process_time() - begun < 12
    assert len(found[0].caught) > 50


def test_locked_hits_that_cannot_be_met_are_named_with_what_stands_in_the_way() -> None:
    hits = _at(10, 10 + 2 * FRAME, locked=True, words="door")
    for one in fit(FilmTime(0), FilmTime(20), hits, FRAMES_24, PLAIN):
        assert "h0 (door) and h1 (door) are 0.083 s (2.0 frames) apart" in one.conflict
        assert len(one.caught) == 1
    early = _at(FRAME * 2, locked=True)
    settings = replace(PLAIN, start_late_frames=Fraction(0))
    best = fit(FilmTime(0), FilmTime(20), early, FRAMES_24, settings)[0]
    assert "too near the start" in best.conflict


def test_cues_that_hold_no_bar_say_so() -> None:
    with pytest.raises(FitError, match="no whole bar fits"):
        fit(FilmTime(0), FilmTime("0.2"), (), FRAMES_24, PLAIN)
    only = replace(PLAIN, lowest_bpm=Fraction(96), highest_bpm=Fraction(96))
    without = replace(only, end_hold=False)
    with pytest.raises(FitError, match="widen the range"):
        fit(FilmTime(0), FilmTime("31.1"), (), FRAMES_24, without)
    held = fit(FilmTime(0), FilmTime("31.1"), (), FRAMES_24, only)[0]
    assert held.tempo_map.end == FilmTime("31.1")
    assert held.tempo_map.events[0] == Steady(Beat(0), Tempo(Fraction(96)))
    assert isinstance(held.tempo_map.events[1], Fermata) and len(held.tempo_map.events) == 2
