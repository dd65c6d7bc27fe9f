"""What stands over the whole system: meters, tempos, rehearsal letters, hits, film times."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from scorestage.engraving.clocks import bpm_text, click_text, film_time_text, note_of, printable
from scorestage.engraving.edition import Edition
from scorestage.engraving.ink import lines_of, quoted, quoted_list, scaled_whole, skip
from scorestage.engraving.notes import grace_room
from scorestage.engraving.staves import Frame
from scorestage.music import MarkKind, Score
from scorestage.music.written import WrittenBar
from scorestage.production import HitStatus
from scorestage.timebase import (
    Beat,
    Fermata,
    FrameRate,
    FreeBar,
    Meter,
    Ramp,
    Steady,
    Tempo,
    TempoEvent,
    TempoMap,
)

_HIT_WORDS_LETTERS = 26
_IMPORTANT_WEIGHT = 4
_SLIGHT = Fraction(6, 100)
_HALF = Fraction(1, 2)


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


def spot(bars: Sequence[WrittenBar], at: Beat) -> tuple[int, Fraction]:
    """The place and offset nearest to `at` on the grid of eighths (16ths in meters of 16ths)."""
    place = max(
        (index for index, bar in enumerate(bars) if bar.start <= at),
        default=0,
    )
    bar = bars[place]
    step = min(_HALF, bar.meter.unit.quarters)
    offset = max(Fraction(0), (at - bar.start).quarters)
    snapped = (offset / step + _HALF).__floor__() * step
    if snapped < bar.length.quarters:
        return place, snapped
    if place + 1 < len(bars):
        return place + 1, Fraction(0)
    return place, max(Fraction(0), bar.length.quarters - step)


def meter_points(bars: Sequence[WrittenBar]) -> Iterator[Point]:
    """A time signature where the meter changes; the pickup is told as one."""
    before: tuple[int, int] | None = None
    for place, bar in enumerate(bars):
        told = bar.meter.numerator, bar.meter.denominator
        words = [rf"\time {told[0]}/{told[1]}"] if told != before else []
        if bar.index < 0:
            words.append(rf"\partial {scaled_whole(bar.length.quarters)}")
        if words:
            groups = _groups_markup(bar.meter) if told != before else ""
            yield Point(place, Fraction(0), Row.TIMELINE, " ".join(words), groups)
        before = told


def _groups_markup(meter: Meter) -> str:
    if not meter.additive:
        return ""
    return rf"^\markup \beat-groups {quoted('+'.join(map(str, meter.grouping)))}"


def time_points(
    bars: Sequence[WrittenBar], tempo_map: TempoMap, edition: Edition
) -> Iterator[Point]:
    """The film time at which each bar begins; a pickup is too narrow to tell."""
    for place, bar in enumerate(bars):
        if bar.index < 0:
            continue
        shown = film_time_text(tempo_map.time_at(bar.start), edition, tempo_map)
        yield Point(
            place, Fraction(0), Row.TIMELINE, rf"\textMark \markup \film-time {quoted(shown)}"
        )


def hit_points(
    score: Score, bars: Sequence[WrittenBar], tempo_map: TempoMap, edition: Edition
) -> Iterator[Point]:
    """Each hit in its box with its words, where the music meets it."""
    taken = set()
    for hit in edition.hits:
        at = tempo_map.beat_at(hit.at)
        inside = bars[0].start <= at <= bars[-1].start + bars[-1].length
        if hit.status is HitStatus.DROPPED or not inside:
            continue
        place, offset = spot(bars, at)
        taken.add((place, offset))
        shown = film_time_text(hit.at, edition, tempo_map)
        yield _hit_point(place, offset, shown, hit.words, hit.weight >= _IMPORTANT_WEIGHT)
    for mark in score.marks:
        place, offset = spot(bars, mark.at)
        if mark.kind is MarkKind.HIT and (place, offset) not in taken:
            shown = film_time_text(tempo_map.time_at(mark.at), edition, tempo_map)
            yield _hit_point(place, offset, shown, mark.text, False)


def _hit_point(place: int, offset: Fraction, shown: str, words: str, important: bool) -> Point:
    lines = lines_of(words, _HIT_WORDS_LETTERS)
    command = r"\great-hit" if important else r"\hit"
    return Point(
        place, offset, Row.HITS, "", rf"^\markup {command} {quoted(shown)} {quoted_list(lines)}"
    )


def mark_points(
    score: Score, bars: Sequence[WrittenBar], tempo_map: TempoMap, rate: FrameRate
) -> Iterator[Point]:
    """Rehearsal letters, words for everybody, tempos and what happens to them."""
    for mark in score.marks:
        place, offset = spot(bars, mark.at)
        if mark.kind is MarkKind.REHEARSAL:
            word = rf"\mark \markup \rehearsal {quoted(mark.text)}"
            yield Point(place, offset, Row.MARKS, word)
        elif mark.kind is MarkKind.TEXT:
            yield Point(place, offset, Row.MARKS, "", rf"^\markup \direction {quoted(mark.text)}")
    yield from _tempo_points(bars, tempo_map, rate)


def _tempo_points(
    bars: Sequence[WrittenBar], tempo_map: TempoMap, rate: FrameRate
) -> Iterator[Point]:
    told: Tempo | None = None
    events = tempo_map.events
    for index, event in enumerate(events):
        place, offset = (0, Fraction(0)) if index == 0 else spot(bars, event.at)
        if isinstance(event, Steady | Ramp):
            tempo = event.tempo if isinstance(event, Steady) else event.start
            if tempo != told:
                yield Point(place, offset, Row.MARKS, _tempo_word(tempo, rate, told))
            told = tempo
        if isinstance(event, Ramp):
            told = None
            yield from _ramp_points(bars, event, (place, offset))
            if not _new_tempo_at(events[index + 1 :], event.at + event.length):
                place, offset = spot(bars, event.at + event.length)
                yield Point(place, offset, Row.MARKS, _tempo_word(event.end, rate))
        elif isinstance(event, Fermata):
            yield Point(place, offset, Row.MARKS, "", rf"^\markup \held {_seconds(event)}")
        elif isinstance(event, FreeBar):
            yield Point(place, offset, Row.MARKS, "", rf"^\markup \free {_seconds(event)}")


def _ramp_points(
    bars: Sequence[WrittenBar], ramp: Ramp, start: tuple[int, Fraction]
) -> Iterator[Point]:
    slower = ramp.end.quarters_per_minute < ramp.start.quarters_per_minute
    words = quoted("rit." if slower else "accel.")
    left = rf"\once \override TextSpanner.bound-details.left.text = \markup \ramp {words}"
    stop = spot(bars, ramp.at + ramp.length)
    if stop > start:
        yield Point(*start, Row.MARKS, left, r"\startTextSpan")
        yield Point(*stop, Row.MARKS, "", r"\stopTextSpan")
    else:
        yield Point(*start, Row.MARKS, "", rf"^\markup \ramp {words}")


def _new_tempo_at(events: Sequence[TempoEvent], at: Beat) -> bool:
    return any(isinstance(event, Steady | Ramp) and event.at == at for event in events)


def _tempo_word(tempo: Tempo, rate: FrameRate, before: Tempo | None = None) -> str:
    """A tempo over all staves; one that hardly differs from the one before is told in small."""
    tempo = printable(tempo)
    log, dots = note_of(tempo.unit)
    shown = quoted(bpm_text(tempo.bpm))
    change = (
        1 if before is None else abs(tempo.quarters_per_minute / before.quarters_per_minute - 1)
    )
    command = "beats" if change > _SLIGHT else "slight-beats"
    return rf"\tempo \markup \{command} #{log} #{dots} {shown} {quoted(click_text(tempo, rate))}"


def _seconds(event: Fermata | FreeBar) -> str:
    return quoted(bpm_text(event.played.seconds) + "″")


def row_block(points: Sequence[Point], row: Row, bars: Sequence[WrittenBar], frame: Frame) -> str:
    """A row over the staves; empty where it has nothing to say."""
    lines = row_lines(points, row, bars, frame)
    if row is Row.TIMELINE:
        lines.append(r'\bar "|."' + r" \label #'end")
    elif not any(point.row is row for point in points):
        return ""
    return (
        f"\\new Dynamics \\with {{ \\{row.value}Row }} {{\n"
        + "".join(f"  {line}\n" for line in lines)
        + "}\n"
    )


def row_lines(
    points: Sequence[Point], row: Row, bars: Sequence[WrittenBar], frame: Frame
) -> list[str]:
    """A row as skips with its points on them, a line a stretch.

    Points inside a stretch of several bars must begin it: see `divisions`.
    """
    lines = []
    for stretch in frame.stretches:
        length = bars[stretch.first].length.quarters * stretch.count
        here = [point for point in points if point.row is row and point.place == stretch.first]
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
