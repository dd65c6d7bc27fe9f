"""Percussion: who plays what, and walking; mutes, sticks and doublings."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.orchestration.checking.passages import kinds, solo

from scorestage.adapters.catalogue import load_instrument
from scorestage.music import Technique, TechniqueMark, Words
from scorestage.orchestration import FaultKind, Severity
from scorestage.orchestration.checking.stations import Passage, allocate, walk_seconds
from scorestage.timebase import Beat

drawn = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 4), st.sampled_from(("drum", "gong", "bells"))),
    min_size=1,
    max_size=7,
)


@settings(max_examples=150, deadline=None)
@given(drawn)
def test_nobody_is_in_two_places(told: list[tuple[int, int, str]]) -> None:
    passages = sorted(
        (
            Passage(station, float(start), float(start + lasting), Fraction(start), (station,))
            for start, lasting, station in told
        ),
        key=lambda one: (one.start, one.station),
    )
    found = allocate(passages)
    assert None not in found.players
    for player in set(found.players):
        own = [one for one, who in zip(passages, found.players, strict=True) if who == player]
        for one, after in itertools.pairwise(own):
            assert one.end + walk_seconds(one.station, after.station) <= after.start + 1e-9
    few = allocate(passages, 1)
    assert set(few.players) <= {0, None}


def test_two_players_for_three_staves() -> None:
    """Triangle and tam-tam are never needed at once; drum and triangle are."""
    drum = solo("percussion", "!bass-drum:1 r:3 !bass-drum:1 r:3 !bass-drum:1", name="Gr. Tr.")
    triangle = solo("percussion", "!triangle:1 r:11 !triangle:1", name="Triangel")
    gong = solo("percussion", "r:6 !tam-tam:1", name="Tam-tam")
    (advice,) = kinds(drum, triangle, gong, only=FaultKind.PLAYERS)
    assert advice.severity is Severity.ADVICE
    assert advice.text.startswith("2 percussionists can play it: 1 ")
    (one,) = kinds(drum, triangle, gong, only=FaultKind.PLAYERS, percussionists=2)
    assert one.severity is Severity.ADVICE
    missing = kinds(drum, triangle, gong, only=FaultKind.PLAYERS, percussionists=1)
    assert missing
    assert {fault.severity for fault in missing} == {Severity.ERROR}
    assert "nobody of 1 percussionists is free for the" in missing[0].text
    assert missing[0].repair.startswith("2 players")


def test_walking_to_the_tam_tam() -> None:
    (fault,) = kinds(solo("percussion", "!snare-drum:1 !tam-tam:1"), bpm=60)
    assert (fault.kind, fault.severity) == (FaultKind.CHANGE, Severity.WARNING)
    assert "needs 2.0 s, has" in fault.text
    assert kinds(solo("percussion", "!snare-drum:1 r:3 !tam-tam:1"), bpm=60) == []


def test_beethovens_horn_puts_the_mute_on_at_the_end_of_the_pastoral() -> None:
    """Symphony 6: four bars of rest would do; a bar at this tempo does not."""
    mute = (TechniqueMark(Beat(12), Technique.CON_SORDINO),)
    assert kinds(solo("horn", "C4:4 r:8 C4:4", techniques=mute), bpm=90) == []
    hurried = (TechniqueMark(Beat(8), Technique.CON_SORDINO),)
    (fault,) = kinds(solo("horn", "C4:4 r:4 C4:4", techniques=hurried), bpm=90)
    assert fault.kind is FaultKind.MUTE
    assert fault.text == "con sord. needs 4.0 s, has 2.7 s"
    assert fault.repair


def test_sticks_are_changed_in_two_seconds() -> None:
    soft, hard = Words(Beat(0), "soft sticks"), Words(Beat(2), "hard sticks")
    text = "!bass-drum:1 r:1 !bass-drum:1"
    (fault,) = kinds(solo("percussion", text, words=(soft, hard)), bpm=60)
    assert fault.kind is FaultKind.STICKS
    assert kinds(solo("percussion", text, words=(soft, hard)), bpm=24) == []


def test_a_doubling_needs_time_and_says_how_much() -> None:
    line = solo("flute", "C5:4 D6:1")
    held = (load_instrument("flute"), load_instrument("piccolo"))
    hurried = replace(
        line, player=replace(line.player, instruments=held), changes=((Beat(4), "piccolo"),)
    )
    (fault,) = kinds(hurried)
    assert (fault.kind, fault.severity) == (FaultKind.CHANGE, Severity.ERROR)
    assert fault.text == "taking up the Piccolo needs 8.0 s, has 0.0 s"


def test_pizzicato_and_arco() -> None:
    marks = (TechniqueMark(Beat(Fraction(1, 4)), Technique.PIZZICATO),)
    found = kinds(solo("viola", "C4:1/4 D4:1/4", techniques=marks), bpm=150)
    assert [one.kind for one in found] == [FaultKind.BOW]
    assert (
        kinds(
            solo(
                "viola",
                "C4:1/4 r:1 D4:1/4",
                techniques=(TechniqueMark(Beat(Fraction(5, 4)), Technique.PIZZICATO),),
            ),
            bpm=150,
        )
        == []
    )
