"""Where music is wanted: a curve over the film, frame by frame, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from scorestage.spotting.footage import Footage
from scorestage.spotting.moments import Moment, MomentKind
from scorestage.spotting.shots import Shot

Curve = NDArray[np.float64]

SPEECH_MARGIN_SECONDS: Final = 0.4
LONG_BLACK_SECONDS: Final = 1.0
DRAMATIC_STRENGTH: Final = 0.6


class Amount(StrEnum):
    """How much music the director wants."""

    NONE = "none"
    SPARSE = "sparse"
    NORMAL = "normal"
    WALL_TO_WALL = "wall-to-wall"


_BASE: Final = {
    Amount.NONE: -9.0,
    Amount.SPARSE: -0.6,
    Amount.NORMAL: 0.08,
    Amount.WALL_TO_WALL: 2.0,
}
_SPEECH: Final = {
    Amount.NONE: 1.0,
    Amount.SPARSE: 1.0,
    Amount.NORMAL: 0.6,
    Amount.WALL_TO_WALL: 0.2,
}


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """How much music each frame asks for (above 0: rather with), and the measures behind it.

    `frame_seconds` is each frame's length. `motion` (movement in the picture), `pace` (cutting),
    `music` (how like music the film's own sound is), `drama` (nearness of a flash, a loud sound, a
    change to or from black), `ends` (opening and closing), `speech`, `quiet`, `titles` and `black`
    run from 0 to 1.
    """

    wanted: Curve
    frame_seconds: Curve
    motion: Curve
    pace: Curve
    music: Curve
    drama: Curve
    ends: Curve
    speech: Curve
    quiet: Curve
    titles: Curve
    black: Curve


def need_of(
    footage: Footage, shots: tuple[Shot, ...], moments: tuple[Moment, ...], amount: Amount
) -> Need:
    """The need for music in a film, with the director's amount."""
    picture = footage.picture
    starts = picture.seconds()
    lengths = np.diff(np.append(starts, float(picture.end.seconds)))
    motion = _between(_smooth(picture.stir, picture.frames_in(2)), 0.015, 0.2)
    pace = _between(_cuts_per_minute(starts, moments), 5, 30)
    tonal, quiet = _heard(footage, starts)
    speech = _spoken(footage, starts)
    titles = _inside(footage, moments, MomentKind.TITLE)
    black = _black(shots, len(starts))
    drama = _drama(starts, moments)
    ends = _ends(starts, shots)
    wanted = (
        _BASE[amount]
        + 0.35 * motion
        + 0.25 * pace
        + 0.45 * tonal * (1 - speech)
        + 0.3 * drama
        + 0.25 * ends
        + 0.2 * quiet
        + 0.4 * titles
        - 0.7 * black
        - _SPEECH[amount] * speech
    )
    return Need(wanted, lengths, motion, pace, tonal, drama, ends, speech, quiet, titles, black)


def _between(curve: NDArray[np.floating], none: float, full: float) -> Curve:
    return np.asarray(np.clip((curve - none) / (full - none), 0, 1), dtype=np.float64)


def _smooth(curve: NDArray[np.float32], frames: int) -> NDArray[np.float32]:
    return np.asarray(uniform_filter1d(curve, max(1, frames), mode="nearest"))


def _cuts_per_minute(starts: Curve, moments: tuple[Moment, ...]) -> Curve:
    """Cuts in the sixteen seconds around each frame."""
    cuts = np.array([float(m.at.seconds) for m in moments if m.kind is MomentKind.CUT])
    after = np.searchsorted(cuts, starts + 8)
    before = np.searchsorted(cuts, starts - 8)
    return np.asarray((after - before) * 60 / 16, dtype=np.float64)


def _drama(starts: Curve, moments: tuple[Moment, ...]) -> Curve:
    """How near a strong moment is: full at it, gone 5 s before and 8 s after."""
    drama = np.zeros(len(starts))
    for moment in moments:
        black = moment.kind is MomentKind.CUT and "black" in moment.words
        if moment.kind not in (MomentKind.FLASH, MomentKind.SOUND) and not black:
            continue
        strength = max(moment.strength, 0.7 if black else 0.0) * moment.confidence
        if strength < DRAMATIC_STRENGTH:
            continue
        at = float(moment.at.seconds)
        part = slice(*np.searchsorted(starts, (at - 5, at + 8)).tolist())
        away = starts[part] - at
        near = np.where(away < 0, 1 + away / 5, 1 - away / 8)
        drama[part] = np.maximum(drama[part], strength * near)
    return drama


def _ends(starts: Curve, shots: tuple[Shot, ...]) -> Curve:
    """The film's opening and closing: 12 s after the first picture, 15 s before the last."""
    seen = [shot for shot in shots if not shot.empty]
    if not seen:
        return np.zeros(len(starts))
    first = float(seen[0].range.start.seconds)
    last = float(seen[-1].range.end.seconds)
    opening = 1 - np.clip((starts - first) / 12, 0, 1)
    closing = 1 - np.clip((last - starts) / 15, 0, 1)
    inside = (starts >= first) & (starts < last)
    return np.asarray(np.where(inside, np.maximum(opening, closing), 0.0))


def _heard(footage: Footage, starts: Curve) -> tuple[Curve, Curve]:
    """How like music, and how quiet, the sound is at each frame; a silent film is all quiet."""
    sound = footage.sound
    if sound is None or not len(sound):
        return np.zeros(len(starts)), np.ones(len(starts))
    hops = np.minimum((starts * 100).astype(np.intp), len(sound) - 1)
    tonal = uniform_filter1d(sound.tonal, 300, mode="constant")
    level = uniform_filter1d(np.maximum(sound.level_db, -75), 200, mode="nearest")
    return _between(tonal[hops], 0.24, 0.36), _between(-level[hops], 50, 65)


def _spoken(footage: Footage, starts: Curve) -> Curve:
    speech = np.zeros(len(starts))
    for line in footage.speech:
        first = float(line.range.start.seconds) - SPEECH_MARGIN_SECONDS
        last = float(line.range.end.seconds) + SPEECH_MARGIN_SECONDS
        part = slice(*np.searchsorted(starts, (first, last)).tolist())
        speech[part] = np.maximum(speech[part], 0.4 + 0.6 * line.confidence)
    return speech


def _inside(footage: Footage, moments: tuple[Moment, ...], kind: MomentKind) -> Curve:
    inside = np.zeros(len(footage.picture))
    for moment in moments:
        if moment.kind is kind:
            first = footage.picture.index_at(moment.span.start)
            inside[first : footage.picture.index_at(moment.span.end) + 1] = 1
    return inside


def _black(shots: tuple[Shot, ...], count: int) -> Curve:
    black = np.zeros(count)
    for shot in shots:
        if shot.empty and shot.seconds > LONG_BLACK_SECONDS:
            black[shot.first : shot.end] = 1
    return black
