"""Arousal and tension over the film, every value made of measures that can be named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.spotting.footage import Footage
from scorestage.spotting.loudness import SILENCE_LUFS
from scorestage.spotting.moments import Evidence
from scorestage.spotting.need import Need
from scorestage.spotting.sound_kinds import Heard
from scorestage.spotting.tones import STEP_SECONDS
from scorestage.timebase import FilmTime

Curve = NDArray[np.float64]

SHARES: Final = {"movement": 0.3, "cutting": 0.3, "loudness": 0.25, "suddenness": 0.15}
"""What arousal is made of. Without sound the picture's two shares count alone."""
DARK: Final = 0.35
HUSHED: Final = 0.25
QUIETER_LU: Final = 15.0


@dataclass(frozen=True, slots=True, eq=False)
class Tension:
    """Arousal and tension, 0 to 1, once a second, and the parts they are made of.

    `arousal` is how stirred the film is. `tension` adds what makes an audience wait: darkness and
    hush in a picture that is not at rest. `parts` are the measures (0 to 1) by name.
    """

    arousal: Curve
    tension: Curve
    parts: dict[str, Curve]
    frames: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.arousal)

    def why(self, second: int) -> tuple[Evidence, ...]:
        """The measures behind the value of a second, the weightiest first."""
        frame = self.frames[second]
        shown = [
            Evidence(name, round(float(curve[second]), 2), "of 1", frame, FilmTime(second))
            for name, curve in self.parts.items()
        ]
        weights = {**SHARES, "darkness": DARK, "hush": HUSHED}
        return tuple(sorted(shown, key=lambda one: -one.measured * weights[one.words]))


def tension_of(footage: Footage, need: Need, heard: Heard | None) -> Tension:
    """The curves of a film. They read what is seen and heard, not what it means."""
    picture = footage.picture
    count = -int(-picture.end.seconds // 1) if len(picture) else 0
    middles = [min(len(picture), picture.index_at(FilmTime(second))) for second in range(count)]
    places = np.array([*middles, len(picture)], dtype=np.intp)
    parts = {
        "movement": _per_second(need.motion, places),
        "cutting": _per_second(need.pace, places),
        "loudness": np.zeros(count),
        "suddenness": _per_second(need.drama, places),
        "darkness": np.clip(1 - _per_second(picture.light.astype(np.float64), places) / 90, 0, 1)
        * (_per_second(1 - need.black, places)),
        "hush": np.zeros(count),
    }
    shares = dict(SHARES)
    if heard is None or heard.loudness_lufs <= SILENCE_LUFS:
        shares = {"movement": 0.5, "cutting": 0.35, "suddenness": 0.15}
    else:
        over = _sound_per_second(heard.short_term, count) - heard.loudness_lufs
        parts["loudness"] = np.clip((over + QUIETER_LU) / (QUIETER_LU + 8), 0, 1)
        parts["hush"] = np.clip((-over - 5) / QUIETER_LU, 0, 1)
    arousal = np.zeros(count)
    for name, share in shares.items():
        arousal += share * parts[name]
    waiting = DARK * parts["darkness"] + HUSHED * parts["hush"] * (1 - parts["loudness"])
    tension = np.clip(arousal * (1 - DARK / 2) + waiting * (0.4 + 0.6 * parts["movement"]), 0, 1)
    frames = tuple(picture.frame(min(place, max(0, len(picture) - 1))) for place in middles)
    return Tension(arousal, np.asarray(tension), parts, frames)


def _per_second(curve: Curve, places: NDArray[np.intp]) -> Curve:
    """The mean over each second's frames."""
    summed = np.concatenate(([0.0], np.cumsum(curve)))
    lengths = np.maximum(np.diff(places), 1)
    upto = np.maximum(places[1:], places[:-1] + 1)
    upto = np.minimum(upto, len(curve))
    return np.asarray((summed[upto] - summed[np.minimum(places[:-1], upto)]) / lengths)


def _sound_per_second(curve: Curve, count: int) -> Curve:
    each = int(1 / STEP_SECONDS)
    padded = np.full(count * each, -70.0)
    kept = curve[: len(padded)]
    padded[: len(kept)] = np.maximum(kept, -70.0)
    return np.asarray(padded.reshape(count, each).mean(axis=1))
