"""The temp heard: pieces, tempo, key, a piece that returns, and how near another comes to it."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.made_sounds import RATE_HZ, clock, hiss, stereo

from scorestage.spotting.sound import SoundIndexBuilder
from scorestage.spotting.temp import (
    TempTrack,
    Verdict,
    hear_temp,
    keys_heard,
    likeness_in_sound,
    tempos_heard,
)
from scorestage.spotting.tones import ToneIndexBuilder
from scorestage.timebase import FRAMES_24, FilmTime

Sound = NDArray[np.float64]
MAJOR = ((0, 4, 7), (9, 12, 16), (5, 9, 12), (7, 11, 14))
MINOR = ((0, 3, 7), (8, 12, 15), (5, 8, 12), (7, 11, 14))


def struck(hertz: float, seconds: float) -> Sound:
    at = clock(seconds)
    wave = sum(np.sin(2 * np.pi * hertz * n * at) / n**1.5 for n in range(1, 6))
    return np.asarray(wave * np.exp(-at * 2.5) * np.minimum(1, at * 200))


def song(
    bpm: float, tonic: int, chords: tuple[tuple[int, ...], ...], seconds: float, seed: int
) -> Sound:
    """Chords a bar of four, a tune on the beats, a bass; the first beat is louder."""
    random = np.random.default_rng(seed)
    made = np.zeros((round(seconds * RATE_HZ), 2))
    beat = 60 / bpm
    for number in range(int(seconds / beat)):
        chord = chords[number // 4 % 4]
        keys = [48 + tonic + one for one in chord] if number % 2 == 0 else []
        keys += [36 + tonic + chord[0]] if number % 4 == 0 else []
        keys.append(60 + tonic + chord[int(random.integers(3))])
        for key in keys:
            tone = struck(440 * 2 ** ((key - 69) / 12), 2.2 * beat)
            place = round(number * beat * RATE_HZ)
            tone = tone[: len(made) - place] * (0.12 if number % 4 == 0 else 0.07)
            share = np.array((0.8, 1.0)) if key > 55 else np.array((1.0, 0.8))
            made[place : place + len(tone)] += np.outer(tone, share)
    return made


def quiet(seconds: float) -> Sound:
    return 0.0007 * stereo(hiss(seconds, 100, 6000, 20), hiss(seconds, 100, 6000, 21))


def heard(*parts: Sound) -> TempTrack:
    sounds, tones = SoundIndexBuilder(), ToneIndexBuilder(2)
    joined = np.concatenate(parts).astype(np.float32)
    sounds.add(joined)
    tones.add(joined)
    return hear_temp(sounds.finish(), tones.finish(), FRAMES_24)


@cache
def one_piece(bpm: float, tonic: int, minor: bool) -> TempTrack:
    return heard(song(bpm, tonic, MINOR if minor else MAJOR, 24, 3))


@pytest.mark.parametrize(
    ("bpm", "tonic", "minor"), [(72, 0, False), (100, 2, True), (132, 9, False)]
)
def test_tempo_and_key(bpm: float, tonic: int, minor: bool) -> None:
    (piece,) = one_piece(bpm, tonic, minor).pieces
    octaves = [abs(np.log2(one.bpm / bpm)) % 1 for one in piece.tempos]
    assert any(min(one, 1 - one) < 0.03 for one in octaves)
    assert (tonic, minor) in [(one.tonic, one.minor) for one in piece.keys[:2]]
    assert len(piece.keys) == 3
    assert piece.loudness_lufs < 0
    assert len(piece.short_term) == pytest.approx(24, abs=2)


def test_pieces_are_parted_and_one_that_returns_is_known() -> None:
    first, second = song(100, 2, MINOR, 16, 3), song(84, 7, MAJOR, 16, 9)
    found = heard(quiet(4), first, quiet(5), second, quiet(5), first, quiet(4)).pieces
    assert [one.same_as for one in found] == [0, 0, 1]
    starts = [float(one.range.start.seconds) for one in found]
    assert starts == pytest.approx([4, 25, 46], abs=0.5)
    assert all(one.sections[0].letter == "A" for one in found)
    assert all(one.range.start <= at < one.range.end for one in found for at in one.hits)


def test_nearness() -> None:
    (temp,) = one_piece(100, 2, True).pieces
    (other,) = one_piece(72, 0, False).pieces
    moved = heard(song(100, 5, MINOR, 24, 3)).pieces[0]
    assert likeness_in_sound(temp, temp).verdict is Verdict.RED
    assert likeness_in_sound(temp, moved).verdict is Verdict.RED, "the same in another key"
    assert likeness_in_sound(temp, other).verdict is Verdict.GREEN
    words = {one.name: one.words for one in likeness_in_sound(temp, other).points}
    assert "bpm in the temp" in words["tempo"]


def test_music_without_pulse_has_no_tempo_and_silence_no_key() -> None:
    assert tempos_heard(np.zeros(3000)) == ()
    assert tempos_heard(np.zeros(10)) == ()
    assert keys_heard(np.zeros((30, 12))) == ()
    assert heard(quiet(8)).pieces == ()


def test_a_tempo_far_from_the_usual_one_is_among_the_two() -> None:
    clicks = np.zeros(4000)
    clicks[::30] = 8.0
    found = tempos_heard(clicks)
    assert any(one.bpm == pytest.approx(bpm, rel=0.02) for one in found for bpm in (200, 100))


def test_a_second_more_moves_every_piece_by_one() -> None:
    first = song(100, 2, MINOR, 16, 3)
    (one,) = heard(quiet(3), first, quiet(3)).pieces
    (late,) = heard(np.zeros((RATE_HZ, 2)), quiet(3), first, quiet(3)).pieces
    assert late.range.start == FilmTime(one.range.start.seconds + 1)
    assert late.tempos == one.tempos
    assert late.keys == one.keys
