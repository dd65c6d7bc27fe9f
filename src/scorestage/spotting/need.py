"""Where music is wanted: a curve over the film, frame by frame, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from scorestage.spotting.footage import Footage
from scorestage.spotting.moments import Moment, MomentKind
from scorestage.spotting.picture import PictureIndex
from scorestage.spotting.shots import Shot
from scorestage.timebase import FilmTime

Curve = NDArray[np.float64]

SPEECH_MARGIN_SECONDS: Final = 0.4
LONG_BLACK_SECONDS: Final = 1.0
DRAMATIC_STRENGTH: Final = 0.6
CUT_CHANGE: Final = 0.13


class Amount(StrEnum):
    """How much music the director wants."""

    NONE = "none"
    SPARSE = "sparse"
    NORMAL = "normal"
    WALL_TO_WALL = "wall-to-wall"


_BASE: Final = {
    Amount.NONE: -9.0,
    Amount.SPARSE: -0.6,
    Amount.NORMAL: 0.12,
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
    seen = _Seen.of(picture, shots)
    lengths = np.diff(np.append(seen.starts, seen.since(picture.end)))
    motion = _between(_movement(picture, seen), 0.015, 0.2)
    pace = _between(_cuts_per_minute(seen, moments), 5, 30)
    tonal, quiet = _heard(footage)
    speech = _spoken(footage, seen)
    titles = _inside(footage, moments, MomentKind.TITLE)
    black = _black(shots, len(picture))
    drama = _drama(seen, moments)
    ends = _ends(seen)
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


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """Frame starts in seconds since the first picture, and where the last one ends.

    Everything is counted from the first picture, so black before a film moves the curve with it.
    """

    origin: FilmTime
    starts: Curve
    first: int
    end: int
    end_seconds: float

    @classmethod
    def of(cls, picture: PictureIndex, shots: tuple[Shot, ...]) -> Self:
        lit = [shot for shot in shots if not shot.empty] or list(shots)
        first, end = (lit[0].first, lit[-1].end) if lit else (0, len(picture))
        origin = picture.at(first) if len(picture) else FilmTime(0)
        starts = [float((picture.at(n) - origin).seconds) for n in range(len(picture))]
        last = float((picture.at(end) - origin).seconds) if len(picture) else 0.0
        return cls(origin, np.array(starts), first, end, last)

    def since(self, at: FilmTime) -> float:
        return float((at - self.origin).seconds)

    def part(self, first_seconds: float, last_seconds: float) -> slice:
        return slice(*np.searchsorted(self.starts, (first_seconds, last_seconds)).tolist())

    def edge(self, at: FilmTime) -> bool:
        """Whether the film's picture begins or ends here."""
        return at == self.origin or self.since(at) == self.end_seconds


def _between(curve: NDArray[np.floating], none: float, full: float) -> Curve:
    return np.asarray(np.clip((curve - none) / (full - none), 0, 1), dtype=np.float64)


def _movement(picture: PictureIndex, seen: _Seen) -> Curve:
    """Movement over two seconds; what only a cut moves is left out."""
    stir = picture.stir[seen.first : seen.end].astype(np.float64)
    if not len(stir):
        return np.zeros(len(picture))
    stir[0] = stir[1] if len(stir) > 1 else 0.0
    sharp = np.flatnonzero(picture.change[seen.first : seen.end] > CUT_CHANGE)
    stir[sharp] = stir[np.minimum(sharp + 1, len(stir) - 1)]
    movement = np.zeros(len(picture))
    movement[seen.first : seen.end] = uniform_filter1d(stir, picture.frames_in(2), mode="nearest")
    return movement


def _cuts_per_minute(seen: _Seen, moments: tuple[Moment, ...]) -> Curve:
    """Cuts in the sixteen seconds around each frame; the film's own edges are no cuts."""
    cuts = [m.at for m in moments if m.kind is MomentKind.CUT and not seen.edge(m.at)]
    places = np.array([seen.since(at) for at in cuts])
    after = np.searchsorted(places, seen.starts + 8)
    before = np.searchsorted(places, seen.starts - 8)
    return np.asarray((after - before) * 60 / 16, dtype=np.float64)


def _drama(seen: _Seen, moments: tuple[Moment, ...]) -> Curve:
    """How near a strong moment is: full at it, gone 5 s before and 8 s after."""
    drama = np.zeros(len(seen.starts))
    for moment in moments:
        black = moment.kind is MomentKind.CUT and "black" in moment.words
        if moment.kind not in (MomentKind.FLASH, MomentKind.SOUND) and not black:
            continue
        strength = max(moment.strength, 0.7 if black else 0.0) * moment.confidence
        if strength < DRAMATIC_STRENGTH or seen.edge(moment.at):
            continue
        at = seen.since(moment.at)
        part = seen.part(at - 5, at + 8)
        away = seen.starts[part] - at
        near = np.where(away < 0, 1 + away / 5, 1 - away / 8)
        drama[part] = np.maximum(drama[part], strength * near)
    return drama


def _ends(seen: _Seen) -> Curve:
    """The film's opening and closing: 12 s after the first picture, 15 s before the last."""
    opening = 1 - np.clip(seen.starts / 12, 0, 1)
    closing = 1 - np.clip((seen.end_seconds - seen.starts) / 15, 0, 1)
    inside = (seen.starts >= 0) & (seen.starts < seen.end_seconds)
    return np.asarray(np.where(inside, np.maximum(opening, closing), 0.0))


def _heard(footage: Footage) -> tuple[Curve, Curve]:
    """How like music, and how quiet, the sound is at each frame; a silent film is all quiet."""
    sound, picture = footage.sound, footage.picture
    if sound is None or not len(sound):
        return np.zeros(len(picture)), np.ones(len(picture))
    exact = (sound.hop_at(picture.at(n)) for n in range(len(picture)))
    hops = np.minimum(np.fromiter(exact, dtype=np.intp), len(sound) - 1)
    tonal = uniform_filter1d(sound.tonal, 300, mode="constant")
    louder = np.maximum(sound.level_db, -75)
    level = uniform_filter1d(louder, 200, mode="constant", cval=-75)
    return _between(tonal[hops], 0.24, 0.36), _between(-level[hops], 50, 65)


def _spoken(footage: Footage, seen: _Seen) -> Curve:
    speech = np.zeros(len(seen.starts))
    for line in footage.speech:
        first = seen.since(line.range.start) - SPEECH_MARGIN_SECONDS
        last = seen.since(line.range.end) + SPEECH_MARGIN_SECONDS
        part = seen.part(first, last)
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
