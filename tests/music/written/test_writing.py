"""Bars as written, read back by eye: everything meant is there, and reads as a copyist would."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.music.written.reading_bars import counted, heard, meant, spelled
from tests.strategies import small_grids, staves

from scorestage.errors import MusicError
from scorestage.music import (
    Articulation,
    Interval,
    Note,
    Pitch,
    Slur,
    Staff,
    Unpitched,
    Voice,
)
from scorestage.music.written import Edge, EventKind, Stem, WrittenStaff, write_out
from scorestage.timebase import BarGrid, Beat, Beats, Meter

FOUR = Meter(4, 4)
FEW = settings(max_examples=30, deadline=None)


def staff_of(text: str, start: str = "0", pitch: str = "A4") -> Staff:
    """`1 r1/2 3`: lengths in quarters one after the other, rests with an r."""
    at = Fraction(start)
    found = []
    for number, word in enumerate(text.split(), start=1):
        length = Fraction(word.removeprefix("r"))
        if not word.startswith("r"):
            found.append(Note(f"n{number}", Beat(at), Beats(length), (Pitch.parse(pitch),)))
        at += length
    return Staff((Voice(tuple(found)),))


def written(text: str, meter: str, bars: int = 1, pickup: str = "0") -> WrittenStaff:
    grid = BarGrid.of_meters((Meter.parse(meter),) * bars, Beats(pickup))
    return write_out(staff_of(text, f"-{pickup}"), grid)


@pytest.mark.parametrize(
    ("meter", "lengths", "expected"),
    [
        ("4/4", "4", "w"),
        ("4/4", "1 2 1", "q q~ q q"),
        ("4/4", "3 1", "h. q"),
        ("4/4", "1 3", "q q~ h"),
        ("4/4", "1/2 1 1 1 1/2", "e q e~ e q e"),
        ("4/4", "1/2 3/2 2", "e q. h"),
        ("4/4", "3/2 5/2", "q. e~ h"),
        ("4/4", "7/2 1/2", "h~ q. e"),
        ("4/4", "5/4 3/4 2", "q~ s e. h"),
        ("4/4", "3/4 1/2 11/4", "e. s~ s e.~ h"),
        ("4/4", "r1 2 r1", "rq q~ q rq"),
        ("4/4", "r1/4 1/4 r7/2", "rs s re rq rh"),
        ("4/4", "1/3 1/3 1/3 2/3 1/3 2", "{3:2e e e e} {3:2e q e} h"),
        ("4/4", "2/3 2/3 2/3 2", "{3:2q q q q} h"),
        ("4/4", "4/3 4/3 4/3", "{3:2h h h h}"),
        ("4/4", "1/6 1/6 1/6 1/2 3", "{3:2s s s s} e q~ h"),
        ("4/4", "r1/3 2/3 3", "{3:2e re q} q~ h"),
        ("4/4", "1/5 1/5 1/5 2/5 3", "{5:4s s s s e} q~ h"),
        ("4/4", "1/7 3/7 3/7 3", "{7:4s s e. e.} q~ h"),
        ("3/4", "3", "h."),
        ("3/4", "1 2", "q h"),
        ("3/4", "1/2 1 1 1/2", "e q q e"),
        ("3/4", "r2 1", "rq rq q"),
        ("2/4", "1/2 1 1/2", "e q e"),
        ("2/2", "1 2 1", "q h q"),
        ("6/8", "3", "h."),
        ("6/8", "2 1", "q.~ e q"),
        ("6/8", "1/2 1 3/2", "e q q."),
        ("6/8", "r1 1/2 r1/2 1", "rq e re q"),
        ("6/8", "r3/2 3/2", "rq. q."),
        ("6/8", "3/10 3/10 3/10 3/10 3/10 3/2", "{5:3e e e e e e} q."),
        ("9/8", "3 3/2", "h. q."),
        ("12/8", "6", "w."),
        ("12/8", "3/2 3 3/2", "q. q.~ q. q."),
        ("7/8", "7/2", "h~ q."),
        ("7/8", "3/2 2", "q~ e e~ q."),
        ("3+2+2/8", "3/2 2", "q. h"),
        ("5/4", "5", "h.~ h"),
        ("5/4", "4 1", "h.~ q q"),
        ("6/4", "4 2", "h.~ q h"),
        ("3/2", "2 4", "h w"),
    ],
)
def test_a_copyist_spells_it_so(meter: str, lengths: str, expected: str) -> None:
    assert spelled(written(lengths, meter).bars[0]) == expected


def test_an_empty_bar_has_one_whole_rest() -> None:
    bars = written("4", "4/4", 2).bars
    assert [spelled(bar) for bar in bars] == ["w", "R"]
    rest = bars[1].voices[0].events[0]
    assert rest.kind is EventKind.MEASURE_REST
    assert rest.length == 4


def test_a_note_over_barlines_is_tied() -> None:
    bars = written("r2 6 8", "4/4", 4).bars
    assert [spelled(bar) for bar in bars] == ["rh h~", "w", "w~", "w"]
    heads = [event for bar in bars for event in bar.voices[0].events if event.note_id == "n2"]
    assert [(event.part, event.parts) for event in heads] == [(0, 2), (1, 2)]


def test_a_pickup_is_bar_0_and_ends_where_a_bar_would() -> None:
    bars = written("1/2 1/2 4", "4/4", 1, pickup="1").bars
    assert [str(bar.label) for bar in bars] == ["0", "1"]
    assert (bars[0].index, bars[0].length) == (-1, Beats(1))
    assert spelled(bars[0], beams=True) == "e[(] e[)]"


def test_a_pickup_inside_a_triplet_opens_with_a_rest() -> None:
    bars = written("1/3 4", "4/4", 1, pickup="1/3").bars
    assert spelled(bars[0]) == "{3:2s rs e}"


def test_a_pickup_longer_than_a_bar_is_one_bar() -> None:
    bars = written("3 2", "2/4", 1, pickup="3").bars
    assert [str(bar.label) for bar in bars] == ["0", "1"]
    assert spelled(bars[0]) == "q~ h"


def test_accidentals_hold_for_their_line_to_the_end_of_the_bar() -> None:
    grid = BarGrid.regular(3, FOUR)
    names = ["F#4", "F#4", "F#5", "F4", "F4", "F#4", "C4", "C4", "F#4", "Bb4", "B4", "Bb4"]
    notes = tuple(
        Note(f"n{at}", Beat(at), Beats(1), (Pitch.parse(name),)) for at, name in enumerate(names)
    )
    bars = write_out(Staff((Voice(notes),)), grid).bars
    signs = [event.pitches[0].accidental for bar in bars for event in bar.voices[0].events]
    assert signs == [
        "sharp", None, "sharp", "natural",
        None, "sharp", None, None,
        "sharp", "flat", "natural", "flat",
    ]  # fmt: skip


def test_after_a_tie_over_the_barline_the_sign_comes_again() -> None:
    grid = BarGrid.regular(2, FOUR)
    notes = (
        Note("a", Beat(2), Beats(3), (Pitch.parse("F#4"),)),
        Note("b", Beat(5), Beats(1), (Pitch.parse("F#4"),)),
        Note("c", Beat(6), Beats(1), (Pitch.parse("F4"),)),
    )
    second = write_out(Staff((Voice(notes),)), grid).bars[1].voices[0].events
    assert [event.pitches[0].accidental for event in second[:3]] == [None, "sharp", "natural"]


def test_a_sign_cancelled_by_the_barline_is_recalled_as_a_courtesy() -> None:
    grid = BarGrid.regular(3, FOUR)
    notes = (
        Note("a", Beat(0), Beats(4), (Pitch.parse("F#4"),)),
        Note("b", Beat(4), Beats(4), (Pitch.parse("F4"),)),
        Note("c", Beat(8), Beats(4), (Pitch.parse("F4"),)),
    )
    heads = [
        bar.voices[0].events[0].pitches[0] for bar in write_out(Staff((Voice(notes),)), grid).bars
    ]
    assert [(head.accidental, head.courtesy) for head in heads] == [
        ("sharp", False),
        ("natural", True),
        (None, False),
    ]


def test_a_key_signature_is_not_repeated_before_the_notes() -> None:
    grid = BarGrid.regular(1, FOUR)
    notes = tuple(
        Note(f"n{at}", Beat(at), Beats(1), (Pitch.parse(name),))
        for at, name in enumerate(("F#4", "F4", "Bb4", "B4"))
    )
    events = write_out(Staff((Voice(notes),)), grid, fifths=1).bars[0].voices[0].events
    assert [event.pitches[0].accidental for event in events] == [
        None, "natural", "flat", "natural"
    ]  # fmt: skip


def test_two_voices_share_the_bar_with_stems_apart() -> None:
    upper = Voice((Note("a", Beat(0), Beats(2), (Pitch.parse("F#5"),)),))
    lower = Voice(
        (
            Note("b", Beat(1), Beats(1), (Pitch.parse("F#5"),)),
            Note("c", Beat(4), Beats(4), (Pitch.parse("C4"),)),
        )
    )
    bars = write_out(Staff((upper, lower)), BarGrid.regular(2, FOUR)).bars
    assert [voice.stem for voice in bars[0].voices] == [Stem.UP, Stem.DOWN]
    assert spelled(bars[0]) == "h rh / rq q rh"
    below = bars[0].voices[1].events
    assert [event.hidden for event in below] == [False, False, True]
    assert below[1].pitches[0].accidental is None  # the upper voice has just shown it
    assert [voice.number for voice in bars[1].voices] == [2]
    assert bars[1].voices[0].stem is Stem.AUTOMATIC


def test_signs_stand_on_the_right_head_of_a_tied_note() -> None:
    signs = (Articulation.ACCENT, Articulation.FERMATA)
    tied = Note("a", Beat(2), Beats(4), (Pitch.parse("C4"),), signs, lyric="Ah")
    last = Note("b", Beat(6), Beats(2), (Pitch.parse("D4"),))
    first = Note("z", Beat(0), Beats(2), (Pitch.parse("D4"),))
    slurs = (Slur("z", "a"), Slur("a", "b"))
    staff = Staff((Voice((first, tied, last)),), slurs=slurs)
    bars = write_out(staff, BarGrid.regular(2, FOUR)).bars
    events = [event for bar in bars for event in bar.voices[0].events]
    assert [event.articulations for event in events] == [
        (), (Articulation.ACCENT,), (Articulation.FERMATA,), ()
    ]  # fmt: skip
    assert [event.lyric for event in events] == ["", "Ah", "", ""]
    edges = [[(slur.edge, slur.number) for slur in event.slurs] for event in events]
    assert edges == [
        [(Edge.START, 1)],
        [(Edge.START, 2)],
        [(Edge.STOP, 1)],
        [(Edge.STOP, 2)],
    ]


def test_a_transposed_page_is_spelled_simply() -> None:
    grid = BarGrid.regular(1, FOUR)
    note = Note("a", Beat(0), Beats(4), (Pitch.parse("A#4"),))
    event = write_out(Staff((Voice((note,)),)), grid, shift=Interval(1, 2)).bars[0].voices[0]
    assert str(event.events[0].pitches[0].pitch) == "C5"


def test_strokes_are_written_without_accidentals() -> None:
    note = Note("a", Beat(3), Beats(3), (Unpitched("bass-drum"),))
    bars = write_out(Staff((Voice((note,)),)), BarGrid.regular(2, FOUR)).bars
    head = bars[0].voices[0].events[-1].pitches[0]
    assert (head.pitch, head.accidental, head.tie_start) == (Unpitched("bass-drum"), None, True)


@pytest.mark.parametrize(
    ("notes", "words"),
    [
        ((("a", 0, "1/4096"),), "bar 1 beat"),
        ((("a", "1/5003", 1),), "bar 1 beat"),
        ((("a", 0, 2), ("b", 1, 1)), "before note a"),
        ((("a", 6, 4),), "outside"),
        ((("a", -1, 1),), "outside"),
        ((("a", 2, 0),), "no length"),
    ],
)
def test_what_cannot_be_written_is_told_with_its_place(
    notes: tuple[tuple[str, str, str], ...], words: str
) -> None:
    found = tuple(
        Note(name, Beat(at), Beats(length), (Pitch.parse("C4"),)) for name, at, length in notes
    )
    with pytest.raises(MusicError) as fault:
        write_out(Staff((Voice(found),)), BarGrid.regular(2, FOUR), player="Oboe 1")
    assert words in str(fault.value)
    assert "Oboe 1" in str(fault.value)


@st.composite
def _music(draw: st.DrawFn) -> tuple[BarGrid, Staff]:
    grid = draw(small_grids())
    return grid, draw(staves(grid))


@given(_music())
@FEW
def test_everything_meant_is_read_from_the_page(music: tuple[BarGrid, Staff]) -> None:
    grid, staff = music
    assert heard(write_out(staff, grid)) == meant(staff)


@given(_music())
@FEW
def test_every_voice_fills_its_bar_and_values_add_up(music: tuple[BarGrid, Staff]) -> None:
    grid, staff = music
    for bar in write_out(staff, grid).bars:
        for voice in bar.voices:
            at = Fraction(0)
            for event in voice.events:
                assert event.onset == at
                at += event.length
                if event.kind is not EventKind.MEASURE_REST:
                    assert counted(event) == event.length
            assert at == bar.length.quarters


@given(_music())
@FEW
def test_tuplets_open_and_close_around_whole_values(music: tuple[BarGrid, Staff]) -> None:
    grid, staff = music
    for bar in write_out(staff, grid).bars:
        for voice in bar.voices:
            inside, length = None, Fraction(0)
            for event in voice.events:
                place = event.tuplet
                if place is None:
                    assert inside is None
                    continue
                assert place.starts == (inside is None)
                inside, length = place, length + event.length
                if place.stops:
                    assert length == place.base.quarters * place.normal
                    inside, length = None, Fraction(0)
            assert inside is None


@given(_music())
@FEW
def test_the_middle_and_the_beats_stay_visible(music: tuple[BarGrid, Staff]) -> None:
    grid, staff = music
    for bar in write_out(staff, grid).bars:
        middle = {"4/4": 2, "12/8": 3, "6/4": 3}.get(str(bar.meter))
        dotted = bar.meter.click.quarters if bar.meter.compound else None
        for event in (event for voice in bar.voices for event in voice.events):
            if event.tuplet is not None or event.kind is EventKind.MEASURE_REST or bar.index < 0:
                continue
            if middle is not None and event.onset < middle < event.end:
                assert event.onset == 0
                assert event.is_note
            if dotted is None:
                continue
            if event.onset // dotted != (event.end - Fraction(1, 64)) // dotted:
                assert event.onset % dotted == 0
                assert event.end % dotted == 0


@given(_music())
@FEW
def test_beams_begin_and_end_level_by_level(music: tuple[BarGrid, Staff]) -> None:
    grid, staff = music
    for bar in write_out(staff, grid).bars:
        for voice in bar.voices:
            running: set[int] = set()
            for event in voice.events:
                levels = dict(enumerate(event.beams, start=1))
                assert len(levels) in (0, event.value.beams)
                assert set(levels) >= running
                for level, beam in levels.items():
                    if beam.value in ("begin", "forward hook", "backward hook"):
                        assert level not in running
                    else:
                        assert level in running
                    if beam.value == "begin":
                        running.add(level)
                    elif beam.value == "end":
                        running.discard(level)
            assert not running


def test_sixty_bars_are_written_quickly() -> None:
    text = " ".join(["1/2 1/2 1/4 1/4 1/4 1/4 1 1/3 1/3 1/3"] * 60)
    staff = staff_of(text)
    grid = BarGrid.regular(60, FOUR)
    first, again = write_out(staff, grid), write_out(staff, grid)
    assert first == again


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ("1 2/5 2/5 2/5 2/5 2/5 1", "q {5:4e e e e e e} q"),
        ("5/12 5/12 5/12 5/12 5/12 5/12 3/2", "{6:5e e e e e e e} q."),
        ("1/2 3/10 3/10 3/10 3/10 3/10 2", "e {5:3e e e e e e} h"),
        ("1 4/5 2/5 r2/5 2/5 1", "q {5:4e q e re e} q"),
    ],
)
def test_a_tuplet_across_beats_is_one_tuplet(lengths: str, expected: str) -> None:
    (bar,) = written(lengths, "4/4").bars
    assert spelled(bar) == expected
    assert sum(map(counted, bar.voices[0].events)) == 4


def test_a_tuplet_within_a_tuplet_keeps_every_length() -> None:
    (bar,) = written("2/3 2/3 2/15 2/15 2/15 2/15 2/15 2", "4/4").bars
    assert sum(map(counted, bar.voices[0].events)) == 4


@pytest.mark.parametrize(
    ("meter", "pickup", "expected"),
    [
        ("4/4", "1", "rq"),
        ("4/4", "3", "rq rh"),
        ("4/4", "1/2", "re"),
        ("6/8", "1/2", "re"),
        ("3/4", "3/2", "re rq"),
        ("2/4", "2", "R"),
    ],
)
def test_who_is_silent_in_an_upbeat_has_rests_of_its_length(
    meter: str, pickup: str, expected: str
) -> None:
    grid = BarGrid.of_meters((Meter.parse(meter),), Beats(pickup))
    first, second = write_out(Staff((Voice(()),)), grid).bars
    assert spelled(first) == expected and spelled(second) == "R"
