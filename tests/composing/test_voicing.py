"""Voice leading, judged by rules written here."""

from __future__ import annotations

from itertools import combinations, pairwise
from random import Random

import pytest

from scorestage.composing.chords import ChordSpan
from scorestage.composing.voicing import VoicedSpan, voice_chords
from scorestage.music.harmony import CHORD_INTERVALS, chord_tones, roman
from scorestage.music.key import Key
from scorestage.music.style import BASS_RANGE, PAD_RANGE
from scorestage.timebase import Beat

MAJOR = ("I", "ii", "iii", "IV", "V", "V7", "vi", "I/3", "V/3", "ii7", "bVII", "bVI", "iv")
MINOR = ("i", "iv", "V", "V7", "bVI", "bIII", "bVII", "iih7", "i/3", "bII", "bvi", "#iv")


def _voiced(numerals: list[str], key: Key) -> tuple[VoicedSpan, ...]:
    spans = [
        ChordSpan(Beat(4 * n), Beat(4 * n + 4), roman(numeral, key, Beat(4 * n)), key)
        for n, numeral in enumerate(numerals)
    ]
    return voice_chords(spans, [PAD_RANGE] * len(spans), BASS_RANGE)


def _keys(span: VoicedSpan) -> list[int]:
    return [span.bass.key, *(pitch.key for pitch in span.upper)]


def _walk(seed: int) -> tuple[list[str], Key]:
    random = Random(seed)
    minor = seed % 2 == 1
    key = Key(random.choice(("C", "D", "Eb", "F", "G", "A", "Bb")), "minor" if minor else "major")
    return random.choices(MINOR if minor else MAJOR, k=24), key


@pytest.mark.parametrize("seed", range(12))
def test_no_parallel_fifths_or_octaves_in_any_order_of_chords(seed: int) -> None:
    numerals, key = _walk(seed)
    for one, other in pairwise(_voiced(numerals, key)):
        a, b = _keys(one), _keys(other)
        for low, high in combinations(range(4), 2):
            together = (b[low] - a[low]) * (b[high] - a[high]) > 0
            before, after = abs(a[high] - a[low]) % 12, abs(b[high] - b[low]) % 12
            assert not (together and before == after and after in (0, 7)), (one.chord, other.chord)


@pytest.mark.parametrize("seed", range(12))
def test_voices_do_not_cross_and_stay_in_range(seed: int) -> None:
    for span in _voiced(*_walk(seed)):
        keys = _keys(span)
        assert keys == sorted(keys)
        assert PAD_RANGE.low.key <= keys[1] and keys[3] <= PAD_RANGE.high.key
        assert BASS_RANGE.holds(span.bass)
        assert all(high - low <= 12 for low, high in pairwise(keys[1:]))


@pytest.mark.parametrize("quality", CHORD_INTERVALS)
def test_a_chord_is_complete_enough_to_be_known(quality: str) -> None:
    numeral_key = Key("D")
    chord = roman("I", numeral_key, Beat(0))
    chord = type(chord)(Beat(0), "D", quality)
    span = ChordSpan(Beat(0), Beat(4), chord, numeral_key)
    (voiced,) = voice_chords([span], [PAD_RANGE], BASS_RANGE)
    classes = {key % 12 for key in _keys(voiced)}
    tones = [tone.key % 12 for tone in chord_tones(chord)]
    assert classes <= set(tones)
    assert tones[0] in classes and tones[1] in classes
    assert len(tones) < 4 or tones[3] in classes


def test_leading_tones_rise_and_sevenths_fall() -> None:
    for tonic in ("C", "Eb", "A"):
        for numerals in (["I", "V7", "I"], ["IV", "V", "I"], ["ii7", "V7", "I"]):
            key = Key(tonic)
            voiced = _voiced(numerals, key)
            lead, home = (key.home.key - 1) % 12, key.home.key % 12
            before, after = _keys(voiced[1])[1:], _keys(voiced[2])[1:]
            for old, new in zip(before, after, strict=True):
                if old % 12 == lead:
                    assert new % 12 == home and new - old == 1
                if numerals[1] == "V7" and old % 12 == (key.home.key + 5) % 12:
                    assert -2 <= new - old <= 0


def test_the_leading_tone_is_never_doubled() -> None:
    for seed in range(12):
        numerals, key = _walk(seed)
        for numeral, span in zip(numerals, _voiced(numerals, key), strict=True):
            if numeral.startswith("V") and "I" not in numeral:
                classes = [at % 12 for at in _keys(span)]
                assert classes.count((key.home.key - 1) % 12) <= 1


def test_voices_are_spelled_as_the_chord() -> None:
    (voiced,) = _voiced(["bVI"], Key("C", "minor"))
    assert {str(pitch)[:-1] for pitch in voiced.upper} <= {"Ab", "C", "Eb"}
