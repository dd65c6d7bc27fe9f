"""The click track: strokes from the tempo map, and their sound, exact to the sample."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import numpy as np
import numpy.typing as npt

from scorestage.production import House
from scorestage.timebase import BarGrid, Beat, FilmTime, TempoMap

Samples = npt.NDArray[np.float32]

STROKE_SECONDS = 0.012
"""As short as the click of the old boxes: a tick that does not leak out of headphones."""
DECAY_SECONDS = 0.0022
BITE = 2.76
"""A second partial, inharmonic, which makes the tick woody."""
PEAKS = {3: 0.8, 2: 0.6, 1: 0.5, 0: 0.28}
"""Peak level by stress where the house accents; without accents every click is as stress 1."""
PITCHES = {3: 1.5, 2: 1.2, 1: 1.0, 0: 1.0}


@dataclass(frozen=True, slots=True)
class ClickStroke:
    """One click: when it sounds, and how strong its beat is (3 downbeat … 1 beat, 0 between)."""

    at: FilmTime
    stress: int
    warning: bool = False


def click_strokes(
    tempo_map: TempoMap,
    warning_clicks: int,
    last_attack: Beat | None = None,
    subdivide_below_bpm: Fraction | None = None,
) -> tuple[ClickStroke, ...]:
    """All clicks of a cue: warning clicks at the opening tempo, then every beat, free bars silent.

    The click stops with the last attack that is written, or without one with the last bar. Below
    `subdivide_below_bpm` beats a minute a softer click falls between.
    """
    found = [*_warning(tempo_map, warning_clicks)]
    clicks = [
        click
        for click in tempo_map.clicks()
        if last_attack is None or click.at <= max(last_attack, Beat(0))
    ]
    for click in clicks:
        found.append(ClickStroke(click.time, click.stress))
        unit = tempo_map.grid.bars[click.bar_index].meter.click
        slow = (
            subdivide_below_bpm is not None
            and tempo_map.tempo_at(click.at).of(unit).bpm < subdivide_below_bpm
        )
        if slow and click is not clicks[-1]:
            parts = 3 if tempo_map.grid.bars[click.bar_index].meter.compound else 2
            for part in range(1, parts):
                at = click.at + unit * Fraction(part, parts)
                found.append(ClickStroke(tempo_map.time_at(at), 0))
    return tuple(found)


def _warning(tempo_map: TempoMap, count: int) -> list[ClickStroke]:
    """Warning clicks, stressed as bars of the opening meter that end where bar 1 begins."""
    meter = tempo_map.grid.bars[0].meter
    per_bar = len(meter.clicks)
    bar = BarGrid.of_meters((meter,))
    found = []
    for number in range(count, 0, -1):
        at = tempo_map.time_at(Beat(0) - meter.click * number)
        in_bar = -number % per_bar
        found.append(ClickStroke(at, bar.stress_at(Beat(0) + meter.clicks[in_bar]), True))
    return found


def click_track(
    strokes: tuple[ClickStroke, ...],
    file_start: FilmTime,
    length_samples: int,
    house: House,
    sample_rate_hz: int = 48_000,
) -> Samples:
    """The click as mono sound at full scale 1.0; each click starts on its own sample exactly.

    The first sample of a click is its loudest: `round((at - file_start) * sample_rate_hz)`.
    """
    track = np.zeros(length_samples, dtype=np.float32)
    for stroke in strokes:
        first = round((stroke.at - file_start).seconds * sample_rate_hz)
        if first < 0:
            raise ValueError(f"a click at {stroke.at} lies before the file's start {file_start}")
        stress = stroke.stress if house.click_accents or stroke.stress == 0 else 1
        wave = _wave(house.click_hz, sample_rate_hz, stress)[: max(0, length_samples - first)]
        track[first : first + len(wave)] += wave
    return track


@cache
def _wave(click_hz: int, sample_rate_hz: int, stress: int) -> Samples:
    """A damped tick that begins at its peak and ends in silence."""
    seconds = np.arange(round(STROKE_SECONDS * sample_rate_hz)) / sample_rate_hz
    turns = 2 * np.pi * click_hz * PITCHES[stress] * seconds
    body = 0.7 * np.cos(turns) * np.exp(-seconds / DECAY_SECONDS)
    bite = 0.3 * np.cos(turns * BITE) * np.exp(-3 * seconds / DECAY_SECONDS)
    fade = np.clip((STROKE_SECONDS - seconds) / (STROKE_SECONDS / 4), 0, 1)
    wave: Samples = (PEAKS[stress] * (body + bite) * fade).astype(np.float32)
    wave.setflags(write=False)
    return wave
