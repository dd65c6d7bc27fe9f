"""Played notes for tests: what was meant, and how a hand of a seed played it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from scorestage.music import Instrument, Player
from scorestage.takedown import (
    ControlLane,
    Heard,
    PlannedPlayer,
    PlannedTrack,
    PlayedTone,
    PlayedTrack,
    Playing,
)

PACE = Fraction(1, 2)
"""Seconds a quarter takes: 120 to the minute."""
Meant = tuple[Fraction | int | str, Fraction | int | str, int]
"""Onset and length in quarters, MIDI key."""


def click(seconds: Fraction) -> Fraction:
    """Where the click stands."""
    return seconds / PACE


def tone(
    onset: Fraction | int | str, length: Fraction | int | str, key: int, velocity: int = 80
) -> PlayedTone:
    """A tone exactly as it is written."""
    start = Fraction(onset) * PACE
    return PlayedTone(start, start + Fraction(length) * PACE, key, velocity)


def played(
    meant: Sequence[Meant], *, seed: int = 1, scatter: float = 0.012, held: float = 0.9
) -> tuple[PlayedTone, ...]:
    """Notes as a hand plays them: not quite in time, let go a little early."""
    rng = np.random.default_rng(seed)
    found = []
    for onset, length, key in meant:
        late = Fraction(float(rng.normal(0, scatter))).limit_denominator(100_000)
        start = max(Fraction(0), Fraction(onset) * PACE + late)
        lasts = Fraction(length) * PACE * Fraction(held).limit_denominator(1000)
        found.append(PlayedTone(start, start + lasts, key, 80))
    return tuple(found)


def track(
    tones: Sequence[PlayedTone], name: str = "Violin", lanes: tuple[ControlLane, ...] = ()
) -> PlayedTrack:
    """A track of tones."""
    ordered = tuple(sorted(tones, key=lambda one: (one.start_seconds, one.key)))
    return PlayedTrack(name, 1, 0, ordered, lanes)


def plan(
    instrument: Instrument, *tracks: tuple[PlayedTrack, Playing], count: int = 1
) -> PlannedPlayer:
    """A player with tracks, each with what its name says."""
    player = Player("p", instrument.name, instrument.abbreviation, (instrument,), count)
    return PlannedPlayer(
        player, tuple(PlannedTrack(Heard(one, ()), playing) for one, playing in tracks)
    )
