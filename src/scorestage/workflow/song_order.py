"""A song with its repeats gone through."""

from __future__ import annotations

from dataclasses import replace

from scorestage.music.replaying import PlayedSpan, replayed
from scorestage.songs.sheet import Sheet
from scorestage.songs.unrolling import played_order
from scorestage.timebase import BarGrid, Beat


def unrolled(sheet: Sheet) -> Sheet:
    """The song as it is performed: its repeats gone through, each with its own words."""
    order = played_order(sheet.score)
    bars = sheet.score.grid.bars
    if order == tuple(range(len(bars))):
        return sheet
    starts = sheet.score.grid.starts
    grid = BarGrid.of_meters(tuple(bars[at].meter for at in order), sheet.score.grid.pickup)
    spans = [
        PlayedSpan(to, bars[at].meter.length, starts[at])
        for at, to in zip(order, grid.starts, strict=False)
    ]
    joined: list[PlayedSpan] = []
    for span in spans:
        before = joined[-1] if joined else None
        if before is not None and before.high == span.low:
            joined[-1] = replace(before, length=before.length + span.length)
        else:
            joined.append(span)
    if joined and grid.pickup.quarters:
        lead = joined[0]
        low = (lead.low or Beat(0)) - grid.pickup
        joined[0] = PlayedSpan(lead.to - grid.pickup, lead.length + grid.pickup, low)
    score = replace(replayed(sheet.score, joined, grid), signs=())
    tempo_map = replace(sheet.tempo_map, grid=grid)
    return replace(sheet, score=score, tempo_map=tempo_map)
