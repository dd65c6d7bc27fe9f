"""The stop-clock sheet: what the clock reads at chosen beats, for a conductor without a click."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.errors import InputError
from scorestage.paperwork.table import Column, Table
from scorestage.production import Hit
from scorestage.timebase import (
    Beat,
    FeetFrames,
    Fermata,
    FilmClock,
    FilmSpan,
    FilmTime,
    FreeBar,
    FreeStretch,
    TempoMap,
    beat_text,
    free_stretches,
    nearest_third,
    seconds_text,
)
from scorestage.timebase.thirds import thirds_of

COLUMNS = (
    Column("BAR", 6, right=True),
    Column("BEAT", 6, right=True),
    Column("CLOCK", 8, right=True),
    Column("THIRDS", 8, right=True),
    Column("TIMECODE", 13),
    Column("FEET", 9, right=True),
    Column("COUNT", 38),
    Column("WHAT", 30),
)
LEGEND = (
    "Clock in tenths and to the nearest third of a second; feet are 35 mm feet+frames from the "
    "film's first frame.",
    "Count: so many beats in seconds and thirds, from here on; in brackets the beats a minute that "
    "this really is; then the bars that fit the thirds better.",
)
MET_FRAMES = Fraction(3, 2)
"""A hit this close to a third of a beat is met there: no conductor hears less."""
_STRONG_WORDS = ("HIT", "CUT-OFF", "DOWNBEAT")


@dataclass(frozen=True, slots=True)
class ChosenBeats:
    """Which beats stand on the sheet: every n-th bar (0: none by count), every beat, hits, changes
    of tempo (with ramps, fermatas and free bars). Downbeat and cut-off always do."""

    every_bars: int = 1
    every_beat: bool = False
    hits: bool = True
    tempos: bool = True

    @classmethod
    def parse(cls, text: str) -> ChosenBeats:
        """Read `bars,hits,tempos`, `4,hits`, `beats`; empty is all bars, hits and tempos.

        >>> ChosenBeats.parse("4,hits")
        ChosenBeats(every_bars=4, every_beat=False, hits=True, tempos=False)
        """
        words = [word.strip().lower() for word in text.split(",") if word.strip()]
        if not words:
            return cls()
        every = 0
        for word in words:
            if word == "bars":
                every = 1
            elif word.isdecimal() and int(word) > 0:
                every = int(word)
            elif word not in ("beats", "hits", "tempos"):
                raise InputError(
                    f"the clock cannot be read at {word!r}",
                    do="say bars, a number (every n-th bar), beats, hits, tempos",
                )
        return cls(every, "beats" in words, "hits" in words, "tempos" in words)


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One line: where in the music, when in the film, what the clock reads, what happens.

    `count` is the written click that begins here, `marks` the streamers and flutters on the film.
    """

    at: FilmTime
    position: Beat
    bar: str
    bar_index: int
    beat: Fraction
    clock: Fraction
    words: tuple[str, ...] = ()
    count: str = ""
    marks: tuple[str, ...] = ()


def clock_rows(
    tempo_map: TempoMap,
    clock: FilmClock,
    hits: Sequence[Hit] = (),
    chosen: ChosenBeats | None = None,
    marks: Iterable[tuple[int, str]] = (),
) -> tuple[ClockRow, ...]:
    """The rows of a cue in order, one a moment; the clock reads zero at the downbeat of bar 1.

    `marks` are film frames with what is scribed there.
    """
    wanted = chosen or ChosenBeats()
    by_moment: dict[FilmTime, ClockRow] = {}
    for at, words, count in _moments(tempo_map, hits, wanted, clock.rate.frame_span * MET_FRAMES):
        row = by_moment.get(at) or _row(tempo_map, at)
        said = row.words if not words or words in row.words else (*row.words, words)
        by_moment[at] = replace(row, words=said, count=row.count or count)
    rate, scribed = clock.rate, dict[int, list[str]]()
    for frame, word in marks:
        scribed.setdefault(frame, []).append(word)
    rows = []
    for row in sorted(by_moment.values(), key=lambda one: one.at):
        here = scribed.pop(rate.nearest_frame(row.at), [])
        rows.append(replace(row, marks=tuple(here)))
    return tuple(rows)


def _moments(
    tempo_map: TempoMap, hits: Sequence[Hit], wanted: ChosenBeats, near: FilmSpan
) -> Iterator[tuple[FilmTime, str, str]]:
    """Everything that stands on the sheet: when, what, and the click that begins there."""
    grid, time_at = tempo_map.grid, tempo_map.time_at
    counts = {one.at: count_words(one) for one in free_stretches(tempo_map)}
    yield tempo_map.start, "DOWNBEAT", counts.get(Beat(0), "")
    yield tempo_map.end, "CUT-OFF", ""
    if wanted.every_bars:
        for index in range(0, len(grid.bars), wanted.every_bars):
            yield time_at(grid.starts[index]), "", ""
    if wanted.every_beat:
        for click in tempo_map.clicks():
            yield click.time, "", ""
    if wanted.tempos:
        for at, count in counts.items():
            yield time_at(at), "", count
        yield from _holds(tempo_map)
    if wanted.hits:
        for hit in hits:
            yield _met(tempo_map, hit.at, near), f"HIT  {hit.words or hit.id}", ""


def _met(tempo_map: TempoMap, at: FilmTime, near: FilmSpan) -> FilmTime:
    """Where the music meets a moment of the film: a third of a beat within `near`, else itself."""
    grid = tempo_map.grid
    beat = tempo_map.beat_at(at)
    place = grid.position(beat)
    third = nearest_third(place.beat)
    met = grid.starts[place.bar_index] + grid.bars[place.bar_index].meter.click * (third - 1)
    moment = tempo_map.time_at(met)
    return moment if abs((moment - at).seconds) <= near.seconds else at


def _holds(tempo_map: TempoMap) -> Iterator[tuple[FilmTime, str, str]]:
    for event in tempo_map.events:
        if isinstance(event, Fermata | FreeBar):
            lasting = seconds_text(thirds_of(event.played.seconds))
            words = "hold" if isinstance(event, Fermata) else "free"
            yield tempo_map.time_at(event.at), "", f"{words} {lasting}"


def count_words(stretch: FreeStretch) -> str:
    """How a stretch is counted, and what tempo that really is.

    >>> from scorestage.timebase import BarGrid, Meter, Tempo
    >>> cue = TempoMap.steady(FilmTime(0), Tempo(88), BarGrid.regular(2, Meter(4, 4)))
    >>> count_words(free_stretches(cue)[0])
    '4 beats in :02⅔ (90)'
    """
    if stretch.written is None:
        return ""
    real = f"{float(stretch.written.tempo.bpm):.1f}".removesuffix(".0")
    way = ("rit. " if stretch.slower else "accel. ") if stretch.ramp else ""
    longer = f" · {stretch.longer}".replace(" beats", "") if stretch.longer is not None else ""
    return f"{way}{stretch.written}{'' if stretch.ramp else f' ({real})'}{longer}"


def _row(tempo_map: TempoMap, at: FilmTime) -> ClockRow:
    beat = tempo_map.beat_at(at)
    place = tempo_map.grid.position(beat)
    bar, index, counted = str(place.label), place.bar_index, place.beat
    if beat >= tempo_map.grid.end:
        bar, counted = "end", Fraction(1)
    return ClockRow(at, beat, bar, index, counted, (at - tempo_map.start).seconds)


def stop_clock_sheet(
    rows: Sequence[ClockRow],
    clock: FilmClock,
    title: str,
    facts: Sequence[tuple[str, str]] = (),
) -> Table:
    """The rows as a table: clock in minutes, seconds and tenths, and to the nearest third."""
    return Table(
        title=f"{title}  stop clock".strip(),
        columns=COLUMNS,
        rows=tuple(_cells(row, clock) for row in rows),
        facts=(*facts, ("Frames", f"{clock.rate.name} fps"), ("Clock", "0:00.0 at bar 1")),
        strong=frozenset(
            number for number, row in enumerate(rows) if any(_loud(word) for word in row.words)
        ),
        legend=LEGEND,
    )


def _loud(words: str) -> bool:
    return words.startswith(_STRONG_WORDS)


def _cells(row: ClockRow, clock: FilmClock) -> tuple[str, ...]:
    frame = clock.rate.nearest_frame(row.at)
    beat = "" if row.bar == "end" else beat_text(thirds_of(row.beat))
    words = " · ".join((*row.words, *row.marks))
    return (
        *(row.bar, beat, tenths_text(row.clock), thirds_text(row.clock)),
        *(clock.nearest_label(row.at), str(FeetFrames(max(0, frame))), row.count, words),
    )


def tenths_text(seconds: Fraction) -> str:
    """A clock in minutes, seconds and tenths, as it is read; a tie goes up.

    >>> tenths_text(Fraction(117, 8)), tenths_text(Fraction(-5, 2))
    ('0:14.6', '-0:02.5')
    """
    tenths = (abs(seconds) * 10 + Fraction(1, 2)).__floor__()
    minutes, rest = divmod(tenths, 600)
    sign = "-" if seconds < 0 and tenths else ""
    return f"{sign}{minutes}:{rest // 10:02}.{rest % 10}"


def thirds_text(seconds: Fraction) -> str:
    """A clock to the nearest third of a second.

    >>> thirds_text(Fraction(117, 8)), thirds_text(Fraction(187, 3))
    (':14⅔', '1:02⅓')
    """
    thirds = thirds_of(seconds)
    return f"-{seconds_text(-thirds)}" if thirds < 0 else seconds_text(thirds)
