"""Strokes that follow a drawn curve."""

from __future__ import annotations

import pytest
from tests.composing.cues import request

from scorestage.composing import Composition, CueRequest, compose
from scorestage.music import Role

FALLING, RISING = "0:00=10, 0:57=1", "0:00=1, 0:57=10"
COUNT = 24


def _written(style: str, curve: str) -> tuple[CueRequest, Composition]:
    asked = request(style, meters=("4/4",) * COUNT, bpm=100, tension=curve)
    return asked, compose(asked)


def _attacks(composition: Composition, first: int, last: int) -> float:
    """Strokes a bar in some bars, however many tones each has."""
    grid = composition.sketch.grid
    return sum(
        first <= grid.index_at(note.onset) < last
        for strand in composition.sketch.strands
        for note in strand.staff.notes
        if note.sounding
    ) / (last - first)


@pytest.mark.parametrize("style", ["fantasy", "golden-age", "sacred", "maqam-rast", "jiangnan"])
def test_strokes_grow_fewer_under_a_falling_curve_and_more_under_a_rising_one(style: str) -> None:
    falling, rising = _written(style, FALLING)[1], _written(style, RISING)[1]
    assert _attacks(falling, 0, 8) > _attacks(falling, 15, 23)
    assert _attacks(rising, 0, 8) < _attacks(rising, 15, 23)


def test_the_tune_is_left_as_it_is_and_no_bar_falls_silent() -> None:
    asked, eased = _written("minimal", FALLING)
    grid = eased.sketch.grid
    for bar in range(COUNT):
        start, end = grid.starts[bar], grid.starts[bar + 1]
        assert any(
            note.onset < end and start < note.end
            for strand in eased.sketch.strands
            for note in strand.staff.notes
        )
    (melody,) = eased.sketch.of_role(Role.MELODY)
    told = [note for note in melody.staff.notes if grid.index_at(note.onset) >= 16]
    assert any((note.onset.quarters % 1) != 0 for note in told) or len(told) > 8
    assert asked.cue.tension


def test_without_a_curve_nothing_is_thinned() -> None:
    plain = compose(request("minimal", meters=("4/4",) * COUNT, bpm=100))
    offbeat = [
        note
        for strand in plain.sketch.strands
        if strand.role is not Role.MELODY
        for note in strand.staff.notes
        if note.onset.quarters % 1
    ]
    assert len(offbeat) > COUNT
