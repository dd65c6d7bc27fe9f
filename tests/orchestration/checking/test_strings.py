"""Chords by fingerboard against a search of its own; Bach, Paganini, and what no hand holds."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.orchestration.checking.passages import kinds, solo

from scorestage.music import Pitch, Technique, TechniqueMark
from scorestage.orchestration import FaultKind, Severity
from scorestage.orchestration.checking.fingerboard import Neck, grips
from scorestage.timebase import Beat

VIOLIN = Neck.of("violin", (55, 62, 69, 76))
CELLO = Neck.of("cello", (36, 43, 50, 57))
BASS = Neck.of("double-bass", (28, 33, 38, 43))


def held(neck: Neck, keys: tuple[int, ...]) -> bool:
    """Strings of their own for all keys, in any order, neighbours, and the hand wide enough."""
    for strings in permutations(range(4), len(keys)):
        span = max(strings) - min(strings)
        if span >= len(keys) + (len(keys) == 3):
            continue
        if len(keys) > 2 and list(strings) != sorted(strings):
            continue
        stops = [key - neck.strings[string] for key, string in zip(keys, strings, strict=True)]
        if min(stops) < 0 or max(stops) > 21:
            continue
        where = [neck.length_mm - neck.length_mm / 2 ** (stop / 12) for stop in stops if stop]
        if not where or max(where) - min(where) <= neck.reach_mm:
            return True
    return False


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(55, 90), min_size=2, max_size=4, unique=True))
def test_violin_chords_against_every_way_to_lay_them(keys: list[int]) -> None:
    ordered = tuple(sorted(keys))
    assert bool(grips(VIOLIN, ordered)) == held(VIOLIN, ordered)


def chord(text: str) -> tuple[int, ...]:
    return tuple(sorted(Pitch.parse(one).key for one in text.split()))


@pytest.mark.parametrize(
    "text",
    [
        "D4 F4 D5", "G3 E4 C#5 A5", "D4 A4 F5", "G3 D4 Bb4 G5", "G3 Bb4 G5",
        "A3 F4 D5 A5", "G3 F4 D5 B5",
    ],
)  # fmt: skip
def test_bach_chaconne_and_sonatas_lie_under_the_hand(text: str) -> None:
    """Chords of the Chaconne (BWV 1004) and the G minor fugue and adagio (BWV 1001)."""
    assert grips(VIOLIN, chord(text))


@pytest.mark.parametrize("text", ["G3 B3", "G3 A3", "A3 C#4 E4", "G3 B3 D4 F4", "Bb3 C4"])
def test_close_chords_at_the_bottom_have_no_strings(text: str) -> None:
    assert not grips(VIOLIN, chord(text))


def test_paganini_tenths_are_a_stretch_that_is_told() -> None:
    """Caprice 4: tenths; possible, and worth knowing."""
    (fault,) = kinds(solo("violin", "B3+D5:2"), only=FaultKind.SPAN)
    assert fault.severity is Severity.ADVICE


def test_a_cello_has_sixths_and_its_octave_with_the_thumb_a_bass_has_not() -> None:
    assert grips(CELLO, chord("G2 E3"))
    assert grips(CELLO, chord("D3 D4"))
    assert grips(BASS, chord("A1 E2"))
    assert not grips(BASS, chord("F1 F2")), "an octave at the nut of a bass"


def test_a_double_stop_on_one_string_is_an_error_with_a_repair() -> None:
    (fault,) = kinds(solo("violin", "G3+A3:1"))
    assert (fault.kind, fault.severity) == (FaultKind.SPAN, Severity.ERROR)
    assert "both notes lie on one string" in fault.text
    assert fault.repair


def test_stops_far_apart_in_no_time() -> None:
    """Sixths in first position and at the end of the fingerboard, in sixteenths."""
    jumps = " ".join(["B3+G4:1/4 E6+C#7:1/4"] * 4)
    found = kinds(solo("violin", jumps), bpm=132, only=FaultKind.LEAP)
    assert found
    calm = " ".join(["B3+G4:1/4 C4+A4:1/4"] * 4)
    assert kinds(solo("violin", calm), bpm=132, only=FaultKind.LEAP) == []


def test_a_section_divides_where_one_player_cannot() -> None:
    close = "G3+B3:4"
    assert kinds(solo("violin", close, count=14), only=FaultKind.SPAN) == []
    (told,) = kinds(solo("violin", close, count=14), only=FaultKind.TECHNIQUE)
    assert told.severity is Severity.ADVICE
    div = (TechniqueMark(Beat(0), Technique.DIVISI),)
    assert kinds(solo("violin", close, count=14, techniques=div)) == []
