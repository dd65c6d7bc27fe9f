"""What each kind of hit does."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
from tests.composing import craft
from tests.composing.cues import request

from scorestage.composing import FormWish, compose
from scorestage.composing.deeds import Deed
from scorestage.composing.frame import frame_of
from scorestage.composing.moments import silences
from scorestage.music import Articulation, Note, Role, Sketch
from scorestage.music.harmony import in_chord
from scorestage.production import HitKind
from scorestage.timebase import Beat

MANY = ("4/4",) * 16


@cache
def _sketch(
    at: str, kind: str, weight: int = 4, style: str = "adventure", does: str = ""
) -> Sketch:
    asked = request(style, meters=MANY, hits=((at, kind, weight),))
    return compose(replace(asked, form=FormWish(deeds=(("h1", does),)))).sketch


def _accents(sketch: Sketch) -> tuple[Note, ...]:
    return craft.notes_of(sketch, Role.ACCENT)


@pytest.mark.parametrize("at", ["16", "21", "34", "45/2", "31"])
@pytest.mark.parametrize("kind", ["accent", "change", "start", "catch"])
def test_every_hit_has_its_stroke(at: str, kind: str) -> None:
    (stroke,) = _accents(_sketch(at, kind))
    assert stroke.onset == Beat(at)
    assert stroke.origin == "hit:h1"


def test_an_accent_is_a_short_tutti_chord_of_the_harmony() -> None:
    sketch = _sketch("34", "accent", 5)
    (stroke,) = _accents(sketch)
    assert len(stroke.pitches) >= 5
    assert stroke.length.quarters <= 1
    assert Articulation.MARCATO in stroke.articulations
    keys = [pitch.key for pitch in stroke.sounding]
    assert max(keys) - min(keys) >= 24


def test_who_plays_strikes_with_an_accent() -> None:
    sketch = _sketch("67/2", "accent")
    playing = [
        role for role in (Role.MELODY, Role.HARMONY, Role.BASS)
        if any(note.onset < Beat("67/2") < note.end or note.onset == Beat("67/2")
               for note in craft.notes_of(sketch, role))
    ]  # fmt: skip
    for role in playing:
        assert any(note.onset == Beat("67/2") for note in craft.notes_of(sketch, role))


def test_a_catch_is_light() -> None:
    (touch,) = _accents(_sketch("34", "catch", 3))
    assert len(touch.pitches) == 2 and touch.grace
    assert Articulation.STACCATO in touch.articulations
    assert touch.length.quarters <= Fraction(1, 2)


@pytest.mark.parametrize("at", ["16", "21", "35/2", "31", "63/2", "127/4"])
def test_a_stop_is_silence_for_a_beat_at_least(at: str) -> None:
    asked = request(meters=MANY, hits=((at, "stop", 4),))
    sketch = compose(asked).sketch
    ((start, end),) = silences(asked, frame_of(asked, asked.main_theme))
    assert start == Beat(at)
    assert 1 <= (end - start).quarters <= 4
    for _, note in craft.all_notes(sketch):
        assert note.end <= start or note.onset >= end
    assert any(note.onset == end for _, note in craft.all_notes(sketch))


def test_something_new_begins_with_a_start() -> None:
    with_start = {role for role, note in craft.all_notes(_sketch("32", "start"))
                  if Beat(32) < note.onset < Beat(40)}  # fmt: skip
    assert Role.COLOUR in with_start
    plain = compose(request(meters=MANY)).sketch
    assert not craft.notes_of(plain, Role.COLOUR)


def test_a_change_brings_another_figure() -> None:
    def figure(sketch: Sketch) -> list[tuple[Beat, str]]:
        notes = craft.notes_of(sketch, Role.RHYTHM)
        return [(n.onset, n.origin) for n in notes if Beat(32) < n.onset < Beat(39)]

    assert figure(_sketch("32", "change")) != figure(compose(request(meters=MANY)).sketch)
    assert {origin for _, origin in figure(_sketch("32", "change"))} == {"hit:h1"}


def test_a_heavy_accent_is_run_up_to() -> None:
    run = craft.notes_of(_sketch("34", "accent", 5, does="riser"), Role.COLOUR)
    assert len(run) == 4
    keys = [note.sounding[0].key for note in run]
    assert keys == sorted(keys)
    assert run[-1].end <= Beat("67/2")
    assert not craft.notes_of(_sketch("34", "accent", 2), Role.COLOUR)


def test_a_silence_comes_before_everybody() -> None:
    sketch = _sketch("34", "accent", 5, does="silence before")
    for _, note in craft.all_notes(sketch):
        assert note.end <= Beat(33) or note.onset >= Beat(34)
    assert any(note.end == Beat(33) for _, note in craft.all_notes(sketch))


def test_a_stinger_is_let_go_at_once() -> None:
    (stroke,) = _accents(_sketch("32", "accent", 5, does="stinger"))
    assert stroke.length.quarters <= Fraction(1, 2)


@pytest.mark.parametrize("at", ["24", "32", "40", "44"])
def test_the_chord_turns_until_the_barline_and_no_longer(at: str) -> None:
    plain, turned = compose(request(meters=MANY)).sketch, _sketch(at, "change", 3, "adventure",
                                                                  "change of harmony")  # fmt: skip
    bar = turned.grid.index_at(Beat(at))
    end = turned.grid.starts[bar + 1]
    changed = {
        (chord.at, str(chord)) for chord in turned.chords
    } ^ {(chord.at, str(chord)) for chord in plain.chords}  # fmt: skip
    assert all(Beat(at) <= place <= end for place, _ in changed)
    for chord in turned.chords:
        if chord.at == Beat(at):
            for note in craft.notes_of(turned, Role.HARMONY):
                if note.onset == chord.at:
                    assert all(in_chord(pitch, chord) for pitch in note.sounding)


@pytest.mark.parametrize("does", list(Deed))
def test_each_deed_stays_within_two_bars(does: Deed) -> None:
    kind = "stop" if does is Deed.STOP else "accent"
    before = set(craft.all_notes(compose(request(meters=MANY)).sketch))
    after = _sketch("34", kind, 5, does=does)
    changed = before ^ set(craft.all_notes(after))
    assert changed
    assert all(abs(after.grid.index_at(note.onset) - 8) <= 2 for _, note in changed)
    assert craft.overlaps(after) == [] and craft.off_grid(after) == []


def test_hits_close_together_are_all_played() -> None:
    hits = (("32", "accent", 5), ("33", "accent", 3), ("67/2", "catch", 1), ("36", "stop", 4))
    sketch = compose(request(meters=MANY, hits=hits)).sketch
    assert {note.origin for note in _accents(sketch)} == {"hit:h1", "hit:h2", "hit:h3"}
    assert craft.overlaps(sketch) == []


@pytest.mark.parametrize("kind", [kind.value for kind in HitKind])
@pytest.mark.parametrize("at", ["0", "1/2", "63", "127/2", "255/4"])
def test_hits_at_the_edges_do_no_harm(kind: str, at: str) -> None:
    sketch = _sketch(at, kind)
    assert min(note.onset for _, note in craft.all_notes(sketch)) == Beat(0)
    assert max(note.end for _, note in craft.all_notes(sketch)) <= sketch.grid.end
