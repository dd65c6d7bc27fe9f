"""From a rubato take to a map: with its score, or with the beat found in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from scorestage.production import Hit
from scorestage.tempofit.played.alignment import Alignment, PlayedNote, WrittenNote, align
from scorestage.tempofit.played.conduct import conduct
from scorestage.tempofit.played.tapping import Clicks, lead_of
from scorestage.tempofit.played.tracking import Onsets, Pulse, RivalBeat, find_pulse
from scorestage.tempofit.played.values import Observed, PlayedMap, PlayedSettings
from scorestage.tempofit.played.ways import TempoRange
from scorestage.tempofit.played.writing import exact_seconds
from scorestage.timebase import BarGrid, FilmSpan, FilmTime, FrameRate

ACCENT_SURE = 1.08
"""A beat is taken as the first of the bar where it is struck so much harder than the others."""


@dataclass(frozen=True, slots=True)
class FollowedTake:
    """The map of a take, how sure its beat is (0 to 1), and what to know about it.

    `rivals` is what the beat could be instead.
    """

    played: PlayedMap
    confidence: float
    remarks: tuple[str, ...]
    rivals: tuple[RivalBeat, ...] = ()


def map_of_scored_take(
    written: Sequence[WrittenNote],
    grid: BarGrid,
    notes: Sequence[PlayedNote],
    rate: FrameRate,
    settings: PlayedSettings | None = None,
    hits: tuple[Hit, ...] = (),
    end: FilmTime | None = None,
) -> FollowedTake:
    """A map of a take of a known score: every bar of it, wrong and left-out notes passed over."""
    found = align(written, notes)
    wish = settings or PlayedSettings()
    played = conduct(found.observed, rate, wish, hits, end, grid)
    return FollowedTake(played, found.matched, _told(found))


def _told(found: Alignment) -> tuple[str, ...]:
    remarks = []
    if found.left_out:
        remarks.append(f"{found.left_out} written chords were not found in the take")
    if found.added:
        remarks.append(f"{found.added} played ones are not written")
    return tuple(remarks)


def map_of_unknown_take(
    onsets: Onsets,
    begins: FilmTime,
    rate: FrameRate,
    settings: PlayedSettings | None = None,
    tempos: TempoRange | None = None,
    hits: tuple[Hit, ...] = (),
    end: FilmTime | None = None,
    first_beat_told: bool = False,
    seed: int = 1,
) -> FollowedTake:
    """A map of a take whose beat nobody has counted; `FitError` where the beat is not sure.

    `begins` is the film time of the take's own zero. Unless it is told, the first beat of the bar
    is the one that is struck hardest, where one is.
    """
    wish = settings or PlayedSettings()
    pulse = find_pulse(onsets, tempos, seed)
    remarks: list[str] = []
    if not first_beat_told:
        beat, words = _first_beat(pulse, onsets, wish)
        wish = replace(wish, first_beat=beat)
        remarks.append(words)
    clicks, lead = Clicks(wish.meters), lead_of(wish)
    observed = [
        Observed(
            clicks.at(Fraction(number) - lead),
            begins + FilmSpan(exact_seconds(float(at))),
            max(0.05, float(sure)),
        )
        for number, (at, sure) in enumerate(zip(pulse.beats_seconds, pulse.sure, strict=True))
    ]
    played = conduct(observed, rate, wish, hits, end)
    return FollowedTake(played, pulse.confidence, tuple(remarks), pulse.rivals)


def _first_beat(pulse: Pulse, onsets: Onsets, wish: PlayedSettings) -> tuple[Fraction, str]:
    """On which beat of the bar the first one found falls, by where the take is struck hardest."""
    beats = len(wish.meters[0].clicks)
    struck = np.zeros(len(pulse.beats_seconds))
    for number, at in enumerate(pulse.beats_seconds):
        near = np.abs(onsets.seconds - at) <= 0.05
        struck[number] = float(onsets.weights[near].max()) if near.any() else 0.0
    means = [float(struck[phase::beats].mean()) for phase in range(min(beats, len(struck)))]
    order = np.argsort(means)[::-1]
    if len(means) < beats or len(means) < 2 or means[order[0]] < ACCENT_SURE * means[order[1]]:
        return Fraction(1), "no beat of the bar is struck harder: the first one is taken as beat 1"
    first = Fraction(1 if order[0] == 0 else beats - int(order[0]) + 1)
    return (
        first,
        f"the first beat found is taken as beat {first} of its bar, by what is struck hard",
    )
