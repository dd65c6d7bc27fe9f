"""The sound of the click, exact to the sample, as one array or block by block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache

import numpy as np
import numpy.typing as npt

from scorestage.production import ClickStyle, House
from scorestage.sync.strokes import ClickStroke, plan_clicks
from scorestage.timebase import Beat, FilmTime, TempoMap

Samples = npt.NDArray[np.float32]

STROKE_SECONDS = 0.012
"""As short as the click of the old boxes: a tick that does not leak out of headphones."""
DECAY_SECONDS = 0.0022
BITE = 2.76
"""A second partial, inharmonic, which makes the tick woody."""
PEAKS = {3: 0.8, 2: 0.6, 1: 0.5, 0: 0.28}
"""Peak level by stress where the house accents; without accents every click is as stress 1."""
PITCHES = {3: 1.5, 2: 1.2, 1: 1.0, 0: 0.8}
BETWEEN_PLAIN = -1
"""The subdivision of a house without accents: the same tick, softer."""
BLOCK_SAMPLES = 1 << 17


def click_strokes(
    tempo_map: TempoMap,
    warning_clicks: int,
    last_attack: Beat | None = None,
    subdivide_below_bpm: Fraction | None = None,
) -> tuple[ClickStroke, ...]:
    """All clicks of a cue in the plainest style: free bars and held beats without a lead out.

    The click stops with the last attack that is written, or without one with the last bar.
    """
    limit = subdivide_below_bpm or Fraction(0)
    style = ClickStyle(subdivide_below_bpm=limit, reentry_clicks=0, fermata_clicks=0)
    return plan_clicks(tempo_map, style, warning_clicks, last_attack)


def click_track(
    strokes: Sequence[ClickStroke],
    file_start: FilmTime,
    length_samples: int,
    house: House,
    sample_rate_hz: int = 48_000,
) -> Samples:
    """The click as mono sound at full scale 1.0; each click starts on its own sample exactly.

    The first sample of a click is its loudest: `round((at - file_start) * sample_rate_hz)`.
    """
    blocks = click_blocks(
        strokes, file_start, length_samples, house, sample_rate_hz, max(1, length_samples)
    )
    return next(blocks, np.zeros(0, dtype=np.float32))


def click_blocks(
    strokes: Iterable[ClickStroke],
    file_start: FilmTime,
    length_samples: int,
    house: House,
    sample_rate_hz: int = 48_000,
    block_samples: int = BLOCK_SAMPLES,
) -> Iterator[Samples]:
    """The same sound in blocks, for tracks of any length; `strokes` must be in order of time.

    Each click is placed by its own exact moment, so nothing adds up: after hours it is still
    within half a sample.
    """
    waiting = iter(strokes)
    ahead = next(waiting, None)
    ringing: list[tuple[int, Samples]] = []
    for start in range(0, length_samples, block_samples):
        block = np.zeros(min(block_samples, length_samples - start), dtype=np.float32)
        while ahead is not None:
            first = sample_of(ahead, file_start, sample_rate_hz)
            if first >= start + len(block):
                break
            ringing.append((first, _sounding(ahead, house, sample_rate_hz)))
            ahead = next(waiting, None)
        for first, wave in ringing:
            begin, end = max(first, start), min(first + len(wave), start + len(block))
            block[begin - start : end - start] += wave[begin - first : end - first]
        ringing = [one for one in ringing if one[0] + len(one[1]) > start + len(block)]
        yield block


def sample_of(stroke: ClickStroke, file_start: FilmTime, sample_rate_hz: int) -> int:
    """The sample a click begins on, rounded once from its exact moment."""
    first = round((stroke.at - file_start).seconds * sample_rate_hz)
    if first < 0:
        raise ValueError(f"a click at {stroke.at} lies before the file's start {file_start}")
    return first


def dithered(blocks: Iterable[Samples], bits: int, seed: int) -> Iterator[Samples]:
    """Sound with triangular noise of one step either way, so that rounding to `bits` adds no tone.

    After Lipshitz, Wannamaker and Vanderkooy (1992). The same seed gives the same noise, however
    the sound is cut into blocks.
    """
    random = np.random.default_rng(seed)
    step = np.float32(2.0 ** (1 - bits))
    for block in blocks:
        pairs = random.random((len(block), 2), dtype=np.float32)
        yield block + step * (pairs[:, 0] - pairs[:, 1])


def _sounding(stroke: ClickStroke, house: House, sample_rate_hz: int) -> Samples:
    stress = stroke.stress
    if not house.click_accents:
        stress = 1 if stress else BETWEEN_PLAIN
    wave = _wave(house.click_hz, sample_rate_hz, stress)
    if not stroke.level_db:
        return wave
    return (wave * 10 ** (float(stroke.level_db) / 20)).astype(np.float32)


@cache
def _wave(click_hz: int, sample_rate_hz: int, stress: int) -> Samples:
    """A damped tick that begins at its peak and ends in silence."""
    seconds = np.arange(round(STROKE_SECONDS * sample_rate_hz)) / sample_rate_hz
    pitch = 1.0 if stress == BETWEEN_PLAIN else PITCHES[stress]
    turns = 2 * np.pi * click_hz * pitch * seconds
    body = 0.7 * np.cos(turns) * np.exp(-seconds / DECAY_SECONDS)
    bite = 0.3 * np.cos(turns * BITE) * np.exp(-3 * seconds / DECAY_SECONDS)
    fade = np.clip((STROKE_SECONDS - seconds) / (STROKE_SECONDS / 4), 0, 1)
    wave: Samples = (PEAKS[max(0, stress)] * (body + bite) * fade).astype(np.float32)
    wave.setflags(write=False)
    return wave
