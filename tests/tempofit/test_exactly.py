from __future__ import annotations

from fractions import Fraction

from scorestage.production import Hit, HitWant
from scorestage.tempofit import fit
from scorestage.tempofit.exactly import exact_map
from scorestage.tempofit.ground import Ground, lay_ground
from scorestage.tempofit.plan import Knot, Plan
from scorestage.tempofit.settings import FitSettings
from scorestage.timebase import FRAMES_24, Beat, Beats, FilmTime, Meter, Steady, TempoMap


def _ground(start: int) -> Ground:
    hits = (Hit("a", FilmTime(start + 9)),)
    return lay_ground(FilmTime(start), FilmTime(start + 60), hits, FRAMES_24, FitSettings())


GROUND = _ground(0)


def tempos(tempo_map: TempoMap) -> list[Fraction]:
    return [event.tempo.bpm for event in tempo_map.events if isinstance(event, Steady)]


def _plan(*knots: tuple[int, float], pickup: int = 0) -> Plan:
    bars = (Meter(4, 4),) * ((knots[-1][0] - pickup) // 8)
    return Plan(tuple(Knot(*knot) for knot in knots), pickup, bars, ())


def test_every_knot_lands_within_a_sixteenth_of_a_frame_and_errors_do_not_add_up() -> None:
    knots = [(0, 0.0)]
    for number in range(1, 30):
        knots.append((8 * number, knots[-1][1] + 2.4871 + 0.0137 * (number % 3)))
    tempo_map = exact_map(_ground(100), _plan(*knots), FRAMES_24)
    for unit, seconds in knots:
        off = tempo_map.time_at(Beat(Fraction(unit, 2))).seconds - 100 - Fraction(seconds)
        assert abs(off) <= Fraction(1, 16 * 24) + Fraction(1, 10**8)


def test_plain_tempos_are_kept_plain() -> None:
    tempo_map = exact_map(GROUND, _plan((0, 0.0), (64, 20.0)), FRAMES_24)
    assert tempos(tempo_map) == [96]
    near = exact_map(GROUND, _plan((0, 0.0), (64, 20.001)), FRAMES_24)
    assert tempos(near) == [96]


def test_the_same_tempo_is_not_written_twice() -> None:
    tempo_map = exact_map(GROUND, _plan((0, 0.0), (32, 10.0), (64, 20.0)), FRAMES_24)
    assert len(tempo_map.events) == 1


def test_music_starts_on_a_quarter_frame_and_a_pickup_comes_before_bar_one() -> None:
    plan = _plan((0, 0.085), (66, 20.71), pickup=2)
    tempo_map = exact_map(_ground(5), plan, FRAMES_24)
    first = tempo_map.time_at(Beat(-1))
    assert tempo_map.grid.pickup == Beats(1)
    assert (first - FilmTime(5)).seconds == Fraction(2, 24)
    assert tempo_map.start > first


def test_the_start_is_not_rounded_out_of_the_range_of_tempos() -> None:
    hits = (
        Hit("h0", FilmTime(Fraction(2, 3)), weight=1, want=HitWant.DOWNBEAT,
            early_frames=Fraction(0), late_frames=Fraction(2), aim_frames=Fraction(1)),
        Hit("h1", FilmTime(Fraction(13, 24)), weight=2, want=HitWant.DOWNBEAT,
            early_frames=Fraction(1), late_frames=Fraction(1), aim_frames=Fraction(1)),
    )  # fmt: skip
    asked = FitSettings(draws=0)
    for one in fit(FilmTime(0), FilmTime(5), hits, FRAMES_24, asked):
        for event in one.tempo_map.events:
            if isinstance(event, Steady):
                assert asked.lowest_bpm <= event.tempo.bpm <= asked.highest_bpm + Fraction(1, 100)
