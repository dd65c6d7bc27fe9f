"""Cues that once had a hole in them, or ended before their end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.composing import craft
from tests.composing.cues import request
from tests.composing.sweeping import Case, drawn_case, faults_of, request_of

from scorestage.composing import CueRequest, compose
from scorestage.music import Role
from scorestage.music.holding import held_sketch
from scorestage.timebase import Beat, Beats, FilmSpan, TempoMap
from scorestage.timebase.tempo import FreeBar


@pytest.mark.parametrize(
    "case",
    [
        drawn_case("jiangnan", 4),  # dense hits among free bars
        drawn_case("noir-jazz", 4),
        drawn_case("minimal", 3),  # a button on a fermata
        drawn_case("rock", 4),
        Case("funk", 15, "steady", "4/4", "none", way_out="segue"),
        Case("balkan", 30, "ramps", "mixed", "last beat", way_out="cut"),
        Case("ambient", 8, "steps", "3/8", "bar 1", way_out="fade"),
    ],
    ids=str,
)
def test_no_bar_is_empty_and_no_end_comes_too_early(case: Case) -> None:
    asked = request_of(case)
    assert faults_of(asked, compose(asked)) == []


def _with_free_bar(asked: CueRequest, bar: int) -> CueRequest:
    old = asked.tempo_map
    free = FreeBar(old.grid.starts[bar], Beats(4), FilmSpan(5))
    return replace(asked, tempo_map=TempoMap(old.start, old.grid, (*old.events, free)))


def test_a_silence_that_would_end_in_a_free_bar_ends_with_its_barline() -> None:
    asked = _with_free_bar(request(hits=[("31/2", "stop", 4)]), 4)
    sketch = held_sketch(compose(asked).sketch, asked.tempo_map)
    assert 4 not in craft.silent_bars(sketch)
    assert any(note.onset == Beat(16) for note in craft.notes_of(sketch, Role.HARMONY))


@pytest.mark.parametrize("way_out", ["cut", "segue"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_groove_plays_up_to_the_cut(way_out: str, seed: int) -> None:
    sketch = compose(request("funk", way_out=way_out, seed=seed)).sketch
    assert max(note.end for _, note in craft.all_notes(sketch)) == sketch.grid.end
