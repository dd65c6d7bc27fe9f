"""A song as it is performed: repeats and jumps gone through, each time with its own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scorestage.music import MarkKind, Score
from scorestage.music.replaying import PlayedSpan, replayed
from scorestage.songs.jumps import without_jumps
from scorestage.songs.laying import Stretch
from scorestage.songs.sheet import Sheet
from scorestage.songs.tempos import stepped, steps_of
from scorestage.songs.text import Turn, place_of
from scorestage.songs.unrolling import Pass, played_passes
from scorestage.songs.verses import one_verse_each
from scorestage.timebase import BarGrid, Beat


def unrolled(sheet: Sheet) -> Sheet:
    """The song as it is performed: repeats, da capo, dal segno, coda and fine gone through.

    Each time has its own words and its own tempos; bars are numbered as they are played.
    """
    score = sheet.score
    passes = played_passes(score)
    bars = score.grid.bars
    if [one.bar for one in passes] == list(range(len(bars))):
        return sheet
    grid = BarGrid.of_meters(tuple(bars[one.bar].meter for one in passes), score.grid.pickup)
    spans = list(_spans(score, passes, grid))
    played = without_jumps(replace(replayed(score, spans, grid), signs=()))
    times = [one.verse for one in passes]
    lines = tuple(one_verse_each(line, grid, times) for line in played.lines)
    steps = [
        step
        for span in spans
        if span.low is not None
        for step in steps_of(sheet.tempo_map, span.low, span.low + span.length, span.to)
    ]
    return replace(
        sheet,
        score=replace(played, lines=lines),
        tempo_map=stepped(sheet.tempo_map.start, grid, steps),
        stretches=tuple(_stretches(sheet, passes, grid)),
    )


def _spans(score: Score, passes: Sequence[Pass], grid: BarGrid) -> Iterator[PlayedSpan]:
    """The stretches of the written bars that are played on end; the upbeat with the first."""
    starts, bars = score.grid.starts, score.grid.bars
    joined: list[PlayedSpan] = []
    for one, to in zip(passes, grid.starts, strict=False):
        span = PlayedSpan(to, bars[one.bar].meter.length, starts[one.bar])
        before = joined[-1] if joined else None
        if before is not None and before.high == span.low:
            joined[-1] = replace(before, length=before.length + span.length)
        else:
            joined.append(span)
    if joined and grid.pickup.quarters:
        lead = joined[0]
        low = (lead.low or Beat(0)) - grid.pickup
        joined[0] = PlayedSpan(lead.to - grid.pickup, lead.length + grid.pickup, low)
    yield from joined


def _stretches(sheet: Sheet, passes: Sequence[Pass], grid: BarGrid) -> Iterator[Stretch]:
    """The parts of the song in their places; a verse that comes again is the next one."""
    heads = {one.first_bar: one for one in sheet.stretches}
    firsts = [at for at, one in enumerate(passes) if one.bar in heads]
    seen: dict[int, int] = {}
    for at, end in zip(firsts, [*firsts[1:], len(passes)], strict=False):
        own = heads[passes[at].bar]
        time = seen[own.first_bar] = seen.get(own.first_bar, 0) + 1
        turn = own.turns[min(time, len(own.turns)) - 1]
        if time > len(own.turns) and own.kind == "verse":
            turn = replace(turn, number=turn.number + time - len(own.turns))
        yield Stretch(own.kind, (turn,), grid.starts[at], grid.starts[end], at)


def stretches_told(score: Score) -> tuple[Stretch, ...]:
    """The parts of a finished score as its headings name them: `Verse`, `Chorus`, `Bridge 2`."""
    found: list[tuple[Turn, int]] = []
    for mark in sorted(score.marks, key=lambda one: one.at):
        turn = place_of(mark.text) if mark.kind is not MarkKind.HIT else None
        if turn is None:
            continue
        if turn.kind == "verse" and not turn.number:
            before = [one.number for one, _ in found if one.kind == "verse"]
            turn = replace(turn, number=max(before, default=0) + 1)
        found.append((turn, score.grid.index_at(mark.at)))
    ends = [*(bar for _, bar in found[1:]), len(score.grid.bars)]
    starts = score.grid.starts
    return tuple(
        Stretch(turn.kind, (turn,), starts[bar], starts[end], bar)
        for (turn, bar), end in zip(found, ends, strict=False)
        if bar < end
    )
