"""Written bars as LilyPond's words."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.engraving.small_cue import DRUMS, note

from scorestage.engraving.notes import pickup_rest, voice_music
from scorestage.music import Articulation, Note, Pitch, Slur, Staff, Voice
from scorestage.music.written import write_out
from scorestage.timebase import BarGrid, Beat, Beats, Meter

KIT = {sound.id: sound for sound in DRUMS.drums}


def _bar(*notes: Note, meter: str = "4/4", slurs: tuple[Slur, ...] = ()) -> str:
    grid = BarGrid.regular(2, Meter.parse(meter))
    bar = write_out(Staff((Voice(notes),), slurs=slurs), grid).bars[0]
    return " ".join(voice_music(bar.voices[0], KIT))


def test_an_empty_bar_rests_as_a_whole() -> None:
    grid = BarGrid.regular(1, Meter(3, 4))
    assert voice_music(write_out(Staff(()), grid).bars[0].voices[0], {}) == ["R1*3/4"]


def test_beams_stand_where_they_were_written_and_nowhere_else() -> None:
    eighths = [note(f"n{i}", Fraction(i, 2), "1/2", "C5") for i in range(4)]
    assert _bar(*eighths) == "c''8[ c''8 c''8 c''8] r2"


def test_accidentals_are_printed_as_told() -> None:
    told = _bar(note("a", 0, 1, "F#4"), note("b", 1, 1, "F#4"), note("c", 2, 1, "F4"))
    assert told.split()[:3] == ["fis'!4", "fis'4", "f'!4"]


def test_chords_tie_as_a_whole_or_head_by_head() -> None:
    assert _bar(note("a", 3, 2, "C4", "E4")).endswith("<c' e'>4~")


def test_tremolo_strokes_count_the_flags() -> None:
    assert _bar(note("a", 0, 4, "G4", tremolo=3)) == "g'1:32"
    assert ":32" in _bar(note("a", 0, "1/2", "G4", tremolo=2))
    assert ":16" in _bar(note("a", 0, 1, "G4", tremolo=2))


def test_triplets_are_bracketed() -> None:
    thirds = [note(f"n{i}", Fraction(i, 3), "1/3", "C5") for i in range(3)]
    assert _bar(*thirds).startswith(r"\tuplet 3/2 { c''8[ c''8 c''8] }")


def test_signs_and_slurs_hang_on_their_notes() -> None:
    marked = (Articulation.STACCATO, Articulation.ACCENT, Articulation.FERMATA)
    told = _bar(
        note("a", 0, 1, "C5", articulations=marked),
        note("b", 1, 1, "D5", articulations=(Articulation.BREATH,)),
        slurs=(Slur("a", "b"),),
    )
    assert told.startswith(r"c''4\=1(-.->\fermata d''4\=1) \breathe")


@pytest.mark.parametrize(
    ("graces", "told"),
    [
        (("B4",), r"\slashedGrace { b'8 } c''4"),
        (("A4", "B4"), r"\grace { a'16[ b'16] } c''4"),
    ],
)
def test_graces_go_before(graces: tuple[str, ...], told: str) -> None:
    written = tuple(map(Pitch.parse, graces))
    assert _bar(note("a", 0, 1, "C5", grace=written)).startswith(told)


def test_a_slur_from_the_graces_begins_on_the_first() -> None:
    first = note("a", 0, 1, "C5", grace=(Pitch.parse("B4"),))
    assert _bar(first, slurs=(Slur("a", "a"),)).startswith(r"\slashedGrace { b'8\=1( } c''4\=1)")


def test_strokes_stand_at_their_place_with_their_heads() -> None:
    struck = _bar(note("a", 0, 1, "bass-drum"), note("b", 1, 1, "cymbal", "bass-drum"))
    assert struck.startswith(r"f4 <\tweak style #'cross b' f>4")


def test_an_unknown_stroke_stands_on_the_middle_line() -> None:
    assert _bar(note("a", 0, 1, "anvil")).startswith("c'4")


def test_room_for_graces_is_left_where_another_staff_has_them() -> None:
    grid = BarGrid.regular(1, Meter(4, 4))
    written = write_out(Staff((Voice((note("a", 0, 4, "C5"),)),)), grid)
    words = voice_music(written.bars[0].voices[0], {}, Fraction(1, 2))
    assert words == [r"\grace { s1*1/8 }", "c''1"]


@pytest.mark.parametrize("quarters", [Fraction(n, 8) for n in range(1, 33)])
def test_an_empty_pickup_is_filled(quarters: Fraction) -> None:
    lasting = sum(Fraction(4, int(word.removeprefix("r"))) for word in pickup_rest(quarters))
    assert lasting == quarters


def test_every_value_lasts_what_its_event_does() -> None:
    lengths = [Fraction(n, 24) for n in (1, 2, 3, 4, 6, 8, 9, 12, 16, 18, 21, 30, 40)]
    for length in lengths:
        told = write_out(
            Staff((Voice((Note("a", Beat(0), Beats(length), (Pitch.parse("C5"),)),)),)),
            BarGrid.regular(2, Meter(4, 4)),
        )
        words = " ".join(voice_music(told.bars[0].voices[0], {}))
        assert "*" not in words, f"{length}: {words}"
