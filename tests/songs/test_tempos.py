"""Tempos of tunes: fermatas wait."""

from __future__ import annotations

from scorestage.music import Articulation, Note
from scorestage.songs.tempos import holding, stepped
from scorestage.timebase import BarGrid, Beat, Beats, FilmTime, Meter, Tempo


def test_a_fermata_is_held_twice_as_long_and_the_tempo_goes_on() -> None:
    grid = BarGrid.regular(4, Meter(4, 4))
    sign = (Articulation.FERMATA,)
    tune = [
        Note("a", Beat(0), Beats(2), (), sign),
        Note("b", Beat(4), Beats(2), ()),
        Note("c", Beat(6), Beats(2), (), sign),
        Note("d", Beat(11), Beats(2), (), sign),
    ]
    plain = stepped(FilmTime(0), grid, [(Beat(0), Tempo(60)), (Beat(12), Tempo(120))])
    found = holding(plain, tune)
    assert found.time_at(Beat(2)) == FilmTime(4)
    assert found.time_at(Beat(6)) == FilmTime(8)
    assert found.time_at(Beat(8)) == FilmTime(12)
    assert found.time_at(Beat(16)) == FilmTime(18)
    assert holding(plain, tune[1:2]) == plain
