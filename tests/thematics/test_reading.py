"""A composer's own theme: read, not rewritten."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.thematics.tunes import BEETHOVEN_FIFTH, GREENSLEEVES, ODE_TO_JOY, tune

from scorestage.errors import MusicError
from scorestage.music import (
    ChordSymbol,
    Family,
    Instrument,
    Line,
    Pitch,
    Player,
    Score,
    Staff,
    Unpitched,
    Voice,
)
from scorestage.thematics import of_notes, of_score
from scorestage.timebase import BarGrid, Beat, Beats, Meter

FOUR = Meter(4, 4)


def test_the_notes_are_the_composers() -> None:
    theme = of_notes(ODE_TO_JOY, FOUR, theme_id="joy", title="Joy")
    assert [note.sounding for note in theme.notes] == [note.sounding for note in ODE_TO_JOY]
    assert [note.onset for note in theme.notes] == [note.onset for note in ODE_TO_JOY]
    assert {note.origin for note in theme.notes} == {"theme:joy:statement"}
    assert (theme.key, theme.mode, theme.length) == ("D", "major", Beats(32))
    assert theme.chords


def test_a_pickup_stays_before_the_first_bar() -> None:
    theme = of_notes(GREENSLEEVES, Meter(6, 8), theme_id="green")
    assert theme.notes[0].onset == Beat("-1/2")
    assert theme.notes[1].onset == Beat(0)


def test_a_late_entry_is_a_pickup_to_the_next_bar() -> None:
    late = tune("G4 C5:2 E5 D5 C5:4", start="15")
    theme = of_notes(late, FOUR, theme_id="late")
    assert [note.onset for note in theme.notes[:2]] == [Beat(-1), Beat(0)]


def test_the_motif_is_what_comes_back() -> None:
    theme = of_notes(BEETHOVEN_FIFTH, Meter(2, 4), theme_id="fate")
    assert theme.motif_notes == 4
    assert theme.notes[0].onset == Beat("1/2")


def test_given_chords_and_key_are_kept() -> None:
    chords = (ChordSymbol(Beat(0), "B", "minor"), ChordSymbol(Beat(16), "D", "major"))
    theme = of_notes(ODE_TO_JOY, FOUR, theme_id="joy", chords=chords)
    assert [str(chord) for chord in theme.chords] == ["Bm", "D"]


def test_a_keyboards_uneven_playing_is_brought_to_the_grid() -> None:
    played = [
        replace(note, onset=note.onset + Beats(Fraction(1, 60)), length=Beats("9/10"))
        for note in ODE_TO_JOY[:8]
    ]
    theme = of_notes(played, FOUR, theme_id="joy")
    assert [note.onset for note in theme.notes] == [Beat(beat) for beat in range(8)]


def test_scale_tones_are_spelled_by_the_key() -> None:
    flat = tune("Eb4 F4 G4 G#4 A#4 C5 D5 D#5:4")
    theme = of_notes(flat, FOUR, theme_id="flat")
    assert [str(note.sounding[0]) for note in theme.notes][3:5] == ["Ab4", "Bb4"]


def test_drums_make_no_theme() -> None:
    drum = replace(ODE_TO_JOY[0], pitches=(Unpitched("snare-drum"),))
    with pytest.raises(MusicError, match="no pitched note"):
        of_notes([drum], FOUR, theme_id="x")


def test_the_highest_line_of_a_score_is_taken() -> None:
    def line(number: int, octaves: int) -> Line:
        instrument = Instrument(f"i{number}", "I", "I", Family.STRINGS, None, None)
        notes = tuple(
            replace(note, pitches=(_up(note.sounding[0], octaves),)) for note in ODE_TO_JOY
        )
        player = Player(f"p{number}", "P", "P", (instrument,))
        return Line(player, (Staff((Voice(notes),)),))

    score = Score(BarGrid.regular(8, FOUR), (line(1, -1), line(2, 0)))
    assert of_score(score, theme_id="joy").notes[0].sounding == ODE_TO_JOY[0].sounding
    low = of_score(score, theme_id="joy", player_id="p1")
    assert low.notes[0].sounding[0] == Pitch.parse("F#3")
    with pytest.raises(MusicError):
        of_score(score, theme_id="joy", player_id="nobody")


def _up(pitch: Pitch, octaves: int) -> Pitch:
    return Pitch(pitch.step, pitch.alter, pitch.octave + octaves)


def test_without_a_grid_every_onset_stays() -> None:
    fine = [
        replace(note, onset=Beat(note.onset.quarters / 8), length=note.length * Fraction(1, 8))
        for note in ODE_TO_JOY
    ]
    assert len(of_notes(fine, Meter(4, 4), theme_id="fine").notes) < len(fine)
    kept = of_notes(fine, Meter(4, 4), theme_id="fine", on_grid=False)
    assert [note.onset for note in kept.notes] == [note.onset for note in fine]
