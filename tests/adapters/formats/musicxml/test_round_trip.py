"""There and back: what was written is read, from our own scores and from everybody else's."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import sketches
from tests.adapters.formats.full_score import full_score
from tests.adapters.formats.musicxml_schema import faults
from tests.adapters.formats.score_facts import keys_sounding, marked, sounding
from tests.shared_material import shared, shared_folder
from tests.strategies import small_grids, staves

from scorestage.adapters.catalogue import load_ensemble
from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.music import Instrument, Line, Score, Sketch, Staff
from scorestage.timebase import BarGrid, Beat

SHARED_SCORES = (
    "bach-bminor-05",
    "bach-brandenburg-3-1",
    "beach-gaelic-2",
    "beethoven-5-1",
    "beethoven-6-5",
    "boulanger-matin",
    "brahms-3-3",
    "brahms-4-4",
    "haydn-104-1",
)
ENSEMBLES = ("studio-orchestra", "jazz-combo", "rock-band", "synth-ensemble", "piano-solo")
SKETCHES = ("adventure", "changing", "chase", "drone", "drummed", "lament", "lead_sheet")


def known(score: Score) -> dict[str, Instrument]:
    """The catalogue, as far as the score needs it."""
    return {one.id: one for line in score.lines for one in line.player.instruments}


@pytest.mark.parametrize("ensemble", ENSEMBLES)
def test_a_full_score_comes_back_whole(ensemble: str) -> None:
    score, tempo_map = full_score(ensemble)
    content = write_score(score, tempo_map, title="1m01", subtitle="v2", composer="A & B")
    read = read_score(content, instruments=known(score))
    assert marked(read.score) == marked(score)
    assert [line.player for line in read.score.lines] == [line.player for line in score.lines]
    assert {note.id for _, note in read.score.notes()} == {note.id for _, note in score.notes()}
    assert (read.title, read.subtitle, read.composer) == ("1m01", "v2", "A & B")
    assert read.losses == ()


def test_its_tempo_map_comes_back_to_the_microsecond_on_every_quarter() -> None:
    score, tempo_map = full_score("piano-solo")
    read = read_score(write_score(score, tempo_map)).tempo_map
    assert read is not None
    assert read.start == tempo_map.start
    for at in map(Beat, range(int(score.grid.end.quarters))):
        assert abs((read.time_at(at) - tempo_map.time_at(at)).seconds) * 10**6 < 1


@pytest.mark.parametrize("ensemble", ENSEMBLES)
def test_transposed_parts_sound_like_the_score(ensemble: str) -> None:
    score, tempo_map = full_score(ensemble)
    for line in score.lines:
        content = write_score(score, tempo_map, concert=False, player=line.player.id)
        read = read_score(content)
        assert read.losses == ()
        assert keys_sounding(read.score) == keys_sounding(Score(score.grid, (line,)))


@pytest.mark.parametrize("name", SKETCHES)
def test_a_sketch_comes_back_as_it_went(name: str) -> None:
    written = getattr(sketches, name)()
    content = write_score(written.sketch.as_score(), written.tempo_map)
    assert Sketch.of_score(read_score(content).score) == written.sketch


@pytest.mark.parametrize("name", SHARED_SCORES)
def test_scores_of_other_programs_survive_being_rewritten(name: str) -> None:
    first = read_score(shared(f"scores/{name}.mxl").read_bytes(), name)
    second = read_score(write_score(first.score, first.tempo_map, title=first.title))
    assert sounding(second.score) == sounding(first.score)
    assert marked(second.score) == marked(first.score)
    assert second.score == first.score
    assert second.losses == ()
    assert second.tempo_map == first.tempo_map


@st.composite
def _scores(draw: st.DrawFn) -> Score:
    grid: BarGrid = draw(small_grids())
    players = load_ensemble("string-quartet").players
    lines: list[Line] = []
    for player in players[: draw(st.integers(1, 2))]:
        staff: Staff = draw(staves(grid, f"{player.id}-"))
        lines.append(Line(player, (staff,)))
    return Score(grid, tuple(lines))


@given(_scores())
@settings(max_examples=25, deadline=None)
def test_any_score_comes_back_note_by_note(score: Score) -> None:
    read = read_score(write_score(score), instruments=known(score))
    assert sounding(read.score) == sounding(score)
    assert marked(read.score) == marked(score)
    assert read.losses == ()


SUITE = sorted(
    one
    for one in shared_folder().glob("musicxml-suite/*")
    if one.suffix in (".xml", ".musicxml", ".mxl")
) or [Path("absent")]


@pytest.mark.parametrize("path", SUITE, ids=lambda path: path.stem)
@pytest.mark.parametrize("concert", [True, False])
def test_every_file_of_the_suite_comes_back_whole(path: Path, concert: bool) -> None:
    """All of the model, valid by the W3C schema; transposed pages spell some pitches anew."""
    content = shared(f"musicxml-suite/{path.name}").read_bytes()
    first = read_score(content, path.name)
    written = write_score(
        first.score,
        first.tempo_map,
        title=first.title,
        subtitle=first.subtitle,
        composer=first.composer,
        concert=concert,
        header=first.header,
    )
    assert faults(written) == []
    second = read_score(written, path.name)
    assert (second.header, second.title, second.composer, second.tempo_map) == (
        first.header,
        first.title,
        first.composer,
        first.tempo_map,
    )
    if concert or not path.stem.startswith("72"):
        assert second.score == first.score
    else:
        assert keys_sounding(second.score) == keys_sounding(first.score)
