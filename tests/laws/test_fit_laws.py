"""Laws of the fit, for whatever hits a cue may have."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import hits

from scorestage.production import Hit
from scorestage.tempofit import Candidate, FitSettings, fit, land
from scorestage.timebase import FRAMES_24, Beat, FilmTime, Meter, Ramp, Steady, TempoMap

QUICK = FitSettings(draws=0)


def _largest_change(tempo_map: TempoMap) -> Fraction:
    """From the times of the beats alone."""
    at = [click.time for click in tempo_map.clicks()]
    lasting = [(after - before).seconds for before, after in pairwise(at)]
    changes = [(max(two) / min(two) - 1) * 100 for two in pairwise(lasting)]
    return max(changes, default=Fraction(0))


def _weight(one: Candidate) -> int:
    return sum(landing.hit.weight for landing in one.caught)


def _hits_cost(one: Candidate) -> Fraction:
    return one.costs.off + one.costs.missed


def _meters(one: Candidate) -> list[Meter]:
    return [bar.meter for bar in one.tempo_map.grid.bars]


def _apart(one: TempoMap, other: TempoMap) -> float:
    """By how much, at most, one map is faster than another over an eighth of the same bars."""
    eighths = [Beat(Fraction(n, 2)) for n in range(int(one.grid.end.quarters * 2) + 1)]
    apart = 0.0
    for at, after in pairwise(eighths):
        paces = [float((m.time_at(after) - m.time_at(at)).seconds) for m in (one, other)]
        apart = max(apart, max(paces) / min(paces) - 1)
    return apart


@settings(max_examples=12)
@given(st.sampled_from((5, 12, 31)).flatmap(lambda long: st.tuples(st.just(long), hits(long))))
def test_every_candidate_is_what_it_says(cue: tuple[int, tuple[Hit, ...]]) -> None:
    length, wanted = cue
    found = fit(FilmTime(0), FilmTime(length), wanted, FRAMES_24, QUICK)
    assert found
    totals = [one.costs.total for one in found]
    assert len(set(map(id, found))) == len(found) <= QUICK.top
    assert totals[1:] == sorted(totals[1:])
    least = min(found, key=lambda one: one.costs.total)
    served = _weight(found[0]) > _weight(least) or _hits_cost(found[0]) < _hits_cost(least)
    assert totals[0] == min(totals) or served
    for one, other in combinations(found, 2):
        assert _meters(one) != _meters(other) or _apart(one.tempo_map, other.tempo_map) > 0.03
    for one in found:
        tempo_map = one.tempo_map
        assert abs(FRAMES_24.frames_in(tempo_map.end - FilmTime(length))) <= 1
        assert 0 <= FRAMES_24.frames_in(tempo_map.start - FilmTime(0)) <= QUICK.start_late_frames
        assert all(bar.meter in QUICK.meters for bar in tempo_map.grid.bars)
        assert [landing.hit for landing in one.hits] == list(wanted)
        assert all(land(landing.hit, tempo_map, FRAMES_24) == landing for landing in one.hits)
        assert one.largest_step_percent == _largest_change(tempo_map)
        assert one.unwritten_step_percent <= QUICK.breath_percent + Fraction(1, 5)
        for event in tempo_map.events:
            if isinstance(event, Steady | Ramp):
                bpm = tempo_map.tempo_at(event.at).bpm
                assert Fraction("59.99") <= bpm <= Fraction("160.01")
        assert one.gap is not None and 0 <= one.gap <= one.costs.total
        assert not one.conflict


@settings(max_examples=6)
@given(hits(20, most=4))
def test_a_map_in_use_stays_when_a_hit_goes(wanted: tuple[Hit, ...]) -> None:
    chosen = fit(FilmTime(0), FilmTime(20), wanted, FRAMES_24, QUICK)[0]
    lost = frozenset(landing.hit.id for landing in chosen.missed)
    again = fit(FilmTime(0), FilmTime(20), wanted[1:], FRAMES_24, QUICK, chosen.tempo_map, lost)
    assert again[0].tempo_map == chosen.tempo_map
