"""What stands over the whole system: meters, tempos, rehearsal letters, hits, film times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from scorestage.engraving.barsigns import Barline, bar_edges, lily_line, lines_between
from scorestage.engraving.edition import Edition
from scorestage.engraving.ink import quoted, quoted_list, scaled_whole, skip
from scorestage.engraving.notes import grace_room
from scorestage.engraving.overhead import (
    HeldTold,
    RampTold,
    TempoTold,
    film_times,
    hits_told,
    marks_told,
    podium_told,
)
from scorestage.engraving.staves import Frame
from scorestage.music import Score
from scorestage.music.written import WrittenBar
from scorestage.timebase import Beat, FrameRate, Meter, TempoMap


class Row(Enum):
    """The rows over a system from the staff upward: what moves time, chords, hits, marks."""

    TIMELINE = "timeline"
    CHORDS = "chords"
    HITS = "hits"
    MARKS = "marks"


@dataclass(frozen=True, slots=True)
class Point:
    """Something in a row at `offset_quarters` into the bar at `place`.

    `before` are commands, `after` is hung on the skip that begins there.
    """

    place: int
    offset_quarters: Fraction
    row: Row
    before: str = ""
    after: str = ""


def meter_points(bars: Sequence[WrittenBar], hidden: Collection[Beat] = ()) -> Iterator[Point]:
    """A time signature where the meter changes; the pickup is told as one.

    At `hidden` points it is not drawn, as where a repeat cuts a bar in two.
    """
    before: tuple[int, int] | None = None
    for place, bar in enumerate(bars):
        told = bar.meter.numerator, bar.meter.denominator
        words = [rf"\time {told[0]}/{told[1]}"] if told != before else []
        if words and bar.start in hidden:
            words.insert(0, r"\hiddenMeter")
        if bar.index < 0:
            words.append(rf"\partial {scaled_whole(bar.length.quarters)}")
        if words:
            shown = told != before and bar.start not in hidden
            groups = _groups_markup(bar.meter) if shown else ""
            yield Point(place, Fraction(0), Row.TIMELINE, " ".join(words), groups)
        before = told


def hidden_meters(score: Score) -> Collection[Beat]:
    """Where a meter changes without its signature being drawn."""
    return {
        one.at
        for one in score.signs
        if one.sign.name == "time" and one.sign.detail("print-object") == "no"
    }


def _groups_markup(meter: Meter) -> str:
    if not meter.additive:
        return ""
    return rf"^\markup \beat-groups {quoted('+'.join(map(str, meter.grouping)))}"


def bar_points(score: Score, bars: Sequence[WrittenBar]) -> Iterator[Point]:
    """Barlines, repeats and endings as a person set them, with their jumps."""
    edges = bar_edges(score.signs, bars)
    for line in lines_between(edges, len(bars)):
        yield Point(line.place, Fraction(0), Row.TIMELINE, rf"\bar {quoted(lily_line(line))}")
    voltas: dict[int, str] = {}
    for place, edge in sorted(edges.items()):
        for offset, style in edge.within:
            word = rf"\bar {quoted(lily_line(Barline(place, style)))}"
            yield Point(place, offset, Row.TIMELINE, word)
        if edge.ending is not None:
            voltas[place] = voltas.get(place, "") + f"(volta {quoted(edge.ending)})"
        if edge.ends and place + 1 < len(bars):
            voltas[place + 1] = "(volta #f)"
        if edge.times:
            last = max(Fraction(0), bars[place].length.quarters - 1)
            word = rf"^\markup \direction {quoted(edge.times + ' times')}"
            yield Point(place, last, Row.MARKS, "", word)
        for right, name in edge.jumps:
            at = (place + 1 if right and place + 1 < len(bars) else place), Fraction(0)
            glyph = "scripts.ufermata" if name == "fermata" else f"scripts.{name}"
            word = rf"^\markup \fontsize #2 \musicglyph {quoted(glyph)}"
            yield Point(*at, Row.MARKS, "", word)
    for place, words in voltas.items():
        word = rf"\set Score.repeatCommands = #'({words})"
        yield Point(place, Fraction(0), Row.TIMELINE, word)


def time_points(
    bars: Sequence[WrittenBar], tempo_map: TempoMap, edition: Edition
) -> Iterator[Point]:
    """The film time at which each bar begins."""
    for told in film_times(bars, tempo_map, edition):
        word = rf"\textMark \markup \film-time {quoted(told.shown)}"
        yield Point(*told.spot, Row.TIMELINE, word)


def hit_points(
    score: Score, bars: Sequence[WrittenBar], tempo_map: TempoMap, edition: Edition
) -> Iterator[Point]:
    """Each hit in its box with its words, where the music meets it."""
    for told in hits_told(score, bars, tempo_map, edition):
        command = r"\great-hit" if told.important else r"\hit"
        words = f"{quoted(told.shown)} {quoted_list(told.lines)}"
        yield Point(*told.spot, Row.HITS, "", rf"^\markup {command} {words}")


def podium_points(
    bars: Sequence[WrittenBar], tempo_map: TempoMap, edition: Edition
) -> Iterator[Point]:
    """The click in and out, and streamers, among the hits."""
    for told in podium_told(bars, tempo_map, edition):
        command = r"\streamer" if told.streamer else r"\click-mark"
        yield Point(*told.spot, Row.HITS, "", rf"^\markup {command} {quoted(told.text)}")


def mark_points(
    score: Score,
    bars: Sequence[WrittenBar],
    tempo_map: TempoMap,
    rate: FrameRate,
    *,
    free_timing: bool = False,
) -> Iterator[Point]:
    """Rehearsal letters, words for everybody, tempos and what happens to them."""
    for told in marks_told(score, bars, tempo_map, rate, free_timing=free_timing):
        if isinstance(told, TempoTold):
            yield Point(*told.spot, Row.MARKS, _tempo_word(told))
        elif isinstance(told, RampTold):
            yield from _ramp_points(told)
        elif isinstance(told, HeldTold):
            command = r"\free" if told.free else r"\held"
            word = rf"^\markup {command} {quoted(told.shown)}"
            yield Point(*told.spot, Row.MARKS, "", word)
        elif told.letter:
            word = rf"\mark \markup \rehearsal {quoted(told.text)}"
            yield Point(*told.spot, Row.MARKS, word)
        else:
            word = rf"^\markup \direction {quoted(told.text)}"
            yield Point(*told.spot, Row.MARKS, "", word)


def _ramp_points(told: RampTold) -> Iterator[Point]:
    words = quoted(told.text)
    if told.stop is None:
        yield Point(*told.spot, Row.MARKS, "", rf"^\markup \ramp {words}")
        return
    left = rf"\once \override TextSpanner.bound-details.left.text = \markup \ramp {words}"
    yield Point(*told.spot, Row.MARKS, left, r"\startTextSpan")
    yield Point(*told.stop, Row.MARKS, "", r"\stopTextSpan")


def _tempo_word(told: TempoTold) -> str:
    """A tempo over all staves; one that hardly differs from the one before is told in small."""
    log, dots = told.note
    command = "written-click" if told.written else "slight-beats" if told.slight else "beats"
    words = f"{quoted(told.bpm)} {quoted(told.click)}"
    before = rf"\tempo-words {quoted(told.words)} " if told.words else ""
    return rf"\tempo \markup {before}\{command} #{log} #{dots} {words}"


def row_block(
    points: Sequence[Point],
    row: Row,
    bars: Sequence[WrittenBar],
    frame: Frame,
    *,
    among: bool = False,
) -> str:
    """A row over the staves, or `among` them; empty where it has nothing to say."""
    lines = row_lines(points, row, bars, frame)
    if row is Row.TIMELINE:
        last = [point.before for point in points if point.place == len(bars)]
        lines.append((last[0] if last else r'\bar "|."') + r" \label #'end")
    elif not any(point.row is row for point in points):
        return ""
    place = r" \amongStaves" if among else ""
    return (
        f"\\new Dynamics \\with {{ \\{row.value}Row{place} }} {{\n"
        + "".join(f"  {line}\n" for line in lines)
        + "}\n"
    )


def row_lines(
    points: Sequence[Point], row: Row, bars: Sequence[WrittenBar], frame: Frame
) -> list[str]:
    """A row as skips with its points on them, a line a stretch.

    Points inside a stretch of several bars must begin it: see `divisions`.
    """
    places: dict[int, list[Point]] = defaultdict(list)
    for point in points:
        if point.row is row:
            places[point.place].append(point)
    lines = []
    for stretch in frame.stretches:
        length = bars[stretch.first].length.quarters * stretch.count
        here = places.get(stretch.first, [])
        offsets = sorted({Fraction(0), *(point.offset_quarters for point in here)})
        words = []
        for offset, after in zip(offsets, [*offsets[1:], length], strict=True):
            now = [point for point in here if point.offset_quarters == offset]
            words += [point.before for point in now if point.before]
            if offset == 0:
                words += grace_room(frame.room(stretch))
            words.append(skip(after - offset) + "".join(point.after for point in now))
        lines.append(" ".join(words) + " |")
    return lines


def divisions(points: Sequence[Point]) -> Collection[int]:
    """The places at which a long rest must be broken so that every point can be seen."""
    found = {point.place for point in points}
    return found | {point.place + 1 for point in points if point.offset_quarters > 0}
