"""Repairs of written cues: the trade's own example, laws that hold for all, and brute force."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tempofit.repairs.cues import kept_around, written_cue

from scorestage.production import BarState
from scorestage.tempofit.repairs import EditKind, Joints, Origin, Repair, WrittenCue, repairs
from scorestage.tempofit.repairs.ground import Terrain
from scorestage.tempofit.repairs.moves import AROUND, TIMES, Kind, Moves, all_moves
from scorestage.tempofit.repairs.prices import RepairPrices
from scorestage.tempofit.repairs.rebuilding import rebuilt
from scorestage.tempofit.repairs.search import Way, cheapest_way, way_points
from scorestage.tempofit.repairs.searching import USUAL
from scorestage.timebase import (
    BarGrid,
    Beat,
    Beats,
    FilmSpan,
    FilmTime,
    FrameRate,
    Meter,
    Tempo,
    TempoMap,
)

FRAMES_14 = Fraction(14, 24)


def of_name(found: tuple[Repair, ...], name: str) -> Repair:
    return next(one for one in found if one.name == name)


def test_fourteen_frames_are_one_beat_and_a_tempo_nobody_hears() -> None:
    cue = written_cue(8, ((Fraction(7), FRAMES_14),), ())
    found = repairs(cue)
    by_beat = next(one for one in found if one.edits[0].kind is EditKind.CUT)
    assert by_beat.largest_step_percent < Fraction(5, 2)
    assert sum(bar.meter.length.quarters for bar in by_beat.tempo_map.grid.bars) == 31
    assert by_beat.tempo_map.end.seconds == 16 - FRAMES_14


def test_the_published_example_by_tempo_alone_and_after_a_beat_dropped() -> None:
    cue = written_cue(8, ((Fraction(7), FRAMES_14),), ())
    alone = of_name(repairs(cue), "tempo alone")
    assert alone.edits[0].kind is EditKind.BEND
    whole = 32 / (16 - FRAMES_14) * 60
    assert round(float(whole), 4) == 124.5405
    assert {round(float(edit.percent), 2) for edit in alone.edits} == {3.78}
    dropped = 31 / (16 - FRAMES_14) * 60
    assert round(float(dropped), 4) == 120.6486


def test_moving_music_is_not_stopped_for_seconds_where_bars_can_be_gone_through_again() -> None:
    """Half a beat is held where music moves on; three seconds there are repeated bars."""
    for seconds, kind in ((Fraction(1, 4), EditKind.HOLD), (Fraction(3), EditKind.REPEAT)):
        cue = written_cue(16, ((Fraction(15), -seconds),), tuple(range(0, 64, 8)))
        count = len(cue.joints.places)
        moving = Joints(cue.joints.places, np.full((count, count), 6.0), np.full(count - 1, 3.0))
        found = repairs(replace(cue, joints=moving))
        assert found[0].edits[0].kind is kind
        still = Joints(cue.joints.places, moving.jump, np.zeros(count - 1))
        assert repairs(replace(cue, joints=still))[0].edits[0].kind is EditKind.HOLD


def test_an_empty_change_does_nothing() -> None:
    cue = written_cue(12, (), (0, 8, 21, 40))
    found = repairs(cue)
    assert found[0].edits == () and found[0].points == 0
    assert found[0].tempo_map == cue.tempo_map and found[0].touched == ()


def test_a_cue_whose_picture_only_slid_slides() -> None:
    cue = written_cue(8, ((Fraction(0), Fraction(-5, 2)),), (4, 17))
    later = WrittenCue(
        cue.tempo_map, cue.hits, cue.kept[1:], cue.start + cue.kept[-1].by, cue.end, cue.states,
        cue.joints, cue.rate,
    )  # fmt: skip
    best = repairs(later)[0]
    assert best.edits == ()
    assert best.tempo_map == cue.tempo_map.shifted(cue.kept[-1].by)


def test_four_bars_out_are_four_bars_cut() -> None:
    cue = written_cue(24, ((Fraction(20), Fraction(8)),), (0, 16, 32, 64, 80))
    best = repairs(cue)[0]
    assert [edit.kind for edit in best.edits] == [EditKind.CUT]
    assert len(best.tempo_map.grid.bars) == 20 and best.largest_step_percent == 0
    assert not best.missed and "hits met again" in best.why


def test_bars_on_the_stands_keep_their_labels_and_new_ones_get_letters() -> None:
    cue = written_cue(16, ((Fraction(13), Fraction(-4)),), (0, 16, 40), BarState.ISSUED)
    best = next(one for one in repairs(cue) if one.edits[0].kind is EditKind.REPEAT)
    labels = [str(bar.label) for bar in best.tempo_map.grid.bars]
    assert len(labels) == len(set(labels)) == 18
    assert sum(label[-1].isalpha() for label in labels) == 2
    again = [n for n, source in enumerate(best.sources) if source.origin is Origin.AGAIN]
    assert len(again) == 2
    free = written_cue(16, ((Fraction(13), Fraction(-4)),), (0, 16, 40))
    counted = repairs(free)[0].tempo_map.grid.bars
    assert [str(bar.label) for bar in counted] == [str(n) for n in range(1, len(counted) + 1)]


def test_recorded_bars_are_cut_rather_than_bent() -> None:
    taken = written_cue(16, ((Fraction(9), Fraction(1, 4)),), (), BarState.RECORDED)
    free = written_cue(16, ((Fraction(9), Fraction(1, 4)),), ())
    assert repairs(free)[0].edits[0].kind is EditKind.BEND
    for one in repairs(taken):
        if one.edits and one.edits[0].kind is EditKind.BEND:
            assert set(one.retake) == set(one.touched)


def test_a_good_joint_draws_the_cut_to_it() -> None:
    cue = written_cue(24, ((Fraction(20), Fraction(8)),), (0, 80))
    jump = np.full_like(cue.joints.jump, 9.0)
    jump[44, 60] = 0.0
    good = Joints(cue.joints.places, jump, cue.joints.hold)
    cue = WrittenCue(
        cue.tempo_map, cue.hits, cue.kept, cue.start, cue.end, cue.states, good, cue.rate
    )
    edit = repairs(cue)[0].edits[0]
    assert (edit.kind, edit.low, edit.high) == (EditKind.CUT, Beat(44), Beat(60))


def test_of_two_joints_alike_the_one_at_the_barline_is_taken() -> None:
    cue = written_cue(24, ((Fraction(20), Fraction(2)),), (0, 80))
    jump = np.full_like(cue.joints.jump, 9.0)
    jump[[41, 44], [45, 48]] = 0.0, 0.2
    cue = replace(cue, joints=replace(cue.joints, jump=jump))
    edit = repairs(cue)[0].edits[0]
    assert (edit.low, edit.words) == (Beat(44), "cut bar 12")


def test_an_accent_written_for_a_hit_is_not_played_twice_for_nothing() -> None:
    """Two places to go through again serve alike: the one without the accent is taken."""
    for hits, low in (((36, 84), Beat(64)), ((36, 66, 84), Beat(48))):
        cue = written_cue(24, ((Fraction(20), Fraction(-4)),), hits)
        jump = np.full_like(cue.joints.jump, 9.0)
        jump[[56, 72], [48, 64]] = 0.5, 0.0
        best = repairs(replace(cue, joints=replace(cue.joints, jump=jump)))[0]
        assert (best.edits[0].low, best.missed) == (low, ())


def test_in_three_eight_an_eighth_can_go() -> None:
    tempo_map = TempoMap.steady(
        FilmTime(0), Tempo(100, Beats(Fraction(1, 2))), BarGrid.regular(32, Meter(3, 8))
    )
    gone = Fraction(6, 10)
    kept = kept_around(((Fraction(20), gone),), tempo_map.end.seconds + 60)
    joints = Joints.plain(tempo_map.grid)
    cue = WrittenCue(
        *(tempo_map, (), kept, FilmTime(0), tempo_map.end - FilmSpan(gone)),
        *((BarState.FREE,) * 32, joints, FrameRate(24)),
    )
    found = of_name(repairs(cue), "in the old tempo")
    assert found.edits[0].words.startswith("drop eighth")
    assert found.largest_step_percent == 0
    assert sum(bar.meter.length.quarters for bar in found.tempo_map.grid.bars) == Fraction(95, 2)


def test_a_frame_within_tolerance_is_left_where_mending_would_cost_more() -> None:
    cue = written_cue(16, ((Fraction(9), Fraction(1, 24)),), (0, 8), BarState.RECORDED)
    found = repairs(cue)
    cheapest = min(found, key=lambda one: one.points)
    assert found[0].points == cheapest.points
    assert found[0].edits == () and not found[0].missed


def test_a_minute_of_new_picture_gets_new_music_or_a_vamp() -> None:
    cue = written_cue(24, ((Fraction(20), Fraction(-60)),), (0, 16, 80))
    found = repairs(cue)
    assert found[0].edits and not found[0].missed
    assert any(edit.kind is EditKind.NEW_MUSIC for one in found for edit in one.edits)


@settings(max_examples=25, deadline=None)
@given(
    gone=st.integers(-160, 160),
    place=st.integers(3, 40),
    beats=st.sets(st.integers(0, 95), max_size=7),
    state=st.sampled_from(BarState),
)
def test_what_holds_for_every_repair(
    gone: int, place: int, beats: set[int], state: BarState
) -> None:
    cut = (Fraction(place), Fraction(gone, 24))
    cue = written_cue(24, (cut,), tuple(sorted(beats)), state, locked=True)
    found = repairs(cue)
    points = [one.points for one in found if one.name not in ("tempo alone", "left as it is")]
    assert points == sorted(points)
    for one in found:
        kinds = {edit.kind for edit in one.edits}
        assert one.name != "new music" or EditKind.NEW_MUSIC in kinds
        assert one.name != "tempo alone" or kinds == {EditKind.BEND}
        grid = one.tempo_map.grid
        assert sum((span.length.quarters for span in one.spans), Fraction(0)) == grid.end.quarters
        assert len(one.sources) == len(grid.bars)
        played = _moments(cue, one)
        for bar in set(range(24)) - set(one.touched):
            start = cue.tempo_map.grid.starts[bar]
            shifts = {at - cue.tempo_map.time_at(start) for at in played[start]}
            known = {stretch.by for stretch in cue.kept} | {cue.start - cue.tempo_map.start}
            assert shifts & known, f"bar {bar} stays as it was, yet on no picture"
        if one.edits:
            assert abs((one.tempo_map.end - cue.end).seconds) < Fraction(1, 10**6)  # type: ignore[operator]
    assert all(one.hit.locked for one in found[0].hits)


def _moments(cue: WrittenCue, repair: Repair) -> dict[Beat, list]:  # type: ignore[type-arg]
    """When each written barline sounds in the repair, by its old place."""
    found: dict[Beat, list] = {start: [] for start in cue.tempo_map.grid.starts}  # type: ignore[type-arg]
    for span in repair.spans:
        for start in cue.tempo_map.grid.starts:
            if span.low is not None and span.low <= start < span.low + span.length:
                found[start].append(repair.tempo_map.time_at(span.to + (start - span.low)))
    return found


# ── brute force ────────────────────────────────────────────────────────────────────────────────


def plain_price(cue: WrittenCue, way: Way, prices: RepairPrices) -> float:
    """The price of a way, reckoned one rule at a time from the finished map."""
    terrain = Terrain.of(cue)
    tempo_map, spans, _ = rebuilt(terrain, way)
    grid = cue.tempo_map.grid
    total = 0.0
    for written in cue.hits:
        offs = [
            float((tempo_map.time_at(span.to + (written.at - span.low)) - written.hit.at).seconds)
            for span in spans
            if span.low is not None and span.low <= written.at < span.low + span.length
        ]
        total += min(
            (_hit_price(off, written.hit, prices) for off in offs),
            default=_miss(written.hit, prices),
        )
        total += 0.5 * written.hit.weight * max(0, len(offs) - 1)
    assert cue.end is not None
    total += _edge_price(tempo_map.time_at(Beat(0)) - cue.start)
    total += _edge_price(tempo_map.end - cue.end)
    for move in way.moves:
        total += _move_price(cue, terrain, move, prices)
    moved = {b for move in way.moves for b in range(int(move.first[0]), int(move.last[0]))}
    for bar in set(range(len(grid.bars))) - moved:
        middle = cue.tempo_map.time_at(grid.starts[bar]) + (
            cue.tempo_map.time_at(grid.starts[bar + 1]) - cue.tempo_map.time_at(grid.starts[bar])
        ) * Fraction(1, 2)
        own = next((one.by for one in cue.kept if one.old.holds(middle)), None)
        if own is None:
            continue
        span = next(
            s for s in spans if s.low is not None and s.low <= grid.starts[bar] < s.low + s.length
        )
        shift = tempo_map.time_at(span.to + (grid.starts[bar] - span.low)) - cue.tempo_map.time_at(
            grid.starts[bar]
        )
        away = abs(float((shift - own).seconds))
        total += prices.astray_bar * min(1.0, away / 0.5)
    return total


def _edge_price(off: FilmSpan) -> float:
    seconds = float(off.seconds)
    return 0.25 * 24 * (seconds / (0.045 if seconds < 0 else 0.125)) ** 2


def _miss(hit, prices) -> float:  # type: ignore[no-untyped-def]
    return 1e5 if hit.locked else (9 + 5 * hit.weight**2)


def _hit_price(off: float, hit, prices) -> float:  # type: ignore[no-untyped-def]
    frames = off * 24
    if not -float(hit.early_frames) - 1e-6 <= frames <= float(hit.late_frames) + 1e-6:
        return _miss(hit, prices)
    scale = 0.045 if off < 0 else 0.125
    return min(0.75 * (9 + 5 * hit.weight**2), 24 * hit.weight * (off / scale) ** 2)


def _move_price(cue: WrittenCue, terrain: Terrain, move: Moves, prices: RepairPrices) -> float:
    bars = len(cue.states)
    first, last = int(move.first[0]), int(move.last[0])
    bend = abs(float(move.bend[0]))
    total = 0.0
    if bend > 1e-9:
        size = bend / 0.025
        step = size**2 + 400 * max(0.0, size - 0.95) ** 2 + 0.3 + (30 if size > 0.9877 else 0)
        total += max(1, (first > 0) + (last < bars)) * step
        total += 1.5 * (last - first) / bars * (bend / 0.05) ** 2 + 0.02 * (last - first)
    kind, out, into = Kind(int(move.kind[0])), int(move.out[0]), int(move.into[0])
    times, added = int(move.times[0]), float(move.added[0])
    if kind is Kind.BEND:
        return total
    if kind in (Kind.HOLD, Kind.FREE_BAR):
        price = 5.0 if kind is Kind.HOLD else 8.0
        return total + price + 1.5 * added + float(cue.joints.hold[out - 1]) * max(1.0, added)
    if kind is Kind.NEW:
        return total + 18 + 2 * added / 2.0
    bars_jumped = abs(out - into) / 4
    total += 1 + float(cue.joints.jump[out, into])
    total += (
        0.6 * bars_jumped if kind is Kind.CUT else 0.5 * bars_jumped * times + 2.5 * (times - 1)
    )
    total += 0.4 if out % 4 or into % 4 else 0.0
    head, tail = out % 4, -into % 4
    if head + tail == 4 and head:
        odd = 0
    elif head and tail and head + tail <= 6:
        odd = 1
    else:
        odd = (head > 0) + (tail > 0)
    return total + 4.0 * odd * times


def every_move(terrain: Terrain, low: int, high: int) -> list[Moves]:
    """All moves between two shifts, one by one, by nested loops."""
    bars, clicks = terrain.bars, terrain.bars * 4
    by = float(terrain.by[high] - terrain.by[low])
    found = []

    def add(
        kind: Kind, first: int, last: int, out: int, into: int, times: int, added: float
    ) -> None:
        written = (last - first) * 2.0
        played = written - ((into - out) * 0.5 * times - added)
        wanted = written + by
        if played <= 0 or wanted <= 0 or abs(math.log(played / wanted)) > 0.1:
            return
        numbers = (kind, first, last, low, high, out, into, times)
        arrays = [np.array([n], dtype=np.int64) for n in numbers]
        bend = math.log(played / wanted)
        bend = 0.0 if abs(bend) < 1e-9 else bend
        rest = [np.array([added]), np.array([bend]), np.array([0.0]), np.array([True])]
        found.append(Moves(*arrays, *rest))  # type: ignore[arg-type]

    for first, last in itertools.combinations(range(bars + 1), 2):
        add(Kind.BEND, first, last, first * 4, first * 4, 1, 0.0)
    for out, into in itertools.permutations(range(clicks + 1), 2):
        if {out, into} == {0, clicks} or (into > out) != (by < 0):
            continue
        inner, outer = min(out, into) // 4, max(1, -(-max(out, into) // 4))
        inner = min(inner, bars - 1)
        windows = {
            (max(0, inner - before), min(bars, max(outer, inner + 1) + after))
            for before, after in itertools.product(AROUND, AROUND)
        }
        for ends in windows:
            for times in (1,) if by < 0 else TIMES:
                add(Kind.CUT if by < 0 else Kind.REPEAT, *ends, out, into, times, 0.0)
    for at in range(1, clicks + 1):
        bar = max(0, -(-at // 4) - 1)
        if 0 < by <= 4:
            add(Kind.HOLD, bar, bar + 1, at, at, 1, by)
        if 0 < by <= 12 and at % 4 == 0:
            add(Kind.FREE_BAR, bar, bar + 1, at, at, 1, by)
    for bar in range(bars + 1):
        for count in {math.floor(by / 0.5), math.ceil(by / 0.5)}:
            inner, outer = min(bar, bars - 1), max(bar, min(bar, bars - 1) + 1)
            for before, after in itertools.product(AROUND, AROUND):
                if 1 <= count <= 800:
                    ends = max(0, inner - before), min(bars, outer + after)
                    add(Kind.NEW, *ends, bar * 4, bar * 4, 1, count * 0.5)
    return found


@pytest.mark.parametrize(
    ("cut", "hits"),
    [
        ((Fraction(3), Fraction(14, 24)), (0, 4, 11)),
        ((Fraction(4), Fraction(-30, 24)), (2, 8, 11)),
        ((Fraction(3), Fraction(50, 24)), (0, 10)),
        ((Fraction(3), Fraction(-3)), (4, 9)),
    ],
)
def test_nothing_is_cheaper_than_what_the_search_finds(
    cut: tuple[Fraction, Fraction], hits: tuple[int, ...]
) -> None:
    cue = written_cue(3, (cut,), hits)
    terrain, prices = Terrain.of(cue), USUAL
    moves = all_moves(terrain, prices, 60.0)
    best = cheapest_way(terrain, prices, moves, np.ones(len(moves), dtype=bool))
    assert best is not None
    assert best.cost == pytest.approx(plain_price(cue, best, prices), abs=1e-6)
    low, high = terrain.first_shift, terrain.last_shift
    assert high is not None
    cheapest = min(
        plain_price(cue, Way((move,), low, high, 0.0), prices)
        for move in every_move(terrain, low, high)
    )
    assert best.cost <= cheapest + 1e-6
    assert len(best.moves) > 1 or best.cost == pytest.approx(cheapest, abs=1e-6)


A_BEAT_IN_AND_OUT = 21
"""Drawn with this number, a beat put in and one dropped, the end two frames late, is the least."""


def test_no_two_moves_are_cheaper_than_what_the_search_finds() -> None:
    """Picture in or out at two places, joints good and bad at random: all pairs of moves tried.

    With at least one bar as it was between two moves, by way of every shift there is.
    """
    tried = 0
    for seed in (*range(8), A_BEAT_IN_AND_OUT):
        cue = cut_twice(seed)
        terrain, prices = Terrain.of(cue), USUAL
        moves = all_moves(terrain, prices, 60.0)
        best = cheapest_way(terrain, prices, moves, np.ones(len(moves), dtype=bool))
        assert best is not None
        assert best.cost == pytest.approx(plain_price(cue, best, prices), abs=1e-6)
        for way in ways_below(cue, terrain, best.cost):
            tried += 1
            assert plain_price(cue, way, prices) >= best.cost - 1e-6, seed
    assert tried > 100


def cut_twice(seed: int) -> WrittenCue:
    """Four bars with three hits, cut at two places, its joints drawn."""
    random = np.random.default_rng(seed)
    frames = [int(random.choice([-20, -12, -5, 7, 14, 26])) for _ in range(2)]
    cuts = tuple(
        (Fraction(at), Fraction(gone, 24)) for at, gone in zip((2, 6), frames, strict=True)
    )
    cue = written_cue(4, cuts, tuple(int(at) for at in random.choice(16, 3, replace=False)))
    jump = random.choice([0.0, 0.5, 2.0, 9.0], cue.joints.jump.shape)
    hold = np.random.default_rng([seed, 1]).choice([0.0, 1.0, 4.0], cue.joints.hold.shape)
    return replace(cue, joints=replace(cue.joints, jump=jump, hold=hold))


def ways_below(cue: WrittenCue, terrain: Terrain, bound: float) -> Iterator[Way]:
    """Every one and every two moves whose own prices leave room below `bound`, at all shifts.

    A bend from a shift to the same one is none.
    """
    shifts = range(len(terrain.by))
    priced: dict[tuple[int, int], list[tuple[float, Moves]]] = {}
    for low, high in itertools.product(shifts, shifts):
        every = [
            one
            for one in every_move(terrain, low, high)
            if low != high or Kind(int(one.kind[0])) is not Kind.BEND
        ]
        found = ((_move_price(cue, terrain, one, USUAL), one) for one in every)
        mine = [one for one in found if one[0] < bound]
        priced[low, high] = sorted(mine, key=lambda one: one[0])
    for low, high in itertools.product(shifts, shifts):
        yield from (Way((move,), low, high, 0.0) for _, move in priced[low, high])
        for between in shifts:
            for price, move in priced[low, between]:
                for other_price, other in priced[between, high]:
                    if price + other_price >= bound:
                        break
                    if int(other.first[0]) > int(move.last[0]):
                        yield Way((move, other), low, high, 0.0)


def test_every_move_is_priced_as_the_plain_rules_have_it() -> None:
    cue = written_cue(4, ((Fraction(3), Fraction(14, 24)),), (0, 4, 13))
    terrain = Terrain.of(cue)
    low, high = terrain.first_shift, terrain.last_shift
    assert high is not None
    for move in every_move(terrain, low, high)[::37]:
        way = Way((move,), low, high, 0.0)
        assert way_points(terrain, USUAL, way) == pytest.approx(
            plain_price(cue, way, USUAL), abs=1e-6
        )
