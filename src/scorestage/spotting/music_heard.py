"""Where the film's own sound holds music: temp score, or music that sounds in the scene.

Two things together make music of sound: its tones last (`SoundIndex.tonal`), and they stand on the
keys of one tuning (`ToneIndex.tuning`), as voices, engines, birds and bells of one stroke do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d, minimum_filter1d, uniform_filter1d

from scorestage.spotting.loudness import lufs
from scorestage.spotting.moments import Evidence
from scorestage.spotting.sound import HOP_SAMPLES, SoundIndex
from scorestage.spotting.tones import STEP_SAMPLES, ToneIndex
from scorestage.timebase import FilmRange, FrameRate

Curve = NDArray[np.float64]

TUNED_STEPS: Final = 40
"""Tuning is told over four seconds: a vowel is in tune for one."""
LASTING_HOPS: Final = 250
MOVING_STEPS: Final = 20
MOVED_STEPS: Final = 120
"""Within twelve seconds some tone must change, or it is the hum of a lamp or a machine."""
BEGINS, HOLDS, SURE = 0.42, 0.25, 0.8
STILL: Final = 0.004
CHANGING_SHARE: Final = 0.1
TONELESS: Final = 20.0
QUIET_LUFS: Final = -66.0
SHORTEST_STEPS: Final = 30
GAP_STEPS: Final = 25
EDGE_STEPS: Final = 25
NARROW: Final = 0.03
NO_HIGHS: Final = 0.002
NO_LOWS: Final = 0.03
SOURCE_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class MusicHeard:
    """A stretch in which music sounds, how sure that is (0 to 1), and whether it may be source.

    `source` is how far it sounds as out of a loudspeaker in the scene, 0 to 1; `evidence` says why.
    """

    range: FilmRange
    confidence: float
    source: float
    evidence: tuple[Evidence, ...]


def music_heard(sound: SoundIndex, tones: ToneIndex, rate: FrameRate) -> tuple[MusicHeard, ...]:
    """The stretches of the film's sound that are music, in film order.

    Drums alone, and music far under loud effects, are not heard. `rate` is for the frames named
    in the evidence.
    """
    if len(tones) < SHORTEST_STEPS or not len(sound):
        return ()
    like, changes = music_likeness(sound, tones), _changes(tones)
    found = []
    for first, last in _joined(_held(like)):
        first, last = _to_the_tones(tones, first, last)
        if last - first >= SHORTEST_STEPS and _goes_on(changes[first:last]):
            found.append(_told(tones, like, first, last, rate))
    return tuple(found)


def music_likeness(sound: SoundIndex, tones: ToneIndex) -> Curve:
    """How far each tenth of a second sounds like music, 0 to 1."""
    tuned = _share(tuning_of(tones, TUNED_STEPS), 0.12, 0.40)
    steps = len(tones)
    lasting = uniform_filter1d(sound.tonal.astype(np.float64), LASTING_HOPS, mode="nearest")
    places = np.minimum(np.arange(steps) * (STEP_SAMPLES // HOP_SAMPLES), len(sound) - 1)
    lasting = _share(lasting[places], 0.245, 0.33)
    toned = uniform_filter1d(tones.toned.astype(np.float64), TUNED_STEPS, mode="nearest")
    full, some = _share(toned, 150, 350), _share(toned, 100, 200)
    moving = _share(_moved(tones), STILL, 0.02)
    loud = lufs(uniform_filter1d(tones.power, 10, mode="nearest")) > QUIET_LUFS
    return np.asarray((0.45 * tuned + 0.35 * lasting + 0.2 * full) * some * moving * loud)


def tuning_of(tones: ToneIndex, steps: int) -> Curve:
    """How far the tones around each step stand on one tuning: 0 anywhere, 1 all on the keys."""
    smooth = uniform_filter1d(tones.tuning.astype(np.float64), steps, axis=0, mode="nearest")
    whole = uniform_filter1d(tones.toned.astype(np.float64), steps, mode="nearest")
    return np.asarray(np.hypot(smooth[:, 0], smooth[:, 1]) / (whole + 1e-6))


def _moved(tones: ToneIndex) -> Curve:
    """The most the pitch classes change over two seconds, anywhere within twelve."""
    return np.asarray(maximum_filter1d(_changes(tones), MOVED_STEPS, mode="nearest"))


def _changes(tones: ToneIndex) -> Curve:
    """How far the pitch classes change over two seconds, around each step."""
    smooth = uniform_filter1d(tones.chroma.astype(np.float64), 10, axis=0, mode="nearest")
    norm = np.linalg.norm(smooth, axis=1, keepdims=True)
    smooth /= norm + 1e-6
    strong, weak = norm[MOVING_STEPS:, 0], norm[:-MOVING_STEPS, 0]
    both = np.minimum(strong, weak) > np.maximum(TONELESS, 0.5 * np.maximum(strong, weak))
    sounding = lufs(minimum_filter1d(tones.power, 21, mode="constant")) > QUIET_LUFS
    both &= sounding[MOVING_STEPS:] & sounding[:-MOVING_STEPS]
    apart = (1 - (smooth[MOVING_STEPS:] * smooth[:-MOVING_STEPS]).sum(axis=1)) * both
    return np.pad(apart, (MOVING_STEPS // 2, MOVING_STEPS - MOVING_STEPS // 2), mode="edge")


def _goes_on(changes: Curve) -> bool:
    """Whether tones change inside the run, not only where it begins and ends."""
    inside = changes[MOVING_STEPS:-MOVING_STEPS]
    return len(inside) < MOVING_STEPS or float((inside > STILL).mean()) >= CHANGING_SHARE


def _share(curve: Curve, none: float, full: float) -> Curve:
    return np.clip((curve - none) / (full - none), 0, 1)


def _held(like: Curve) -> list[tuple[int, int]]:
    """Runs above the lower threshold that reach the upper one."""
    over = np.concatenate([[False], like >= HOLDS, [False]])
    edges = np.flatnonzero(over[1:] != over[:-1])
    runs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return [(low, high) for low, high in runs if like[low:high].max() >= BEGINS]


def _joined(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs with short gaps between them as one."""
    found: list[tuple[int, int]] = []
    for low, high in runs:
        if found and low - found[-1][1] <= GAP_STEPS:
            found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
    return found


def _to_the_tones(tones: ToneIndex, first: int, last: int) -> tuple[int, int]:
    """The run brought to where its tones really begin and end: smoothing blurs the edges."""
    near = uniform_filter1d(tones.toned.astype(np.float64), 3, mode="nearest")
    loud = lufs(tones.power) > QUIET_LUFS
    enough = (near >= 0.4 * np.median(near[first:last])) & loud
    low, high = max(0, first - EDGE_STEPS), min(len(near), first + EDGE_STEPS)
    begins = _longest_from(enough[low:high])
    low_end, high_end = max(0, last - EDGE_STEPS), min(len(near), last + EDGE_STEPS)
    ends = _longest_from(enough[low_end:high_end][::-1])
    return low + begins, high_end - ends


def _longest_from(enough: NDArray[np.bool_]) -> int:
    """Where the longest run of what is enough begins."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], enough.astype(np.int8), [0]))))
    if not len(edges):
        return len(enough) // 2
    lengths = edges[1::2] - edges[::2]
    return int(edges[::2][int(np.argmax(lengths))])


def _told(tones: ToneIndex, like: Curve, first: int, last: int, rate: FrameRate) -> MusicHeard:
    part = slice(first, last)
    sure = float(_share(np.array([like[part].mean()]), 0.1, SURE)[0])
    at = tones.at(first)
    number = rate.nearest_frame(at)
    width, bright, deep = (
        float(np.median(curve[part])) for curve in (tones.width, tones.bright, tones.deep)
    )
    narrow = width < NARROW and bright < NO_HIGHS and deep < NO_LOWS
    lasting = (last - first) * float(STEP_SAMPLES / 24_000) >= SOURCE_SECONDS
    evidence = (
        Evidence("its tones stand on one tuning", float(like[part].mean()), "of 1", number, at),
        Evidence("apart left and right", width, "of its power", number, at),
        Evidence("below 150 Hz", deep, "of its power", number, at),
        Evidence("above 5 kHz", bright, "of its power", number, at),
    )
    source = 0.7 if narrow and lasting else 0.0
    return MusicHeard(FilmRange(at, tones.at(last)), round(0.3 + 0.7 * sure, 2), source, evidence)
