"""An earlier cue for a new scene: how well it would serve, and where it meets the scene's hits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import exp, log

import numpy as np
import numpy.typing as npt

from scorestage.music.mood import mood_of
from scorestage.production import Hit, KeptStretch
from scorestage.timebase import Beat, FilmRange, FilmTime, FrameRate, TempoMap

Floats = npt.NDArray[np.float64]
_WEIGHTS = {"words": 0.15, "mood": 0.3, "tempo": 0.15, "length": 0.2, "hits": 0.2}
_BEND = 0.025
"""A tempo changed by no more is not heard."""
_SHORTER, _LONGER = 1.2, 0.5
"""Music too short is worse than music too long, of which bars can be cut."""
_PLAIN = frozenset({
    "and", "are", "for", "from", "her", "his", "into", "its", "off", "out", "she", "that", "the",
    "their", "they", "this", "was", "with", "you", "cue", "cut", "music", "scene", "shot",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """What a cue is for: its words, tone, wished tempo (bpm of the felt beat), length and hits.

    `hits` count from the start of the music, in seconds, each with its weight.
    """

    words: str
    tone: tuple[str, ...]
    bpm: Fraction | None
    seconds: Fraction | None
    hits: tuple[tuple[Fraction, int], ...]


@dataclass(frozen=True, slots=True)
class Serves:
    """How well earlier music serves a scene: 0 to 1, by kind where both sides say something."""

    share: float
    shares: tuple[tuple[str, float], ...]
    reasons: tuple[str, ...]


def serves(scene: Scene, earlier: Scene, tempo_map: TempoMap, rate: FrameRate) -> Serves:
    """How well music written for `earlier` (with its own map from time 0) would serve `scene`."""
    shares: dict[str, float] = {}
    reasons: list[str] = []
    _words(scene, earlier, shares, reasons)
    _mood(scene, earlier, shares, reasons)
    if scene.bpm and earlier.bpm:
        apart = abs(log(float(earlier.bpm / scene.bpm)))
        shares["tempo"] = exp(-apart / 0.15)
        reasons.append(f"{float(earlier.bpm):.0f} bpm, {float(scene.bpm):.0f} wished")
    if scene.seconds and earlier.seconds:
        ratio = log(float(earlier.seconds / scene.seconds))
        shares["length"] = exp(-abs(ratio) * (_LONGER if ratio > 0 else _SHORTER))
        more = float(earlier.seconds - scene.seconds)
        side = (
            "as long"
            if abs(more) < 1
            else f"{abs(more):.0f} s {'longer' if more > 0 else 'shorter'}"
        )
        reasons.append(f"{float(earlier.seconds):.0f} s of music, {side}")
    if scene.hits:
        caught, factor = caught_as_it_is(scene.hits, tempo_map, rate)
        weight = sum(one for _, one in scene.hits)
        shares["hits"] = sum(scene.hits[n][1] for n in caught) / weight
        bend = f" at {(factor - 1) * 100:+.1f} % tempo" if abs(factor - 1) > 1e-6 else ""
        words = f"{len(caught)} of {len(scene.hits)} hits fall on its strong beats as it is"
        reasons.append(words + bend)
    total = sum(_WEIGHTS[name] for name in shares)
    share = sum(_WEIGHTS[name] * one for name, one in shares.items()) / total if total else 0.0
    return Serves(round(share, 3), tuple(shares.items()), tuple(reasons))


def content_words(text: str) -> frozenset[str]:
    """The words of a text that say what it is about.

    >>> sorted(content_words("The lamp goes out, into the storm!"))
    ['goes', 'lamp', 'storm']
    """
    plain = "".join(one.lower() if one.isalpha() else " " for one in text)
    return frozenset(word for word in plain.split() if len(word) > 2 and word not in _PLAIN)


def _words(scene: Scene, earlier: Scene, shares: dict[str, float], reasons: list[str]) -> None:
    mine, theirs = content_words(scene.words), content_words(earlier.words)
    if not mine or not theirs:
        return
    common = mine & theirs
    shares["words"] = len(common) / (len(mine) * len(theirs)) ** 0.5
    if common:
        reasons.append(f"words in common: {', '.join(sorted(common)[:6])}")


def _mood(scene: Scene, earlier: Scene, shares: dict[str, float], reasons: list[str]) -> None:
    if not scene.tone or not earlier.tone:
        return
    one, other = mood_of(scene.tone), mood_of(earlier.tone)
    apart = (
        ((one.valence - other.valence) / 4) ** 2
        + ((one.arousal - other.arousal) / 4) ** 2
        + ((one.tension - other.tension) / 4) ** 2
    )
    same = set(scene.tone) & set(earlier.tone)
    share = 1.0 - min(1.0, (apart / 3) ** 0.5 * 1.6)
    shares["mood"] = min(1.0, share + 0.2 * bool(same))
    told = f"in common: {', '.join(sorted(same))}" if same else f"it was {', '.join(earlier.tone)}"
    reasons.append(f"tone {told}")


def caught_as_it_is(
    hits: Sequence[tuple[Fraction, int]], tempo_map: TempoMap, rate: FrameRate
) -> tuple[tuple[int, ...], float]:
    """The hits that fall on a strong beat of the music within a frame, its tempo bent unheard.

    The bend, a factor of tempo over the whole, is the one that catches most weight, the least of
    those that do.
    """
    frame = float(rate.frame_span.seconds)
    strong = strong_places(tempo_map)
    zero = tempo_map.start.seconds
    times = np.array([float(tempo_map.time_at(at).seconds - zero) for at in strong])
    aims = np.array([float(at) for at, _ in hits])
    weights = np.array([weight for _, weight in hits])
    best: tuple[float, float, tuple[int, ...]] = (-1.0, 0.0, ())
    for step in range(-10, 11):
        factor = 1 + _BEND * step / 10
        off = np.abs(aims[:, None] - times[None, :] / factor).min(axis=1)
        caught = np.flatnonzero(off <= frame)
        score = float(weights[caught].sum()), -abs(step)
        if score > best[:2]:
            best = (*score, tuple(caught.tolist()))
            found = factor
    return best[2], found


def strong_places(tempo_map: TempoMap) -> tuple[Beat, ...]:
    """Downbeats and the strong beats within bars, and the end."""
    return (*(one.at for one in tempo_map.clicks() if one.stress >= 2), tempo_map.grid.end)


# ── where it meets the scene ────────────────────────────────────────────────────────────────────


def anchored(
    tempo_map: TempoMap,
    start: FilmTime,
    end: FilmTime | None,
    hits: Sequence[Hit],
    jump: float = 1.5,
) -> tuple[Beat, ...]:
    """For each hit the place of the music that is to meet it, in order.

    Of all ways (dynamic programming over hits and strong beats) the one that bends and cuts least:
    from one hit to the next the music goes on as written, or nearly (a bend), or jumps (a cut or
    a repeat costs `jump` and more with its length); a weaker place costs too.
    """
    if not hits:
        return ()
    places = strong_places(tempo_map)
    times = np.array([float(tempo_map.time_at(at).seconds) for at in places])
    weak = np.array([0.4 * (tempo_map.grid.stress_at(at) < 3) for at in places])
    begins = float(tempo_map.start.seconds)
    cost = _from(begins, float(start.seconds), times, float(hits[0].at.seconds), jump) + weak
    back = []
    for before, hit in pairwise(hits):
        step = np.stack(
            [
                _from(one, float(before.at.seconds), times, float(hit.at.seconds), jump)
                for one in times
            ]
        )
        total = cost[:, None] + step
        back.append(total.argmin(axis=0))
        cost = total.min(axis=0) + weak
    if end is not None:
        last = float(tempo_map.end.seconds)
        out = [_from(one, float(hits[-1].at.seconds), np.array([last]), float(end.seconds), jump)[0]
               for one in times]  # fmt: skip
        cost = cost + np.array(out)
    at = int(cost.argmin())
    found = [at]
    for rows in reversed(back):
        at = int(rows[at])
        found.append(at)
    return tuple(places[one] for one in reversed(found))


def _from(music: float, picture: float, times: Floats, aim: float, jump: float) -> Floats:
    """What it costs to go from a place of the music to each later one while the picture goes on."""
    written, needed = times - music, aim - picture
    moved = np.abs(written - needed)
    bend = moved / max(needed, 0.25)
    price = np.where(bend <= _BEND, bend / _BEND * 0.5, jump + 0.02 * moved)
    return np.where(written > 0 if needed > 0 else written >= 0, price, np.inf)


def stretches_around(
    tempo_map: TempoMap, places: Sequence[Beat], hits: Sequence[Hit]
) -> tuple[KeptStretch, ...]:
    """The stretches of music around each hit, as the picture that is kept in a re-cut.

    Each reaches half way to its neighbours, in the music and in the scene.
    """
    old = [tempo_map.time_at(at).seconds for at in places]
    new = [one.at.seconds for one in hits]
    found: list[KeptStretch] = []
    for index, (was, now) in enumerate(zip(old, new, strict=True)):
        back = _half(old, new, index - 1, index)
        ahead = _half(old, new, index, index + 1)
        found.append(
            KeptStretch(
                FilmRange(FilmTime(was - back), FilmTime(was + ahead)),
                FilmTime(now) - FilmTime(was),
            )
        )
    return tuple(found)


def _half(old: Sequence[Fraction], new: Sequence[Fraction], low: int, high: int) -> Fraction:
    if low < 0 or high >= len(old):
        return Fraction(1)
    return max(Fraction(0), min(old[high] - old[low], new[high] - new[low]) / 2)
