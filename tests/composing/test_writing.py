"""Whole cues, judged by the checker of craft and by what the cue asked for."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from tests.composing import craft
from tests.composing.cues import random_piece, request, themes

from scorestage.composing import Composition, CueRequest, compose
from scorestage.composing.frame import Moment, frame_of
from scorestage.composing.moments import silences
from scorestage.errors import CatalogueError, InputError
from scorestage.music import Articulation, Dynamic, MarkKind, Role, Sketch
from scorestage.music.harmony import mode_family
from scorestage.music.key import Key
from scorestage.production import HitKind, WayOut
from scorestage.timebase import BarGrid, Beat, TempoMap

RANDOM_CUES = range(26)


@pytest.mark.parametrize("number", RANDOM_CUES)
def test_any_cue_is_written_by_the_rules_of_craft(number: int) -> None:
    asked, piece = random_piece(number)
    sketch = piece.sketch
    bare = asked.style.harmony.plain == "fifths"
    assert craft.parallels(sketch, bare_fifths=bare) == []
    assert craft.off_grid(sketch) == []
    assert craft.overlaps(sketch) == []
    assert craft.out_of_register(sketch) == []
    assert craft.duplicate_ids(sketch) == []
    frame = frame_of(asked, asked.main_theme)
    quiet = silences(asked, frame)
    starts = frame.grid.starts
    for index in craft.silent_bars(sketch):
        assert any(begin < starts[index + 1] and starts[index] < end for begin, end in quiet)


@pytest.mark.parametrize("number", RANDOM_CUES)
def test_any_cue_starts_and_ends_where_it_should(number: int) -> None:
    asked, piece = random_piece(number)
    notes = [note for _, note in craft.all_notes(piece.sketch)]
    grid = asked.tempo_map.grid
    first = min(note.onset for note in notes)
    assert Beat(0) - grid.pickup <= first <= Beat(0)
    if grid.pickup.quarters:
        assert first < Beat(0)
    last = max(note.end for note in notes)
    assert last <= grid.end
    stops = [moment for moment in frame_of(asked, asked.main_theme).moments
             if moment.hit.kind is HitKind.STOP]  # fmt: skip
    near_end = any((grid.end - stop.at).quarters <= 8 for stop in stops)
    if asked.cue.way_out is not WayOut.BUTTON and not near_end:
        assert last == grid.end


def _is_the_button(asked: CueRequest, moment: Moment, piece: Composition) -> bool:
    """Whether a stop has the button for its blow: marked, its own, and the last there is."""
    notes = [note for _, note in craft.all_notes(piece.sketch)]
    blow = [note for note in notes if note.onset == moment.at]
    return (
        asked.cue.way_out is WayOut.BUTTON
        and max(note.onset for note in notes) == moment.at
        and {note.origin for note in blow} == {f"hit:{moment.hit.id}"}
        and all(Articulation.MARCATO in note.articulations for note in blow)
    )


@pytest.mark.parametrize("number", RANDOM_CUES)
def test_a_hit_is_struck_and_nothing_else_near_it(number: int) -> None:
    asked, piece = random_piece(number)
    frame = frame_of(asked, asked.main_theme)
    for moment in frame.moments:
        others = [one for one in frame.moments if one is not moment]
        if any(abs((one.at - moment.at).quarters) <= 4 for one in others):
            continue
        struck = [note for _, note in craft.all_notes(piece.sketch) if note.onset == moment.at]
        half = frame.half_beat(moment.at)
        near = [
            note
            for _, note in craft.attacks_near(piece.sketch, moment.at, half)
            if note.onset > Beat(0)
        ]
        if moment.hit.kind is HitKind.STOP:
            assert not struck or _is_the_button(asked, moment, piece)
            assert not [n for _, n in craft.all_notes(piece.sketch) if n.onset < moment.at < n.end]
        else:
            assert any(note.origin == f"hit:{moment.hit.id}" for note in struck)
            assert near == []


@pytest.mark.parametrize("number", [n for n in RANDOM_CUES if n % 3 == 0])
def test_removing_a_hit_changes_the_music_around_it_and_only_there(number: int) -> None:
    asked, piece = random_piece(number)
    grid = asked.tempo_map.grid
    before = set(craft.all_notes(piece.sketch))
    for hit in asked.cue.hits[:3]:
        others = tuple(one for one in asked.cue.hits if one != hit)
        without = compose(replace(asked, cue=replace(asked.cue, hits=others)))
        changed = before ^ set(craft.all_notes(without.sketch))
        bar = grid.index_at(asked.tempo_map.beat_at(hit.at))
        assert all(abs(grid.index_at(note.onset) - bar) <= 2 for _, note in changed)


def test_a_hit_does_change_something() -> None:
    plain = compose(request())
    for kind in HitKind:
        asked = request(hits=((18, kind.value, 4),))
        assert craft.all_notes(compose(asked).sketch) != craft.all_notes(plain.sketch)


def test_the_same_request_gives_the_same_notes() -> None:
    asked = request(hits=((18, "accent", 4),))
    assert compose(asked) == compose(asked)
    assert compose(replace(asked, seed=2)).sketch != compose(asked).sketch


def test_pads_move_as_smoothly_as_a_chorale() -> None:
    moves = [
        abs(move)
        for number in RANDOM_CUES
        for move in craft.upper_moves(random_piece(number)[1].sketch)
    ]
    steps = Fraction(sum(move <= 2 for move in moves), len(moves))
    awkward = Fraction(sum(move in (6, 10, 11) or move > 12 for move in moves), len(moves))
    assert len(moves) > 300
    assert steps >= Fraction(7, 10)
    assert awkward <= Fraction(6, 1000)


def _melody(sketch: Sketch) -> list[int]:
    return [note.sounding[-1].key for note in craft.notes_of(sketch, Role.MELODY)]


def _intervals(keys: list[int]) -> list[int]:
    return [other - one for one, other in pairwise(keys)]


@pytest.mark.parametrize("style", ["adventure", "tender", "folk", "noir-jazz"])
def test_the_theme_is_heard_note_for_note_where_there_is_room(style: str) -> None:
    asked = request(style, meters=("4/4",) * 12)
    theme = asked.main_theme
    wanted = _intervals([note.sounding[0].key for note in theme.notes if note.onset >= Beat(0)])
    stated = [
        note
        for note in craft.notes_of(compose(asked).sketch, Role.MELODY)
        if note.origin in ("theme:main:statement", "theme:main:transpose")
    ]
    found = _intervals([note.sounding[0].key for note in stated])
    assert any(
        found[start : start + len(wanted)] == wanted
        for start in range(len(found) - len(wanted) + 1)
    )


def test_an_eight_second_sting_holds_the_motif() -> None:
    asked = request(meters=("4/4",) * 4, bpm=120)
    theme = asked.main_theme
    head = [note for note in theme.notes[: theme.motif_notes] if note.onset >= Beat(0)]
    in_bar = [note.sounding[0].key for note in head if note.onset < Beat(4)]
    found = _intervals(_melody(compose(asked).sketch))
    wanted = _intervals(in_bar)
    assert any(found[i : i + len(wanted)] == wanted for i in range(len(found)))


def test_two_seconds_are_enough_for_a_motif() -> None:
    piece = compose(request(meters=("4/4",), bpm=120))
    origins = {note.origin for note in craft.notes_of(piece.sketch, Role.MELODY)}
    assert origins == {"theme:main:fragment"}


def test_no_tune_and_nothing_loud_under_speech() -> None:
    asked = request("adventure", meters=("4/4",) * 24, speech=((30, 50),), tone=("heroic",))
    sketch = compose(asked).sketch
    for role in (Role.MELODY, Role.COUNTER):
        for note in craft.notes_of(sketch, role):
            assert note.end <= Beat(30) or note.onset >= Beat(50)
    for strand in sketch.strands:
        if not any(Beat(30) <= note.onset < Beat(50) for note in strand.staff.notes):
            continue
        earlier = [mark for mark in strand.staff.dynamics if mark.at <= Beat(30)]
        inside = [mark for mark in strand.staff.dynamics if Beat(30) < mark.at < Beat(50)]
        assert all(mark.dynamic.level <= Dynamic.P.level for mark in (*earlier[-1:], *inside))
    pads = [note for note in craft.notes_of(sketch, Role.HARMONY)
            if Beat(32) <= note.onset < Beat(48)]  # fmt: skip
    assert pads
    assert max(pitch.key for note in pads for pitch in note.sounding) <= 67


def test_tone_chooses_mode_and_loudness() -> None:
    sad = compose(request("tender", tone=("grief",))).sketch
    glad = compose(request("tender", tone=("joy",))).sketch
    assert mode_family(_mode(sad)) == "minor"
    assert mode_family(_mode(glad)) == "major"
    assert _mean_level(sad) < _mean_level(glad)


def _mode(sketch: Sketch) -> str:
    last = sketch.chords[-1]
    return "minor" if last.quality.startswith("minor") else "major"


def _mean_level(sketch: Sketch) -> Fraction:
    marks = [mark.dynamic.level for strand in sketch.strands for mark in strand.staff.dynamics]
    return Fraction(sum(marks), len(marks))


def test_a_pickup_leads_in() -> None:
    sketch = compose(request(way_in="pickup", pickup="3/2")).sketch
    notes = [note for note in craft.notes_of(sketch, Role.MELODY) if note.onset < Beat(0)]
    assert notes
    assert all(note.id.startswith("mel-1-") for note in notes)


def test_hits_and_sections_are_marked() -> None:
    asked = request(meters=("4/4",) * 24, hits=((18, "accent", 4), (41, "catch", 2)))
    marks = compose(asked).sketch.marks
    assert [(mark.at, mark.text) for mark in marks if mark.kind is MarkKind.HIT] == [
        (Beat(18), "accent 1"),
        (Beat(41), "catch 2"),
    ]
    letters = [mark.text for mark in marks if mark.kind is MarkKind.REHEARSAL]
    assert letters == [chr(ord("A") + number) for number in range(len(letters))]
    assert letters


def test_every_note_can_be_traced() -> None:
    _, piece = random_piece(3)
    traced = {note_id: entry for entry in piece.provenance for note_id in entry.note_ids}
    for role, note in craft.all_notes(piece.sketch):
        assert traced[note.id].origin == note.origin
        assert traced[note.id].strand == role.value
        assert note.origin.split(":")[0] in {"theme", "hit", "rule"}
    assert all(entry.words for entry in piece.provenance)


def test_six_minutes_have_form() -> None:
    asked = request("adventure", meters=("4/4",) * 150, bpm=100)
    sketch = compose(asked).sketch
    letters = [mark for mark in sketch.marks if mark.kind is MarkKind.REHEARSAL]
    operations = {
        note.origin.split(":")[2] for note in craft.notes_of(sketch, Role.MELODY)
        if note.origin.startswith("theme:")
    }  # fmt: skip
    textures = {
        note.origin for role in (Role.RHYTHM, Role.HARMONY)
        for note in craft.notes_of(sketch, role) if note.origin.startswith("rule:")
    }  # fmt: skip
    assert len(letters) >= 8
    assert len(operations) >= 4
    assert len(textures) >= 4


def test_remarks_tell_what_was_not_understood() -> None:
    piece = compose(request(tone=("zorgon",), hits=((400, "accent", 3),)))
    assert any("zorgon" in remark for remark in piece.remarks)
    assert any("h1" in remark for remark in piece.remarks)


def test_a_stop_before_any_music_is_only_remarked() -> None:
    piece = compose(request(hits=(("0", "stop", 5),)))
    assert min(note.onset for _, note in craft.all_notes(piece.sketch)) == Beat(0)
    assert any("before there is any" in remark for remark in piece.remarks)


def test_a_cue_without_theme_or_bars_is_refused() -> None:
    asked = request()
    with pytest.raises(InputError, match="no theme"):
        compose(replace(asked, themes=()))
    tempo_map = asked.tempo_map
    empty = TempoMap(tempo_map.start, BarGrid(()), tempo_map.events)
    with pytest.raises(InputError, match="no bars"):
        compose(replace(asked, tempo_map=empty))


def test_an_idiom_nobody_has_is_named() -> None:
    with pytest.raises(CatalogueError, match="nobody has"):
        compose(request(), idioms={})


def test_a_composers_theme_with_its_second_is_used_in_long_cues() -> None:
    asked = request(meters=("4/4",) * 72)
    second = replace(themes("folk")[0], id="second", title="Second")
    both = replace(asked, themes=(*asked.themes, second))
    origins = {note.origin for note in craft.notes_of(compose(both).sketch, Role.MELODY)}
    assert any(origin.startswith("theme:second:") for origin in origins)


def test_the_key_stays_readable() -> None:
    for number in RANDOM_CUES:
        asked, piece = random_piece(number)
        for _, note in craft.all_notes(piece.sketch):
            assert all(-2 < pitch.alter < 2 for pitch in note.sounding)
        assert Key(asked.main_theme.key, "major").accidentals() <= 7


def _seconds(asked: CueRequest) -> Fraction:
    return (asked.tempo_map.end - asked.tempo_map.start).seconds


def test_random_cues_cover_two_seconds_to_three_minutes() -> None:
    lengths = [_seconds(random_piece(number)[0]) for number in RANDOM_CUES]
    assert min(lengths) <= 4
    assert max(lengths) >= 120
