"""Fill in the blanks: what is marked is given out, what is not is listed."""

from __future__ import annotations

from dataclasses import replace

from tests.orchestration.prover import proved
from tests.sketches import SKETCHES

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import Role, Score
from scorestage.orchestration import Assignment, Settings, account_of, orchestrate
from scorestage.orchestration.marked import only_marked, without
from scorestage.timebase import Beat

ASSIGN = Settings(level="assign")


def heard(score: Score) -> set[str]:
    return {line.player.id for line in score.lines if line.notes}


def test_only_the_marked_strand_is_given_out_and_the_rest_is_listed() -> None:
    made = SKETCHES["adventure"]()
    tune, *others = (replace(one, assign=()) for one in made.sketch.strands)
    sketch = replace(made.sketch, strands=(replace(tune, assign=("hn1",)), *others))
    result = orchestrate(sketch, load_ensemble("studio-orchestra"), made.tempo_map, ASSIGN)
    assert heard(result.score) == {"hn1"}
    alone = replace(sketch, strands=(sketch.strands[0],))
    assert proved(alone, result.score).lost == ()
    left = {one.place: 0 for one in result.left}
    for one in result.left:
        left[one.place] += len(one.notes)
    counted = {place: len(one.staff.notes) for place, one in enumerate(sketch.strands)}
    assert left == {place: count for place, count in counted.items() if place and count}
    told = account_of(sketch, result)
    assert told.lost == told.unexplained == ()
    assert len(told.notes) == sum(len(note.pitches) for note in tune.staff.notes)


def test_marked_bars_of_a_strand_are_given_out_and_its_other_bars_wait() -> None:
    made = SKETCHES["adventure"]()
    bare = tuple(replace(one, assign=()) for one in made.sketch.strands)
    sketch = replace(made.sketch, strands=bare)
    wish = Assignment("Bass", ("tba",), Beat(16), Beat(32))
    result = orchestrate(sketch, load_ensemble("studio-orchestra"), made.tempo_map, ASSIGN, [wish])
    assert heard(result.score) == {"tba"}
    onsets = [note.onset for note in result.score.line_of("tba").notes]
    assert min(onsets) >= Beat(16)
    assert max(onsets) < Beat(32)
    bars = [one.bars for one in result.left if one.role == Role.BASS.value]
    assert bars[0] == "1-4"
    assert all(one.start < Beat(16) or one.start >= Beat(32) for one in result.left
               if one.role == Role.BASS.value)  # fmt: skip


def test_the_next_level_leaves_nothing() -> None:
    made = SKETCHES["lament"]()
    result = orchestrate(
        made.sketch, load_ensemble("string-quartet"), made.tempo_map, Settings(level="lines")
    )
    assert result.left == ()


def test_where_nothing_is_marked_everything_waits() -> None:
    made = SKETCHES["lament"]()
    bare = tuple(replace(one, assign=()) for one in made.sketch.strands)
    sketch = replace(made.sketch, strands=bare)
    result = orchestrate(sketch, load_ensemble("string-quartet"), made.tempo_map, ASSIGN)
    assert heard(result.score) == set()
    assert sum(len(one.notes) for one in result.left) == sum(len(one.staff.notes) for one in bare)


def test_what_is_given_and_what_is_left_make_the_sketch() -> None:
    made = SKETCHES["changing"]()
    wish = Assignment("Melody", ("fl1",), Beat(8), Beat(16))
    bare = replace(
        made.sketch, strands=tuple(replace(one, assign=()) for one in made.sketch.strands)
    )
    given, left = only_marked(bare, [wish])
    ids = [{note.id for note in one.staff.notes} for one in given.strands]
    assert ids == [{n.id for n in one.staff.notes} for one in without(bare, left).strands]
    for place, strand in enumerate(bare.strands):
        waiting = {note for one in left if one.place == place for note in one.notes}
        assert ids[place] | waiting == {note.id for note in strand.staff.notes}
        assert not ids[place] & waiting
