"""Shared pitches: the same tune in any key is red, unrelated tunes are mostly green."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from scorestage.music import Note, Theme, pitch_of_key
from scorestage.thematics.skeletons import (
    AMBER,
    DEEP_RED,
    _aligned,
    _counts,
    shared_notes,
    shared_pitches,
)
from scorestage.timebase import Beat, Beats, Meter


def tune(seed: int, shift: int = 0, late: int = 0) -> Theme:
    """Thirty-two beats by chance in a scale."""
    random = np.random.default_rng(seed)
    scale = (0, 2, 4, 5, 7, 9, 11)
    place, notes = 7, []
    for number in range(32):
        place = int(np.clip(place + random.integers(-2, 3), 0, 13))
        key = 60 + shift + scale[place % 7] + 12 * (place // 7)
        at = Beat(Fraction(number + late))
        notes.append(Note(f"n{number}", at, Beats(1), (pitch_of_key(key),)))
    return Theme("t", "t", tuple(notes), Meter.parse("4/4"))


def test_the_same_tune_in_another_key_and_later() -> None:
    found = shared_pitches(tune(1), tune(1, shift=5))
    assert found is not None
    assert found.percent == 100
    assert found.semitones == 7
    assert all(one == other for one, other in found.beats)
    late = shared_pitches(tune(1), tune(1, late=8))
    assert late is not None
    assert late.percent == 100
    assert late.beats[0][1].quarters - late.beats[0][0].quarters == 8


def test_a_tune_with_a_quarter_of_its_notes_changed_is_as_near_as_a_variation() -> None:
    plain = tune(1)
    notes = [
        replace(note, pitches=(pitch_of_key(note.sounding[0].key + 1),)) if n % 4 == 3 else note
        for n, note in enumerate(plain.notes)
    ]
    found = shared_pitches(plain, replace(plain, notes=tuple(notes)))
    assert found is not None
    assert DEEP_RED < found.percent <= 80


def test_unrelated_tunes_are_mostly_green() -> None:
    found = [shared_pitches(tune(one), tune(one + 50)) for one in range(12)]
    percents = [one.percent for one in found if one is not None]
    assert np.median(percents) < AMBER


def test_too_short_for_a_word() -> None:
    plain = tune(1)
    assert shared_pitches(plain, replace(plain, notes=plain.notes[:4])) is None


def test_all_pairs_at_once_count_what_each_alignment_tells() -> None:
    """Among equal alignments too the one that is told is counted."""
    random = np.random.default_rng(4)
    for rows, columns in ((32, 32), (9, 32), (17, 8)):
        same = random.random((5, 3, rows, columns)) < random.random((5, 3, 1, 1))
        each = [[len(_aligned(one)) for one in row] for row in same]
        assert _counts(same).tolist() == each


def test_the_first_of_the_most_alike_stretches_is_told() -> None:
    """Tried one by one, as the measure is written down."""
    random = np.random.default_rng(5)
    one, other = ([int(key) for key in random.integers(60, 66, count)] for count in (70, 52))
    best = (-1.0, 0, 0, 0)
    for left in (0, 16, 32):
        for right in (0, 16):
            for moved in range(12):
                keys = np.array(one[left : left + 32])[:, None], np.array(other[right : right + 32])
                count = len(_aligned((keys[0] - keys[1] - moved) % 12 == 0))
                best = max(best, (count, left, right, moved), key=lambda found: found[0])
    found = shared_notes(one, other)
    assert found is not None
    told = (len(found.beats), found.one_start.quarters, found.other_start.quarters, found.semitones)
    assert told == best and found.percent == round(100 * best[0] / 32, 1)
