"""Written cues and re-cuts to try repairs on."""

from __future__ import annotations

from fractions import Fraction

from scorestage.production import BarState, Hit, KeptStretch
from scorestage.tempofit.repairs import Joints, WrittenCue, written_hits
from scorestage.timebase import (
    BarGrid,
    Beat,
    FilmRange,
    FilmSpan,
    FilmTime,
    FrameRate,
    Meter,
    Tempo,
    TempoMap,
)

RATE = FrameRate(24)


def kept_around(
    cuts: tuple[tuple[Fraction, Fraction], ...], until: Fraction
) -> tuple[KeptStretch, ...]:
    """The picture from 0 to `until` with changes: at a time, so many seconds out (or, negative,
    in)."""
    found, at, by = [], Fraction(0), Fraction(0)
    for place, gone in cuts:
        found.append(KeptStretch(FilmRange(FilmTime(at), FilmTime(place)), FilmSpan(by)))
        at, by = place + max(Fraction(0), gone), by - gone
    return (*found, KeptStretch(FilmRange(FilmTime(at), FilmTime(until)), FilmSpan(by)))


def written_cue(
    bars: int,
    cuts: tuple[tuple[Fraction, Fraction], ...],
    hit_beats: tuple[int, ...],
    state: BarState = BarState.FREE,
    joints: Joints | None = None,
    locked: bool = False,
) -> WrittenCue:
    """A cue at 120 in 4/4 from the film's start, with hits at quarters, and its re-cut."""
    tempo_map = TempoMap.steady(FilmTime(0), Tempo(120), BarGrid.regular(bars, Meter(4, 4)))
    kept = kept_around(cuts, tempo_map.end.seconds + 60)
    hits = tuple(
        Hit(f"h{beat}", tempo_map.time_at(Beat(beat)), f"hit {beat}", locked=locked)
        for beat in hit_beats
    )
    pairs = [(hit, hit.at + one.by) for hit in hits for one in kept if one.old.holds(hit.at)]
    there = written_hits(tempo_map, pairs, RATE)
    end = tempo_map.end + kept[-1].by
    states = (state,) * bars
    plain = joints or Joints.plain(tempo_map.grid)
    return WrittenCue(tempo_map, there, kept, FilmTime(0), end, states, plain, RATE)
