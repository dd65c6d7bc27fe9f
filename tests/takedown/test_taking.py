"""Whole takes: what was meant stands on paper."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.takedown.hands import Meant, click, plan, played, tone, track

from scorestage.adapters.catalogue import load_instrument
from scorestage.music import Articulation, Score, Technique
from scorestage.takedown import ControlLane, PlannedPlayer, Playing, TakeSettings, take_down
from scorestage.timebase import BarGrid, Meter

GRID = BarGrid.regular(4, Meter(4, 4))
TUNE: tuple[Meant, ...] = (
    *((0, 1, 67), (1, "1/2", 69), ("3/2", "1/2", 71), (2, 2, 72)),
    *((4, "1/3", 74), ("13/3", "1/3", 72), ("14/3", "1/3", 71), (5, 1, 69), (6, 2, 67)),
    *((8, "3/2", 64), ("19/2", "1/2", 65), (10, 2, 67), (12, 4, 60)),
)


def _written(score: Score) -> list[tuple[Fraction, Fraction, tuple[str, ...]]]:
    return [
        (note.onset.quarters, note.length.quarters, tuple(str(one) for one in note.sounding))
        for note in score.lines[0].notes
    ]


def _violin(*tracks: tuple[object, Playing], count: int = 1) -> PlannedPlayer:
    return plan(load_instrument("violin"), *tracks, count=count)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(8))
def test_a_tune_comes_back_note_for_note(seed: int) -> None:
    hand = played(TUNE, seed=seed, scatter=0.010)
    made = take_down([_violin((track(hand), Playing()))], GRID, click)
    assert [(at, length) for at, length, _ in _written(made.score)] == [
        (Fraction(at), Fraction(length)) for at, length, _ in TUNE
    ]
    assert made.players[0].played == made.players[0].written == len(TUNE)


def test_what_overlaps_is_slurred_and_what_is_short_has_dots() -> None:
    bound = [*(tone(at, "21/20", 60 + at) for at in range(3)), tone(3, "9/10", 63)]
    short = [tone(4 + Fraction(at, 2), "1/5", 67) for at in range(8)]
    made = take_down([_violin((track([*bound, *short]), Playing()))], GRID, click)
    (staff,) = made.score.lines[0].staves
    notes = staff.notes
    assert [(slur.first, slur.last) for slur in staff.slurs] == [(notes[0].id, notes[3].id)]
    assert [Articulation.STACCATO in note.articulations for note in notes] == [False] * 4 + [
        True
    ] * 8
    assert all(note.length.quarters == Fraction(1, 2) for note in notes[4:])


def test_tracks_of_one_player_are_one_staff_with_techniques() -> None:
    long = track([tone(0, 2, 67), tone(2, 2, 69), tone(12, 4, 60)], "Violins leg")
    plucked = track([tone(4 + at, "1/4", 60 + at) for at in range(8)], "Violins pizz")
    made = take_down(
        [_violin((long, Playing()), (plucked, Playing(Technique.PIZZICATO)), count=8)], GRID, click
    )
    (staff,) = made.score.lines[0].staves
    marks = [(mark.at.quarters, mark.technique) for mark in staff.techniques]
    assert marks == [(4, Technique.PIZZICATO), (12, Technique.ARCO)]
    assert all(note.length.quarters == 1 for note in staff.notes[2:10])
    assert not any(note.articulations for note in staff.notes[2:10])


def test_layered_tracks_sound_once() -> None:
    first, second = played(TUNE, seed=1), played(TUNE, seed=2)
    made = take_down(
        [_violin((track(first), Playing()), (track(second, "Violins layer"), Playing()))],
        GRID,
        click,
    )
    assert len(made.score.lines[0].notes) == len(TUNE)
    assert made.players[0].doubled == len(TUNE)


def test_two_hands_and_a_held_bass() -> None:
    piano = load_instrument("piano")
    tones = [tone(0, 4, 40), *(tone(at, 1, 72 + at) for at in range(4)), tone(2, 2, 64)]
    made = take_down([plan(piano, (track(tones, "Piano"), Playing()))], GRID, click)
    right, left = made.score.lines[0].staves
    assert [str(note.top) for note in left.notes] == ["E2"]
    assert left.notes[0].length.quarters == 4
    assert len(right.voices) == 2 and [len(voice.notes) for voice in right.voices] == [4, 1]


def test_the_pedal_holds_and_is_written() -> None:
    piano = load_instrument("piano")
    lane = ControlLane(64, ((Fraction(0), 127), (Fraction(19, 10), 0)))
    tones = [tone(0, "1/2", 48), tone(0, "1/2", 60), tone(4, 4, 48)]
    made = take_down([plan(piano, (track(tones, "Piano", (lane,)), Playing()))], GRID, click)
    left = made.score.lines[0].staves[1]
    assert left.notes[0].length.quarters == 4
    kinds = [one.sign.inner[0].inner[0].detail("type") for one in left.signs]
    assert kinds == ["start", "stop"]


def test_swung_eighths_are_written_even() -> None:
    swung = [tone(at + late, "1/3", 60 + at) for at in range(16) for late in (0, Fraction(2, 3))]
    made = take_down([_violin((track(swung), Playing()))], GRID, click)
    assert made.swing == pytest.approx(0.667, abs=0.01)
    assert {note.onset.quarters % 1 for note in made.score.lines[0].notes} == {0, Fraction(1, 2)}
    assert made.score.lines[0].staves[0].words[0].text == "Swing"
    straight = take_down(
        [_violin((track(swung), Playing()))], GRID, click, TakeSettings(swing=False)
    )
    assert {note.onset.quarters % 1 for note in straight.score.lines[0].notes} == {
        0,
        Fraction(2, 3),
    }


def test_the_wheel_makes_a_hairpin() -> None:
    wheel = ControlLane(1, tuple((Fraction(at, 8), 40 + at) for at in range(65)))
    tones = [tone(at * 2, 2, 60 + at) for at in range(8)]
    made = take_down([_violin((track(tones, lanes=(wheel,)), Playing()))], GRID, click)
    (staff,) = made.score.lines[0].staves
    assert [pin.opens for pin in staff.hairpins] == [True] and len(staff.dynamics) <= 2
    plain = take_down(
        [_violin((track(tones, lanes=(wheel,)), Playing()))],
        GRID,
        click,
        TakeSettings(dynamics=False),
    )
    assert not plain.score.lines[0].staves[0].dynamics


def test_bars_in_doubt_are_named() -> None:
    tones = [tone(at, 1, 60) for at in range(16)]
    between = tone(Fraction(5) + Fraction(29, 100), "1/4", 62)
    made = take_down([_violin((track([*tones, between]), Playing()))], GRID, click)
    assert {one.bar_index for one in made.doubts} == {1}


def test_a_half_lifted_pedal_goes_on() -> None:
    """A foot that trembles about the middle of the pedal neither lifts nor changes it."""
    piano = load_instrument("piano")
    values = (127, 70, 55, 66, 50, 80, 45, 90, 0)
    lane = ControlLane(64, tuple((Fraction(at, 5), value) for at, value in enumerate(values)))
    tones = [tone(0, "1/2", 48), tone(4, 4, 48)]
    made = take_down([plan(piano, (track(tones, "Piano", (lane,)), Playing()))], GRID, click)
    signs = [one for staff in made.score.lines[0].staves for one in staff.signs]
    assert [one.sign.inner[0].inner[0].detail("type") for one in signs] == ["start", "stop"]
