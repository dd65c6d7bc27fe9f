"""What stands over a system: tempos, streamers, hits with their words."""

from __future__ import annotations

from collections.abc import Sequence

from scorestage.adapters.formats.pdf_sketch.plan import LEADING_MM, flag_left, flag_size
from scorestage.adapters.formats.pdf_sketch.sheet import FAINT, GREY, INK, Sheets
from scorestage.engraving.sketchpaper import SketchFlag, SketchTempo


def with_room(tempos: Sequence[SketchTempo], width: float) -> list[tuple[SketchTempo, float]]:
    """Each tempo with the room up to the next one."""
    ends = [*(tempo.at_mm for tempo in tempos[1:]), width][: len(tempos)]
    return [(one, end - one.at_mm) for one, end in zip(tempos, ends, strict=True)]


def draw_tempo(sheets: Sheets, tempo: SketchTempo, left: float, base: float, room: float) -> None:
    at = left + tempo.at_mm
    if tempo.note is None:
        sheets.written("Slant", 11)
        at += sheets.put(at, base, tempo.text) + 1.5
        if tempo.stop_mm is not None and left + tempo.stop_mm - at > 3:
            sheets.set_dash_pattern(dash=1.6, gap=1.4)
            sheets.rule((at, base - 0.9), (left + tempo.stop_mm - 1.5, base - 0.9), 0.2)
            sheets.set_dash_pattern()
        return
    at = _note(sheets, tempo.note, at + 0.6, base)
    sheets.written("Strong", 11.5)
    at += sheets.put(at, base, f"= {tempo.text}")
    sheets.written("Text", 8.5, GREY)
    if tempo.click and at + 3 + sheets.wide(tempo.click) < left + tempo.at_mm + room:
        told = tempo.click if tempo.click.startswith("(") else f"click {tempo.click}"
        sheets.put(at + 3, base, told)


def _note(sheets: Sheets, note: tuple[int, int], left: float, base: float) -> float:
    """A note value drawn by hand of lines; gives where the text after it begins."""
    power, dots = note
    wide, high = (2.0, 1.35) if power else (2.6, 1.5)
    sheets.set_draw_color(INK)
    sheets.set_fill_color(INK)
    sheets.set_line_width(0.3)
    top = base - high
    with sheets.rotation(20 if power else 0, left + wide / 2, top + high / 2):
        sheets.ellipse(left, top, wide, high, style="F" if power >= 2 else "D")
    stem = left + wide - 0.1
    if power:
        sheets.rule((stem, top + 0.45), (stem, base - 5.0), 0.25)
    for flag in range(max(0, power - 2)):
        start = base - 5.0 + flag * 1.2
        sheets.rule((stem, start), (stem + 1.3, start + 1.7), 0.4)
    edge = left + wide + (1.3 if power > 2 else 0.0)
    for dot in range(dots):
        sheets.ellipse(edge + 0.5 + dot, base - 0.95, 0.55, 0.55, style="F")
    return edge + 0.5 * bool(dots) + dots * 0.8 + 1.2


def draw_hit_line(
    sheets: Sheets, flag: SketchFlag, at: float, begin: float, span: tuple[float, float]
) -> None:
    """From the words down to the beat, with a head on the top staff, dashed through the system."""
    top, bottom = span
    sheets.set_dash_pattern(dash=0.9, gap=1.1)
    sheets.rule((at, top), (at, bottom), 0.18, FAINT)
    sheets.set_dash_pattern()
    sheets.rule((at, begin), (at, top - 0.4), 0.3 if flag.important else 0.2)
    sheets.set_fill_color(INK)
    point = top - 0.2
    sheets.polygon([(at, point), (at - 0.9, point - 2), (at + 0.9, point - 2)], style="F")


def draw_streamer(sheets: Sheets, flag: SketchFlag, left: float, height: float) -> None:
    """The way of a streamer to its hit, with how long it is."""
    start, end = left + (flag.streamer_mm or 0.0), left + flag.at_mm
    sheets.rule((start, height), (end - 0.4, height), 0.45, GREY)
    sheets.rule((start, height - 1.0), (start, height + 1.0), 0.3, GREY)
    sheets.set_fill_color(GREY)
    sheets.polygon([(end, height), (end - 2, height - 0.9), (end - 2, height + 0.9)], style="F")
    sheets.written("Text", 7, GREY)
    told = f"streamer {flag.streamer}"
    if sheets.wide(told) < end - start - 4:
        sheets.put(start + 1.2, height - 0.8, told)


def draw_flag(sheets: Sheets, flag: SketchFlag, left: float, foot: float, width: float) -> None:
    """Clock time and words beside the line that leads down to the beat."""
    wide, high = flag_size(sheets, flag)
    at = left + flag.at_mm
    leftward = left + flag_left(flag, wide, width) < at
    base = foot - high + 0.6 + 2.9
    for number, words in enumerate((flag.clock, *flag.lines)):
        strong = number == 0 or flag.important
        sheets.written("Strong" if strong else "Text", 9.5)
        start = at - 0.9 - sheets.wide(words) if leftward else at + 0.9
        sheets.put_on_paper(start, base + number * LEADING_MM, words)
