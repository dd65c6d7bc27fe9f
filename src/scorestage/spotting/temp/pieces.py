"""The pieces of a temp track: where each starts and stops, its form, and whether it comes again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from scorestage.spotting.loudness import integrated, short_term
from scorestage.spotting.music_heard import music_heard
from scorestage.spotting.sound import HOP_SECONDS, SoundIndex
from scorestage.spotting.temp.keys import HeardKey, keys_heard
from scorestage.spotting.temp.tempo import HeardTempo, tempos_heard
from scorestage.spotting.tones import ToneIndex
from scorestage.timebase import FilmRange, FilmTime, FrameRate

Curve = NDArray[np.float64]

KERNEL_STEPS: Final = 80
LEAST_NOVELTY: Final = 0.12
SHORTEST_STEPS: Final = 60
SAME_SECTION: Final = 0.88
SAME_PIECE: Final = 0.80
COMPARED_STEPS: Final = 100
ATTACK_DB: Final = 5.0


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a piece; what is alike has the same letter."""

    range: FilmRange
    letter: str
    loudness_lufs: float


@dataclass(frozen=True, slots=True, eq=False)
class TempPiece:
    """One piece of the temp: when it sounds and what it is like.

    `same_as` is the number (from 1) of the piece it was heard as before, 0 for none. `short_term`
    (LUFS) and `density` (attacks a second) have one value a second; `hits` are its strongest
    attacks. `chroma` has 12 pitch classes every tenth of a second.
    """

    number: int
    range: FilmRange
    confidence: float
    same_as: int
    tempos: tuple[HeardTempo, ...]
    keys: tuple[HeardKey, ...]
    sections: tuple[Section, ...]
    hits: tuple[FilmTime, ...]
    loudness_lufs: float
    short_term: Curve
    density: Curve
    chroma: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class TempTrack:
    """All pieces of a temp, in order."""

    pieces: tuple[TempPiece, ...]


def hear_temp(sound: SoundIndex, tones: ToneIndex, rate: FrameRate) -> TempTrack:
    """The pieces of a temp given as sound: by itself, or inside a film's."""
    pieces: list[TempPiece] = []
    for number, one in enumerate(music_heard(sound, tones, rate), 1):
        piece = _piece(sound, tones, one.range, one.confidence, number)
        same = next((old.number for old in pieces if _comes_again(old, piece)), 0)
        pieces.append(replace(piece, same_as=same))
    return TempTrack(tuple(pieces))


def _piece(
    sound: SoundIndex, tones: ToneIndex, span: FilmRange, confidence: float, number: int
) -> TempPiece:
    hops = slice(sound.hop_at(span.start), sound.hop_at(span.end))
    steps = slice(tones.step_at(span.start), tones.step_at(span.end) + 1)
    attacks = sound.attack_db[hops].astype(np.float64)
    places = _attacks(attacks)
    seconds = max(1, int(span.span.seconds))
    density = np.bincount(np.minimum(places // 100, seconds - 1), minlength=seconds)
    return TempPiece(
        number,
        span,
        confidence,
        0,
        tempos_heard(attacks),
        keys_heard(tones.chroma[steps]),
        _sections(tones, steps),
        _hits(span, attacks, places),
        round(integrated(tones.power[steps]), 1),
        short_term(tones.power[steps])[::10],
        density.astype(np.float64),
        tones.chroma[steps],
    )


def _attacks(attack_db: Curve) -> NDArray[np.intp]:
    """Entries at which a note begins: peaks that stand above what is around them."""
    smooth = uniform_filter1d(attack_db, 3)
    ground = uniform_filter1d(smooth, 100)
    peak = (smooth[1:-1] > smooth[:-2]) & (smooth[1:-1] >= smooth[2:])
    return 1 + np.flatnonzero(peak & (smooth[1:-1] > 1.3 * ground[1:-1] + 0.3))


def _hits(span: FilmRange, attack_db: Curve, places: NDArray[np.intp]) -> tuple[FilmTime, ...]:
    """The strongest attacks, two seconds apart: what a picture may have been laid to."""
    taken: list[int] = []
    for place in sorted(places.tolist(), key=lambda at: (-attack_db[at], at)):
        if attack_db[place] < ATTACK_DB:
            break
        if all(abs(place - other) >= 200 for other in taken):
            taken.append(place)
    return tuple(FilmTime(span.start.seconds + place * HOP_SECONDS) for place in sorted(taken))


def _sections(tones: ToneIndex, steps: slice) -> tuple[Section, ...]:
    """Parts by what is heard: pitches, loudness and brightness change together at their seams."""
    heard = _features(tones, steps)
    first = steps.start
    seams = [0, *_seams(heard), len(heard)]
    means: list[Curve] = []
    letters: list[str] = []
    found = []
    for low, high in pairwise(seams):
        mean = heard[low:high].mean(axis=0)
        alike = [
            float(mean @ old / (np.linalg.norm(mean) * np.linalg.norm(old) + 1e-9)) for old in means
        ]
        if alike and max(alike) >= SAME_SECTION:
            letter = letters[int(np.argmax(alike))]
        else:
            letter = _letter(len(set(letters)))
        means.append(mean)
        letters.append(letter)
        span = FilmRange(tones.at(first + low), tones.at(first + high))
        power = tones.power[first + low : first + high]
        found.append(Section(span, letter, round(integrated(power), 1)))
    return tuple(found)


def _cosine(one: Curve, other: Curve) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other) + 1e-9))


def _letter(number: int) -> str:
    return chr(ord("A") + number % 26) * (1 + number // 26)


def _features(tones: ToneIndex, steps: slice) -> Curve:
    """Per step: twelve pitch classes, loudness, fullness, brightness; none outweighs the rest."""
    chroma = uniform_filter1d(tones.chroma[steps].astype(np.float64), 40, axis=0, mode="nearest")
    chroma -= chroma.mean(axis=1, keepdims=True)
    chroma /= np.linalg.norm(chroma, axis=1, keepdims=True) + 1e-6
    loud = short_term(tones.power[steps])
    toned = uniform_filter1d(tones.toned[steps].astype(np.float64), 40, mode="nearest")
    bright = uniform_filter1d(tones.bright[steps].astype(np.float64), 40, mode="nearest")
    others = [(loud - np.median(loud)) / 12, (toned / (np.median(toned) + 1e-6) - 1), bright * 5]
    return np.column_stack((chroma, *(np.clip(one, -1, 1) for one in others)))


def _seams(heard: Curve) -> list[int]:
    """Steps at which what comes differs most from what was (a checkerboard after Foote 2000)."""
    half = KERNEL_STEPS
    if len(heard) < 2 * SHORTEST_STEPS:
        return []
    padded = np.concatenate((np.zeros((1, heard.shape[1])), np.cumsum(heard, axis=0)))
    places = np.arange(len(heard))
    low, high = np.maximum(places - half, 0), np.minimum(places + half, len(heard))
    before = (padded[places] - padded[low]) / np.maximum(places - low, 1)[:, None]
    after = (padded[high] - padded[places]) / np.maximum(high - places, 1)[:, None]
    novelty = ((before - after) ** 2).mean(axis=1)
    found: list[int] = []
    for place in np.argsort(-novelty, kind="stable").tolist():
        if novelty[place] < LEAST_NOVELTY / 4:
            break
        edges = [0, len(heard), *found]
        if all(abs(place - other) >= SHORTEST_STEPS for other in edges):
            found.append(place)
    return sorted(found)


def _comes_again(old: TempPiece, new: TempPiece) -> bool:
    """Whether the same music sounds: its pitches follow one another in the same way."""
    return chroma_likeness(old.chroma, new.chroma) >= SAME_PIECE


def chroma_likeness(one: NDArray[np.floating], other: NDArray[np.floating]) -> float:
    """How alike two runs of pitch classes are at their best delay, -1 to 1; at least ten seconds
    must lie over one another."""
    left, right = _shape(one), _shape(other)
    least = min(COMPARED_STEPS, len(left), len(right))
    if least < 30:
        return 0.0
    size = 1 << (len(left) + len(right)).bit_length()
    summed = np.zeros(size)
    for column in range(12):
        a = np.fft.rfft(left[:, column], size)
        b = np.fft.rfft(right[:, column], size)
        summed += np.fft.irfft(a * b.conj(), size)
    delays = np.concatenate((np.arange(0, len(left)), np.arange(-len(right) + 1, 0)))
    shared = np.minimum(len(left) - delays, len(right)) - np.maximum(0, -delays)
    shared = np.where(delays >= 0, np.minimum(len(left) - delays, len(right)), shared)
    values = np.where(shared >= least, summed[delays] / np.maximum(shared, 1), -1)
    return float(values.max())


def _shape(chroma: NDArray[np.floating]) -> Curve:
    smooth = uniform_filter1d(np.asarray(chroma, dtype=np.float64), 5, axis=0, mode="nearest")
    smooth = smooth - smooth.mean(axis=0, keepdims=True)
    smooth -= smooth.mean(axis=1, keepdims=True)
    return np.asarray(smooth / (np.linalg.norm(smooth, axis=1, keepdims=True) + 1e-6))
