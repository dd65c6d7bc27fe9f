"""Ids, slurs, articulations."""

from __future__ import annotations

import itertools
from dataclasses import replace

from tests.composing import craft
from tests.composing.cues import random_piece, request

from scorestage.composing import compose
from scorestage.composing.finishing import manner
from scorestage.music import Articulation, MarkKind, Role
from scorestage.timebase import Beat, Beats, Tempo


def test_ids_say_strand_bar_and_beat() -> None:
    sketch = compose(request(meters=("4/4",) * 12)).sketch
    for role, note in craft.all_notes(sketch):
        position = sketch.grid.position(note.onset)
        prefix, bar, beat = note.id.split("-", 2)
        assert prefix == role.name[:3].lower().replace("cou", "cnt")
        assert (bar, beat) == (str(position.label), str(position.beat))


def test_slurs_join_notes_of_their_strand() -> None:
    for number in range(12):
        for strand in random_piece(number)[1].sketch.strands:
            order = {note.id: place for place, note in enumerate(strand.staff.notes)}
            for slur in strand.staff.slurs:
                notes = strand.staff.notes[order[slur.first] : order[slur.last] + 1]
                assert len(notes) > 1
                assert all(a.end == b.onset for a, b in itertools.pairwise(notes))


def test_tone_decides_the_manner() -> None:
    assert manner(request("adventure", tone=("tender",))) == "legato"
    assert manner(request("comedy")) == "staccato"
    assert manner(request("tender", tone=("battle",))) == "marcato"


def test_legato_is_slurred_and_staccato_dotted() -> None:
    legato = compose(request("tender")).sketch.of_role(Role.MELODY)[0]
    assert legato.staff.slurs
    dotted = compose(request("comedy", bpm=132)).sketch.of_role(Role.MELODY)[0]
    short = [note for note in dotted.staff.notes if Articulation.STACCATO in note.articulations]
    assert short and not dotted.staff.slurs


def test_swing_is_said() -> None:
    marks = compose(request("noir-jazz")).sketch.marks
    assert [(mark.at, mark.text) for mark in marks if mark.kind is MarkKind.TEXT] == [
        (Beat(0), "Swing")
    ]


def test_provenance_speaks_of_theme_hit_and_rule() -> None:
    piece = compose(request(meters=("4/4",) * 20, hits=(("33", "accent", 4),)))
    words = [entry.words for entry in piece.provenance]
    assert any("'main'" in one and "statement" in one for one in words)
    assert any(one == "accent at accent 1" for one in words)
    assert any(one.startswith("bass of the ") for one in words)


def test_over_the_last_bar_of_a_segue_stands_where_it_goes_and_how_fast() -> None:
    plain = request(way_out="segue", bpm=120)
    for tempo, words in (
        (Tempo(120), "segue 1m02"),
        (Tempo(96), "segue 1m02, at quarter = 96"),
        (Tempo("181/3", Beats("3/2")), "segue 1m02, at dotted quarter = 60.333"),
    ):
        asked = replace(plain, segue_to="1m02", segue_tempo=tempo)
        sketch = compose(asked).sketch
        told = [mark for mark in sketch.marks if mark.text.startswith("segue")]
        assert [(mark.at, mark.text) for mark in told] == [(sketch.grid.starts[-2], words)]
    assert not [m for m in compose(plain).sketch.marks if m.text.startswith("segue")]
