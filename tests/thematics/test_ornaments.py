"""Ornamenting: the outline stays."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.thematics.tunes import GREENSLEEVES, ODE_TO_JOY, SCARBOROUGH

from scorestage.music import Note
from scorestage.thematics import of_notes, ornament
from scorestage.timebase import Meter


@pytest.mark.parametrize(
    ("notes", "meter"),
    [(ODE_TO_JOY, Meter(4, 4)), (GREENSLEEVES, Meter(6, 8)), (SCARBOROUGH, Meter(3, 4))],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_note_of_the_theme_still_begins_where_it_did(
    notes: tuple[Note, ...], meter: Meter, seed: int
) -> None:
    theme = of_notes(notes, meter, theme_id="t")
    richer = ornament(theme, seed)
    placed = {note.onset: note.sounding for note in richer.notes}
    assert all(placed[note.onset] == note.sounding for note in theme.notes)
    assert len(richer.notes) > len(theme.notes)
    assert richer.length == theme.length
    assert all((note.length.quarters * 4).denominator == 1 for note in richer.notes)


def test_the_same_seed_gives_the_same_ornaments() -> None:
    theme = of_notes(ODE_TO_JOY, Meter(4, 4), theme_id="t")
    assert ornament(theme, 5) == ornament(theme, 5)
    assert ornament(theme, 5) != ornament(theme, 6)
    assert ornament(theme, 5, share=Fraction(0)).notes != ornament(theme, 5).notes
