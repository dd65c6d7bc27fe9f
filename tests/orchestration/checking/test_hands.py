"""Piano hands, organ feet, guitars by fretboard, winds with one note, speed and leaps."""

from __future__ import annotations

from tests.orchestration.checking.passages import kinds, solo

from scorestage.music import Dynamic
from scorestage.orchestration import FaultKind, Severity


def test_chopins_first_etude_reaches_by_moving_not_by_stretching() -> None:
    """Op. 10 no. 1: tenths and more, but one note after the other."""
    up = "C3:1/4 G3:1/4 C4:1/4 E4:1/4 G4:1/4 C5:1/4 E5:1/4 G5:1/4"
    assert kinds(solo("piano", up, "C2+C3:2"), bpm=176) == []


def test_rachmaninovs_opening_chords_fit_two_hands() -> None:
    """Concerto 2, bar 1: the tenth F A flat C F over F1 is rolled by most; the hands share it."""
    assert kinds(solo("piano", "C4+F4+Ab4+C5:2", "F1+C2+F2:2"), bpm=66) == []


def test_eleven_notes_are_one_too_many() -> None:
    chord = "C4+D4+E4+F4+G4+A4:1", "C2+D2+E2+F2+G2:1"
    found = kinds(solo("piano", *chord))
    assert [one.severity for one in found] == [Severity.ERROR]


def test_a_hand_holds_no_twelfth() -> None:
    (fault,) = kinds(solo("piano", "C4+G5+C6:1", "C2+G3+C4:1"), only=FaultKind.SPAN)
    assert "hands reach" in fault.text
    assert "roll it" in fault.repair


def test_written_reach_is_shared_between_the_hands() -> None:
    assert kinds(solo("piano", "C4+E5:1", "C3:1")) == []


def test_leaps_no_hand_makes() -> None:
    leaps = " ".join(["C3:1/8 C6:1/8"] * 6)
    found = kinds(solo("piano", "C5:4", leaps), bpm=140, only=FaultKind.LEAP)
    assert found
    calm = " ".join(["C3:1/2 C5:1/2"] * 6)
    assert kinds(solo("piano", "C5:4", calm), bpm=140, only=FaultKind.LEAP) == []


def test_guitar_chords_of_every_songbook() -> None:
    for chord in (
        "E2+B2+E3+G#3+B3+E4", "A2+E3+A3+C#4+E4", "G2+B2+D3+G3+B3+G4", "F2+C3+F3+A3+C4+F4",
    ):  # fmt: skip
        assert kinds(solo("guitar", f"{chord}:2")) == [], chord


def test_a_guitar_chord_in_close_position_down_low() -> None:
    (fault,) = kinds(solo("guitar", "E2+F2+G2:2"), only=FaultKind.SPAN)
    assert fault.severity is Severity.ERROR


def test_the_left_hand_of_a_guitar_needs_time_along_the_neck() -> None:
    far = " ".join(["F2+C3+F3:1/8 C#5+F5+A5:1/8"] * 4)
    assert kinds(solo("guitar", far), bpm=150, only=FaultKind.LEAP)
    near = " ".join(["F2+C3+F3:1/8 G2+D3+G3:1/8"] * 4)
    assert kinds(solo("guitar", near), bpm=150, only=FaultKind.LEAP) == []


def test_a_chord_on_horns_one_and_two_is_two_players() -> None:
    assert kinds(solo("horn", "E4+C5:2", count=2)) == []
    (fault,) = kinds(solo("horn", "C4+E4+C5:2", count=2))
    assert "3 notes at once for 2 players" in fault.text
    (alone,) = kinds(solo("horn", "E4+C5:2"))
    assert (alone.kind, alone.severity) == (FaultKind.POLYPHONY, Severity.ERROR)


def test_a_chord_where_the_neighbour_rests_is_a_question_of_staves() -> None:
    first = solo("oboe", "C5+E5:4", name="Oboe 1")
    second = solo("oboe", "r:8 C5:1", name="Oboe 2")
    (fault,) = kinds(first, second)
    assert fault.severity is Severity.ADVICE
    assert "Oboe 2 is free" in fault.repair


def test_rossinis_overture_is_fast_and_possible() -> None:
    """William Tell, finale: repeated sixteenths of the trumpet at 152."""
    text = " ".join(["E5:1/4 E5:1/4 E5:1/2"] * 6)
    assert kinds(solo("trumpet-c", text, dynamic=Dynamic.F), bpm=152) == []


def test_a_bassoon_cannot_repeat_sixteen_notes_a_second() -> None:
    (fault,) = kinds(solo("bassoon", " ".join(["C3:1/8"] * 16)), bpm=120)[:1]
    assert (fault.kind, fault.severity) == (FaultKind.SPEED, Severity.ERROR)
    assert "repeated notes a second" in fault.text
    assert "quarter =" in fault.repair


def test_rimskys_bumblebee_flies_on_a_flute_and_not_on_a_tuba() -> None:
    down = "E5 D#5 D5 C#5 D5 C#5 C5 B4 C5 B4 Bb4 A4 Ab4 G4 F#4 F4"
    run = " ".join(f"{one}:1/4" for one in down.split())
    assert kinds(solo("flute", run), bpm=160) == []
    low = " ".join(f"{one[:-1]}{int(one[-1]) - 3}:1/4" for one in down.split())
    assert kinds(solo("tuba", low), bpm=200, only=FaultKind.SPEED)


def test_leaps_of_brass() -> None:
    wild = " ".join(["F2:1/8 D5:1/8"] * 4)
    found = kinds(solo("horn", wild), bpm=120, only=FaultKind.LEAP)
    assert found
    assert "needs" in found[0].text and "nearer octave" in found[0].repair
    assert kinds(solo("horn", "F3:1 C5:1 F3:1 C5:1"), bpm=120, only=FaultKind.LEAP) == []
