"""What two hands cannot play in time gives way; the tune goes on in the other hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.adapters.catalogue import load_instrument
from scorestage.music import Line, Note, Player, Score, Staff, Voice, pitch_of_key
from scorestage.orchestration.reduction.playable import playable
from scorestage.timebase import BarGrid, Beat, Beats, FilmTime, Meter, Tempo, TempoMap

HALF = Fraction(1, 2)


def leaping(bass: int) -> Score:
    """A quick tune that leaps from B3 to F6 over one long tone."""
    keys = (59, 89, 86, 86)
    tune = tuple(
        Note(f"r{at}", Beat(HALF * at), Beats(HALF), (pitch_of_key(key),))
        for at, key in enumerate(keys)
    )
    low = (Note("l0", Beat(0), Beats(2), (pitch_of_key(bass),)),)
    piano = load_instrument("piano")
    staves = Staff((Voice(tune),)), Staff((Voice(low),), clef="F4")
    grid = BarGrid.regular(1, Meter(2, 4))
    return Score(grid, (Line(Player("p", "Piano", "", (piano,)), staves),))


@pytest.mark.parametrize(
    ("bass", "right", "left", "moved"),
    [(47, [89, 86, 86], [47, 59], 0), (38, [71, 89, 86, 86], [38], 1)],
    ids=["the left hand reaches it", "too far for the left hand"],
)
def test_a_low_tone_before_a_far_leap(
    bass: int, right: list[int], left: list[int], moved: int
) -> None:
    score = leaping(bass)
    made = playable(score, TempoMap.steady(FilmTime(0), Tempo(216), score.grid))
    assert not made.faults
    upper, lower = made.score.lines[0].staves
    assert [tone.key for note in upper.notes for tone in note.sounding] == right
    assert [tone.key for note in lower.notes for tone in note.sounding] == left
    assert (made.left_out, made.moved) == (0, moved)


def test_what_there_is_time_for_stays_as_it_is() -> None:
    score = leaping(47)
    slow = TempoMap.steady(FilmTime(0), Tempo(60), score.grid)
    assert playable(score, slow).score == score
