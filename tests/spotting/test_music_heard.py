"""Music in the film's sound: held tones are heard as music, noise and strokes are not."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.shared_material import shared

from scorestage.spotting.music_heard import MusicHeard, music_heard
from scorestage.spotting.sound import SOUND_RATE_HZ, SoundIndex, SoundIndexBuilder
from scorestage.timebase import FilmTime

SECONDS = 8


def heard(*parts: NDArray[np.float64]) -> tuple[MusicHeard, ...]:
    return music_heard(index(*parts))


def index(*parts: NDArray[np.float64]) -> SoundIndex:
    builder = SoundIndexBuilder()
    builder.add(np.concatenate(parts).astype(np.float32)[:, None])
    return builder.finish()


def noise(seconds: float = SECONDS, level: float = 0.05) -> NDArray[np.float64]:
    return np.random.default_rng(1).normal(0, level, round(seconds * SOUND_RATE_HZ))


def chords(seconds: float = SECONDS) -> NDArray[np.float64]:
    """Chords of a second each, every note with six partials."""
    at = np.arange(round(seconds * SOUND_RATE_HZ)) / SOUND_RATE_HZ
    found = np.zeros(len(at))
    for beat in range(int(seconds)):
        inside = (at >= beat) & (at < beat + 1)
        for key in (48, 55, 64, 67) if beat % 2 else (45, 52, 60, 69):
            pitch = 440 * 2 ** ((key - 69) / 12)
            for partial in range(1, 7):
                wave = np.sin(2 * np.pi * pitch * partial * at[inside])
                found[inside] += 0.04 * wave / partial
    return found + noise(seconds, 0.002)


def test_chords_are_music_and_noise_is_none() -> None:
    (one,) = heard(noise(), chords(), noise())
    assert one.range.start.seconds == pytest.approx(SECONDS, abs=1.3)
    assert one.range.end.seconds == pytest.approx(2 * SECONDS, abs=1.3)
    assert one.confidence > 0.5
    assert heard(noise()) == ()


def test_strokes_and_silence_are_no_music() -> None:
    strokes = np.zeros(SECONDS * SOUND_RATE_HZ)
    for at in range(0, len(strokes), SOUND_RATE_HZ // 2):
        tail = np.exp(-np.arange(2400) / 300) * noise(0.1, 0.4)
        strokes[at : at + 2400] += tail
    assert heard(strokes) == ()
    assert heard(np.zeros(SECONDS * SOUND_RATE_HZ)) == ()


def test_a_short_ring_is_no_music() -> None:
    assert heard(noise(6), chords(2)[: SOUND_RATE_HZ // 2], noise(6)) == ()


def test_a_second_more_at_the_head_moves_it_by_a_second() -> None:
    (one,) = heard(noise(4), chords(), noise(4))
    (later,) = heard(noise(5), chords(), noise(4))
    assert later.range.start.seconds - one.range.start.seconds == pytest.approx(1, abs=0.05)


def test_a_scored_film_is_mostly_music() -> None:
    from scorestage.workflow.watching import footage_of

    film = shared("films/big-buck-bunny-opening.mp4")
    footage, _ = footage_of(film, None, lambda share, words: None)
    assert footage.sound is not None
    found = music_heard(footage.sound)
    lasting = sum(float(one.range.span.seconds) for one in found)
    assert lasting > 100, "most of its 150 seconds are scored"
    black = [one for one in found if one.range.holds(FilmTime(87))]
    assert not black, "from 85 to 89 seconds there is silence"
