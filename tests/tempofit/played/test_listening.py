"""Onsets in sound, against the samples at which they were struck."""

from __future__ import annotations

import numpy as np
import pytest
from tests.tempofit.played.takes import Floats

from scorestage.errors import FitError
from scorestage.tempofit.played import onsets_in_sound, taps_in_sound

RATE_HZ = 48_000


def struck(kind: str, seed: int = 2) -> tuple[Floats, Floats]:
    """Claps, clicks or knocks over a little noise, and when each begins."""
    random = np.random.default_rng(seed)
    at = 0.5 + np.cumsum(random.uniform(0.35, 0.8, 40))
    sound = random.normal(0, 10 ** (-55 / 20), int((at[-1] + 1) * RATE_HZ))
    span = np.arange(int(0.08 * RATE_HZ)) / RATE_HZ
    for moment in at:
        if kind == "clap":
            wave = random.normal(0, 0.3, len(span)) * np.exp(-span / 0.015)
        elif kind == "click":
            wave = 0.5 * np.cos(2 * np.pi * 1800 * span) * np.exp(-span / 0.0022)
        else:
            rise = 1 - np.exp(-span / 0.002)
            wave = 0.6 * np.sin(2 * np.pi * 140 * span) * np.exp(-span / 0.03) * rise
        first = round(moment * RATE_HZ)
        sound[first : first + len(span)] += wave * random.uniform(0.5, 1.2)
    return sound, at


@pytest.mark.parametrize("kind", ["clap", "click", "knock"])
def test_every_tap_is_heard_within_a_millisecond(kind: str) -> None:
    sound, at = struck(kind)
    found, strengths = taps_in_sound(sound, RATE_HZ)
    assert len(found) == len(at)
    assert np.abs(found - at).max() < 0.001
    assert ((strengths >= 0.5) & (strengths <= 1.0)).all()


def test_notes_are_heard_where_they_begin() -> None:
    random = np.random.default_rng(5)
    at = 0.5 + 0.5 * np.arange(24)
    span = np.arange(int(0.45 * RATE_HZ)) / RATE_HZ
    sound = np.zeros(int(14 * RATE_HZ))
    for moment in at:
        hertz = 220 * 2 ** (random.integers(0, 13) / 12)
        fade = np.clip((0.45 - span) / 0.1, 0, 1)
        shape = (1 - np.exp(-span / 0.004)) * np.exp(-span / 0.3) * fade
        wave = sum(np.sin(2 * np.pi * hertz * k * span) / k for k in (1, 2, 3, 4)) * shape
        first = round(moment * RATE_HZ)
        sound[first : first + len(span)] += 0.2 * wave
    onsets = onsets_in_sound(sound, RATE_HZ)
    near = np.array([np.abs(onsets.seconds - moment).min() for moment in at])
    assert np.mean(near < 0.015) > 0.95
    assert len(onsets.seconds) < 1.2 * len(at)


@pytest.mark.parametrize("hear", [taps_in_sound, onsets_in_sound])
def test_silence_is_an_error(hear) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(FitError, match="silent"):
        hear(np.zeros(3 * RATE_HZ), RATE_HZ)


def test_a_steady_tone_holds_no_taps() -> None:
    tone = 0.3 * np.sin(2 * np.pi * 220 * np.arange(4 * RATE_HZ) / RATE_HZ)
    ramp = np.minimum(1.0, np.arange(len(tone)) / RATE_HZ)
    with pytest.raises(FitError, match="struck"):
        taps_in_sound(tone * ramp, RATE_HZ)
