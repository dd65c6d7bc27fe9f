"""Phrases and cadences, on closes written for it."""

from __future__ import annotations

import pytest
from tests.composing.test_craft import _score

from scorestage.composing.cadences import phrases_of, tune_of
from scorestage.composing.heard import heard_chords
from scorestage.music import Score
from scorestage.timebase import Beat

OPENING = ("E5 F5 G5 E5", "C5 C5 B4 C5", "G4 A4 G4 G4", "C3 F3 G3 C3")


def _with(*closes: str) -> Score:
    """An opening in C, then two chords of a beat and a half note."""
    return _score(*(f"{one} {close} - -" for one, close in zip(OPENING, closes, strict=True)))


def _last(score: Score) -> str:
    found = phrases_of(score, heard_chords(score), lambda at: float(at.quarters) / 2)
    return found[-1].cadence


@pytest.mark.parametrize(
    ("closes", "kind"),
    [
        (("D5 C5", "B4 C5", "G4 G4", "G3 C3"), "perfect authentic"),
        (("D5 E5", "B4 C5", "G4 G4", "G3 C3"), "imperfect authentic"),
        (("F5 E5", "C5 C5", "A4 G4", "F3 C3"), "plagal"),
        (("F5 D5", "C5 B4", "A4 G4", "F3 G3"), "half"),
        (("D5 C5", "B4 C5", "G4 E4", "G3 A3"), "deceptive"),
        (("F5 E5", "D5 C5", "Bb4 G4", "Bb3 C3"), "modal"),
    ],
)
def test_closes_are_named(closes: tuple[str, ...], kind: str) -> None:
    assert _last(_with(*closes)) == kind


def test_standing_still_is_no_cadence() -> None:
    still = ("E5 G5 E5 C5 E5 G5 - -", "C5 C5 C5 G4 C5 C5 - -", "C3 C3 C3 E3 C3 C3 - -")
    assert _last(_score(*still)) == ""


def test_a_phrase_lasts_from_breath_to_breath_in_seconds() -> None:
    score = _score("C5 D5 E5 F5 G5 - - - G5 F5 E5 D5 C5 - - -")
    first, second = phrases_of(score, (), lambda at: float(at.quarters) / 2)
    assert (first.start, first.seconds, first.breath_seconds) == (Beat(0), 2.5, 1.5)
    assert (second.start, second.bar, second.breath_seconds) == (Beat(8), "4", 1.5)


def test_the_tune_is_what_sounds_on_top() -> None:
    tune = tune_of(_score("- E5 - C4", "C5 C5 A4 A4"))
    assert [key for _, _, key, _ in tune] == [72, 76, 69, 69]
