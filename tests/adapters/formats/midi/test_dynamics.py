"""Velocities: dynamics hold, hairpins lead, accents stick out."""

from __future__ import annotations

from scorestage.adapters.formats.midi.dynamics import Loudness
from scorestage.music import Articulation, Dynamic, DynamicMark, Hairpin, Note, Pitch, Staff
from scorestage.timebase import Beat, Beats

STAFF = Staff(
    (),
    (DynamicMark(Beat(0), Dynamic.P), DynamicMark(Beat(8), Dynamic.F)),
    (Hairpin(Beat(4), Beat(8), True), Hairpin(Beat(12), Beat(16), False)),
)


def velocity(at: int, *signs: Articulation) -> int:
    note = Note("n", Beat(at), Beats(1), (Pitch.parse("C4"),), signs)
    return Loudness.of_staff(STAFF).velocity(note)


def test_dynamics_hold_until_the_next() -> None:
    assert velocity(0) == velocity(3) == 48
    assert velocity(8) == velocity(11) == 96


def test_a_hairpin_leads_to_the_next_dynamic() -> None:
    way = [velocity(at) for at in range(4, 9)]
    assert way == [48, 60, 72, 84, 96]


def test_a_hairpin_to_nowhere_goes_one_step_and_stays() -> None:
    assert [velocity(at) for at in (12, 14, 16, 20)] == [96, 88, 80, 80]


def test_accents_stick_out_and_nothing_leaves_the_range() -> None:
    assert velocity(0) < velocity(0, Articulation.ACCENT) < velocity(0, Articulation.SFORZATO)
    assert velocity(8, Articulation.SFORZATO, Articulation.MARCATO) == 120


def test_without_a_mark_it_is_mf() -> None:
    note = Note("n", Beat(0), Beats(1), (Pitch.parse("C4"),))
    assert Loudness.of_staff(Staff(())).velocity(note) == 80
