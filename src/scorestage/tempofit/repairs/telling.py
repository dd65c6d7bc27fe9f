"""Says in a music editor's words what a repair does."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scorestage.tempofit.repairs.repair import Edit, EditKind, Repair
from scorestage.tempofit.repairs.written import bar_step, bar_steps
from scorestage.timebase import BarGrid, Beat, Beats, Meter, mixed_text

HIDES_PERCENT = Fraction(5, 2)


def edit_words(edit: Edit, grid: BarGrid) -> str:
    """One edit, in bars of the written cue."""
    words = _KIND_WORDS[edit.kind](edit, grid)
    if edit.kind is not EditKind.BEND and edit.percent:
        words += f", {_bend(edit, grid)}"
    return words


def _bend(edit: Edit, grid: BarGrid) -> str:
    low, high = edit.bend_low or edit.low, edit.bend_high or edit.high
    way = "faster" if edit.percent > 0 else "slower"
    heard = "" if abs(edit.percent) <= HIDES_PERCENT else " (heard)"
    bars = bars_named(grid, low, high)
    return f"{bars} {abs(float(edit.percent)):.2f} % {way}{heard}"


def _cut(edit: Edit, grid: BarGrid) -> str:
    if edit.low == Beat(0):
        return f"begin at {place_text(grid, edit.high)}"
    if edit.high == grid.end:
        return f"end at {place_text(grid, edit.low)}"
    if _whole(grid, edit):
        return f"cut {bars_named(grid, edit.low, edit.high)}"
    beats = _beats_within(grid, edit)
    if beats is not None:
        return f"drop {beats} of bar {grid.position(edit.low).label}"
    return f"cut from {place_text(grid, edit.low)} to {place_text(grid, edit.high)}"


def _repeat(edit: Edit, grid: BarGrid) -> str:
    often = "" if edit.times == 1 else f", {edit.times} times more"
    if _whole(grid, edit):
        return f"repeat {bars_named(grid, edit.low, edit.high)}{often}"
    beats = _beats_within(grid, edit)
    if beats is not None:
        return f"repeat {beats} of bar {grid.position(edit.low).label}{often}"
    return f"repeat from {place_text(grid, edit.low)} to {place_text(grid, edit.high)}{often}"


def _hold(edit: Edit, grid: BarGrid) -> str:
    at = place_text(grid, last_click(grid, edit.high))
    return f"hold {at} for {float(edit.seconds):.2f} s more"


def _free_bar(edit: Edit, grid: BarGrid) -> str:
    return f"a free bar of {float(edit.seconds):.2f} s before {place_text(grid, edit.high)}"


def _steps_named(grid: BarGrid, edit: Edit) -> str:
    bar = grid.index_at(max(grid.starts[0], Beat(edit.high.quarters - Fraction(1, 960))))
    return step_name(grid.bars[bar].meter) + ("" if edit.times == 1 else "s")


def _new_music(edit: Edit, grid: BarGrid) -> str:
    return (
        f"{edit.times} {_steps_named(grid, edit)} of new music ({float(edit.seconds):.2f} s) "
        f"before {place_text(grid, edit.high)}"
    )


_KIND_WORDS = {
    EditKind.BEND: _bend,
    EditKind.CUT: _cut,
    EditKind.REPEAT: _repeat,
    EditKind.HOLD: _hold,
    EditKind.FREE_BAR: _free_bar,
    EditKind.NEW_MUSIC: _new_music,
}


def last_click(grid: BarGrid, before: Beat) -> Beat:
    """The click that comes before a place."""
    bar = grid.index_at(Beat(before.quarters - Fraction(1, 10**6)))
    clicks = (grid.starts[bar] + offset for offset in bar_steps(grid.bars[bar].meter))
    return max((one for one in clicks if one < before), default=grid.starts[bar])


def _whole(grid: BarGrid, edit: Edit) -> bool:
    return edit.low in grid.starts and edit.high in grid.starts


def _beats_within(grid: BarGrid, edit: Edit) -> str | None:
    """`beat 4` or `beats 3-4` where both ends lie in one bar (or at its end)."""
    bar = grid.index_at(edit.low)
    if edit.high > grid.starts[bar + 1]:
        return None
    meter = grid.bars[bar].meter
    step, name = bar_step(meter).quarters, step_name(meter)
    first = (edit.low - grid.starts[bar]).quarters / step + 1
    last = (edit.high - grid.starts[bar]).quarters / step
    if first == last:
        return f"{name} {mixed_text(first)}"
    return f"{name}s {mixed_text(first)}-{mixed_text(last)}"


def step_name(meter: Meter) -> str:
    """What a step of a bar is called: its beat, or its eighth where it is beaten in one.

    >>> step_name(Meter(4, 4)), step_name(Meter(3, 8))
    ('beat', 'eighth')
    """
    if bar_step(meter) == meter.click:
        return "beat"
    return {8: "eighth", 16: "sixteenth"}.get(meter.denominator, "unit")


def bars_text(grid: BarGrid, low: Beat, high: Beat) -> str:
    """`12-15`, or `12` alone, of bars between two barlines."""
    first = grid.bars[grid.index_at(low)].label
    last = grid.bars[grid.index_at(Beat((high - Beats(Fraction(1, 960))).quarters))].label
    return str(first) if first == last else f"{first}-{last}"


def bars_named(grid: BarGrid, low: Beat, high: Beat) -> str:
    """`bars 12-15`, or `bar 12` of one alone."""
    bars = bars_text(grid, low, high)
    one = grid.index_at(low) == grid.index_at(Beat((high - Beats(Fraction(1, 960))).quarters))
    return f"bar {bars}" if one else f"bars {bars}"


def place_text(grid: BarGrid, at: Beat) -> str:
    """`bar 12`, `bar 12 beat 3`, or `the end`."""
    if at >= grid.end:
        return "the end"
    position = grid.position(at)
    if position.beat == 1:
        return f"bar {position.label}"
    meter = grid.bars[position.bar_index].meter
    count = (at - grid.starts[position.bar_index]).quarters / bar_step(meter).quarters + 1
    return f"bar {position.label} {step_name(meter)} {mixed_text(count)}"


def repair_words(repair: Repair) -> str:
    """What is done, what it does to the hits, what must be printed and played again."""
    if not repair.edits:
        words = ["nothing is done to the music"]
    else:
        words = [edit.words for edit in repair.edits]
    reached = [one for one in repair.hits if one.caught_before]
    back = sum(one.caught_after for one in reached)
    if reached:
        words.append(f"{back} of {len(reached)} hits met again")
    words.extend(_counted(repair.reprint, "printed bar", "change"))
    words.extend(_counted(repair.retake, "recorded bar", "no longer fit"))
    missed = [one.hit.words or one.hit.id for one in repair.missed]
    if missed:
        words.append("misses " + ", ".join(missed))
    return "; ".join(words)


def _counted(bars: Sequence[int], what: str, does: str) -> list[str]:
    if not bars:
        return []
    plural = "s" if len(bars) > 1 else ""
    return [f"{len(bars)} {what}{plural} {does}"]
