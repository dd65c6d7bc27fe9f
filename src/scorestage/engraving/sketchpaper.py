"""Sketch paper: empty systems ruled from a cue's map, with all that a pencil must meet above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.engraving.clocks import film_time_text
from scorestage.engraving.edition import Edition, Timing
from scorestage.engraving.ink import lines_of, plain
from scorestage.engraving.overhead import (
    HeldTold,
    RampTold,
    Spot,
    TempoSaying,
    TempoTold,
    clicks_told,
    tempos_told,
)
from scorestage.errors import InputError
from scorestage.music.written import WrittenBar
from scorestage.production import Hit, HitStatus
from scorestage.timebase import Beat, Beats, FilmSpan, FilmTime, TempoMap

FEWEST_STAVES, MOST_STAVES = 3, 6
METER_MM = 13.0
"""Room that a big meter takes at the head of its bar."""
_QUARTER_MM = 13.5
"""Least room for a quarter note written by pencil."""
_NARROWEST_MM = 22.0
_WORDS_LETTERS = 24
_IMPORTANT_WEIGHT = 4


@dataclass(frozen=True, slots=True)
class SketchWish:
    """How sketch paper is ruled: staves to a system, bars to a line (0: as many as have room).

    `timecode` stands under the clock times; `names` are those of the staves, from the top;
    `streamers` are the streamers' goals with their lengths, and words where no hit has any.
    """

    staves: int = 4
    bars: int = 0
    timecode: bool = False
    names: tuple[str, ...] = ()
    streamers: tuple[tuple[FilmTime, FilmSpan, str], ...] = ()

    def __post_init__(self) -> None:
        if not FEWEST_STAVES <= self.staves <= MOST_STAVES:
            do = f"{FEWEST_STAVES} to {MOST_STAVES}"
            raise InputError(f"no sketch paper has {self.staves} staves", do=do)
        if not 0 <= self.bars <= 16:
            raise InputError(f"{self.bars} bars do not go on a line", do="1 to 16; 0: as fit")
        if len(self.names) > self.staves:
            told = f"{len(self.names)} names for {self.staves} staves"
            raise InputError(told, do="name as many as there are, or fewer")


@dataclass(frozen=True, slots=True)
class SketchBar:
    """A bar of a line, in millimetres from the line's left end.

    `meter` is set where it is new (numerator, denominator); `music_mm` is where beat 1 stands;
    `beats_mm` are the click beats after it; `groups` those of a new meter of unequal ones; `free`
    the seconds of a bar without pulse.
    """

    label: str
    left_mm: float
    right_mm: float
    music_mm: float
    beats_mm: tuple[float, ...]
    clock: str
    timecode: str = ""
    meter: tuple[str, str] | None = None
    groups: str = ""
    free: str = ""
    last: bool = False


@dataclass(frozen=True, slots=True)
class SketchFlag:
    """A hit at its beat: clock time and words.

    `streamer_mm` is where its streamer begins (the line's left end at the least); None: none.
    """

    at_mm: float
    clock: str
    lines: tuple[str, ...]
    important: bool = False
    streamer_mm: float | None = None
    streamer: str = ""


@dataclass(frozen=True, slots=True)
class SketchTempo:
    """A tempo (note value, beats a minute, click), or the words of a ramp, at its beat."""

    at_mm: float
    note: tuple[int, int] | None
    text: str
    click: str = ""
    stop_mm: float | None = None


@dataclass(frozen=True, slots=True)
class SketchLine:
    """One system of the paper: its bars, its hits, its tempos."""

    bars: tuple[SketchBar, ...]
    flags: tuple[SketchFlag, ...] = ()
    tempos: tuple[SketchTempo, ...] = ()


@dataclass(frozen=True, slots=True)
class SketchPaper:
    """All systems of a cue, `width_mm` wide at most, with what the pages say in their heads."""

    edition: Edition
    wish: SketchWish
    width_mm: float
    lines: tuple[SketchLine, ...]


@dataclass(frozen=True, slots=True)
class _Ruled:
    """A bar laid down: which line, where it begins, where its music does, millimetres a quarter."""

    line: int
    left: float
    music: float
    scale: float
    bar: WrittenBar

    @property
    def right(self) -> float:
        return self.music + self.scale * float(self.bar.length.quarters)


def sketch_paper(
    tempo_map: TempoMap, edition: Edition, width_mm: float, wish: SketchWish | None = None
) -> SketchPaper:
    """Rule paper for a cue: bars as wide as they are long, lines as full as a pencil has room.

    Raises `InputError` for a map without bars.
    """
    wish = wish or SketchWish()
    bars = written_bars(tempo_map)
    ruled = _ruled(bars, width_mm, wish)
    tempos = _tempos(tempo_map, edition, bars, ruled)
    flags = _flags(tempo_map, edition, ruled, wish)
    held = _held(tempo_map, edition, bars)
    lines = []
    for line in range(ruled[-1].line + 1):
        places = [place for place, one in enumerate(ruled) if one.line == line]
        lines.append(
            SketchLine(
                tuple(
                    _bar(place, ruled, tempo_map, edition, wish, held.get(place, ""))
                    for place in places
                ),
                tuple(flag for on, flag in flags if on == line),
                tuple(tempo for on, tempo in tempos if on == line),
            )
        )
    return SketchPaper(edition, wish, width_mm, tuple(lines))


def written_bars(tempo_map: TempoMap) -> tuple[WrittenBar, ...]:
    """The bars of a map with nothing in them, a pickup first."""
    grid = tempo_map.grid
    if not grid.bars:
        raise InputError("the tempo map has no bars", do="fit the cue, or give a map with bars")
    bars = [
        WrittenBar(index, bar.label, bar.meter, grid.starts[index], bar.meter.length, ())
        for index, bar in enumerate(grid.bars)
    ]
    if grid.pickup.quarters:
        first = grid.bars[0].meter
        before = Beat(0) + -grid.pickup
        bars.insert(0, WrittenBar(-1, grid.pickup_label, first, before, grid.pickup, ()))
    return tuple(bars)


def _ruled(bars: Sequence[WrittenBar], width_mm: float, wish: SketchWish) -> tuple[_Ruled, ...]:
    """Every bar on its line; a last line that is not full keeps the scale of the one before."""
    found: list[_Ruled] = []
    before = 0.0
    lines = _broken(bars, width_mm, wish)
    for number, places in enumerate(lines):
        heads = [METER_MM if _new_meter(bars, place) else 0.0 for place in places]
        quarters = [float(bars[place].length.quarters) for place in places]
        scale = (width_mm - sum(heads)) / sum(quarters)
        if number + 1 == len(lines) and not (number and scale <= before * 1.35):
            usual = before or (width_mm / (wish.bars or 4) / quarters[0])
            scale = min(scale, usual)
        before, left = scale, 0.0
        for place, head in zip(places, heads, strict=True):
            one = _Ruled(number, left, left + head, scale, bars[place])
            found.append(one)
            left = one.right
    return tuple(found)


def _broken(bars: Sequence[WrittenBar], width_mm: float, wish: SketchWish) -> list[list[int]]:
    """Which bars stand on which line; a pickup goes with bar 1 and is not counted."""
    lines: list[list[int]] = []
    room = counted = 0.0
    for place, bar in enumerate(bars):
        head = METER_MM if _new_meter(bars, place) else 0.0
        need = head + max(_NARROWEST_MM, float(bar.length.quarters) * _QUARTER_MM)
        full = counted >= wish.bars if wish.bars else room + need > width_mm
        if not lines or (full and counted):
            lines.append([])
            room = counted = 0.0
        lines[-1].append(place)
        room += need
        counted += bar.index >= 0
    return lines


def _new_meter(bars: Sequence[WrittenBar], place: int) -> bool:
    return place == 0 or bars[place].meter != bars[place - 1].meter


def _bar(
    place: int,
    ruled: Sequence[_Ruled],
    tempo_map: TempoMap,
    edition: Edition,
    wish: SketchWish,
    free: str,
) -> SketchBar:
    one = ruled[place]
    bar = one.bar
    bars = [each.bar for each in ruled]
    at = tempo_map.time_at(bar.start)
    ticks = [offset.quarters for offset in bar.meter.clicks if offset.quarters > 0]
    if bar.index < 0:
        missing = bar.meter.length.quarters - bar.length.quarters
        ticks = [tick - missing for tick in ticks if tick > missing]
    new = _new_meter(bars, place)
    signs = (str(bar.meter.numerator), str(bar.meter.denominator))
    groups = str(bar.meter).partition("/")[0]
    coded = replace(edition, timing=Timing.TIMECODE)
    return SketchBar(
        label=str(bar.label) if bar.index >= 0 else "",
        left_mm=one.left,
        right_mm=one.right,
        music_mm=one.music,
        beats_mm=() if free else tuple(one.music + one.scale * float(tick) for tick in ticks),
        clock=film_time_text(at, edition, tempo_map),
        timecode=film_time_text(at, coded, tempo_map) if wish.timecode else "",
        meter=signs if new else None,
        groups=groups if new and groups != signs[0] else "",
        free=free,
        last=place + 1 == len(ruled),
    )


def _place_mm(ruled: Sequence[_Ruled], at: Beat) -> tuple[int, float]:
    """The line and the place on it where the music is at `at`."""
    found = max((one for one in ruled if one.bar.start <= at), key=_start, default=ruled[0])
    into = float((at - found.bar.start).quarters)
    return found.line, max(0.0, min(found.right, found.music + found.scale * into))


def _start(one: _Ruled) -> Beat:
    return one.bar.start


def _flags(
    tempo_map: TempoMap, edition: Edition, ruled: Sequence[_Ruled], wish: SketchWish
) -> list[tuple[int, SketchFlag]]:
    """Hits where the music meets them, and goals of streamers that are no hit."""
    first, end = ruled[0].bar.start, ruled[-1].bar.start + ruled[-1].bar.length
    left = {at: span for at, span, _ in wish.streamers}
    found: list[tuple[FilmTime, SketchFlag, int]] = []
    hits = [hit for hit in edition.hits if hit.status is not HitStatus.DROPPED]
    taken = {hit.at for hit in hits}
    goals = [Hit("", at, words, weight=1) for at, _, words in wish.streamers if at not in taken]
    for hit in sorted([*hits, *goals], key=lambda one: one.at.seconds):
        at = tempo_map.beat_at(hit.at)
        if not first <= at <= end:
            continue
        line, at_mm = _place_mm(ruled, at)
        span = left.get(hit.at)
        begins, told = None, ""
        if span is not None:
            before, begins = _place_mm(ruled, max(first, tempo_map.beat_at(hit.at - span)))
            begins = begins if before == line else 0.0
            told = f"{float(round(span.seconds, 1)):g}″"
        flag = SketchFlag(
            at_mm,
            film_time_text(hit.at, edition, tempo_map),
            tuple(lines_of(hit.words, _WORDS_LETTERS)),
            hit.weight >= _IMPORTANT_WEIGHT,
            begins,
            told,
        )
        found.append((hit.at, flag, line))
    return [(line, flag) for _, flag, line in found]


def _sayings(
    tempo_map: TempoMap, edition: Edition, bars: Sequence[WrittenBar]
) -> tuple[TempoSaying, ...]:
    if edition.free_timing:
        return tuple(clicks_told(bars, tempo_map))
    return tuple(tempos_told(bars, tempo_map, edition.rate))


def _spot_beat(bars: Sequence[WrittenBar], here: Spot) -> Beat:
    return bars[here[0]].start + Beats(here[1])


def _tempos(
    tempo_map: TempoMap, edition: Edition, bars: Sequence[WrittenBar], ruled: Sequence[_Ruled]
) -> list[tuple[int, SketchTempo]]:
    found = []
    for said in _sayings(tempo_map, edition, bars):
        line, at_mm = _place_mm(ruled, _spot_beat(bars, said.spot))
        if isinstance(said, TempoTold):
            told = SketchTempo(at_mm, said.note, plain(said.bpm), plain(said.click))
        elif isinstance(said, RampTold):
            stop = _place_mm(ruled, _spot_beat(bars, said.stop)) if said.stop else None
            reach = stop[1] if stop and stop[0] == line else _line_end(ruled, line)
            told = SketchTempo(at_mm, None, plain(said.text), stop_mm=reach if stop else None)
        elif said.free:
            continue
        else:
            told = SketchTempo(at_mm, None, f"fermata {said.shown}")
        found.append((line, told))
    return found


def _line_end(ruled: Sequence[_Ruled], line: int) -> float:
    """Where a line ends, in millimetres."""
    return max(one.right for one in ruled if one.line == line)


def _held(tempo_map: TempoMap, edition: Edition, bars: Sequence[WrittenBar]) -> dict[int, str]:
    """By bar the seconds of those without pulse."""
    return {
        said.spot[0]: said.shown
        for said in _sayings(tempo_map, edition, bars)
        if isinstance(said, HeldTold) and said.free and said.spot[1] == Fraction(0)
    }
