"""Sketches as scores and back: roles, players asked for, clefs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scorestage.music import (
    Family,
    Instrument,
    Line,
    Note,
    Pitch,
    Player,
    Role,
    Score,
    Sketch,
    Staff,
    Strand,
    Voice,
)
from scorestage.timebase import BarGrid, Beat, Beats, Meter

GRID = BarGrid.regular(1, Meter(4, 4))


def staff(name: str, clef: str = "") -> Staff:
    note = Note(f"n-{name}", Beat(0), Beats(4), (Pitch.parse(name),))
    return Staff((Voice((note,)),), clef=clef)


def test_roles_names_players_and_clefs_come_back() -> None:
    sketch = Sketch(
        GRID,
        (
            Strand(Role.MELODY, staff("C5"), assign=("fl1", "vn1")),
            Strand(Role.COLOUR, staff("G4"), "High bells"),
            Strand(Role.HARMONY, staff("C4", "C3")),
            Strand(Role.BASS, staff("C2"), "Low drone", ("db",)),
        ),
    )
    assert Sketch.of_score(sketch.as_score()) == sketch


def other_programs(*named: tuple[str, str]) -> Score:
    """Staves of another program: its own ids, names as people give them."""
    one = Instrument("P1-I1", "Piano", "Pno.", Family.KEYBOARD, None, None)
    lines = (
        Line(Player(f"P{at}", name, name, (one,)), (staff(pitch),))
        for at, (name, pitch) in enumerate(named)
    )
    return Score(GRID, tuple(lines))


@pytest.mark.parametrize(
    ("name", "role", "wanted"),
    [
        ("Melody [fl1 vn1]", Role.MELODY, ("fl1", "vn1")),
        ("bass", Role.BASS, ()),
        ("Pad (soft)", Role.HARMONY, ()),
        ("Ostinato [va, vc]", Role.RHYTHM, ("va", "vc")),
    ],
)
def test_a_staff_says_its_role_and_players_by_name(
    name: str, role: Role, wanted: tuple[str, ...]
) -> None:
    (strand,) = Sketch.of_score(other_programs((name, "C4"))).strands
    assert (strand.role, strand.assign) == (role, wanted)


def test_where_names_say_nothing_height_decides() -> None:
    found = Sketch.of_score(other_programs(("Piano", "C6"), ("Piano 2", "E4"), ("Piano 3", "C2")))
    assert [one.role for one in found.strands] == [Role.MELODY, Role.HARMONY, Role.BASS]


def test_a_silent_staff_is_colour() -> None:
    score = other_programs(("Piano", "C6"), ("Piano 2", "C2"))
    quiet = replace(score.lines[1], staves=(Staff(()),))
    found = Sketch.of_score(replace(score, lines=(score.lines[0], quiet)))
    assert found.strands[1].role is Role.COLOUR
