"""Two hands: tune and bass always, everything else as far as fingers go."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sketches import notes

from scorestage.adapters.catalogue import load_instrument
from scorestage.music import Note, Pitch, Role, pitch_of_key
from scorestage.orchestration.fingers import in_one_hand
from scorestage.orchestration.keyboard import in_hands
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.values import Task
from scorestage.timebase import Beat, Beats

PIANO = load_instrument("piano")
PRIORITIES = {Role.MELODY: 1, Role.BASS: 2, Role.RHYTHM: 4, Role.HARMONY: 5}


def task(role: Role, played: list[Note]) -> list[Placed]:
    one = Task(
        player="pno",
        instrument=PIANO,
        phrase=0,
        role=role,
        rule="x",
        why="",
        priority=PRIORITIES[role],
        strand=0,
        notes=tuple(played),
        essential=role in (Role.MELODY, Role.BASS),
    )
    return [Placed(note, one) for note in played]


def playable(placed: list[Placed]) -> None:
    """At every onset each staff holds what one hand can, and no voice overlaps itself."""
    for one in placed:
        for staff in (0, 1):
            keys = {
                pitch.key
                for other in placed
                if other.staff == staff and other.start <= one.start < other.end
                for pitch in other.note.sounding
            }
            assert in_one_hand(PIANO, tuple(sorted(keys)))
        for other in placed:
            if other is not one and (other.staff, other.voice) == (one.staff, one.voice):
                assert other.end <= one.start or other.start >= one.end


def test_a_chorale_lies_in_two_hands() -> None:
    wanted = task(Role.MELODY, notes("m", "C5:2 D5:2"))
    wanted += task(Role.BASS, notes("k", "C3:2 G2:2"))
    wanted += task(Role.HARMONY, notes("h", "E4+G4:2 F4+B4:2"))
    placed = in_hands(PIANO, wanted)
    playable(placed)
    assert {str(p) for one in placed for p in one.note.sounding} == {
        "C5", "D5", "C3", "G2", "E4", "G4", "F4", "B4"
    }  # fmt: skip
    left = {str(p) for one in placed if one.staff == 1 for p in one.note.sounding}
    assert {"C3", "G2"} <= left


def test_a_figure_goes_to_the_left_hand_and_the_bass_into_the_pedal() -> None:
    wanted = task(Role.MELODY, notes("m", "C5:4"))
    wanted += task(Role.BASS, notes("k", "C2:4"))
    wanted += task(Role.RHYTHM, notes("o", "G4:1/2 C5:1/2 E5:1/2 C5:1/2 " * 2))
    placed = in_hands(PIANO, wanted)
    playable(placed)
    figure = [one for one in placed if one.task.role is Role.RHYTHM]
    assert {one.staff for one in figure} == {1}
    assert all(pitch.key < 72 for one in figure for pitch in one.note.sounding)


LINES = st.lists(st.tuples(st.integers(0, 24), st.integers(1, 4)), min_size=1, max_size=12)


def walk(name: str, steps: list[tuple[int, int]], low: int) -> list[Note]:
    at, found = 0, []
    for place, (height, length) in enumerate(steps):
        pitch: Pitch = pitch_of_key(low + height)
        found.append(Note(f"{name}{place}", Beat(at), Beats(length), (pitch,)))
        at += length
    return found


@settings(max_examples=60, deadline=None)
@given(LINES, LINES, LINES, LINES)
def test_tune_and_bass_survive_whatever_else_is_asked(
    tune: list[tuple[int, int]],
    bass: list[tuple[int, int]],
    inner: list[tuple[int, int]],
    other: list[tuple[int, int]],
) -> None:
    high, low = walk("m", tune, 62), walk("k", bass, 28)
    wanted = task(Role.MELODY, high) + task(Role.BASS, low)
    wanted += task(Role.HARMONY, walk("h", inner, 48)) + task(Role.RHYTHM, walk("r", other, 50))
    placed = in_hands(PIANO, wanted)
    playable(placed)
    heard = {(one.start, pitch.key) for one in placed for pitch in one.note.sounding}
    for note in (*high, *low):
        assert (note.onset.quarters, note.sounding[0].key) in heard
    assert len({one.note.id for one in placed}) == len(placed)


@pytest.mark.parametrize("name", ["harp", "celesta", "electric-piano", "synth-pad"])
def test_other_keyboards_stay_in_their_range(name: str) -> None:
    instrument = load_instrument(name)
    wanted = task(Role.HARMONY, notes("h", "C1+E3+G5+C8:4"))
    placed = in_hands(instrument, wanted)
    assert placed
    assert instrument.professional is not None
    for one in placed:
        assert all(instrument.professional.holds(pitch) for pitch in one.note.sounding)


@pytest.mark.parametrize(
    ("line", "staff"),
    [("A3:2 Bb3:1/2 C4:1/2 Bb3:1/2 D4:1/2", 1), ("C4:1 B3:1 D4:1 G4:1", 0), ("C5:1 E5:1 A3:1", 0)],
)
def test_one_hand_has_the_whole_of_a_line_that_crosses_the_middle(line: str, staff: int) -> None:
    placed = in_hands(PIANO, task(Role.MELODY, notes("m", line)))
    assert {one.staff for one in placed} == {staff}


def test_a_line_too_wide_for_one_hand_goes_through_both() -> None:
    placed = in_hands(PIANO, task(Role.MELODY, notes("m", "C2:1 C4:1 C6:1")))
    assert [one.staff for one in sorted(placed, key=lambda one: one.start)] == [1, 0, 0]
