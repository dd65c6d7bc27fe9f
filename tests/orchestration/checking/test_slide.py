"""Trombones: positions by arithmetic, glissandi that are one slide and the one that never was."""

from __future__ import annotations

import pytest
from tests.orchestration.checking.passages import kinds, solo

from scorestage.music import Words
from scorestage.orchestration import FaultKind, Severity
from scorestage.orchestration.checking.slide import BASS, TENOR, TENOR_BASS, Slide
from scorestage.timebase import Beat

GLISS = (Words(Beat(0), "gliss."),)


@pytest.mark.parametrize(
    ("key", "positions"),
    [(46, {1}), (45, {2}), (40, {7}), (53, {1, 6}), (58, {1, 5}), (62, {1, 4, 7})],
)
def test_positions_are_those_of_every_method(key: int, positions: set[int]) -> None:
    """B flat 2 first, A second, E seventh; F3 first or sixth; B flat 3 first or fifth."""
    low = {place.position for place in TENOR.places(key) if place.harmonic <= 7}
    assert positions <= low


def test_low_b_needs_the_valve_of_a_bass_trombone() -> None:
    assert TENOR.places(35) == ()
    assert TENOR_BASS.places(35) == ()
    assert BASS.places(35)


@pytest.mark.parametrize("slide", [TENOR, TENOR_BASS, BASS])
def test_bartok_concerto_for_orchestra_low_b_to_f_is_no_single_slide(slide: Slide) -> None:
    """Intermezzo interrotto, bar 90: B1 to F2 was meant for a bass trombone in F."""
    assert not slide.sweeps(35, 41)
    assert Slide(29).sweeps(35, 41), "the F slide has it from seventh to first position"


def test_bartoks_glissando_is_told_with_a_way_out() -> None:
    (fault,) = kinds(
        solo("bass-trombone", "B1:2 F2:2", words=GLISS), bpm=112, only=FaultKind.GLISSANDO
    )
    assert fault.severity is Severity.ERROR
    assert fault.text == "no single slide leads from B1 to F2"
    assert fault.repair


def test_the_tritone_an_octave_higher_is_one_slide() -> None:
    """Stravinsky, Firebird (Danse infernale) sweeps the third harmonic, seventh to first."""
    assert kinds(solo("trombone", "B2:2 F3:2", words=GLISS), bpm=112) == []


def test_fast_notes_two_positions_apart_are_the_wrong_part_for_a_slide() -> None:
    """F2 and D3, with valve or without: no way is nearer than two positions."""
    quick = " ".join(["F2:1/8 D3:1/8"] * 8)
    found = kinds(solo("trombone", quick), bpm=100, only=FaultKind.SLIDE)
    assert found
    assert "needs 0.07 s" in found[0].text
    valve = " ".join(["Bb2:1/8 E2:1/8"] * 8)
    assert kinds(solo("trombone", valve), bpm=66, only=FaultKind.SLIDE) == [], "T3 to T2"


def test_ravels_bolero_solo_lies_well() -> None:
    """The high trombone solo: long notes in neighbouring positions."""
    text = "Bb4:2 A4:1/2 Bb4:1/2 Ab4:1/2 Bb4:1/2 G4:1 F4:1 G4:1/2 F4:1/2"
    assert kinds(solo("trombone", text), bpm=72, only=FaultKind.SLIDE) == []
