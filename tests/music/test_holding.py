"""Held bars: what sounds lasts, what would begin inside is left out, slurs end on what is held."""

from __future__ import annotations

from scorestage.music import (
    Articulation,
    Dynamic,
    DynamicMark,
    Note,
    Pitch,
    Role,
    Score,
    Sketch,
    Slur,
    Staff,
    Strand,
    Unpitched,
    Voice,
)
from scorestage.music.holding import held_score, held_sketch, held_staff, holds_of
from scorestage.timebase import (
    BarGrid,
    Beat,
    Beats,
    Fermata,
    FilmSpan,
    FilmTime,
    FreeBar,
    Meter,
    Steady,
    Tempo,
    TempoMap,
)

GRID = BarGrid.regular(4, Meter(4, 4))
HELD = Fermata(Beat(6), Beats(2), FilmSpan(3))
FREE = FreeBar(Beat(8), Beats(4), FilmSpan(5))
MAP = TempoMap(FilmTime(0), GRID, (Steady(Beat(0), Tempo(96)), HELD, FREE))
C = Pitch.parse("C4")


def note(name: str, onset: int | str, length: int | str, *signs: Articulation) -> Note:
    return Note(name, Beat(onset), Beats(length), (C,), signs)


def eighths() -> tuple[Note, ...]:
    return tuple(note(f"n{number}", f"{number}/2", "1/2") for number in range(32))


def test_the_holds_of_a_map() -> None:
    assert holds_of(MAP) == (HELD, FREE)


def test_a_hit_inside_a_hold_is_struck_and_held() -> None:
    found = held_staff(Staff((Voice(eighths()),)), (HELD, FREE), hits=frozenset({Beat("21/2")}))
    by_id = {one.id: one for one in found.notes}
    assert by_id["n16"].end == Beat("21/2") == by_id["n21"].onset
    assert by_id["n21"].end == Beat(12) and "n17" not in by_id and "n22" not in by_id
    long = Staff((Voice((note("a", 0, 16),)),))
    assert held_staff(long, (FREE,), hits=frozenset({Beat(10)})) == held_staff(long, (FREE,))


def test_the_dynamic_of_what_is_left_out_stands_at_the_next_note() -> None:
    """A run in a free bar is left out where nobody holds a note; nothing is printed under rests."""
    played = (note("a", 0, 4), note("b", 9, 1), note("c", 12, 2), note("d", 14, 1))
    marks = (DynamicMark(Beat(0), Dynamic.P), DynamicMark(Beat(9), Dynamic.MP))
    found = held_staff(Staff((Voice(played),), marks), (FREE,))
    assert [one.id for one in found.notes] == ["a", "c", "d"]
    assert found.dynamics == (marks[0], DynamicMark(Beat(12), Dynamic.MP))
    told = (*marks, DynamicMark(Beat(12), Dynamic.F))
    assert held_staff(Staff((Voice(played),), told), (FREE,)).dynamics == (told[0], told[2])
    alone = held_staff(Staff((Voice(played[:2]),), marks), (FREE,))
    assert alone.dynamics == marks[:1]


def test_moving_notes_stand_still() -> None:
    staff = Staff((Voice(eighths()),), slurs=(Slur("n8", "n15"), Slur("n13", "n15")))
    found = held_staff(staff, (HELD, FREE))
    by_id = {one.id: one for one in found.notes}
    assert by_id["n12"].onset == Beat(6) and by_id["n12"].end == Beat(8)
    assert Articulation.FERMATA in by_id["n12"].articulations
    assert by_id["n16"].end == Beat(12) and not by_id["n16"].articulations  # a free bar
    assert set(by_id) == {f"n{n}" for n in (*range(13), 16, *range(24, 32))}
    assert found.slurs == (Slur("n8", "n12"),)
    for before, after in zip(found.notes, found.notes[1:], strict=False):
        assert before.end <= after.onset


def test_a_note_already_sounding_is_held_and_rests_stay_rests() -> None:
    long = Staff((Voice((note("a", 4, 3, Articulation.STACCATO), note("b", 7, 1))),))
    found = held_staff(long, (HELD,)).notes
    assert [(one.id, one.end) for one in found] == [("a", Beat(8))]
    assert found[0].articulations == (Articulation.FERMATA,)
    late = Staff((Voice((note("a", 4, 2), note("b", 7, 1))),))
    assert [one.id for one in held_staff(late, (HELD,)).notes] == ["a"]
    longer = Staff((Voice((note("a", 4, 12),)),))
    assert held_staff(longer, (HELD,)).notes[0].length == Beats(12)


def test_a_stroke_is_struck_once() -> None:
    stroke = Note("d", Beat(6), Beats(1), (Unpitched("bass-drum"),))
    assert held_staff(Staff((Voice((stroke,)),)), (HELD,)).notes[0].length == Beats(1)


def test_without_holds_nothing_is_touched() -> None:
    plain = TempoMap.steady(FilmTime(0), Tempo(96), GRID)
    score = Score(GRID, ())
    assert held_score(score, plain) is score


def test_a_sketch_is_held_without_the_sign() -> None:
    sketch = Sketch(GRID, (Strand(Role.MELODY, Staff((Voice(eighths()),))),))
    found = {one.id: one for one in held_sketch(sketch, MAP).strands[0].staff.notes}
    assert found["n12"].end == Beat(8) and not found["n12"].articulations
