"""Named operations: what each keeps and what it changes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.thematics.tunes import ODE_TO_JOY

from scorestage.errors import MusicError
from scorestage.music import Interval, Theme
from scorestage.music.harmony import in_chord
from scorestage.music.key import Key
from scorestage.thematics import (
    augment,
    change_mode,
    diminish,
    extend,
    fragment,
    invert,
    of_notes,
    reharmonise,
    sequence,
    transpose,
)
from scorestage.thematics.facts import chord_under
from scorestage.timebase import Beat, Beats, Meter

JOY = of_notes(ODE_TO_JOY, Meter(4, 4), theme_id="joy")


def _semitones(theme: Theme) -> list[int]:
    keys = [note.sounding[0].key for note in theme.notes]
    return [other - one for one, other in pairwise(keys)]


def _steps(theme: Theme) -> list[int]:
    places = [note.sounding[0].staff_step for note in theme.notes]
    return [other - one for one, other in pairwise(places)]


def _rhythm(theme: Theme) -> list[tuple[Beat, Beats]]:
    return [(note.onset, note.length) for note in theme.notes]


@pytest.mark.parametrize("semitones", [-7, -3, 1, 2, 5, 12])
def test_transposition_keeps_every_interval(semitones: int) -> None:
    moved = transpose(JOY, Interval(0, semitones))
    assert _semitones(moved) == _semitones(JOY)
    assert _rhythm(moved) == _rhythm(JOY)
    assert moved.notes[0].sounding[0].key == JOY.notes[0].sounding[0].key + semitones
    assert (Key(moved.key).home.key - Key(JOY.key).home.key - semitones) % 12 == 0


def test_a_variant_says_what_was_done() -> None:
    twice = augment(transpose(JOY, Interval(1, 2)))
    assert (twice.varies, twice.operation) == ("joy", "transpose+augment")
    assert {note.origin for note in twice.notes} == {"theme:joy:transpose+augment"}
    assert len({note.id for note in twice.notes}) == len(twice.notes)


def test_change_of_mode_keeps_steps_and_rhythm() -> None:
    minor = change_mode(JOY)
    assert (minor.key, minor.mode) == ("D", "minor")
    assert _steps(minor) == _steps(JOY)
    assert _rhythm(minor) == _rhythm(JOY)
    assert str(minor.notes[0].sounding[0]) == "F4"
    back = change_mode(minor)
    assert [note.sounding for note in back.notes] == [note.sounding for note in JOY.notes]


def test_a_fragment_is_a_contiguous_part() -> None:
    head = fragment(JOY, bars=2)
    assert _semitones(head) == _semitones(JOY)[: len(head.notes) - 1]
    assert head.length == Beats(8)
    tail = fragment(JOY, bars=1, first_bar=7)
    assert [str(note.sounding[0]) for note in tail.notes] == ["E4", "D4", "D4"]
    with pytest.raises(MusicError, match="it has 8 bars"):
        fragment(JOY, bars=1, first_bar=9)


def test_a_sequence_repeats_the_head_on_other_steps() -> None:
    climb = sequence(JOY, steps=1, times=3, bars=1)
    assert len(climb.notes) == 12
    firsts = [climb.notes[index].sounding[0].staff_step for index in (0, 4, 8)]
    assert [step - firsts[0] for step in firsts] == [0, 1, 2]
    assert _steps(climb)[:3] == _steps(climb)[4:7] == _steps(climb)[8:11]


def test_extension_puts_the_close_off() -> None:
    longer = extend(JOY, bars=2)
    assert longer.length == Beats(40)
    assert longer.notes[-1].sounding == JOY.notes[-1].sounding
    astray = chord_under(longer.chords, Beat(28).quarters)
    assert astray is not None and str(astray) == "Bm"
    assert str(longer.chords[-1]) == str(JOY.chords[-1])


def test_augmentation_and_diminution_undo_each_other() -> None:
    wide = augment(JOY)
    assert wide.length == Beats(64)
    assert _semitones(wide) == _semitones(JOY)
    assert _rhythm(diminish(wide)) == _rhythm(JOY)
    with pytest.raises(MusicError, match="too short"):
        diminish(diminish(JOY))


def test_inversion_mirrors_the_steps() -> None:
    mirror = invert(JOY)
    assert _steps(mirror) == [-step for step in _steps(JOY)]
    assert mirror.chords


def test_reharmonising_keeps_the_tune_and_fits_it() -> None:
    other = reharmonise(JOY, seed=4)
    assert [note.sounding for note in other.notes] == [note.sounding for note in JOY.notes]
    assert [str(chord) for chord in other.chords] != [str(chord) for chord in JOY.chords]
    for note in other.notes:
        chord = chord_under(other.chords, note.onset.quarters)
        if chord is not None and note.onset.quarters % 4 == 0 and note.length >= Beats(1):
            bent = [tone for tone in (note.sounding[0],) if not in_chord(tone, chord)]
            names = {str(tone)[0] for tone in bent}
            assert not names & {chord.root[0]}
