"""The formant synthesiser: exact lengths, the right pitch, vowels with their formants."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.signal import lfilter

from scorestage.adapters.demofilm.sounds import phones
from scorestage.adapters.demofilm.sounds.voice import SPEAKERS, Speaker, say
from scorestage.adapters.demofilm.story import STORY

_PLAIN = Speaker(120.0, 0.0, 1.0, 0.0, 1)


@pytest.mark.parametrize("seconds", [0.8, 1.25, 2.0])
def test_a_line_takes_exactly_its_time(seconds: float) -> None:
    sound = say("Well, hello, little light.", SPEAKERS["WICK"], seconds)
    assert len(sound) == round(seconds * 48_000)
    assert np.isfinite(sound).all()
    assert np.abs(sound).max() == pytest.approx(1.0)


def test_the_same_line_is_the_same_samples() -> None:
    first = say("Still dark.", SPEAKERS["WICK"], 1.0)
    assert np.array_equal(first, say("Still dark.", SPEAKERS["WICK"], 1.0))


@pytest.mark.parametrize("pitch_hz", [100.0, 140.0, 200.0])
def test_the_pitch_is_the_speakers(pitch_hz: float) -> None:
    """By autocorrelation in the middle of a long vowel, where the tune is 1.6 - 1.7 semitones."""
    sound = say("All.", Speaker(pitch_hz, 0.0, 1.0, 0.0, 1), 0.6)[12_000:16_800].astype(np.float64)
    whole = np.correlate(sound, sound, "full")[len(sound) - 1 :]
    low, high = round(48_000 / (pitch_hz * 1.5)), round(48_000 / (pitch_hz / 1.5))
    found_hz = 48_000 / (low + int(np.argmax(whole[low:high])))
    assert found_hz == pytest.approx(pitch_hz, rel=0.08)


def _formants(sound: np.ndarray) -> list[float]:
    """The two lowest resonances (Hz) by linear prediction at 8 kHz."""
    slow = np.asarray(sound[::6], dtype=np.float64)
    slow = lfilter([1, -0.95], [1], slow) * np.hanning(len(slow))
    order = 10
    r = np.correlate(slow, slow, "full")[len(slow) - 1 :][: order + 1]
    matrix = np.asarray([[r[abs(i - j)] for j in range(order)] for i in range(order)])
    a = np.concatenate([[1.0], -np.linalg.solve(matrix, r[1:])])
    roots = [z for z in np.roots(a) if z.imag > 0.01 and abs(z) > 0.8]
    return sorted(float(np.angle(z)) * 8000 / (2 * np.pi) for z in roots)[:2]


def test_vowels_have_their_formants(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("IY", "AA", "EH"):
        monkeypatch.setitem(phones.LEXICON, name.lower(), name)
        sound = say(name, _PLAIN, 0.4)[6_000:13_000]
        target = phones.PHONES[name][0].formants_hz
        assert target is not None
        first, second = _formants(sound)
        assert first == pytest.approx(target[0], rel=0.25), name
        assert second == pytest.approx(target[1], rel=0.15), name


def test_nothing_bursts_in_a_pause() -> None:
    """The loudest place of a line is a vowel, not a filter that ran away between words."""
    sound = say("Come on. Come on, shine!", SPEAKERS["WICK"], 1.6)
    level = np.sqrt(np.convolve(sound.astype(np.float64) ** 2, np.ones(1200) / 1200, "same"))
    assert np.mean(level > 0.1 * level.max()) > 0.5


def test_every_word_of_the_script_can_be_said() -> None:
    for line in STORY.lines:
        said = phones.spoken(line.words)
        assert len(said) == len(line.words.split())
        assert all(sounds for sounds, _ in said)
        assert line.speaker in SPEAKERS
