"""The strength of layers, worked out by hand."""

from __future__ import annotations

from math import isclose, log10

from scorestage.music import Role
from scorestage.orchestration.strengths import Sounding, decibels, powers, strongest_under


def test_players_add_up_once_each_and_only_while_the_tune_sounds() -> None:
    notes = (
        Sounding("vn1", Role.MELODY, 0.0, 2.0, 0.25),
        Sounding("hn1", Role.HARMONY, 0.0, 4.0, 0.25),
        Sounding("hn1", Role.HARMONY, 0.0, 4.0, 0.16),
        Sounding("hn2", Role.HARMONY, 1.0, 4.0, 0.25),
        Sounding("tba", Role.BASS, 2.0, 4.0, 9.0),
    )
    found = powers(notes, 0.0, 4.0)
    assert found == {Role.MELODY: 0.25, Role.HARMONY: 0.375}
    assert powers(notes, 0.0, 4.0, with_tune=False)[Role.BASS] == 9.0
    role, margin = strongest_under(found) or (None, 0.0)
    assert role is Role.HARMONY
    assert isclose(margin, 10 * log10(0.25 / 0.375))


def test_nothing_stands_over_nothing() -> None:
    assert strongest_under({Role.MELODY: 1.0}) is None
    assert strongest_under({Role.BASS: 1.0}) is None
    assert strongest_under({Role.MELODY: 1.0, Role.ACCENT: 5.0}) is None
    assert decibels(100.0) == 20.0
