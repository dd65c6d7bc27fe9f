"""A person's bars set into a score made anew: kept to the note, and nothing else touched."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sketches import SKETCHES

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import (
    Dynamic,
    DynamicMark,
    Hairpin,
    Line,
    Note,
    Pitch,
    Score,
    Slur,
    Staff,
    Technique,
    TechniqueMark,
    Voice,
)
from scorestage.music.barprints import EVERYBODY, bar_prints, changed_bars
from scorestage.music.splicing import matching_bars, spliced
from scorestage.orchestration import Settings, orchestrate
from scorestage.timebase import BarGrid, Beat, Beats, Meter

Sounds = set[tuple[Fraction, Fraction, str]]


@cache
def score(option: str, sketch: str = "adventure") -> Score:
    made = SKETCHES[sketch]()
    players = load_ensemble("string-orchestra")
    return orchestrate(made.sketch, players, made.tempo_map, Settings(option=option)).score


def sounds(of: Score, player: str, bar: int) -> Sounds:
    """What sounds in one bar, ties forgotten: told without prints or pieces."""
    low, high = of.grid.starts[bar].quarters, of.grid.starts[bar + 1].quarters
    return {
        (max(low, note.onset.quarters) - low, min(high, note.end.quarters) - low, str(pitch))
        for note in of.line_of(player).notes
        for pitch in note.pitches
        if note.onset.quarters < high and note.end.quarters > low
    }


def shape(of: Score) -> object:
    """A score without ids of notes and order of voices."""
    found = []
    for line in of.lines:
        for staff in line.staves:
            at = {note.id: note.onset for note in staff.notes}
            notes = sorted(
                (n.onset, n.end, str(n.pitches), str(n.articulations), n.tremolo)
                for n in staff.notes
            )
            slurs = sorted((at[one.first], at[one.last]) for one in staff.slurs)
            rest = staff.dynamics, staff.hairpins, staff.techniques, staff.words, staff.clefs
            found.append((line.player.id, notes, slurs, rest, line.changes))
    return found


KEPT = st.dictionaries(
    st.sampled_from([line.player.id for line in score("balanced").lines]),
    st.sets(st.integers(0, 23), min_size=1, max_size=8).map(lambda bars: tuple(sorted(bars))),
    min_size=1,
    max_size=4,
)


@settings(max_examples=10, deadline=None)
@given(KEPT)
def test_each_bar_sounds_as_its_own_hand_wrote_it(kept: Mapping[str, tuple[int, ...]]) -> None:
    new, theirs = score("balanced"), score("lush")
    whole = spliced(new, theirs, kept)
    for line in new.lines:
        name = line.player.id
        for bar in range(len(new.grid.bars)):
            hand = theirs if bar in kept.get(name, ()) else new
            assert sounds(whole, name, bar) == sounds(hand, name, bar), (name, bar)


@settings(max_examples=10, deadline=None)
@given(KEPT)
def test_a_score_set_into_itself_is_itself(kept: Mapping[str, tuple[int, ...]]) -> None:
    """Ties, slurs and hairpins that were cut at every border have grown together again."""
    whole = score("balanced")
    assert shape(spliced(whole, whole, kept)) == shape(whole)
    assert not changed_bars(bar_prints(whole), spliced(whole, whole, kept))


@settings(max_examples=6, deadline=None)
@given(KEPT)
def test_ids_stay_single_and_every_slur_has_its_notes(kept: Mapping[str, tuple[int, ...]]) -> None:
    whole = spliced(score("balanced"), score("lush"), kept)
    for line in whole.lines:
        names = [note.id for note in line.notes]
        assert len(names) == len(set(names))
        for staff in line.staves:
            ids = {note.id: note.onset for note in staff.notes}
            for slur in staff.slurs:
                assert ids[slur.first] < ids[slur.last]


def test_what_is_changed_is_found_and_nothing_beside_it() -> None:
    dice = random.Random(4)
    whole = score("balanced")
    before = bar_prints(whole)
    for _ in range(10):
        line = dice.choice([one for one in whole.lines if one.notes])
        note = dice.choice(line.notes)
        other = replace(note, pitches=(Pitch("C", 0, 1),))
        staves = tuple(
            replace(
                staff,
                voices=tuple(
                    Voice(tuple(other if one == note else one for one in voice.notes))
                    for voice in staff.voices
                ),
            )
            for staff in line.staves
        )
        lines = tuple(replace(one, staves=staves) if one is line else one for one in whole.lines)
        first = whole.grid.index_at(note.onset)
        last = whole.grid.index_at(Beat(note.end.quarters - Fraction(1, 100)))
        found = changed_bars(before, replace(whole, lines=lines))
        assert found == {line.player.id: tuple(range(first, last + 1))}


def one_line(notes: list[tuple[int, int, str]], bars: int = 4, **signs: object) -> Score:
    player = load_ensemble("string-quartet").players[0]
    made = tuple(
        Note(f"n{at}", Beat(at), Beats(length), (Pitch.parse(name),)) for at, length, name in notes
    )
    staff = Staff((Voice(made),), **signs)  # type: ignore[arg-type]
    return Score(BarGrid.regular(bars, Meter(4, 4)), (Line(player, (staff,)),))


def told(of: Score) -> list[tuple[str, str, str]]:
    return [
        (str(note.onset.quarters), str(note.length.quarters), str(note.pitches[0]))
        for note in of.lines[0].notes
    ]


def test_a_tied_note_is_cut_where_the_other_hand_has_another() -> None:
    new = one_line([(0, 8, "C5"), (8, 8, "E5")])
    theirs = one_line([(0, 4, "C5"), (4, 4, "D5"), (8, 8, "E5")])
    whole = spliced(new, theirs, {"vn1": (1,)})
    assert told(whole) == [("0", "4", "C5"), ("4", "4", "D5"), ("8", "8", "E5")]


def test_the_tail_of_a_note_whose_head_is_a_persons_is_struck() -> None:
    new, theirs = one_line([(0, 8, "C5")]), one_line([(0, 4, "G5")])
    assert told(spliced(new, theirs, {"vn1": (0,)})) == [("0", "4", "G5"), ("4", "4", "C5")]


def test_dynamics_and_techniques_are_said_again_behind_a_persons_bars() -> None:
    loud = (DynamicMark(Beat(0), Dynamic.F),)
    soft = (DynamicMark(Beat(4), Dynamic.PP),)
    plucked = (TechniqueMark(Beat(4), Technique.PIZZICATO),)
    notes = [(0, 4, "C5"), (4, 4, "C5"), (8, 4, "C5"), (12, 4, "C5")]
    new = one_line(notes, dynamics=loud)
    theirs = one_line(notes, dynamics=(*loud, *soft), techniques=plucked)
    staff = spliced(new, theirs, {"vn1": (1,)}).lines[0].staves[0]
    assert [(str(one.at.quarters), one.dynamic) for one in staff.dynamics] == [
        ("0", Dynamic.F), ("4", Dynamic.PP), ("8", Dynamic.F),
    ]  # fmt: skip
    assert [(str(one.at.quarters), one.technique) for one in staff.techniques] == [
        ("4", Technique.PIZZICATO), ("8", Technique.ARCO),
    ]  # fmt: skip


def test_hairpins_and_slurs_end_at_the_border() -> None:
    notes = [(at, 2, "C5") for at in range(0, 16, 2)]
    pin, slur = Hairpin(Beat(0), Beat(8), True), Slur("n0", "n6")
    new = one_line(notes, hairpins=(pin,), slurs=(slur,))
    theirs = one_line(notes)
    staff = spliced(new, theirs, {"vn1": (1,)}).lines[0].staves[0]
    assert staff.hairpins == (Hairpin(Beat(0), Beat(4), True),)
    assert staff.slurs == (Slur("n0", "n2"),)


def test_bars_are_found_by_their_label_where_the_music_grew() -> None:
    theirs = one_line([(0, 4, "C5"), (4, 4, "D5")], bars=2)
    grid = BarGrid.regular(4, Meter(4, 4))
    moved = replace(theirs.grid, bars=grid.bars[2:])
    theirs = replace(theirs, grid=moved)
    assert matching_bars(moved, grid) == {0: 2, 1: 3}
    whole = spliced(one_line([(0, 16, "A4")]), theirs, {"vn1": (1,)})
    assert told(whole) == [("0", "12", "A4"), ("12", "4", "D5")]


def test_a_player_the_ensemble_lost_comes_in_with_the_kept_bars() -> None:
    new = one_line([(0, 4, "C5")])
    other = load_ensemble("string-quartet").players[3]
    line = one_line([(4, 4, "D3")]).lines[0]
    theirs = replace(new, lines=(*new.lines, replace(line, player=other)))
    assert changed_bars(bar_prints(new), theirs) == {other.id: (1,)}
    whole = spliced(new, theirs, {other.id: (1,)})
    assert [one.player.id for one in whole.lines] == ["vn1", other.id]
    assert [note.onset for note in whole.lines[1].notes] == [Beat(4)]


@pytest.mark.parametrize("bars", [(), (0, 1, 2, 3)])
def test_nothing_kept_is_the_new_score_and_everything_the_persons(bars: tuple[int, ...]) -> None:
    new, theirs = one_line([(0, 8, "C5")]), one_line([(2, 12, "G4")])
    assert told(spliced(new, theirs, {"vn1": bars})) == told(theirs if bars else new)
    assert spliced(new, theirs, {EVERYBODY: bars}).marks == ()
