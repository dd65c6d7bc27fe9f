"""Pedals, drums and stations: cases worked out by hand at sixty beats a minute."""

from __future__ import annotations

from fractions import Fraction

from tests.sketches import FOUR, steady

from scorestage.music import Pitch
from scorestage.orchestration.limits import Drums, Pedals, Stations
from scorestage.orchestration.timing import Timing


def seconds() -> Timing:
    """A beat is a second."""
    tempo_map = steady(20, FOUR, 60)
    return Timing(tempo_map.grid, tempo_map)


def pitches(text: str) -> list[Pitch]:
    return [Pitch.parse(one) for one in text.split()]


def test_a_pedal_needs_a_third_of_a_second() -> None:
    pedals = Pedals(seconds())
    assert pedals.take(pitches("C4 E4 G4"), Fraction(0))
    assert not pedals.take(pitches("C#4"), Fraction(1, 4))
    assert pedals.take(pitches("C#4"), Fraction(1, 2))


def test_one_foot_moves_one_pedal_after_the_other_two_feet_two_at_once() -> None:
    left_only = Pedals(seconds())
    left_only.take(pitches("C4 D4 B4"), Fraction(0))
    assert not left_only.take(pitches("C#4 D#4"), Fraction(1, 2)), "two pedals, one foot"
    assert left_only.take(pitches("C#4 D#4"), Fraction(3, 4))
    both = Pedals(seconds())
    both.take(pitches("C4 F4"), Fraction(0))
    assert both.take(pitches("C#4 F#4"), Fraction(1, 2)), "one pedal for each foot"


def test_a_letter_has_one_pedal_for_all_octaves() -> None:
    assert not Pedals(seconds()).take(pitches("C4 C#5"), Fraction(0))
    assert Pedals(seconds()).take(pitches("C4 Db5"), Fraction(0))


def test_a_refused_chord_changes_nothing() -> None:
    pedals = Pedals(seconds())
    pedals.take(pitches("C4"), Fraction(0))
    pedals.take(pitches("C#4 G4"), Fraction(1, 8))
    assert pedals.take(pitches("C4"), Fraction(1, 4))


def test_four_notes_have_four_drums_and_a_fifth_must_wait() -> None:
    drums = Drums(seconds())
    for place, key in enumerate((41, 45, 48, 52)):
        assert drums.take([key], Fraction(place), Fraction(place) + Fraction(1, 2))
    assert drums.take([55], Fraction(4), Fraction(5)), "the fifth drum"
    assert drums.take([45], Fraction(5), Fraction(6)), "still tuned"
    assert not drums.take([46, 47], Fraction(6), Fraction(7)), "both retuned in no time"


def test_two_sticks_strike_two_drums() -> None:
    assert Drums(seconds()).take([41, 48], Fraction(0), Fraction(1))
    assert not Drums(seconds()).take([41, 43, 48], Fraction(0), Fraction(1))


def test_walking_to_the_tam_tam_takes_two_seconds() -> None:
    stations = Stations(seconds())
    assert stations.take(["bass-drum"], Fraction(0), Fraction(1))
    assert stations.take(["snare-drum"], Fraction(1, 2), Fraction(1)), "within reach"
    assert not stations.take(["tam-tam"], Fraction(2), Fraction(3))
    assert stations.take(["tam-tam"], Fraction(3), Fraction(4))
    assert not stations.take(["triangle", "bass-drum"], Fraction(9), Fraction(10))
