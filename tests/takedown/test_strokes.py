"""Chords, rolls and grace notes told from single notes."""

from __future__ import annotations

from fractions import Fraction

from tests.takedown.hands import click, tone

from scorestage.takedown.performance import PlayedTone
from scorestage.takedown.strokes import gestures_of, strokes_of


def _at(seconds: str, key: int, lasts: str = "1") -> PlayedTone:
    start = Fraction(seconds)
    return PlayedTone(start, start + Fraction(lasts), key, 80)


def test_a_chord_not_quite_together_is_one_stroke() -> None:
    chord = [_at("1", 60), _at("1.012", 64), _at("1.02", 67), _at("2", 60)]
    made = gestures_of(chord, click, can_roll=True)
    assert [len(one.tones) for one in made] == [3, 1]
    assert strokes_of(made, click)[0].keys == (60, 64, 67)


def test_a_rolled_chord_begins_with_its_lowest_tone() -> None:
    rolled = [_at(str(1 + place * 0.04), 48 + 4 * place) for place in range(4)]
    made = gestures_of([*rolled, _at("2.5", 60)], click, can_roll=True)
    assert made[0].rolled and made[0].at_seconds == 1 and len(made[0].tones) == 4
    assert not any(one.rolled for one in gestures_of(rolled, click, can_roll=False))


def test_an_arpeggio_in_even_notes_is_no_roll() -> None:
    even = [tone(Fraction(place, 4), 2, 48 + 4 * place) for place in range(6)]
    assert not any(one.rolled for one in gestures_of(even, click, can_roll=True))


def test_a_grace_note_belongs_to_the_note_after_it() -> None:
    tones = [tone(0, 1, 67), _at("0.945", 71, "0.06"), tone(2, 2, 72)]
    made = gestures_of(tones, click, can_roll=False)
    assert [len(one.tones) for one in made] == [1, 1]
    assert [grace.key for grace in made[1].graces] == [71]


def test_a_sixteenth_before_the_beat_is_no_grace_note() -> None:
    tones = [tone(0, "3/4", 67), tone("7/4", "1/4", 71), tone(2, 2, 72)]
    assert all(not one.graces for one in gestures_of(tones, click, can_roll=False))
