"""Signs of the sketch stand in the parts of those who play its notes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.sketches import FOUR, notes, steady, strand

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import AleatoricBox, Line, Note, Role, Score, Sketch, Strand, with_box
from scorestage.music.aleatoric import boxes_of, framed, frames_of
from scorestage.music.notation import NoteSign, Sign
from scorestage.orchestration import account_of, orchestrate
from scorestage.timebase import Beat

TRILL = NoteSign(Sign("ornaments", inner=(Sign("trill-mark"),)))
FINGER = NoteSign(Sign("technical", inner=(Sign("fingering", "3"),)))
CLUSTER = "A4:1/2 Bb4:1/2 B4:1/2 Ab4:1/2 A4:1/2 Bb4:1/2 B4:1/2 Ab4:1/2 "


def slide(kind: str) -> NoteSign:
    return NoteSign(Sign("glissando", details=(("line-type", "wavy"), ("type", kind))))


def tuned(change: dict[str, tuple[NoteSign, ...]], text: str = "C5:4 D5:4 E5:4 C5:4") -> Sketch:
    own = tuple(
        replace(note, signs=change.get(note.id, ())) for note in notes("m", text) if note.pitches
    )
    strands = (
        strand(Role.MELODY, own, ((0, "mf"),)),
        strand(Role.BASS, notes("k", "C3:4 G2:4 C3:4 C3:4"), ((0, "mf"),)),
    )
    return Sketch(steady(4, FOUR, 96).grid, strands)


def scored(sketch: Sketch, ensemble: str) -> Score:
    tempo_map = steady(4, FOUR, 96)
    result = orchestrate(sketch, load_ensemble(ensemble), tempo_map)
    assert not account_of(sketch, result).unexplained
    return result.score


def carrying(score: Score, sketch_note: str) -> list[tuple[Line, Note]]:
    return [(line, note) for line, note in score.notes() if note.id.endswith(f".{sketch_note}")]


def test_an_ornament_is_played_by_who_has_the_note_and_fingers_stay_behind() -> None:
    score = scored(tuned({"m2": (TRILL, FINGER)}), "studio-orchestra")
    had = carrying(score, "m2")
    assert had and all(note.signs == (TRILL,) for _, note in had)
    assert all(note.signs == () for _, note in carrying(score, "m3"))


def test_a_slide_has_both_its_ends_in_one_part() -> None:
    score = scored(tuned({"m1": (slide("start"),), "m2": (slide("stop"),)}), "string-quartet")
    edges = [
        (line.player.id, one.sign.detail("type"))
        for line, note in score.notes()
        for one in note.signs
        if one.sign.name == "glissando"
    ]
    players = {player for player, _ in edges}
    assert players
    for player in players:
        assert [edge for name, edge in edges if name == player] == ["start", "stop"]


@pytest.mark.parametrize(
    "ensemble", ["studio-orchestra", "piano-solo", "string-quartet", "wind-band"]
)
def test_a_box_of_the_sketch_is_a_box_in_the_parts_with_its_arrow(ensemble: str) -> None:
    box = notes("x", "A4:1/2 Bb4:1/2 B4:1/2 Ab4:1/2 r:14")
    colour = strand(Role.COLOUR, box, ((0, "p"),))
    boxed = with_box(colour.staff, AleatoricBox("x1", "x4", Beat(12)))
    sketch = tuned({})
    sketch = replace(sketch, strands=(*sketch.strands, Strand(Role.COLOUR, boxed)))
    score = scored(sketch, ensemble)
    found = [
        (line.player.id, one.cut_off)
        for line in score.lines
        for staff in line.staves
        for one in boxes_of(staff)
    ]
    assert found
    assert all(Beat(2) < cut_off <= Beat(12) for _, cut_off in found)


def test_at_a_keyboard_a_box_lies_in_one_hand() -> None:
    whole = notes("x", CLUSTER * 4)
    framed_bars = tuple(
        framed(note, *(("start",) if place % 8 == 0 else ("stop",) if place % 8 == 7 else ()))
        for place, note in enumerate(whole)
    )
    sketch = tuned({}, "C6:4 D6:4 E6:4 C6:4")
    colour = strand(Role.COLOUR, framed_bars, ((0, "p"),))
    score = scored(replace(sketch, strands=(*sketch.strands, colour)), "piano-solo")
    for line in score.lines:
        staves = [
            (int(first.onset.quarters // 4), number)
            for number, staff in enumerate(line.staves)
            for first, _, _ in frames_of(staff)
        ]
        assert len({bar for bar, _ in staves}) == len(staves) > 0


def test_a_harp_is_spared_what_its_pedals_cannot_follow() -> None:
    sketch = tuned({})
    colour = strand(Role.COLOUR, notes("x", CLUSTER * 4), ((0, "p"),))
    score = scored(replace(sketch, strands=(*sketch.strands, colour)), "chamber-ensemble")
    assert not [line for line, note in score.notes() if ".x" in note.id and line.player.id == "hp"]
