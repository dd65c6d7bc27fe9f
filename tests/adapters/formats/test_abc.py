"""ABC tunes against tunes everybody knows and the examples of the ABC standard 2.1."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.thematics.tunes import GREENSLEEVES, ODE_TO_JOY

from scorestage.adapters.formats.abc import read_abc
from scorestage.adapters.theme_file import read_theme_file
from scorestage.errors import FormatError
from scorestage.music import Articulation
from scorestage.timebase import Beat, Beats, Meter, Tempo

JOY = b"""X:1
T:Ode to Joy
C:Beethoven
M:4/4
L:1/4
K:D
"D"FFGA|"A7"AGFE|"D"DDEF|F>E E2|
FFGA|AGFE|DDEF|E>D D2|]
"""
GREEN = b"""X:2
T:Greensleeves
M:6/8
L:1/8
K:Am
A|c2d e>^fe|d2B G>AB|c2A A>^GA|B2^G E2A|
c2d e>^fe|d2B G>AB|c>BA ^G>^F^G|A3 A2|]
"""


def _told(notes: object) -> list[tuple[Fraction, Fraction, int]]:
    return [
        (one.onset.quarters, one.length.quarters, one.sounding[-1].key)
        for one in notes  # type: ignore[attr-defined]
    ]


def test_a_tune_in_two_sharps_with_dotted_pairs() -> None:
    read = read_abc(JOY)
    assert _told(read.notes) == _told(ODE_TO_JOY)
    assert (read.title, read.composer, str(read.key)) == ("Ode to Joy", "Beethoven", "D major")
    assert [(str(one), one.at.quarters) for one in read.chords] == [
        ("D", 0), ("A7", 4), ("D", 8),
    ]  # fmt: skip


def test_a_pickup_and_accidentals_that_last_a_bar() -> None:
    read = read_abc(GREEN)
    assert read.meter == Meter(6, 8)
    assert _told(read.notes)[:-1] == _told(GREENSLEEVES)[: len(read.notes) - 1]
    assert read.notes[0].onset.quarters == Fraction(-1, 2)


@pytest.mark.parametrize(
    ("body", "lengths"),
    [
        ("A2 A/2 A/ A// A3/2", [1, Fraction(1, 4), Fraction(1, 4), Fraction(1, 8), Fraction(3, 4)]),
        ("(3ABc d", [Fraction(1, 3)] * 3 + [Fraction(1, 2)]),
        ("A<B A>>B", [Fraction(1, 4), Fraction(3, 4), Fraction(7, 8), Fraction(1, 8)]),
        ("A-A B", [1, Fraction(1, 2)]),
        ("[CEG]2 A", [1, Fraction(1, 2)]),
    ],
)
def test_lengths(body: str, lengths: list[Fraction]) -> None:
    read = read_abc(f"X:1\nM:4/4\nL:1/8\nK:C\n{body}|\n".encode())
    assert [note.length.quarters for note in read.notes] == lengths


@pytest.mark.parametrize(
    ("key", "sharp"), [("G", 1), ("Em", 1), ("Ador", 1), ("D mix", 1), ("C", 0), ("Am", 0)]
)
def test_key_signatures(key: str, sharp: int) -> None:
    read = read_abc(f"X:1\nL:1/4\nK:{key}\nF =F ^F _F|F\n".encode())
    assert [int(note.sounding[0].alter) for note in read.notes] == [sharp, 0, 1, -1, sharp]


def test_octaves_and_what_is_left_out() -> None:
    read = read_abc(b"X:1\nL:1/4\nK:C\nV:1\n|:C, C c c' !trill!d {e}f:|\nw:la la\nV:2\nEEEE|\n")
    assert [note.sounding[0].octave for note in read.notes[:4]] == [3, 4, 5, 6]
    told = " ".join(read.losses)
    for word in ("grace notes (1)", "signs (1)", "repeats", "fields w:", "further voices"):
        assert word in told


def test_it_is_a_theme_file() -> None:
    found = read_theme_file("joy.abc", JOY)
    assert (len(found.notes), found.title) == (30, "Ode to Joy")


@pytest.mark.parametrize("content", [b"", b"T:x\n", b"X:1\nK:C\n|\n", b"X:1\nK:Q\nABC\n",
                                     b"X:1\nL:1/0\nK:C\nA\n"])  # fmt: skip
def test_what_is_no_tune_is_refused(content: bytes) -> None:
    with pytest.raises(FormatError):
        read_abc(content)


def test_tempos_and_fermatas_are_read_where_they_stand() -> None:
    lines = ["X:1", "M:3/4", "L:1/8", "Q:1/4=84", "K:G"]
    tune = read_abc("\n".join([*lines, "D2|G4 B2|[Q:3/8=40]d4 HB2|!fermata!G6|]"]).encode())
    assert [(at, str(one.bpm), one.unit) for at, one in tune.tempos] == [
        (Beat(0), "84", Beats(1)),
        (Beat(3), "40", Beats("3/2")),
    ]
    held = [Articulation.FERMATA in note.articulations for note in tune.notes]
    assert held == [False, False, False, False, True, True]
    assert tune.losses == ()


@pytest.mark.parametrize(
    ("words", "bpm", "unit"),
    [
        ("1/4=96", 96, "1"),
        ('"Andante" 3/8=50', 50, "3/2"),
        ("1/4 1/8 = 60", 60, "3/2"),
        ("120", 120, "1/2"),
        ("C=120", 120, "1/2"),
    ],
)
def test_every_way_to_write_a_tempo(words: str, bpm: int, unit: str) -> None:
    tune = read_abc(f"X:1\nL:1/8\nQ:{words}\nK:C\nCDEF".encode())
    assert tune.tempos == ((Beat(0), Tempo(bpm, Beats(unit))),)


def test_a_tempo_in_words_alone_is_told_as_lost() -> None:
    tune = read_abc(b'X:1\nL:1/8\nQ:"Slowly"\nK:C\nCDEF')
    assert (tune.tempos, tune.losses) == ((), ("tempos in words (1)",))


def test_a_fermata_over_a_rest_does_not_move_to_the_next_note() -> None:
    found = read_abc(b"X:1\nM:4/4\nL:1/4\nK:C\nC D Hz E|")
    assert not any(note.articulations for note in found.notes)
    assert found.losses == ("fermatas over rests (1)",)
