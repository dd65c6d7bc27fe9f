"""Keys of tunes everybody knows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.thematics.tunes import (
    BEETHOVEN_FIFTH,
    GREENSLEEVES,
    ODE_TO_JOY,
    SCARBOROUGH,
    SILENT_NIGHT,
    TWINKLE,
)

from scorestage.music import Interval, Note, Unpitched
from scorestage.thematics import find_key, find_keys


@pytest.mark.parametrize(
    ("notes", "tonic", "minor"),
    [
        (ODE_TO_JOY, "D", False),
        (TWINKLE, "C", False),
        (SILENT_NIGHT, "C", False),
        (GREENSLEEVES, "A", True),
        (SCARBOROUGH, "D", True),
        (BEETHOVEN_FIFTH, "C", True),
    ],
)
def test_the_key_is_found(notes: tuple[Note, ...], tonic: str, minor: bool) -> None:
    key = find_key(notes)
    assert (key.tonic, key.is_minor) == (tonic, minor)


def test_a_raised_sixth_makes_it_dorian() -> None:
    assert find_key(SCARBOROUGH).mode == "dorian"


def test_a_transposed_tune_has_a_transposed_key() -> None:
    up = Interval(2, 3)
    moved = [replace(note, pitches=(note.sounding[0].moved(up),)) for note in ODE_TO_JOY]
    assert find_key(moved).tonic == "F"


def test_all_keys_are_ranked() -> None:
    ranked = find_keys(TWINKLE)
    assert len(ranked) == 24
    assert [fit for _, fit in ranked] == sorted((fit for _, fit in ranked), reverse=True)


def test_drums_have_no_key() -> None:
    drum = replace(TWINKLE[0], pitches=(Unpitched("snare-drum"),))
    with pytest.raises(ValueError, match="no pitched note"):
        find_keys([drum])
