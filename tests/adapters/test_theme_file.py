"""A composer's tune from whatever file it comes in."""

from __future__ import annotations

import io
from fractions import Fraction

import mido
import pytest
from tests.shared_material import shared

from scorestage.adapters.formats.midi import write_midi
from scorestage.adapters.formats.musicxml import write_score
from scorestage.adapters.theme_file import read_theme_file
from scorestage.errors import FormatError
from scorestage.music import (
    ChordSymbol,
    Family,
    Instrument,
    Line,
    Note,
    Pitch,
    Player,
    Score,
    Staff,
    Unpitched,
    Voice,
)
from scorestage.timebase import BarGrid, Beat, Beats, FilmTime, Meter, Tempo, TempoMap

TUNE = "G4:1 C5:1 E5:1/2 D5:1/2 C5:2"


def player(number: int) -> Player:
    one = Instrument("tune", "Tune", "T.", Family.SYNTH, None, None, max_polyphony=4)
    return Player(f"p{number}", f"Staff {number}", "T.", (one,))


def score(start: str, pickup: str = "0", chord: bool = False, text: str = TUNE) -> Score:
    """The tune on the first staff, a drone on the second."""
    at = Fraction(start)
    notes = []
    for word in text.split():
        name, _, length = word.partition(":")
        pitches = (Pitch.parse(name),)
        if chord:
            pitches = (Pitch.parse("E4"), *pitches)
        notes.append(Note(f"n{len(notes)}", Beat(at), Beats(length), pitches))
        at += Fraction(length)
    drone = Note("d", Beat(0), Beats(12), (Pitch.parse("C3"),))
    grid = BarGrid(BarGrid.regular(4, Meter(3, 4)).bars, Beats(pickup))
    lines = (
        Line(player(1), (Staff((Voice(tuple(notes)),)),)),
        Line(player(2), (Staff((Voice((drone,)),)),)),
    )
    return Score(grid, lines, chords=(ChordSymbol(Beat(start), "C", "major"),))


def tempo_map(of: Score) -> TempoMap:
    return TempoMap.steady(FilmTime(0), Tempo(88), of.grid)


def sung(path: str, content: bytes) -> list[tuple[Fraction, str, Fraction]]:
    found = read_theme_file(path, content)
    return [
        (note.onset.quarters, str(note.pitches[0]), note.length.quarters) for note in found.notes
    ]


FROM_THE_DOWNBEAT = [
    (0, "G4", 1), (1, "C5", 1), (2, "E5", Fraction(1, 2)), (Fraction(5, 2), "D5", Fraction(1, 2)),
    (3, "C5", 2),
]  # fmt: skip
WITH_PICKUP = [(at - 1, name, length) for at, name, length in FROM_THE_DOWNBEAT]


@pytest.mark.parametrize("chord", [False, True])
def test_the_top_of_the_first_part_is_the_tune(chord: bool) -> None:
    one = score("0", chord=chord)
    assert sung("a.musicxml", write_score(one, tempo_map(one))) == FROM_THE_DOWNBEAT
    assert sung("a.mid", write_midi(one, tempo_map(one))) == FROM_THE_DOWNBEAT


@pytest.mark.parametrize(
    ("start", "pickup", "wanted"),
    [
        ("-1", "1", WITH_PICKUP),
        ("2", "0", WITH_PICKUP),
        ("5", "0", WITH_PICKUP),
        ("3", "0", FROM_THE_DOWNBEAT),
    ],
)
def test_a_pickup_lies_before_the_first_downbeat(
    start: str, pickup: str, wanted: list[tuple[Fraction, str, Fraction]]
) -> None:
    one = score(start, pickup)
    assert sung("a.xml", write_score(one, tempo_map(one))) == wanted
    assert sung("a.midi", write_midi(one, tempo_map(one))) == wanted


def test_what_the_file_says_besides() -> None:
    one = score("3")
    found = read_theme_file("a.musicxml", write_score(one, tempo_map(one), title="Lantern"))
    assert found.meter == Meter(3, 4)
    assert found.tempo == Tempo(88)
    assert found.title == "Lantern"
    assert found.chords == (ChordSymbol(Beat(0), "C", "major"),)
    assert found.losses == ("further parts (1)",)
    assert found.key is None


def test_a_whole_symphony_still_has_a_first_tune() -> None:
    found = read_theme_file("bach.mxl", shared("scores/bach-bminor-05.mxl").read_bytes())
    assert len(found.notes) > 100
    assert all(a.end <= b.onset for a, b in zip(found.notes, found.notes[1:], strict=False))


@pytest.mark.parametrize("name", ["tune.mp3", "tune.mid", "tune.musicxml", "tune.mxl", "tune"])
def test_what_is_not_music_is_refused_with_what_is_expected(name: str) -> None:
    with pytest.raises(FormatError) as fault:
        read_theme_file(name, b"ID3\x03 this is no tune")
    assert name in str(fault.value)
    assert "expected" in str(fault.value) or "a theme is" in str(fault.value)


def test_drums_alone_are_no_theme() -> None:
    stroke = Note("d", Beat(0), Beats(1), (Unpitched("bass-drum"),))
    grid = BarGrid.regular(1, Meter(4, 4))
    drums = Score(grid, (Line(player(1), (Staff((Voice((stroke,)),)),)),))
    with pytest.raises(FormatError, match="no melody"):
        read_theme_file("a.musicxml", write_score(drums))
    file = mido.MidiFile()
    file.tracks.append(mido.MidiTrack([mido.MetaMessage("end_of_track")]))
    buffer = io.BytesIO()
    file.save(file=buffer)
    with pytest.raises(FormatError, match="no melody"):
        read_theme_file("a.mid", buffer.getvalue())
