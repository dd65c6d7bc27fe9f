"""What happens where two tasks of one player meet."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

from tests.sketches import notes

from scorestage.adapters.catalogue import load_instrument
from scorestage.music import NoteSign, Role, Sign
from scorestage.orchestration.placing import Placed, in_limbs, in_one_voice, in_two_parts
from scorestage.orchestration.values import Task


def placed(
    name: str, text: str, priority: int, role: Role = Role.HARMONY, *, rule: str = "x"
) -> list[Placed]:
    played = tuple(notes(name, text))
    task = Task(
        player="p",
        instrument=load_instrument("viola"),
        phrase=0,
        role=role,
        rule=rule,
        why="",
        priority=priority,
        strand=0,
        notes=played,
    )
    return [Placed(note, task) for note in played]


def told(found: list[Placed]) -> list[tuple[str, object, object]]:
    return [(one.note.id, one.start, one.end) for one in found]


def test_the_more_important_wins_and_the_other_is_cut() -> None:
    kept, lost = in_one_voice(placed("a", "r:2 C4:2", 1) + placed("b", "D4:3 E4:1", 5))
    assert told(kept) == [("b1", 0, 2), ("a1", 2, 4)]
    assert [one.note.id for one in lost] == ["b2"]


def test_a_scrap_is_not_kept() -> None:
    kept, _ = in_one_voice(placed("a", "r:1/2 C4:2", 1) + placed("b", "D4:4", 5))
    assert told(kept) == [("a1", 0.5, 2.5)]


def test_a_held_chord_goes_on_after_a_hit() -> None:
    hit = placed("a", "r:2 C4:1/2", 0, Role.ACCENT)
    kept, _ = in_one_voice(hit + placed("b", "D4:8", 5))
    assert told(kept) == [("b1", 0, 2), ("a1", 2, 2.5), ("b1~r", 2.5, 8)]


def test_a_hit_on_a_chord_that_begins_there_is_that_chord() -> None:
    mine = placed("b", "D4:4", 5)
    kept, _ = in_one_voice(placed("a", "C4:1/2", 0, Role.ACCENT, rule="accent.choir") + mine)
    assert told(kept) == [("b1", 0, 4)]
    drawn = placed("a", "C4:1/2", 0, Role.ACCENT, rule="accent.carrier")
    kept, _ = in_one_voice(drawn + mine)
    assert told(kept) == [("a1", 0, 4)]


def test_two_parts_that_move_together_are_chords() -> None:
    kept, lost = in_two_parts(placed("a", "C5:2 D5:2", 1) + placed("b", "A4:2 B4:1", 5))
    assert [(one.note.id, len(one.note.pitches), one.voice) for one in kept] == [
        ("a1", 2, 0),
        ("a2", 1, 0),
        ("b2", 1, 1),
    ]
    assert lost == []


def test_hands_and_feet_of_a_kit() -> None:
    kept, _ = in_limbs(placed("a", "!ride:1 !snare:1 !kick:1", 3))
    assert [(one.note.id, one.voice) for one in kept] == [("a1", 0), ("a2", 0), ("a3", 1)]
    hands = [one for one in kept if one.voice == 0]
    assert hands[0].end == hands[1].start


def test_a_sign_over_one_of_two_parts_is_not_put_over_both() -> None:
    """A circle over a chord would ask for a harmonic that its other tone has not."""
    circle = (NoteSign(Sign("technical", inner=(Sign("harmonic"),))),)
    (upper,) = placed("a", "D6:4", 5)
    touched = replace(upper, note=replace(upper.note, signs=circle))
    plain = placed("b", "A#5:4", 6)
    kept, lost = in_two_parts([touched, *plain])
    assert [(len(one.note.pitches), one.note.signs, one.voice) for one in kept] == [
        (1, circle, 0),
        (1, (), 1),
    ]
    assert not lost
    joined, _ = in_two_parts([upper, *plain])
    assert [len(one.note.pitches) for one in joined] == [2]


def test_many_tasks_at_once_leave_one_line_without_overlaps() -> None:
    draw = Random(4)
    wanted: list[Placed] = []
    for number in range(40):
        rest, length = draw.randint(1, 40), draw.choice(("1/2", "1", "3/2", "4"))
        text = f"r:{rest}/2 C4:{length} D4:{length} E4:{length}"
        wanted += placed(f"n{number}x", text, draw.randint(1, 5))
    kept, lost = in_one_voice(wanted)
    assert lost and len(kept) > 10
    assert all(one.end <= after.start for one, after in pairwise(kept))
    for one in lost:
        assert any(other.start < one.end and one.start < other.end for other in kept)
    best = min(one.rank for one in wanted)
    assert {one.note.id for one in wanted if one.rank == best} & {one.note.id for one in kept}
