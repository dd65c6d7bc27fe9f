from __future__ import annotations

from fractions import Fraction

from scorestage.production import Hit
from scorestage.tempofit import FitSettings, judged, land, tempo_steps_percent
from scorestage.tempofit.ground import lay_ground
from scorestage.timebase import (
    FRAMES_24,
    BarGrid,
    Beat,
    Beats,
    FilmTime,
    Meter,
    Ramp,
    Steady,
    Tempo,
    TempoMap,
)

SIX_BARS = BarGrid.regular(6, Meter(4, 4))
AT_120 = TempoMap.steady(FilmTime(10), Tempo(120), SIX_BARS)


def test_frames_off_are_exact_and_early_is_negative() -> None:
    hit = Hit("a", FRAMES_24.time_of(24 * 12 + 7), early_frames=Fraction(1))
    landing = land(hit, AT_120, FRAMES_24)
    assert landing.at == Beat("9/2")
    assert landing.off_frames == Fraction(24 * 12 + 6) - Fraction(24 * 12 + 7)
    assert landing.caught
    assert landing.stress == 0
    assert str(landing.position) == "2 beat 3/2"


def test_the_aim_is_what_counts() -> None:
    hit = Hit("a", FilmTime(12), aim_frames=Fraction(2), early_frames=Fraction(1))
    landing = land(hit, AT_120, FRAMES_24)
    assert landing.off_frames == -2
    assert not landing.caught


def test_a_stop_on_the_final_barline_is_a_downbeat() -> None:
    landing = land(Hit("end", FilmTime(22)), AT_120, FRAMES_24)
    assert landing.at == SIX_BARS.end
    assert (landing.off_frames, landing.stress) == (0, 3)


def test_a_dotted_beat_has_three_places() -> None:
    grid = BarGrid.regular(4, Meter(6, 8))
    tempo_map = TempoMap.steady(FilmTime(0), Tempo(60, Beats("3/2")), grid)
    landing = land(Hit("a", FilmTime(Fraction(8, 3))), tempo_map, FRAMES_24)
    assert (landing.at, landing.off_frames) == (Beat(4), 0)


def test_steps_leave_ramps_out() -> None:
    ramp = Ramp(Beat(8), Beats(4), Tempo(126), Tempo(100))
    events = (Steady(Beat(0), Tempo(120)), Steady(Beat(4), Tempo(126)), ramp)
    steps = tempo_steps_percent(TempoMap(FilmTime(0), SIX_BARS, events))
    assert steps == (Fraction(5),)


def test_the_terms_add_up_and_name_what_is_missed() -> None:
    hits = (Hit("a", FilmTime(12)), Hit("b", FilmTime("13.13"), words="gate falls"))
    ground = lay_ground(FilmTime(10), FilmTime(22), hits, FRAMES_24, FitSettings())
    found = judged("given", AT_120, ground, hits, FRAMES_24)
    assert [landing.hit.id for landing in found.caught] == ["a"]
    assert [landing.hit.id for landing in found.missed] == ["b"]
    assert "misses gate falls" in found.why
    assert found.costs.missed == 54
    assert found.costs.step == found.costs.meter == found.costs.place == 0
    assert found.costs.total == found.costs.missed + found.costs.wish + found.costs.off
