"""Prints of bars: equal for equal music, another for each thing that a person can change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import (
    Articulation,
    Dynamic,
    DynamicMark,
    Hairpin,
    Line,
    Mark,
    MarkKind,
    Note,
    NoteSign,
    Pitch,
    Score,
    Sign,
    Slur,
    Staff,
    Technique,
    TechniqueMark,
    Voice,
    Words,
)
from scorestage.music.barprints import EVERYBODY, bar_prints, changed_bars
from scorestage.timebase import BarGrid, Beat, Beats, Meter

NOTES = tuple(Note(f"n{at}", Beat(at), Beats(2), (Pitch("C", 0, 5),)) for at in range(0, 16, 2))


def score(staff: Staff) -> Score:
    player = load_ensemble("string-quartet").players[0]
    return Score(BarGrid.regular(4, Meter(4, 4)), (Line(player, (staff,)),))


PLAIN = Staff((Voice(NOTES),))


def with_note(**changes: object) -> Staff:
    other = replace(NOTES[3], **changes)  # type: ignore[arg-type]
    return Staff((Voice((*NOTES[:3], other, *NOTES[4:])),))


@pytest.mark.parametrize(
    ("staff", "bars"),
    [
        (with_note(pitches=(Pitch("C", 1, 5),)), (1,)),
        (with_note(pitches=(Pitch("D", -1, 5),)), (1,)),
        (with_note(length=Beats(1)), (1,)),
        (with_note(length=Beats(3)), (1, 2)),
        (with_note(articulations=(Articulation.ACCENT,)), (1,)),
        (with_note(tremolo=3), (1,)),
        (with_note(grace=(Pitch("B", 0, 4),)), (1,)),
        (with_note(lyric="ah"), (1,)),
        (with_note(signs=(NoteSign(Sign("ornaments", inner=(Sign("trill-mark"),))),)), (1,)),
        (replace(PLAIN, dynamics=(DynamicMark(Beat(8), Dynamic.PP),)), (2,)),
        (replace(PLAIN, hairpins=(Hairpin(Beat(2), Beat(10), True),)), (0, 1, 2)),
        (replace(PLAIN, slurs=(Slur("n0", "n6"),)), (0, 1)),
        (replace(PLAIN, techniques=(TechniqueMark(Beat(4), Technique.PIZZICATO),)), (1,)),
        (replace(PLAIN, words=(Words(Beat(12), "solo"),)), (3,)),
    ],
)
def test_every_change_is_seen_in_its_own_bars(staff: Staff, bars: tuple[int, ...]) -> None:
    assert changed_bars(bar_prints(score(PLAIN)), score(staff)) == {"vn1": bars}


def test_names_of_notes_and_order_of_voices_do_not_count() -> None:
    other = tuple(replace(note, id=f"x{note.id}") for note in NOTES)
    split = Staff((Voice(other[4:]), Voice(other[:4])))
    assert changed_bars(bar_prints(score(PLAIN)), score(split)) == {}


def test_a_mark_over_all_is_everybodys() -> None:
    marked = replace(score(PLAIN), marks=(Mark(Beat(4), MarkKind.REHEARSAL, "A"),))
    assert changed_bars(bar_prints(score(PLAIN)), marked) == {EVERYBODY: (1,)}


def test_a_player_who_is_gone_has_nothing_now() -> None:
    before = bar_prints(score(PLAIN))
    assert changed_bars(before, replace(score(PLAIN), lines=())) == {"vn1": (0, 1, 2, 3)}
    silent = bar_prints(score(Staff(())))
    assert changed_bars(silent, replace(score(PLAIN), lines=())) == {}
