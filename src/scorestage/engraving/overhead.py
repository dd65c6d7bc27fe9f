"""What is to be told over the whole system, and where: no engraver's words yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.engraving.clocks import bpm_text, click_text, film_time_text, note_of, printable
from scorestage.engraving.edition import Edition
from scorestage.engraving.ink import lines_of
from scorestage.music import MarkKind, Score
from scorestage.music.written import WrittenBar
from scorestage.production import HitStatus
from scorestage.timebase import (
    Beat,
    Fermata,
    FrameRate,
    FreeBar,
    FreeStretch,
    Ramp,
    Steady,
    Tempo,
    TempoEvent,
    TempoMap,
    free_stretches,
)

_HIT_WORDS_LETTERS = 26
_TEMPO_WORDS_LETTERS = 32
"""Longer words stand over the tempo, on a line of their own."""
_IMPORTANT_WEIGHT = 4
_SLIGHT = Fraction(6, 100)
_HALF = Fraction(1, 2)

Spot = tuple[int, Fraction]
"""The place of a bar among those written, and quarter notes into it."""


@dataclass(frozen=True, slots=True)
class FilmTimeTold:
    """The film time at which a bar begins."""

    spot: Spot
    shown: str


@dataclass(frozen=True, slots=True)
class HitTold:
    """A hit: its film time, its words in lines, and whether it weighs more than others."""

    spot: Spot
    shown: str
    lines: tuple[str, ...]
    important: bool


@dataclass(frozen=True, slots=True)
class PodiumTold:
    """The click comes in or goes out, or a streamer arrives."""

    spot: Spot
    text: str
    streamer: bool


@dataclass(frozen=True, slots=True)
class TempoTold:
    """A tempo: the note it counts (power of two, dots), beats a minute, and its frame click.

    One that is `slight` hardly differs from the tempo before. One that is `written` is told for the
    stop clock: `bpm` is then `4 beats in :02⅔`, and `click` the same for more bars, or empty.
    `words` stand before it: `Slowly`.
    """

    spot: Spot
    note: tuple[int, int]
    bpm: str
    click: str
    slight: bool
    written: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class RampTold:
    """`rit.` or `accel.`, from its spot to `stop`; with no stop where there is no room between."""

    spot: Spot
    text: str
    stop: Spot | None


@dataclass(frozen=True, slots=True)
class HeldTold:
    """A fermata, or (`free`) a bar without pulse, with the seconds it lasts."""

    spot: Spot
    shown: str
    free: bool


@dataclass(frozen=True, slots=True)
class WordsTold:
    """A rehearsal letter, or words for everybody."""

    spot: Spot
    text: str
    letter: bool


TempoSaying = TempoTold | RampTold | HeldTold
MarkSaying = TempoSaying | WordsTold


def spot(bars: Sequence[WrittenBar], at: Beat) -> Spot:
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


def film_times(
    bars: Sequence[WrittenBar], tempo_map: TempoMap, edition: Edition
) -> Iterator[FilmTimeTold]:
    """The film time at which each bar begins; a pickup is too narrow to tell."""
    for place, bar in enumerate(bars):
        if bar.index >= 0:
            shown = film_time_text(tempo_map.time_at(bar.start), edition, tempo_map)
            yield FilmTimeTold((place, Fraction(0)), shown)


def hits_told(
    score: Score, bars: Sequence[WrittenBar], tempo_map: TempoMap, edition: Edition
) -> Iterator[HitTold]:
    """Each hit with its words, where the music meets it; those marked in the score only once."""
    taken = set()
    for hit in edition.hits:
        at = tempo_map.beat_at(hit.at)
        inside = bars[0].start <= at <= bars[-1].start + bars[-1].length
        if hit.status is HitStatus.DROPPED or not inside:
            continue
        here = spot(bars, at)
        taken.add(here)
        shown = film_time_text(hit.at, edition, tempo_map)
        yield HitTold(here, shown, _hit_lines(hit.words), hit.weight >= _IMPORTANT_WEIGHT)
    for mark in score.marks:
        here = spot(bars, mark.at)
        if mark.kind is MarkKind.HIT and here not in taken:
            shown = film_time_text(tempo_map.time_at(mark.at), edition, tempo_map)
            yield HitTold(here, shown, _hit_lines(mark.text), False)


def podium_told(
    bars: Sequence[WrittenBar], tempo_map: TempoMap, edition: Edition
) -> Iterator[PodiumTold]:
    """Where the click comes in and goes out, and where streamers arrive."""
    for mark in edition.podium_marks:
        at = tempo_map.beat_at(mark.at)
        if bars[0].start <= at <= bars[-1].start + bars[-1].length:
            yield PodiumTold(spot(bars, at), mark.words, mark.streamer)


def _hit_lines(words: str) -> tuple[str, ...]:
    return tuple(lines_of(words, _HIT_WORDS_LETTERS))


def marks_told(
    score: Score,
    bars: Sequence[WrittenBar],
    tempo_map: TempoMap,
    rate: FrameRate,
    *,
    free_timing: bool = False,
) -> Iterator[MarkSaying]:
    """Rehearsal letters, words for everybody, tempos and what happens to them.

    In free timing tempos are told as written clicks. Words where a tempo begins stand before it.
    """
    told = clicks_told(bars, tempo_map) if free_timing else tempos_told(bars, tempo_map, rate)
    sayings = list(told)
    tempos = {one.spot: place for place, one in enumerate(sayings)
              if isinstance(one, TempoTold) and not one.slight}  # fmt: skip
    for mark in score.marks:
        if mark.kind is MarkKind.HIT or not any(sign.isalnum() for sign in mark.text):
            continue
        here = spot(bars, mark.at)
        place = tempos.get(here)
        tempo = None if place is None else sayings[place]
        if (
            place is not None
            and isinstance(tempo, TempoTold)
            and not tempo.words
            and mark.kind is MarkKind.TEXT
            and len(mark.text) <= _TEMPO_WORDS_LETTERS
        ):
            sayings[place] = replace(tempo, words=mark.text)
        else:
            yield WordsTold(here, mark.text, mark.kind is MarkKind.REHEARSAL)
    yield from sayings


def clicks_told(bars: Sequence[WrittenBar], tempo_map: TempoMap) -> Iterator[TempoSaying]:
    """The same for a conductor with a stop clock: beats in thirds of a second, no metronome."""
    for stretch in free_stretches(tempo_map):
        here: Spot = (0, Fraction(0)) if stretch.at == Beat(0) else spot(bars, stretch.at)
        if stretch.ramp:
            yield from _ramp_counted(here, bars, stretch)
        elif stretch.written is not None:
            unit = printable(stretch.tempo).unit
            longer = "" if stretch.longer is None else str(stretch.longer).replace(" beats", "", 1)
            yield TempoTold(here, note_of(unit), str(stretch.written), longer, False, True)
    for event in tempo_map.events:
        if isinstance(event, Fermata | FreeBar):
            shown = bpm_text(event.played.seconds) + "″"
            yield HeldTold(spot(bars, event.at), shown, isinstance(event, FreeBar))


def _ramp_counted(
    here: Spot, bars: Sequence[WrittenBar], stretch: FreeStretch
) -> Iterator[RampTold]:
    arrives = spot(bars, stretch.end)
    text = "rit." if stretch.slower else "accel."
    counted = f" {stretch.written}" if stretch.written is not None else ""
    yield RampTold(here, text + counted, arrives if arrives > here else None)


def tempos_told(
    bars: Sequence[WrittenBar], tempo_map: TempoMap, rate: FrameRate
) -> Iterator[TempoSaying]:
    """Each new tempo, each ramp with where it arrives, what is held and what is free."""
    told: Tempo | None = None
    events = tempo_map.events
    for index, event in enumerate(events):
        here: Spot = (0, Fraction(0)) if index == 0 else spot(bars, event.at)
        if isinstance(event, Steady | Ramp):
            tempo = event.tempo if isinstance(event, Steady) else event.start
            if tempo != told:
                yield _tempo(here, tempo, rate, told)
            told = tempo
        if isinstance(event, Ramp):
            told = None
            arrives = spot(bars, event.at + event.length)
            slower = event.end.quarters_per_minute < event.start.quarters_per_minute
            yield RampTold(
                here, "rit." if slower else "accel.", arrives if arrives > here else None
            )
            if not _new_tempo_at(events[index + 1 :], event.at + event.length):
                yield _tempo(arrives, event.end, rate)
        elif isinstance(event, Fermata | FreeBar):
            shown = bpm_text(event.played.seconds) + "″"
            yield HeldTold(here, shown, isinstance(event, FreeBar))
            if isinstance(event, FreeBar) and told is not None:
                stop, after = event.at + event.length, events[index + 1 :]
                if _new_tempo_at(after, stop):
                    told = None
                elif stop < tempo_map.grid.end and not _free_at(after, stop):
                    yield _tempo(spot(bars, stop), told, rate)


def _free_at(events: Sequence[TempoEvent], at: Beat) -> bool:
    return any(isinstance(event, FreeBar) and event.at == at for event in events)


def _new_tempo_at(events: Sequence[TempoEvent], at: Beat) -> bool:
    return any(isinstance(event, Steady | Ramp) and event.at == at for event in events)


def _tempo(here: Spot, tempo: Tempo, rate: FrameRate, before: Tempo | None = None) -> TempoTold:
    tempo = printable(tempo)
    change = (
        1 if before is None else abs(tempo.quarters_per_minute / before.quarters_per_minute - 1)
    )
    shown, click = bpm_text(tempo.bpm), click_text(tempo, rate)
    return TempoTold(here, note_of(tempo.unit), shown, click, change <= _SLIGHT)
