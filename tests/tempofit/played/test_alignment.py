"""Takes of a score with wrong, added and left-out notes, against where each note was meant."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from tests.tempofit.played.takes import moment

from scorestage.errors import FitError
from scorestage.tempofit.played import PlayedNote, WrittenNote
from scorestage.tempofit.played.alignment import align
from scorestage.timebase import Beat, FilmTime


def piece(bars: int = 24) -> list[WrittenNote]:
    random = np.random.default_rng(3)
    found = []
    for number in range(bars * 8):
        at = Beat(Fraction(number, 2))
        found.append(WrittenNote(at, int(random.integers(60, 84))))
        if number % 8 == 0:
            found += [WrittenNote(at, 36), WrittenNote(at, 43)]
    return found


def taken(
    score: list[WrittenNote], seed: int, flaw: float = 0.04
) -> tuple[list[PlayedNote], dict[Beat, float]]:
    """A take with flaws, and when each place was really played."""
    random = np.random.default_rng(seed)
    meant: dict[Beat, float] = {}
    found = []
    for note in score:
        at = meant.setdefault(note.at, float(note.at.quarters) * 0.6 + random.normal(0, 0.02))
        if random.random() < flaw:
            continue
        key = note.key + 1 if random.random() < flaw else note.key
        found.append(PlayedNote(moment(at + random.uniform(0, 0.015)), key))
        if random.random() < flaw:
            found.append(PlayedNote(moment(at + random.uniform(0.1, 0.2)), 90))
    return found, meant


@pytest.mark.parametrize("seed", range(5))
def test_nearly_every_place_is_found_where_it_was_played(seed: int) -> None:
    score = piece()
    take, meant = taken(score, seed)
    found = align(score, take)
    right = [abs(float(one.heard.seconds) - meant[one.at]) < 0.03 for one in found.observed]
    assert np.mean(right) > 0.985
    assert found.matched > 0.88
    places = [one.at for one in found.observed]
    assert places == sorted(set(places))


def test_a_clean_take_is_found_whole() -> None:
    score = piece(4)
    take, _ = taken(score, 1, flaw=0.0)
    found = align(score, take)
    assert found.matched == 1.0 and found.left_out == 0 and found.added == 0


def test_a_take_of_something_else_is_refused() -> None:
    take = [PlayedNote(FilmTime(Fraction(n, 2)), 20 + n % 5) for n in range(60)]
    with pytest.raises(FitError, match="was found"):
        align(piece(), take)


def test_nothing_played_is_refused() -> None:
    with pytest.raises(FitError, match="no notes"):
        align(piece(2), [])
