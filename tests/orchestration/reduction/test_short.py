"""Full scores brought down: nothing lost, tune and bass found, doublings not written twice."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.shared_material import shared
from tests.sketches import adventure, lament
from tests.strategies import small_grids, staves

from scorestage.adapters.catalogue import load_ensemble, load_instrument
from scorestage.adapters.formats.musicxml import read_score
from scorestage.music import (
    Line,
    Note,
    Pitch,
    Player,
    Role,
    Score,
    Sketch,
    Staff,
    Unpitched,
    Voice,
    pitch_of_key,
)
from scorestage.orchestration import orchestrate
from scorestage.orchestration.reduction import ROLES, reduce_score
from scorestage.timebase import BarGrid, Beat, Beats, Meter


def tones(notes: list[Note]) -> set[tuple[Fraction, object]]:
    """Where each pitch class begins; strokes by their sound."""
    return {
        (note.onset.quarters, pitch.key % 12 if isinstance(pitch, Pitch) else pitch)
        for note in notes
        for pitch in note.pitches
    }


def sketched(sketch: Sketch) -> list[Note]:
    return [note for strand in sketch.strands for note in strand.staff.notes]


@st.composite
def full_scores(draw: st.DrawFn) -> Score:
    grid: BarGrid = draw(small_grids())
    names = draw(st.lists(st.sampled_from(("flute", "horn", "violin", "cello")), min_size=1))
    lines = []
    for place, name in enumerate(names[:5]):
        held = load_instrument(name)
        player = Player(f"p{place}", f"{held.name} {place}", "", (held,))
        lines.append(Line(player, (draw(staves(grid, f"n{place}-")),)))
    return Score(grid, tuple(lines))


@settings(max_examples=40, deadline=None)
@given(full_scores())
def test_every_tone_is_there_or_named(score: Score) -> None:
    made = reduce_score(score)
    there = tones(sketched(made.sketch))
    named = {name for _, name in made.left_out}
    for _, note in score.notes():
        assert tones([note]) <= there or note.id in named
    assert there <= tones([note for _, note in score.notes()])


@settings(max_examples=40, deadline=None)
@given(full_scores())
def test_voices_follow_one_another(score: Score) -> None:
    for strand in reduce_score(score).sketch.strands:
        assert strand.role in ROLES
        assert len(strand.staff.voices) <= 4
        for voice in strand.staff.voices:
            for first, second in zip(voice.notes, voice.notes[1:], strict=False):
                assert first.end <= second.onset


@pytest.mark.parametrize("written", [adventure(), lament()], ids=["adventure", "lament"])
def test_what_we_scored_comes_back(written: object) -> None:
    """Our own scoring of a sketch, brought down again, has the sketch's tune as its tune."""
    full = orchestrate(written.sketch, load_ensemble("small-orchestra"), written.tempo_map).score  # type: ignore[attr-defined]
    back = reduce_score(full).sketch
    tune = tones([n for one in written.sketch.of_role(Role.MELODY) for n in one.staff.notes])  # type: ignore[attr-defined]
    found = tones([n for one in back.of_role(Role.MELODY) for n in one.staff.notes])
    assert len(tune & found) >= 0.7 * len(tune)


def test_no_strokes_are_lost() -> None:
    read = read_score(shared("scores/beach-gaelic-2.mxl").read_bytes(), "beach")
    made = reduce_score(read.score)
    before = sum(isinstance(p, Unpitched) for _, n in read.score.notes() for p in n.pitches)
    after = sum(isinstance(p, Unpitched) for n in sketched(made.sketch) for p in n.pitches)
    assert before == after > 0


def test_a_movement_of_beethoven() -> None:
    """The whole movement: nothing left out, and a third of its notes or fewer are enough."""
    read = read_score(shared("scores/beethoven-5-1.mxl").read_bytes(), "beethoven")
    made = reduce_score(read.score)
    assert not made.left_out
    total = sum(1 for _ in read.score.notes())
    assert len(sketched(made.sketch)) < total / 2
    opening = made.bars[0].players(Role.MELODY)
    assert {read.score.lines[player].player.name for player in opening} >= {
        "Violin 1",
        "Violin 2",
        "Viola",
        "Violoncello",
        "Contrabass",
    }


def _two_lines(tune: list[tuple[int, int, int]], bass: list[tuple[int, int, int]]) -> Score:
    """A violin over a cello: onset and length in quarters, key."""
    lines = []
    for name, notes in (("violin", tune), ("cello", bass)):
        held = load_instrument(name)
        voice = Voice(
            tuple(
                Note(f"{name}{at}", Beat(at), Beats(length), (pitch_of_key(key),))
                for at, length, key in notes
            )
        )
        lines.append(Line(Player(name, held.name, "", (held,)), (Staff((voice,)),)))
    return Score(BarGrid.regular(4, Meter(4, 4)), tuple(lines))


MOVING = [(0, 1, 72), (1, 1, 74), (2, 2, 76), (12, 2, 74), (14, 2, 72)]
STEADY = [(0, 4, 48), (12, 4, 43)]
HELD, HELD_LOW = [(4, 4, 79), (8, 4, 72)], [(4, 4, 43), (8, 4, 36)]


@pytest.mark.parametrize(
    ("tune", "bass"),
    [(MOVING + HELD, STEADY + HELD_LOW), ([(0, 4, 72)], [(0, 4, 36)])],
    ids=["long notes meet in octaves", "nothing else is played"],
)
def test_a_bass_that_meets_the_tune_in_octaves_stays_the_bass(
    tune: list[tuple[int, int, int]], bass: list[tuple[int, int, int]]
) -> None:
    made = reduce_score(_two_lines(tune, bass)).sketch
    low = [note for one in made.of_role(Role.BASS) for note in one.staff.notes]
    assert [note.sounding[0].key for note in low] == [key for _, _, key in sorted(bass)]


def test_who_plays_the_tune_in_octaves_is_no_bass() -> None:
    """A line in octaves with a long last note is one line to its end."""
    line = [(0, 1, 72), (1, 1, 74), (2, 2, 76), (4, 4, 79)]
    made = reduce_score(_two_lines(line, [(at, long, key - 24) for at, long, key in line])).sketch
    assert not made.of_role(Role.BASS)
