"""What the film's sound is made of, in films however short."""

from __future__ import annotations

import numpy as np
import pytest
from tests.drawn_clips import flat
from tests.made_sounds import hiss, stereo
from tests.spotting.footage_kit import spoken, watched

from scorestage.spotting import Footage
from scorestage.spotting.sound import SoundIndexBuilder
from scorestage.spotting.sound_kinds import SoundKind, listen
from scorestage.spotting.tones import ToneIndexBuilder


def footage(seconds: float, *lines: tuple[int, int]) -> Footage:
    noise = 0.2 * stereo(hiss(seconds, 80, 8000, 1), hiss(seconds, 80, 8000, 2))
    sounds, tones = SoundIndexBuilder(), ToneIndexBuilder(2)
    sounds.add(noise.astype(np.float32))
    tones.add(noise.astype(np.float32))
    picture = watched([flat(9)] * max(1, round(24 * seconds)))
    return Footage(picture, sounds.finish(), spoken(*lines), tones.finish())


@pytest.mark.parametrize("tenths", [1, 2, 3, 4, 5, 6])
def test_a_film_of_a_few_frames_is_heard(tenths: int) -> None:
    seen = footage(tenths / 10)
    heard = listen(seen)
    if heard is not None:
        assert len(heard.momentary) == len(heard.spoken) == len(heard.tones)


def test_effects_keep_a_fifth_of_a_second_off_a_word() -> None:
    heard = listen(footage(6, (48, 72)))
    assert heard is not None
    effects = [one.range for one in heard.stretches if one.kind is SoundKind.EFFECTS]
    edges = [(float(one.start.seconds), float(one.end.seconds)) for one in effects]
    assert edges[0][1] == pytest.approx(1.8)
    assert edges[1][0] == pytest.approx(3.2)
