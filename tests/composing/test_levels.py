"""Dynamics and hairpins."""

from __future__ import annotations

from itertools import pairwise

from tests.composing.cues import random_piece, request

from scorestage.composing import compose
from scorestage.music import Dynamic, Role, Sketch
from scorestage.timebase import Beat


def _levels(sketch: Sketch, role: Role) -> list[tuple[Beat, int]]:
    return [
        (mark.at, mark.dynamic.level)
        for strand in sketch.of_role(role)
        for mark in strand.staff.dynamics
    ]


def test_every_strand_begins_with_a_dynamic() -> None:
    for number in range(12):
        for strand in random_piece(number)[1].sketch.strands:
            assert strand.staff.dynamics[0].at == strand.staff.notes[0].onset


def test_dynamics_stand_on_notes_and_change() -> None:
    for number in range(12):
        for strand in random_piece(number)[1].sketch.strands:
            onsets = {note.onset for note in strand.staff.notes}
            marks = strand.staff.dynamics
            assert all(mark.at in onsets for mark in marks)
            for one, other in pairwise(marks):
                before = [n for n in strand.staff.notes if n.onset < other.at][-1]
                rested = (other.at - before.end).quarters >= 4
                led = any(one.at < pin.end <= other.at for pin in strand.staff.hairpins)
                assert rested or led or one.dynamic is not other.dynamic


def test_dynamics_keep_to_the_style() -> None:
    asked = request("tender", meters=("4/4",) * 30, tone=("joy",))
    for strand in compose(asked).sketch.strands:
        if strand.role is Role.ACCENT:
            continue
        for mark in strand.staff.dynamics:
            assert Dynamic.PP.level <= mark.dynamic.level <= Dynamic.F.level


def test_an_accent_is_louder_than_what_surrounds_it() -> None:
    sketch = compose(request("adventure", meters=("4/4",) * 20, hits=(("33", "accent", 5),))).sketch
    (at, accent), *_ = _levels(sketch, Role.ACCENT)
    ground = _levels(sketch, Role.BASS)
    before = [level for place, level in ground if place < at][-1]
    after = next(level for place, level in ground if place > at)
    assert at == Beat(33)
    assert accent > before and accent > after


def test_a_crescendo_leads_into_an_accent() -> None:
    sketch = compose(request("adventure", meters=("4/4",) * 20, hits=(("32", "accent", 4),))).sketch
    for strand in sketch.of_role(Role.BASS):
        assert any(pin.opens and pin.end == Beat(32) for pin in strand.staff.hairpins)


def test_a_sneaking_cue_enters_softly_and_grows() -> None:
    sketch = compose(request("adventure", meters=("4/4",) * 24, way_in="sneak")).sketch
    first = min(sketch.strands, key=lambda strand: strand.staff.notes[0].onset)
    assert first.staff.dynamics[0].dynamic.level <= Dynamic.P.level
    assert first.staff.hairpins[0].opens and first.staff.hairpins[0].start == Beat(0)


def test_hairpins_do_not_overlap() -> None:
    for number in range(12):
        for strand in random_piece(number)[1].sketch.strands:
            for one, other in pairwise(strand.staff.hairpins):
                assert one.end <= other.start
