"""Tension: what nobody hears is not loud."""

from __future__ import annotations

import numpy as np
from tests.drawn_clips import cut, scene
from tests.made_sounds import RATE_HZ, hiss, stereo
from tests.spotting.footage_kit import DETECTORS, watched

from scorestage.spotting import Footage, propose, watch
from scorestage.spotting.sound import SoundIndexBuilder
from scorestage.spotting.tension import Tension, tension_of
from scorestage.spotting.tones import ToneIndexBuilder

SECONDS = 12


def tension(level: float) -> tuple[Tension, Tension]:
    """The curves of a film with hiss of this level, and those of the same film without sound."""
    sound = level * stereo(hiss(SECONDS, 80, 8000, 1), hiss(SECONDS, 80, 8000, 2))
    assert len(sound) == SECONDS * RATE_HZ
    sounds, tones = SoundIndexBuilder(), ToneIndexBuilder(2)
    sounds.add(sound.astype(np.float32))
    tones.add(sound.astype(np.float32))
    frames = cut(*((scene(number, 64, 36), 72) for number in range(4)))
    seen = Footage(watched(frames), sounds.finish(), (), tones.finish())
    found = propose(seen, watch(seen, DETECTORS))
    return tension_of(seen, found.need, found.heard), tension_of(seen, found.need, None)


def test_digital_silence_is_not_loud() -> None:
    silent, mute = tension(0.0)
    assert not silent.parts["loudness"].any()
    assert np.array_equal(silent.arousal, mute.arousal)
    assert np.array_equal(silent.tension, mute.tension)


def test_what_is_heard_counts() -> None:
    loud, mute = tension(0.2)
    assert loud.parts["loudness"].min() > 0.5
    assert not np.array_equal(loud.arousal, mute.arousal)
