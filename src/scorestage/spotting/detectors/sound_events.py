"""Sound events: slams, shots, thunder, a crash; what music must catch or keep clear of."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scorestage.spotting.detecting import Detector
from scorestage.spotting.footage import Footage
from scorestage.spotting.moments import Evidence, Moment, MomentKind, rising
from scorestage.spotting.sound import FLOOR_DB, HOP_SECONDS, QUIET_DB, SoundIndex
from scorestage.timebase import FilmRange, FilmSpan

Curve = NDArray[np.float32]

BEFORE_HOPS = 80
AFTER_HOPS = 25
CLEAR_HOPS = 5
HALF_HOP = FilmSpan(HOP_SECONDS / 2)
"""A level window reaches 10 ms ahead of its entry, so an onset lies up to that much later."""
BATCH_HOPS = 20_000


@dataclass(frozen=True, slots=True)
class SoundEventSettings:
    """How far a sound must stand out, and how loud it must be in this film."""

    least_attack_db: float = field(default=4.0, metadata={"help": "rise of all bands within 20 ms"})
    least_jump_db: float = field(
        default=10.0, metadata={"help": "rise of the level above the second before"}
    )
    least_low_jump_db: float = field(
        default=18.0, metadata={"help": "rise of the lows that makes a boom"}
    )
    below_loudest_db: float = field(
        default=22.0, metadata={"help": "how far below the film's loud places it may lie"}
    )
    apart_seconds: float = field(default=0.4, metadata={"help": "least time between two events"})


def find_sound_events(footage: Footage, settings: SoundEventSettings) -> tuple[Moment, ...]:
    """Each strong sudden sound, at its onset to 10 ms; events under speech are rated lower."""
    sound = footage.sound
    if sound is None or len(sound) < BEFORE_HOPS:
        return ()
    heard = sound.level_db[sound.level_db > QUIET_DB]
    if not len(heard):
        return ()
    loud_db = float(np.percentile(heard, 95))
    moments: list[Moment] = []
    for hop in _onsets(sound, loud_db, settings):
        moments.append(_moment(footage, sound, hop, loud_db))
    return tuple(moments)


def _onsets(sound: SoundIndex, loud_db: float, settings: SoundEventSettings) -> list[int]:
    """The hops where a strong sound begins, the strongest of neighbours only."""
    jumps = _jumps(sound.level_db)
    lows = _jumps(sound.low_db)
    reached = _coming_most(sound.level_db)
    sudden = (sound.attack_db >= settings.least_attack_db) & (jumps >= settings.least_jump_db)
    boom = (lows >= settings.least_low_jump_db) & (jumps >= settings.least_jump_db / 2)
    boom &= _coming_most(sound.low_db) > loud_db - settings.below_loudest_db
    strong = (sudden | boom) & (reached > loud_db - settings.below_loudest_db)
    rank = jumps + sound.attack_db + 0.3 * np.maximum(lows, 0)
    rank = np.where(strong, rank, 0)
    apart = max(1, int(settings.apart_seconds * 100))
    free = np.ones(len(rank), dtype=np.bool_)
    kept: list[int] = []
    candidates = np.flatnonzero(rank > 0)
    for hop in candidates[np.argsort(-rank[candidates], kind="stable")].tolist():
        if free[hop]:
            kept.append(hop)
            free[max(0, hop - apart + 1) : hop + apart] = False
    exact = sorted({_exact(sound.level_db, hop) for hop in kept})
    return [hop for hop in exact if not _first_and_staying(sound.level_db, hop)]


def _first_and_staying(level_db: Curve, hop: int) -> bool:
    """Whether the film's sound merely begins here: silence before, and it stays as loud."""
    if float(level_db[: max(0, hop - 3)].max(initial=FLOOR_DB)) > QUIET_DB:
        return False
    peak = float(level_db[hop : hop + AFTER_HOPS].max())
    return float(np.median(level_db[hop + AFTER_HOPS : hop + 200])) > peak - 12


def _jumps(level_db: Curve) -> Curve:
    """How far the level soon rises above what it was during the second before."""
    padded = np.concatenate((np.full(BEFORE_HOPS, FLOOR_DB, np.float32), level_db))
    windows = np.lib.stride_tricks.sliding_window_view(padded, BEFORE_HOPS - CLEAR_HOPS)
    before = np.empty(len(level_db), dtype=np.float32)
    for start in range(0, len(level_db), BATCH_HOPS):
        part = slice(start, min(start + BATCH_HOPS, len(level_db)))
        before[part] = np.percentile(windows[part], 70, axis=1)
    return np.asarray(_coming_most(level_db) - np.maximum(before, QUIET_DB), dtype=np.float32)


def _coming_most(level_db: Curve) -> Curve:
    padded = np.concatenate((level_db, np.full(AFTER_HOPS, FLOOR_DB, np.float32)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, AFTER_HOPS)
    return np.asarray(windows.max(axis=1)[: len(level_db)])


def _exact(level_db: Curve, hop: int) -> int:
    """The hop in which the level passes half of its rise, near `hop`."""
    first, last = max(hop - 6, 0), min(hop + AFTER_HOPS, len(level_db))
    near = level_db[first:last]
    low = float(near[:4].min())
    half = low + (float(near.max()) - low) / 2
    return first + int(np.argmax(near >= half))


def _moment(footage: Footage, sound: SoundIndex, hop: int, loud_db: float) -> Moment:
    at = sound.at(hop) + HALF_HOP
    before = float(np.median(sound.level_db[max(0, hop - BEFORE_HOPS) : max(1, hop - CLEAR_HOPS)]))
    peak = float(sound.level_db[hop : hop + AFTER_HOPS].max())
    low_before = float(
        np.median(sound.low_db[max(0, hop - BEFORE_HOPS) : max(1, hop - CLEAR_HOPS)])
    )
    low_peak = float(sound.low_db[hop : hop + AFTER_HOPS].max())
    jump = peak - max(before, QUIET_DB)
    spoken = any(line.range.holds(at) for line in footage.speech)
    number = footage.picture.rate.nearest_frame(at)
    evidence = (
        Evidence("sound leaps by", jump, "dB", number, at),
        Evidence("against the film's loud places", peak - loud_db, "dB", number, at),
        Evidence("lows leap by", low_peak - max(low_before, QUIET_DB), "dB", number, at),
    )
    strength = 0.5 * rising(jump, 8, 35) + 0.5 * rising(peak - loud_db, -20, 3)
    deep = low_peak > peak - 3 and low_peak - low_before > 15
    return Moment(
        MomentKind.SOUND,
        at,
        FilmRange(at, max(at, sound.at(_faded(sound.level_db, hop, before, peak)))),
        round(strength * (0.4 if spoken else 1.0), 4),
        round(rising(jump, 4, 16) * (0.5 if spoken else 1.0), 4),
        "deep boom" if deep else "sudden loud sound" if jump > 20 else "sound attack",
        evidence,
    )


def _faded(level_db: Curve, hop: int, before: float, peak: float) -> int:
    """Where the sound has lost two thirds of its rise, within two seconds."""
    tail = level_db[hop + 3 : hop + 200]
    gone = np.flatnonzero(tail < peak - (peak - before) * 2 / 3)
    return hop + 3 + (int(gone[0]) if len(gone) else len(tail))


DETECTOR = Detector("sound-events", "strong sudden sounds", SoundEventSettings, find_sound_events)
