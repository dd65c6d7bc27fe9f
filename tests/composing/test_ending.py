"""How cues end."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.composing import craft
from tests.composing.cues import request

from scorestage.composing import compose
from scorestage.composing.ending import BUTTON_BEFORE_END_SECONDS
from scorestage.music import Articulation, Role, Sketch
from scorestage.timebase import Beat, Beats

MANY = ("4/4",) * 16


def _sketch(way_out: str, **options: object) -> Sketch:
    return compose(request(meters=MANY, way_out=way_out, **options)).sketch  # type: ignore[arg-type]


def test_a_ring_off_holds_its_chord_from_the_last_downbeat() -> None:
    sketch = _sketch("ring-off")
    last = sketch.grid.starts[-2]
    held = [note for role, note in craft.all_notes(sketch) if note.origin == "rule:ring-off"]
    assert {note.onset for note in held} == {last}
    assert {note.end for note in held} == {sketch.grid.end}
    root = sketch.chords[-1].root
    basses = craft.notes_of(sketch, Role.BASS)
    assert str(basses[-1].sounding[0])[: len(root)] == root
    assert not [note for note in craft.notes_of(sketch, Role.RHYTHM) if note.onset >= last]


def test_fast_bars_ring_off_over_more_than_one() -> None:
    sketch = compose(request(meters=("2/4",) * 24, bpm=170)).sketch
    held = [note for _, note in craft.all_notes(sketch) if note.origin == "rule:ring-off"]
    assert all(note.length.quarters * Fraction(60, 170) >= Fraction(8, 5) for note in held)


@pytest.mark.parametrize("bpm", [60, 90, 120, 160])
def test_a_button_is_short_and_near_the_end(bpm: int) -> None:
    sketch = _sketch("button", bpm=bpm)
    struck = [
        (role, note) for role, note in craft.all_notes(sketch) if note.origin == "rule:button"
    ]
    assert {role for role, _ in struck} == {Role.MELODY, Role.HARMONY, Role.RHYTHM, Role.BASS}
    (place,) = {note.onset for _, note in struck}
    before_end = (sketch.grid.end - place).quarters * Fraction(60, bpm)
    assert Fraction(0) < before_end <= Fraction(5, 4)
    assert all(note.length.quarters <= 1 for _, note in struck)
    assert all(Articulation.MARCATO in note.articulations for _, note in struck)
    assert not [note for _, note in craft.all_notes(sketch) if note.onset > place]
    held = [note for _, note in craft.all_notes(sketch) if note.onset < place < note.end]
    assert held == []


@pytest.mark.parametrize(
    ("meter", "bpm", "after"), [("3/8", 50, "1/2"), ("4/4", 40, "7/2"), ("4/4", 16, "15/4")]
)
def test_a_button_is_near_the_end_of_a_bar_whose_clicks_last_longer(
    meter: str, bpm: int, after: str
) -> None:
    sketch = compose(request(meters=(meter,) * 9, way_out="button", bpm=bpm)).sketch
    struck = [note for _, note in craft.all_notes(sketch) if note.origin == "rule:button"]
    assert {note.onset - sketch.grid.starts[-2] for note in struck} == {Beats(after)}
    (place,) = {note.onset for note in struck}
    assert (sketch.grid.end - place).quarters * Fraction(60, bpm) <= BUTTON_BEFORE_END_SECONDS
    assert max(note.end for _, note in craft.all_notes(sketch)) <= sketch.grid.end
    assert craft.off_grid(sketch) == craft.silent_bars(sketch) == []


@pytest.mark.parametrize("at", ["60", "61", "247/4"])
@pytest.mark.parametrize("kind", ["stop", "accent", "catch"])
def test_a_hit_beside_the_button_is_the_button_and_nothing_sounds_after_it(
    at: str, kind: str
) -> None:
    asked = request(meters=MANY, way_out="button", bpm=60, hits=((at, kind, 4), ("63", kind, 4)))
    sketch = compose(asked).sketch
    last = [note for _, note in craft.all_notes(sketch) if note.onset >= Beat(63)]
    assert len(last) == 4 and {note.origin for note in last} == {"hit:h2"}
    assert {note.onset for note in last} == {Beat(63)}
    assert all(Articulation.MARCATO in note.articulations for note in last)
    assert max(note.end for _, note in craft.all_notes(sketch)) <= sketch.grid.end
    assert bool([n for _, n in craft.all_notes(sketch) if n.onset == Beat(at)]) is (kind != "stop")


def test_a_stop_after_the_button_leaves_it_sounding() -> None:
    asked = request(meters=MANY, way_out="button", bpm=60, hits=(("127/2", "stop", 4),))
    struck = [n for _, n in craft.all_notes(compose(asked).sketch) if n.origin == "rule:button"]
    assert len(struck) == 4
    assert max(note.end for note in struck) <= Beat("127/2")


def test_a_cut_plays_on_to_the_cut() -> None:
    sketch = _sketch("cut")
    last_bar = sketch.grid.starts[-2]
    ends = {note.end for _, note in craft.all_notes(sketch) if note.end > last_bar}
    assert max(ends) == sketch.grid.end
    assert not [
        n for _, n in craft.all_notes(sketch) if n.origin in ("rule:ring-off", "rule:button")
    ]


@pytest.mark.parametrize("way_out", ["fade", "sneak"])
def test_a_fade_thins_and_grows_softer(way_out: str) -> None:
    sketch = _sketch(way_out)
    last = sketch.grid.starts[-2]
    roles = {role for role, note in craft.all_notes(sketch) if note.onset < last < note.end
             or note.onset == last}  # fmt: skip
    assert roles <= {Role.HARMONY, Role.BASS}
    for strand in sketch.of_role(Role.HARMONY):
        closing = [pin for pin in strand.staff.hairpins if pin.end == sketch.grid.end]
        assert closing and not closing[0].opens
        levels = [mark.dynamic.level for mark in strand.staff.dynamics]
        assert levels[-1] < max(levels)


def test_the_tunes_last_note_rings_with_the_chord() -> None:
    sketch = _sketch("ring-off")
    melody = craft.notes_of(sketch, Role.MELODY)
    assert melody[-1].end == sketch.grid.end
    assert melody[-1].onset >= sketch.grid.starts[-2]
    assert Beat(0) <= melody[0].onset


@pytest.mark.parametrize("bars", [8, 16, 40])
def test_nobody_grows_softer_into_a_button(bars: int) -> None:
    sketch = compose(request(meters=("4/4",) * bars, way_out="button", bpm=132)).sketch
    for strand in sketch.strands:
        marks = strand.staff.dynamics
        button = [note for note in strand.staff.notes if note.origin == "rule:button"]
        if strand.role is Role.COUNTER:
            continue
        assert button
        before = [mark.dynamic.level for mark in marks if mark.at < button[0].onset]
        at = [mark.dynamic.level for mark in marks if mark.at <= button[0].onset]
        assert not before or at[-1] >= before[-1]
        assert not [pin for pin in strand.staff.hairpins if not pin.opens
                    and pin.end > sketch.grid.starts[-3]]  # fmt: skip
