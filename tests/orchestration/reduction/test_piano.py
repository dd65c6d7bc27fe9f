"""Two hands: tune and bass whole, never more than a hand can hold."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import pytest
from tests.shared_material import shared
from tests.sketches import Written, adventure, chase, lament

from scorestage.adapters.catalogue import load_instrument
from scorestage.adapters.formats.musicxml import read_score
from scorestage.music import Note, Pitch, Player, Role, Score, Sketch, Staff
from scorestage.orchestration.reduction import PianoReduction, piano_of, reduce_score

PIANO = load_instrument("piano")
PIANIST = Player("pf", "Piano", "Pf.", (PIANO,))
SPAN_SEMITONES = 14


@lru_cache
def movement(name: str) -> Sketch:
    return reduce_score(read_score(shared(f"scores/{name}.mxl").read_bytes(), name).score).sketch


def down(staff: Staff) -> list[tuple[Fraction, set[int]]]:
    """The keys held whenever one is struck."""
    notes = staff.notes
    return [
        (at, {p.key for n in notes if n.onset.quarters <= at < n.end.quarters for p in n.sounding})
        for at in sorted({note.onset.quarters for note in notes})
    ]


def tones(notes: tuple[Note, ...]) -> set[tuple[Fraction, int]]:
    return {(note.onset.quarters, pitch.key) for note in notes for pitch in note.sounding}


def hands(made: PianoReduction) -> tuple[Staff, Staff]:
    right, left = made.score.lines[0].staves
    return right, left


@pytest.mark.parametrize("written", [adventure(), lament(), chase()], ids=["a", "l", "c"])
def test_tune_and_bass_are_whole(written: Written) -> None:
    made = piano_of(written.sketch, PIANIST)
    right, left = hands(made)
    both = tones(right.notes) | tones(left.notes)
    for role in (Role.MELODY, Role.BASS):
        for strand in written.sketch.of_role(role):
            assert tones(strand.staff.notes) <= both


def test_hands_hold_what_hands_can() -> None:
    made = piano_of(movement("brahms-3-3"), PIANIST, SPAN_SEMITONES)
    for staff in hands(made):
        for at, keys in down(staff):
            assert len(keys) <= 5, at
            assert max(keys) - min(keys) <= SPAN_SEMITONES, (at, sorted(keys))


def test_what_is_left_out_is_counted() -> None:
    sketch = movement("brahms-3-3")
    made = piano_of(sketch, PIANIST)
    sounding = [(n.onset.quarters, n.end.quarters, p.key % 12) for n, p in _pitched(made.score)]
    wanted = {
        (note.onset.quarters, pitch.key % 12)
        for strand in sketch.strands
        for note in strand.staff.notes
        for pitch in note.sounding
    }
    lost = sum(
        not any(start <= at < end and tone == key for start, end, key in sounding)
        for at, tone in wanted
    )
    assert lost <= sum(count for _, count in made.left_out) < len(wanted) / 6


def _pitched(score: Score) -> list[tuple[Note, Pitch]]:
    return [(note, pitch) for _, note in score.notes() for pitch in note.sounding]


def test_a_wider_hand_loses_less() -> None:
    sketch = movement("brahms-3-3")
    narrow, wide = (piano_of(sketch, PIANIST, span).left_out for span in (9, 16))
    assert sum(count for _, count in narrow) > sum(count for _, count in wide)
