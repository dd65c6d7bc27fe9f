"""From taps to a map: which beat each tap is, in which bar, and the map that leads from there."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from scorestage.production import Hit
from scorestage.tempofit.played.conduct import conduct
from scorestage.tempofit.played.taps import CountedTap, Tap, count_taps
from scorestage.tempofit.played.values import Observed, PlayedMap, PlayedSettings
from scorestage.timebase import Beat, Beats, FilmTime, FrameRate, Meter

SLOWEST_BPM, FASTEST_BPM = 34, 232
"""Outside of these nobody taps beats: half notes or eighths were tapped."""


@dataclass(frozen=True, slots=True)
class TappedMap:
    """The map, and every tap with the place it was taken for (None: a stray)."""

    played: PlayedMap
    taps: tuple[tuple[CountedTap, Beat | None], ...]
    remarks: tuple[str, ...]


def map_of_taps(
    taps: tuple[Tap, ...],
    rate: FrameRate,
    settings: PlayedSettings | None = None,
    hits: tuple[Hit, ...] = (),
    end: FilmTime | None = None,
) -> TappedMap:
    """A conductible map of tapped beats; missed, doubled and stray taps are told, not obeyed.

    Raises `FitError` for taps that keep no beat.

    >>> from scorestage.timebase import FRAMES_24
    >>> taps = tuple(Tap(FilmTime(Fraction(at, 2))) for at in range(9))
    >>> found = map_of_taps(taps, FRAMES_24).played
    >>> found.tempo_map.events[0].tempo.bpm, len(found.tempo_map.grid.bars)
    (Fraction(120, 1), 3)
    """
    wish = settings or PlayedSettings()
    counted = count_taps(taps)
    each, remarks = _beats_per_tap(counted, wish)
    wish = replace(wish, beats_per_tap=each)
    places = tuple(_places(counted, wish))
    observed = tuple(
        Observed(place, one.tap.at, one.tap.strength)
        for one, place in zip(counted, places, strict=True)
        if place is not None
    )
    played = conduct(observed, rate, wish, hits, end)
    strays = sum(place is None for place in places)
    if strays:
        remarks = (*remarks, f"{strays} of {len(taps)} taps stand for no beat")
    return TappedMap(played, tuple(zip(counted, places, strict=True)), remarks)


def _beats_per_tap(
    counted: tuple[CountedTap, ...], wish: PlayedSettings
) -> tuple[Fraction, tuple[str, ...]]:
    """Beats a tap stands for: as told, or 2 or 1/2 where the taps are no beats anybody conducts."""
    told = [one for one in counted if one.beat is not None]
    lengths = [
        float((later.tap.at - one.tap.at).seconds) / float(later.beat - one.beat)
        for one, later in pairwise(told)
        if later.beat is not None and one.beat is not None
    ]
    bpm = 60 * float(wish.beats_per_tap) / statistics.median(lengths)
    each, words = wish.beats_per_tap, ""
    if bpm < SLOWEST_BPM:
        each, words = (
            each * 2,
            f"{bpm:.0f} taps a minute are too slow for beats: each is taken as 2",
        )
    elif bpm > FASTEST_BPM:
        each, words = each / 2, f"{bpm:.0f} taps a minute are too fast for beats: 2 make one"
    return each, (words,) if words else ()


def _places(counted: tuple[CountedTap, ...], wish: PlayedSettings) -> Iterator[Beat | None]:
    """Where in the bars each tap falls; the first one that counts is on `first_beat`."""
    clicks, lead = Clicks(wish.meters), lead_of(wish)
    for one in counted:
        yield None if one.beat is None else clicks.at(one.beat * wish.beats_per_tap - lead)


def lead_of(wish: PlayedSettings) -> Fraction:
    """Beats of upbeat before bar 1: none where the first tap is on beat 1."""
    if wish.first_beat == 1:
        return Fraction(0)
    return len(wish.meters[0].clicks) + 1 - wish.first_beat


class Clicks:
    """Where the clicks of a row of meters stand, the last meter going on."""

    def __init__(self, meters: tuple[Meter, ...]) -> None:
        self.meters = meters
        self.starts: list[Beat] = []
        self.bar_start = Beat(0)
        self.bars = 0

    def at(self, click: Fraction) -> Beat:
        """The place of a click counted from 0 at bar 1; negative ones lie in the pickup."""
        if click < 0:
            return Beat(0) + self.meters[0].click * click
        whole = click.__floor__()
        while len(self.starts) <= whole + 1:
            meter = self.meters[min(self.bars, len(self.meters) - 1)]
            self.starts += [self.bar_start + offset for offset in meter.clicks]
            self.bar_start = self.bar_start + meter.length
            self.bars += 1
        here, after = self.starts[whole], self.starts[whole + 1]
        return here + Beats((after - here).quarters * (click - whole))
