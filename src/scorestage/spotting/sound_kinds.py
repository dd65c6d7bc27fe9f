"""What the film's sound is made of: silences that are meant, effects, how loud it all is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d

from scorestage.spotting.footage import Footage
from scorestage.spotting.loudness import SILENCE_LUFS, integrated, lufs, momentary, short_term
from scorestage.spotting.moments import Evidence
from scorestage.spotting.music_heard import MusicHeard, music_heard
from scorestage.spotting.tones import STEP_SECONDS, ToneIndex
from scorestage.timebase import FilmRange, FilmTime

Curve = NDArray[np.float64]

SILENT_LUFS: Final = -50.0
"""Nothing louder than this is a silence, however soft the film."""
SILENT_BELOW_LU: Final = 20.0
"""So far below the film's own loudness its sound has stopped."""
NO_SOUND_LUFS: Final = -80.0
"""Below this there is no room tone either: the cutting room has not laid any sound yet."""
SHORTEST_SILENCE_STEPS: Final = 15
LONGEST_SILENCE_STEPS: Final = 150
EFFECT_STEPS: Final = 5
LOUD_LU: Final = 3.0
SPEECH_MARGIN_STEPS: Final = 2


class SoundKind(StrEnum):
    """What a stretch of the film's sound is."""

    SILENCE = "silence"
    UNLAID = "no sound laid"
    EFFECTS = "effects"


@dataclass(frozen=True, slots=True)
class SoundStretch:
    """A stretch of the film's sound: what it is, how loud, and the measure behind it."""

    kind: SoundKind
    range: FilmRange
    loudness_lufs: float
    evidence: Evidence


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """The film's sound as it is to be scored; curves have one entry per tenth of a second.

    `short_term` (3 s) and `momentary` (0.4 s) are LUFS, `spoken` how sure it is that somebody
    speaks, `music` the stretches of music, `stretches` silences and effects in film order,
    `loudness_lufs` the whole film's, gated.
    """

    tones: ToneIndex
    short_term: Curve
    momentary: Curve
    spoken: Curve
    music: tuple[MusicHeard, ...]
    stretches: tuple[SoundStretch, ...]
    loudness_lufs: float

    def music_curve(self) -> Curve:
        """How sure it is that music sounds, per tenth of a second."""
        curve = np.zeros(len(self.tones))
        for one in self.music:
            curve[_steps(self.tones, one.range)] = one.confidence
        return curve


def listen(footage: Footage) -> Heard | None:
    """What is heard in the film; None for a film without sound."""
    sound, tones = footage.sound, footage.tones
    if sound is None or tones is None or not len(tones):
        return None
    rate = footage.picture.rate
    music = music_heard(sound, tones, rate)
    spoken = np.zeros(len(tones))
    for line in footage.speech:
        part = _steps(tones, line.range)
        spoken[part] = np.maximum(spoken[part], line.confidence)
    loudness = integrated(tones.power)
    near = momentary(tones.power)
    found = (
        *_silences(footage, tones, near, loudness),
        *_effects(footage, tones, near, spoken, music, loudness),
    )
    stretches = tuple(sorted(found, key=lambda one: one.range.start))
    return Heard(tones, short_term(tones.power), near, spoken, music, stretches, loudness)


def _steps(tones: ToneIndex, span: FilmRange) -> slice:
    first = int(span.start.seconds // STEP_SECONDS)
    return slice(max(0, first), max(0, -int(-span.end.seconds // STEP_SECONDS)))


def _runs(inside: NDArray[np.bool_], shortest: int) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inside.astype(np.int8), [0]))))
    pairs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return [(first, last) for first, last in pairs if last - first >= shortest]


def _joined(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs with no more than half a second between them as one: a click does not end a silence."""
    joined: list[tuple[int, int]] = []
    for first, last in runs:
        if joined and first - joined[-1][1] <= EFFECT_STEPS:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _silences(
    footage: Footage, tones: ToneIndex, near: Curve, loudness: float
) -> list[SoundStretch]:
    """Silences between sounds; what has no sound at all for long is not laid yet."""
    if loudness <= SILENCE_LUFS:
        return []
    limit = min(SILENT_LUFS, loudness - SILENT_BELOW_LU)
    plain = lufs(tones.power)
    found = []
    for first, last in _joined(_runs(near < limit, EFFECT_STEPS)):
        if last - first < SHORTEST_SILENCE_STEPS:
            continue
        level = float(np.median(plain[first:last]))
        edge = first == 0 or last == len(near)
        meant = not edge and last - first <= LONGEST_SILENCE_STEPS and level > NO_SOUND_LUFS
        if not meant and level > NO_SOUND_LUFS:
            continue
        kind = SoundKind.SILENCE if meant else SoundKind.UNLAID
        words = "the sound falls silent" if meant else "there is no sound"
        found.append(_stretch(footage, tones, kind, words, (first, last), level))
    return found


def _effects(
    footage: Footage,
    tones: ToneIndex,
    near: Curve,
    spoken: Curve,
    music: tuple[MusicHeard, ...],
    loudness: float,
) -> list[SoundStretch]:
    """What is heard that is neither voice nor music, and effects far louder than the film."""
    taken = np.zeros(len(near), dtype=np.bool_)
    for one in music:
        taken[_steps(tones, one.range)] = True
    near_talk = 2 * SPEECH_MARGIN_STEPS + 1
    talk = maximum_filter1d((spoken > 0).astype(np.int8), near_talk, mode="constant") > 0
    limit = max(SILENT_LUFS, loudness - SILENT_BELOW_LU)
    heard = (near > limit) & ~talk & ~taken
    found = []
    for first, last in _runs(heard, EFFECT_STEPS):
        level = float(lufs(tones.power[first:last].mean(keepdims=True))[0])
        words = "effects sound" if level < loudness + LOUD_LU else "loud effects sound"
        found.append(_stretch(footage, tones, SoundKind.EFFECTS, words, (first, last), level))
    return found


def _stretch(
    footage: Footage,
    tones: ToneIndex,
    kind: SoundKind,
    words: str,
    steps: tuple[int, int],
    level: float,
) -> SoundStretch:
    start = tones.at(steps[0])
    end = max(tones.at(steps[1]), start)
    number = footage.picture.rate.nearest_frame(start)
    evidence = Evidence(words, level, "LUFS", number, FilmTime(start.seconds))
    return SoundStretch(kind, FilmRange(start, end), round(level, 1), evidence)
