"""One system: staves, braces, barlines, big meters, clocks, bar numbers."""

from __future__ import annotations

import math

from scorestage.adapters.formats.pdf_sketch.marks import (
    draw_flag,
    draw_hit_line,
    draw_streamer,
    draw_tempo,
    with_room,
)
from scorestage.adapters.formats.pdf_sketch.plan import (
    CLOCK_MM,
    TEMPO_MM,
    Plan,
    Staves,
    flag_size,
)
from scorestage.adapters.formats.pdf_sketch.sheet import (
    BRACE_MM,
    CAPS,
    GREY,
    INK,
    MM_A_POINT,
    NAMES_MM,
    Sheets,
    left_mm,
)
from scorestage.engraving.sketchpaper import METER_MM, SketchBar, SketchPaper


def draw_system(sheets: Sheets, plan: Plan, ruled: SketchPaper, top: float) -> None:
    """Staves first, then lines of hits, and all words on paper of their own over them."""
    left = sheets.margin + left_mm(named=bool(ruled.wish.names))
    staff_top = top + plan.overhead_mm
    staves, bars = plan.staves, plan.line.bars
    bottom = staff_top + staves.height
    end = left + bars[-1].right_mm
    for one in staves.tops:
        for step in range(5):
            height = staff_top + one + step * staves.staff_mm / 4
            sheets.rule((left, height), (end, height), 0.16)
    _left_edge(sheets, ruled, left, staff_top, staves)
    clocks = staff_top - CLOCK_MM * (2 if ruled.wish.timecode else 1)
    for flag, foot in plan.rows:
        high = flag_size(sheets, flag)[1]
        begin = top + plan.flags_mm - foot - high + 0.6
        draw_hit_line(sheets, flag, left + flag.at_mm, begin, (staff_top, bottom))
    for bar in bars:
        _bar(sheets, bar, left, staff_top, staves, ruled)
    base = top + plan.flags_mm + TEMPO_MM - 2.0
    for tempo, room in with_room(plan.line.tempos, end - left):
        draw_tempo(sheets, tempo, left, base, room)
    for flag, foot in plan.rows:
        if flag.streamer_mm is not None:
            draw_streamer(sheets, flag, left, clocks - 1.4)
        draw_flag(sheets, flag, left, top + plan.flags_mm - foot, ruled.width_mm)


def _left_edge(
    sheets: Sheets, ruled: SketchPaper, left: float, staff_top: float, staves: Staves
) -> None:
    sheets.rule((left, staff_top), (left, staff_top + staves.height), 0.35)
    for above, below, count in staves.groups:
        if count > 1:
            _brace(sheets, left - 1.0, staff_top + above, staff_top + below)
    for name, one in zip(ruled.wish.names, staves.tops, strict=False):
        sheets.written("Text", 8.5, GREY)
        told = sheets.fitted(name, NAMES_MM - 1)
        base = staff_top + one + staves.staff_mm / 2 + 1
        sheets.put(left - BRACE_MM - sheets.wide(told) - 0.5, base, told)


def _brace(sheets: Sheets, right: float, top: float, bottom: float) -> None:
    """A curly brace that opens to the right, drawn as one filled shape."""
    middle, half = (top + bottom) / 2, (bottom - top) / 2
    outer, inner = [], []
    steps = 24
    for step in range(-steps, steps + 1):
        share = step / steps
        height = middle + share * half
        if abs(share) < 0.5:
            across = right - 1.7 - 1.7 * (1 - abs(share) * 2) ** 2.4
        else:
            across = right - 1.7 * (1 - ((abs(share) - 0.5) * 2) ** 2.4)
        thick = 0.18 + 0.62 * math.sin(math.pi * abs(share))
        outer.append((across - thick / 2, height))
        inner.append((across + thick / 2, height))
    sheets.set_fill_color(INK)
    sheets.set_draw_color(INK)
    sheets.polygon([*outer, *reversed(inner)], style="F")


def _bar(
    sheets: Sheets,
    bar: SketchBar,
    left: float,
    top: float,
    staves: Staves,
    ruled: SketchPaper,
) -> None:
    bottom, right = top + staves.height, left + bar.right_mm
    if bar.last:
        sheets.rule((right - 1.9, top), (right - 1.9, bottom), 0.3)
        sheets.set_fill_color(INK)
        sheets.rect(right - 1.0, top, 1.0, bottom - top, style="F")
    else:
        sheets.rule((right, top), (right, bottom), 0.3)
    for above, below, _ in staves.groups if bar.meter is not None else ():
        _meter(sheets, bar.meter or ("", ""), left + bar.left_mm, (top + above, top + below))
    for beat in bar.beats_mm:
        sheets.rule((left + beat, top - 1.5), (left + beat, top - 0.3), 0.2, GREY)
    _clock(sheets, bar, left, top, ruled)
    at = left + bar.left_mm + 0.6
    if bar.label and (ruled.edition.house.bar_number_every_bar or bar.left_mm == 0):
        sheets.written("Strong", 11.5)
        at += sheets.put(at, bottom + 5.2, bar.label) + 3
    for told in (bar.groups, f"free, {bar.free}" if bar.free else ""):
        if told:
            sheets.written("Slant", 10)
            at += sheets.put(at, bottom + 5.2, told) + 3


def _clock(sheets: Sheets, bar: SketchBar, left: float, top: float, ruled: SketchPaper) -> None:
    """The clock at the barline, the timecode under it where it is wished."""
    if not bar.label:
        return
    sheets.written("Text", 8, GREY)
    rows = [bar.clock, bar.timecode] if ruled.wish.timecode else [bar.clock]
    for number, told in enumerate(reversed(rows)):
        sheets.put_on_paper(left + bar.left_mm, top - 2.2 - number * 3.5, told)


def _meter(sheets: Sheets, meter: tuple[str, str], left: float, span: tuple[float, float]) -> None:
    """Two figures, one over the other, as high as the staves they stand on."""
    top, bottom = span
    half = (bottom - top) / 2
    for number, told in enumerate(meter):
        size = min(half - 0.9, 11.0) / CAPS / MM_A_POINT
        sheets.written("Meter", size)
        wide = sheets.wide(told)
        if wide > METER_MM - 2.4:
            size *= (METER_MM - 2.4) / wide
            sheets.written("Meter", size)
            wide = sheets.wide(told)
        high = size * CAPS * MM_A_POINT
        middle = (top + bottom) / 2
        base = middle - 0.45 if number == 0 else middle + 0.45 + high
        sheets.put(left + (METER_MM - wide) / 2, base, told)
