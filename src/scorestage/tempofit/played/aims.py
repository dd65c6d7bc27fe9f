"""On which place of the bar each hit is to fall, and between which moments that place must lie."""

from __future__ import annotations

from scorestage.production import Hit, HitWant
from scorestage.tempofit.places import grid_unit
from scorestage.tempofit.played.line import Limit, TempoPath
from scorestage.timebase import BarGrid, Beat, FrameRate

ROOM_FRAMES = 8
"""Limits are drawn in by an eighth of a frame, so that plain tempos still keep them."""
LOCKED = 10
NEAR_DOWNBEAT = 0.5
NEAR_BEAT = 0.35
"""In beats: how far a hit may be pulled to a place it wants, before the nearest one is taken."""


def aims_of(
    plain: TempoPath, grid: BarGrid, rate: FrameRate, hits: tuple[Hit, ...]
) -> tuple[tuple[Limit, ...], tuple[str, ...]]:
    """The limits that hits set, where the take alone has them nearest, and the ids without one.

    Of two hits that would need the same place at different moments, the heavier one has it.
    """
    found: dict[Beat, Limit] = {}
    without: list[str] = []
    frame = float(rate.frame_span.seconds)
    by_weight = sorted(hits, key=lambda hit: (-hit.weight - LOCKED * hit.locked, hit.at))
    for hit in by_weight:
        aim = float(hit.at.seconds + hit.aim_frames * rate.frame_span.seconds)
        at = _place(plain, grid, hit, aim)
        room = min(frame / ROOM_FRAMES, frame * float(hit.early_frames + hit.late_frames) / 4)
        limit = Limit(
            float(at.quarters),
            aim - frame * float(hit.early_frames) + room,
            aim + frame * float(hit.late_frames) - room,
            hit.id,
            hit.weight + LOCKED * hit.locked,
        )
        both = _both(found[at], limit) if at in found else limit
        if both is None:
            without.append(hit.id)
        else:
            found[at] = both
    return tuple(sorted(found.values(), key=lambda one: one.quarters)), tuple(without)


def _both(held: Limit, other: Limit) -> Limit | None:
    """The room that both leave; None where there is none."""
    earliest = max(held.earliest, other.earliest)
    latest = min(held.latest, other.latest)
    if earliest > latest:
        return None
    return Limit(held.quarters, earliest, latest, held.name, held.weight)


def _place(plain: TempoPath, grid: BarGrid, hit: Hit, aim: float) -> Beat:
    """The place for a hit: the downbeat or beat it wants if that is near, else the nearest half."""
    near = _nearest_half(plain, grid, aim)
    index = grid.index_at(near)
    click = grid.bars[index].meter.click
    reach = plain.quarter_lasts(float(near.quarters)) * float(click.quarters)
    clicks = [grid.starts[index] + offset for offset in grid.bars[index].meter.clicks]
    clicks.append(grid.starts[index + 1])
    wanted = {
        HitWant.DOWNBEAT: ((grid.starts, NEAR_DOWNBEAT), (clicks, NEAR_BEAT)),
        HitWant.STRONG: ((clicks, NEAR_BEAT),),
        HitWant.BEAT: ((clicks, NEAR_BEAT),),
    }.get(hit.want, ())
    for places, share in wanted:
        best = min(places, key=lambda at: abs(plain.second_at(float(at.quarters)) - aim))
        if abs(plain.second_at(float(best.quarters)) - aim) <= share * reach:
            return best
    return near


def _nearest_half(plain: TempoPath, grid: BarGrid, aim: float) -> Beat:
    """The half-beat (third of a dotted one) that the take has nearest to a moment."""
    starts = [plain.second_at(float(at.quarters)) for at in grid.starts]
    index = max(0, min(len(grid.bars) - 1, sum(start <= aim for start in starts) - 1))
    meter = grid.bars[index].meter
    unit = grid_unit(meter)
    count = int(meter.length.quarters / unit.quarters)
    places = [grid.starts[index] + unit * step for step in range(count + 1)]
    if index == 0 and grid.pickup.quarters:
        back = int(grid.pickup.quarters / unit.quarters)
        places += [Beat(0) - unit * step for step in range(1, back + 1)]
    return min(places, key=lambda at: abs(plain.second_at(float(at.quarters)) - aim))
