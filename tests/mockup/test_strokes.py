"""How signs on notes are played."""

from __future__ import annotations

from fractions import Fraction

from tests.mockup.small_orchestra import note

from scorestage.mockup.strokes import is_roll, manner_of, measured_strokes, played_seconds
from scorestage.music import Articulation, Technique

ORD = Technique.ORDINARIO


def _seconds(*signs: Articulation, slurred: bool = False) -> float:
    return played_seconds(manner_of(note(0, 1, "C4", signs=signs), slurred, ORD), 1.0)


def test_short_signs_are_short_and_a_slur_reaches_over() -> None:
    assert _seconds(slurred=True) > 1.0
    shorter = (
        Articulation.STACCATISSIMO,
        Articulation.STACCATO,
        Articulation.MARCATO,
        Articulation.ACCENT,
    )
    lengths = [_seconds(sign) for sign in shorter]
    assert lengths == sorted(lengths)
    assert lengths[-1] < _seconds() < _seconds(Articulation.TENUTO) == 1.0


def test_a_staccato_on_a_long_note_stays_short() -> None:
    manner = manner_of(note(0, 8, "C4", signs=[Articulation.STACCATO]), False, ORD)
    assert played_seconds(manner, 8.0) < 0.4


def test_very_short_notes_are_still_heard() -> None:
    manner = manner_of(note(0, "1/8", "C4", signs=[Articulation.STACCATO]), False, ORD)
    assert played_seconds(manner, 0.08) == 0.06
    assert played_seconds(manner, 0.03) == 0.03


def test_stress_grows_from_tenuto_to_sforzato() -> None:
    order = [Articulation.TENUTO, Articulation.ACCENT, Articulation.MARCATO, Articulation.SFORZATO]
    gains = [manner_of(note(0, 1, "C4", signs=[s]), False, ORD).gain_db for s in order]
    assert gains == sorted(gains)
    assert gains[1] - manner_of(note(0, 1, "C4"), False, ORD).gain_db >= 3


def test_signs_combine_to_the_shortest_and_the_strongest() -> None:
    manner = manner_of(
        note(0, 1, "C4", signs=[Articulation.STACCATO, Articulation.ACCENT]), False, ORD
    )
    assert played_seconds(manner, 0.5) < 0.3
    assert manner.gain_db == 3


def test_an_accent_under_a_slur_does_not_break_it() -> None:
    assert _seconds(Articulation.ACCENT, slurred=True) > 1
    assert _seconds(Articulation.STACCATO, slurred=True) < 0.5


def test_a_breath_is_taken_from_the_note_before() -> None:
    assert _seconds(Articulation.BREATH) < 0.85
    assert _seconds(Articulation.BREATH, slurred=True) < 0.85


def test_tremolo_measured_and_not() -> None:
    assert is_roll(note(0, 4, "C4", tremolo=3), ORD)
    assert is_roll(note(0, 4, "C4"), Technique.TREMOLO)
    assert not is_roll(note(0, 4, "C4", tremolo=2), ORD)
    assert len(measured_strokes(note(0, 2, "C4", tremolo=1))) == 4
    assert measured_strokes(note(0, "1/2", "C4", tremolo=1)) == (0, Fraction(1, 4))
    assert measured_strokes(note(0, 1, "C4", tremolo=3)) == (0,)
