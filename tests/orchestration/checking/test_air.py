"""Breath, bows, lips and voices."""

from __future__ import annotations

from dataclasses import replace

from tests.orchestration.checking.passages import kinds, solo

from scorestage.music import Dynamic, Voice
from scorestage.orchestration import FaultKind, Severity


def test_a_tuba_pedal_is_told_with_a_place_to_breathe() -> None:
    (fault,) = kinds(solo("tuba", "F1:16", dynamic=Dynamic.F), bpm=90)
    assert (fault.kind, fault.severity) == (FaultKind.BREATH, Severity.ERROR)
    assert "no breath for" in fault.text
    assert "take the note again at bar" in fault.repair


def test_dvoraks_english_horn_solo_has_its_breaths() -> None:
    """New World, Largo: two-bar phrases; a player breathes after the long notes."""
    text = (
        "E4:3/4 G4:1/4 G4:1 E4:3/4 D4:1/4 C4:1 D4:3/4 E4:1/4 G4:3/4 E4:1/4 D4:2 "
        "E4:3/4 G4:1/4 G4:1 E4:3/4 D4:1/4 C4:1 D4:1/2 E4:1/2 D4:1/2 C4:1/2 C4:2"
    )
    found = kinds(solo("english-horn", text, dynamic=Dynamic.P), bpm=52)
    assert [one for one in found if one.severity is not Severity.ADVICE] == []


def test_a_slur_longer_than_two_breaths_cannot_be_played() -> None:
    text = " ".join(["C5:1 D5:1"] * 12)
    free = kinds(solo("flute", text, dynamic=Dynamic.F), bpm=60, only=FaultKind.BREATH)
    assert all(one.severity is Severity.ADVICE for one in free), "breaths are stolen"
    slurred = solo("flute", text, dynamic=Dynamic.F, slurred=True)
    (fault,) = kinds(slurred, bpm=60, only=FaultKind.BREATH)[:1]
    assert fault.severity is Severity.ERROR
    assert fault.repair.startswith("breathe before bar")


def test_two_flutes_on_one_staff_breathe_in_turns() -> None:
    assert kinds(solo("flute", "C5:24", count=2, dynamic=Dynamic.F), bpm=60) == []


def test_horns_high_and_loud_for_forty_seconds() -> None:
    high = " ".join(["C5:4"] * 10)
    rested = " ".join(["C5:2 r:2 G4:2 r:2"] * 5)
    found = kinds(solo("horn", high, dynamic=Dynamic.FF), bpm=72, only=FaultKind.ENDURANCE)
    assert found
    assert found[0].severity is Severity.WARNING
    assert "lips" in found[0].text
    calm = solo("horn", rested, dynamic=Dynamic.FF)
    assert kinds(calm, bpm=72, only=FaultKind.ENDURANCE) == []


def test_a_slur_of_three_bows_is_worth_knowing() -> None:
    text = " ".join(["A3:4"] * 5)
    (fault,) = kinds(solo("cello", text, dynamic=Dynamic.F, slurred=True), bpm=60)
    assert (fault.kind, fault.severity) == (FaultKind.BOW, Severity.ADVICE)


def test_words_on_a_sopranos_high_b_flat() -> None:
    line = solo("soprano", "Bb5:2")
    staff = line.staves[0]
    sung = tuple(replace(note, lyric="joy") for note in staff.voices[0].notes)
    worded = replace(line, staves=(replace(staff, voices=(Voice(sung),)),))
    assert [one.severity for one in kinds(worded, only=FaultKind.WORDS)] == [Severity.ADVICE]
    assert kinds(line, only=FaultKind.WORDS) == [], "a vowel alone"


def test_a_voice_that_stays_up() -> None:
    (fault,) = kinds(solo("tenor", "B4:4 C5:4 B4:4 C5:4"), bpm=60, only=FaultKind.ENDURANCE)
    assert "tires a voice" in fault.text
