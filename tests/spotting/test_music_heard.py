"""Music in the film's sound: chords are heard as music; effects, hum and voices are not."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.made_sounds import EFFECTS, RATE_HZ, clock, hiss, stereo
from tests.shared_material import shared

from scorestage.spotting.music_heard import MusicHeard, music_heard
from scorestage.spotting.sound import SoundIndexBuilder
from scorestage.spotting.tones import ToneIndexBuilder
from scorestage.timebase import FRAMES_24, FilmTime

Sound = NDArray[np.float64]
CHORDS = ((48, 55, 64, 67), (45, 52, 60, 69), (41, 57, 60, 65), (43, 55, 59, 62))


def heard(*parts: Sound) -> tuple[MusicHeard, ...]:
    sounds, tones = SoundIndexBuilder(), ToneIndexBuilder(2)
    joined = np.concatenate(parts).astype(np.float32)
    sounds.add(joined)
    tones.add(joined)
    return music_heard(sounds.finish(), tones.finish(), FRAMES_24)


def chords(seconds: float, wide: bool = True) -> Sound:
    """Chords of a second each, six partials a note; low notes left, high ones right."""
    at = clock(seconds)
    made = np.zeros((len(at), 2))
    for beat in range(round(seconds)):
        inside = (at >= beat) & (at < beat + 1)
        for place, key in enumerate(CHORDS[beat % 4]):
            hertz = 440 * 2 ** ((key - 69) / 12)
            tone = sum(np.sin(2 * np.pi * hertz * n * at[inside]) / n for n in range(1, 7))
            share = np.array((1, 0.2)) if place < 2 else np.array((0.2, 1))
            made[inside] += 0.03 * np.outer(tone, share if wide else np.array((0.6, 0.6)))
    return made


def quiet(seconds: float) -> Sound:
    return 0.004 * stereo(hiss(seconds, 100, 6000, 20), hiss(seconds, 100, 6000, 21))


def test_chords_are_music_and_begin_and_end_where_they_do() -> None:
    (one,) = heard(quiet(8), chords(12), quiet(8))
    assert one.range.start.seconds == pytest.approx(8, abs=0.4)
    assert one.range.end.seconds == pytest.approx(20, abs=0.4)
    assert one.confidence > 0.8
    assert one.evidence[0].frame == pytest.approx(8 * 24, abs=10)


@pytest.mark.parametrize("name", EFFECTS)
def test_effects_are_no_music(name: str) -> None:
    assert heard(EFFECTS[name](20)) == ()
    assert heard(quiet(6), EFFECTS[name](14)) == ()


@pytest.mark.parametrize("name", ["rain", "steps", "crackle"])
def test_music_is_heard_under_effects(name: str) -> None:
    (one,) = heard(EFFECTS[name](8), EFFECTS[name](12) + chords(12), EFFECTS[name](8))
    assert one.range.start.seconds == pytest.approx(8, abs=1)
    assert one.range.end.seconds == pytest.approx(20, abs=1)


def test_a_second_more_at_the_head_moves_it_by_a_second() -> None:
    (one,) = heard(quiet(4), chords(8), quiet(4))
    (later,) = heard(np.zeros((RATE_HZ, 2)), quiet(4), chords(8), quiet(4))
    assert later.range.start.seconds - one.range.start.seconds == 1
    assert later.range.end.seconds - one.range.end.seconds == 1


def test_music_out_of_a_small_loudspeaker_may_be_source() -> None:
    from scipy.signal import butter, sosfilt

    band = butter(6, (350, 3000), "bandpass", fs=RATE_HZ, output="sos")
    radio = sosfilt(band, chords(12, wide=False), axis=0)
    (one,) = heard(quiet(5), np.asarray(radio), quiet(5))
    assert one.source > 0.5
    (score,) = heard(quiet(5), chords(12), quiet(5))
    assert score.source == 0


def test_nothing_at_all() -> None:
    assert heard(np.zeros((10 * RATE_HZ, 2))) == ()


def test_a_scored_film_is_mostly_music() -> None:
    from scorestage.workflow.watching import footage_of

    film = shared("films/big-buck-bunny-opening.mp4")
    footage, _ = footage_of(film, None, lambda share, words: None)
    assert footage.sound is not None
    assert footage.tones is not None
    found = music_heard(footage.sound, footage.tones, FRAMES_24)
    assert sum(float(one.range.span.seconds) for one in found) > 120
    assert not any(one.range.holds(FilmTime(second)) for one in found for second in (87, 90))
    spoken = sum(float(line.range.span.seconds) for line in footage.speech)
    assert spoken <= 0.01 * 150, "nobody speaks in this film"
