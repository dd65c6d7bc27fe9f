"""Which clicks sound, and when: exact moments, no sound yet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from scorestage.production import ClickStyle, PatternClick
from scorestage.timebase import Beat, Beats, Fermata, FilmTime, FreeBar, Meter, Tempo, TempoMap

HOLDS_ON = Fraction(21, 20)
"""Once divided, beats stay divided until they are so much faster than the limit."""
FADE_QUARTERS = Fraction(2)
"""How long the click takes to get softer before a soft passage, and louder after it."""
PLAIN = ClickStyle(reentry_clicks=0, fermata_clicks=0)
_SILENT = Fraction(0)


@dataclass(frozen=True, slots=True)
class ClickStroke:
    """One click: when it sounds, and how strong its beat is (3 downbeat … 1 beat, 0 between).

    `warning` clicks count in, `prep` ones lead out of a fermata or free bars; `beat` is where a
    click falls in the music.
    """

    at: FilmTime
    stress: int
    warning: bool = False
    prep: bool = False
    beat: Beat | None = None
    level_db: Fraction = _SILENT


@dataclass(frozen=True, slots=True)
class SoftPassage:
    """From `start` up to `end` the click is `level_db` (negative) softer."""

    start: Beat
    end: Beat
    level_db: Fraction

    def level_at(self, at: Beat) -> Fraction:
        """How much softer it is at a beat: straight down over two quarters, straight up again."""
        if self.start <= at < self.end:
            return self.level_db
        away = self.start - at if at < self.start else at - self.end
        return self.level_db * max(Fraction(0), 1 - away.quarters / FADE_QUARTERS)


@dataclass(frozen=True, slots=True)
class _Step:
    """A click of a pattern in the music: its beat, and how far it is to the next."""

    at: Beat
    stress: int
    length: Beats
    meter: Meter


def plan_clicks(
    tempo_map: TempoMap,
    style: ClickStyle,
    warning_clicks: int,
    stop: Beat | None = None,
    soft: Sequence[SoftPassage] = (),
) -> tuple[ClickStroke, ...]:
    """All clicks of a cue in order of time.

    Warning clicks, then every click of each bar's pattern up to `stop` (the last attack that is
    written); silent in free bars and while a fermata is held, with clicks that lead back in. The
    level follows `soft`.
    """
    found = list(warning_strokes(tempo_map, warning_clicks, style))
    steps = list(_steps(tempo_map, style))
    if stop is not None:
        last = max(stop, Beat(0))
        steps = [step for step in steps if step.at <= last]
    if style.stop_early_clicks:
        beats = [step.at for step in steps if step.stress][: -style.stop_early_clicks]
        steps = [step for step in steps if beats and step.at <= beats[-1]]
    found += _divided(steps, style, tempo_map.tempo_at, tempo_map.time_at, _Silence(tempo_map))
    if steps:
        found += _preparations(tempo_map, style, steps[-1].at)
    found.sort(key=lambda stroke: stroke.at)
    return tuple(_levelled(stroke, soft) for stroke in found)


def warning_strokes(
    tempo_map: TempoMap, count: int, style: ClickStyle = PLAIN
) -> tuple[ClickStroke, ...]:
    """The clicks that count in, at the opening tempo or their own; none into a free bar."""
    if tempo_map.is_free(Beat(0)):
        return ()
    meter = tempo_map.grid.bars[0].meter
    own = Tempo(style.warning_bpm, meter.click) if style.warning_bpm else None
    return _free_clicks(tempo_map, Beat(0), count, style, own, steady=own is not None)


def count_off(
    tempo_map: TempoMap,
    bar_index: int,
    count: int,
    strokes: Iterable[ClickStroke],
    style: ClickStyle,
) -> tuple[ClickStroke, ...]:
    """`count` free clicks into a bar, then `strokes` from there: "eight free to 26".

    The free clicks are in the meter and tempo of the entry, steady.
    """
    start = tempo_map.grid.starts[bar_index]
    at = tempo_map.time_at(start)
    free = _free_clicks(tempo_map, start, count, style, None, steady=True)
    return (*free, *(stroke for stroke in strokes if stroke.at >= at))


def _steps(tempo_map: TempoMap, style: ClickStyle) -> Iterator[_Step]:
    """The pattern clicks of every bar, without those in free bars and held beats."""
    grid = tempo_map.grid
    patterns: dict[Meter, tuple[PatternClick, ...]] = {}
    silence = _Silence(tempo_map)
    for start, bar in zip(grid.starts, grid.bars, strict=False):
        if bar.meter not in patterns:
            patterns[bar.meter] = style.pattern(bar.meter)
        for click in patterns[bar.meter]:
            at = start + click.offset
            if not silence.drops(at):
                yield _Step(at, click.stress, click.length, bar.meter)


class _Silence:
    """Where the click is silent: in free bars, and in held beats after their attack."""

    def __init__(self, tempo_map: TempoMap) -> None:
        events = [one for one in tempo_map.events if isinstance(one, Fermata | FreeBar)]
        self.spans = [(one.at, one.at + one.length, isinstance(one, FreeBar)) for one in events]
        self.starts = [one.at for one in events]

    def drops(self, at: Beat) -> bool:
        """Whether no click sounds at a beat."""
        index = bisect_right(self.starts, at) - 1
        if index < 0:
            return False
        start, end, free = self.spans[index]
        return at < end and (free or start < at)


def _divided(
    steps: Sequence[_Step],
    style: ClickStyle,
    tempo_at: Callable[[Beat], Tempo],
    time_at: Callable[[Beat], FilmTime],
    silence: _Silence | None = None,
    warning: bool = False,
) -> Iterator[ClickStroke]:
    """The clicks of `steps`, with softer ones between where they are slow.

    Nothing falls between the last click and what comes after it, unless it is a warning click.
    """
    dividing = False
    limit = style.subdivide_below_bpm
    for number, step in enumerate(steps):
        yield ClickStroke(time_at(step.at), step.stress, warning, beat=step.at)
        if not limit or not step.stress:
            continue
        bpm = tempo_at(step.at).of(step.length).bpm
        dividing = bpm < limit or (dividing and bpm < limit * HOLDS_ON)
        if not dividing or (not warning and number + 1 == len(steps)):
            continue
        parts = _parts(step)
        for part in range(1, parts):
            at = step.at + step.length * Fraction(part, parts)
            if silence is None or not silence.drops(at):
                yield ClickStroke(time_at(at), 0, warning, beat=at)


def _parts(step: _Step) -> int:
    """Into how many parts a beat is felt: its units where it groups several, else two."""
    units = step.length.quarters / step.meter.unit.quarters
    return int(units) if units > 1 and units.denominator == 1 else 2


def _free_clicks(
    tempo_map: TempoMap,
    entry: Beat,
    count: int,
    style: ClickStyle,
    own: Tempo | None,
    *,
    steady: bool,
) -> tuple[ClickStroke, ...]:
    """`count` clicks before `entry` in the pattern of its bar, as if such bars led up to it.

    Steady ones keep the tempo of the entry (or their own); the others follow the map.
    """
    grid = tempo_map.grid
    index = grid.index_at(entry)
    meter = grid.bars[index].meter
    tempo = own or tempo_map.tempo_at(entry)
    at = tempo_map.time_at(entry)

    def steadily(beat: Beat) -> FilmTime:
        return FilmTime(at.seconds - (entry - beat).quarters * tempo.seconds_per_quarter)

    steps = _led_up(entry, entry - grid.starts[index], meter, style, count)
    time_at = steadily if steady else tempo_map.time_at
    return tuple(_divided(steps, style, lambda _: tempo, time_at, warning=True))


def _led_up(entry: Beat, into: Beats, meter: Meter, style: ClickStyle, count: int) -> list[_Step]:
    """The last `count` beats of the pattern before `entry`, which lies `into` its bar."""
    pattern = [click for click in style.pattern(meter) if click.stress]
    if not pattern:
        pattern = list(ClickStyle().pattern(meter))
    bar = entry - into
    found: list[_Step] = []
    while len(found) < count:
        for click in reversed(pattern):
            at = bar + click.offset
            if at < entry and len(found) < count:
                later = found[-1].at if found else entry
                found.append(_Step(at, click.stress, later - at, meter))
        bar = bar - meter.length
    return found[::-1]


def _preparations(tempo_map: TempoMap, style: ClickStyle, last: Beat) -> Iterator[ClickStroke]:
    """Clicks out of fermatas and free bars, where there is room for them and music after."""
    for start, end, count in _silences(tempo_map, style):
        if not count or end > last or end >= tempo_map.grid.end:
            continue
        found = _free_clicks(tempo_map, end, count, style, None, steady=True)
        found = tuple(stroke for stroke in found if stroke.stress)
        gap = tempo_map.time_at(end) - found[-1].at
        for stroke in found:
            if stroke.at - tempo_map.time_at(start) >= gap:
                yield replace(stroke, warning=False, prep=True, beat=None)


def _silences(tempo_map: TempoMap, style: ClickStyle) -> Iterator[tuple[Beat, Beat, int]]:
    """Fermatas and stretches of free bars, each with how many clicks lead out of it."""
    frees = [one for one in tempo_map.events if isinstance(one, FreeBar)]
    for event in tempo_map.events:
        if isinstance(event, Fermata):
            yield event.at, event.at + event.length, style.fermata_clicks
    start = frees[0].at if frees else Beat(0)
    for one, later in pairwise([*frees, None]):
        end = one.at + one.length if one is not None else Beat(0)
        if later is None or later.at > end:
            yield start, end, style.reentry_clicks
            start = later.at if later is not None else end


def _levelled(stroke: ClickStroke, soft: Sequence[SoftPassage]) -> ClickStroke:
    if not soft or stroke.beat is None or stroke.warning:
        return stroke
    level = min(passage.level_at(stroke.beat) for passage in soft)
    return replace(stroke, level_db=level) if level else stroke
