"""`reduce` on files: what is written is what was read, and it can be scored again."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sketches import adventure

from scorestage.adapters.catalogue import load_ensemble
from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.errors import FormatError, InputError
from scorestage.music import Role, Sketch
from scorestage.orchestration import orchestrate
from scorestage.workflow.reduce import (
    ReduceTo,
    carriers_in_words,
    reduce_file,
    reduced_answer,
    write_reduced,
)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = adventure()
    made = orchestrate(written.sketch, load_ensemble("small-orchestra"), written.tempo_map)
    path = tmp_path_factory.mktemp("full") / "full.musicxml"
    path.write_bytes(write_score(made.score, written.tempo_map, title="Adventure"))
    return path


def test_short_score_comes_back_as_a_sketch(full: Path, tmp_path: Path) -> None:
    made = reduce_file(full, ReduceTo.SHORT)
    target = tmp_path / "short.musicxml"
    write_reduced(made, target)
    read = Sketch.of_score(read_score(target.read_bytes(), target.name).score)
    assert [one.role for one in read.strands] == [one.role for one in made.reduction.sketch.strands]
    assert {Role.MELODY, Role.BASS} <= {one.role for one in read.strands}
    assert len(read.grid.bars) == len(made.full.grid.bars)


def test_piano_is_one_player_with_two_staves(full: Path, tmp_path: Path) -> None:
    made = reduce_file(full, ReduceTo.PIANO)
    target = tmp_path / "piano.musicxml"
    write_reduced(made, target)
    score = read_score(target.read_bytes(), target.name).score
    assert [len(line.staves) for line in score.lines] == [2]


def test_names_stand_over_the_staves_unless_bare(full: Path) -> None:
    def names(named: bool) -> int:
        strands = reduce_file(full, ReduceTo.SHORT, named=named).reduction.sketch.strands
        return sum(len(one.staff.words) for one in strands)

    assert names(True) > 0
    assert names(False) == 0


def test_the_answer_tells_every_bar(full: Path) -> None:
    made = reduce_file(full, ReduceTo.SHORT)
    answer = reduced_answer(made)
    players = {line.player.name for line in made.full.lines}
    assert [bar["bar_index"] for bar in answer["bars"]] == list(range(len(made.full.grid.bars)))
    assert {
        name for bar in answer["bars"] for names in bar["roles"].values() for name in names
    } <= (players)
    assert carriers_in_words(made)[0][0].startswith("1")


def test_bad_input_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        reduce_file(tmp_path / "none.musicxml", ReduceTo.SHORT)
    empty = tmp_path / "empty.musicxml"
    empty.write_text("<score-partwise/>")
    with pytest.raises(FormatError):
        reduce_file(empty, ReduceTo.SHORT)


def test_an_unknown_ending_is_refused(full: Path, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be written"):
        write_reduced(reduce_file(full, ReduceTo.SHORT), tmp_path / "short.pages")
