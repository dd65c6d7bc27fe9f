"""A theme planted in a score is found where it was put, and named for what was done to it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.thematics.recognition.scores import moved, score_of, wandering
from tests.thematics.tunes import GREENSLEEVES, ODE_TO_JOY, SCARBOROUGH, SILENT_NIGHT

from scorestage.errors import MusicError
from scorestage.music import Interval, Note, Score, Theme
from scorestage.thematics import (
    augment,
    change_mode,
    diminish,
    extend,
    fragment,
    invert,
    of_notes,
    ornament,
    sequence,
    transpose,
)
from scorestage.thematics.recognition import Occurrence, ScoreIndex, Transformation, find_theme
from scorestage.timebase import Beat, Beats, Meter

JOY = of_notes(ODE_TO_JOY, Meter(4, 4), theme_id="joy")
GREEN = of_notes(GREENSLEEVES, Meter(6, 8), theme_id="green")
SILENT = of_notes(SILENT_NIGHT, Meter(3, 4), theme_id="silent")
FAIR = of_notes(SCARBOROUGH, Meter(3, 4), theme_id="fair")


def _planted(theme: Theme, at: int = 24) -> Score:
    """The theme in the middle part of three, amid lines that go nowhere."""
    own = moved(theme.notes, at)
    before = [note for note in wandering(5, 3) if note.end <= Beat(18)]
    bars = int((own[-1].end.quarters + 16) // 4)
    return score_of(
        bars, top=wandering(bars, 1, 62, 88), middle=[*before, *own], low=wandering(bars, 2, 36, 60)
    )


def _found(theme: Theme, score: Score) -> list[Occurrence]:
    return [one for one in find_theme(theme, score) if one.player == 1]


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (lambda theme: theme, Transformation.AS_IS),
        (lambda theme: transpose(theme, Interval(2, 3)), Transformation.REAL),
        (lambda theme: transpose(theme, Interval(-3, -5)), Transformation.REAL),
        (change_mode, Transformation.CHANGE_OF_MODE),
        (invert, Transformation.INVERTED),
        (augment, Transformation.AUGMENTED),
        (ornament, Transformation.ORNAMENTED),
        (fragment, Transformation.FRAGMENT),
        (extend, Transformation.EXTENDED),
        (sequence, Transformation.SEQUENCE),
    ],
)
@pytest.mark.parametrize("theme", [JOY, GREEN], ids=["joy", "green"])
def test_what_was_done_is_named(theme: Theme, made: object, name: Transformation) -> None:
    assert callable(made)
    variant = made(theme)
    found = _found(theme, _planted(variant))
    best = max(found, key=lambda one: one.bits)
    assert name in best.transformations, [one.transformations for one in found]
    assert abs(best.start - 24 - variant.notes[0].onset.quarters) < 4


@pytest.mark.parametrize("theme", [JOY, GREEN, SILENT, FAIR])
def test_a_statement_begins_and_ends_where_it_stands(theme: Theme) -> None:
    (one,) = _found(theme, _planted(theme))
    assert one.start == 24 + theme.notes[0].onset.quarters
    assert one.end == 24 + theme.notes[-1].end.quarters
    assert one.likeness > 0.99
    assert (one.first, one.last) == (0, len(theme.notes) - 1)
    assert one.notes == tuple(
        (note.onset.quarters, note.sounding[0].key) for note in moved(theme.notes, 24)
    )


def test_diminution_and_retrograde_are_heard() -> None:
    quick = diminish(JOY)
    assert _found(JOY, _planted(quick))[0].transformation is Transformation.DIMINISHED
    end = SILENT.notes[-1].end
    back = [replace(note, onset=Beat(0) + (end - note.end)) for note in SILENT.notes]
    crab = replace(SILENT, notes=tuple(reversed(back)))
    assert _found(SILENT, _planted(crab))[0].transformation is Transformation.RETROGRADE


def test_rhythm_alone_and_pitches_alone() -> None:
    other = wandering(40, 9)
    pitches = [note.pitches for note in other]
    rhythm = [replace(note, pitches=pitches[place]) for place, note in enumerate(GREEN.notes)]
    found = _found(GREEN, _planted(replace(GREEN, notes=tuple(rhythm))))
    assert found and found[0].transformation in (
        Transformation.SAME_RHYTHM,
        Transformation.SAME_CONTOUR,
    )
    even = [
        replace(note, onset=Beat(Fraction(place)), length=Beats(1))
        for place, note in enumerate(GREEN.notes)
    ]
    found = _found(GREEN, _planted(replace(GREEN, notes=tuple(even))))
    assert Transformation.RHYTHM_CHANGED in found[0].transformations


def test_doublings_and_inner_notes_of_chords_are_found() -> None:
    tune = moved(JOY.notes, 8)
    chords = [
        replace(note, pitches=(*note.pitches, *moved([note], 0, 9)[0].pitches)) for note in tune
    ]
    score = score_of(14, a=moved(JOY.notes, 8, 12), b=chords, c=wandering(14, 5, 40, 60))
    found = find_theme(JOY, score)
    assert {(one.player, one.start) for one in found} == {(0, 8), (1, 8)}


def test_a_theme_handed_from_player_to_player_is_found() -> None:
    tune = moved(JOY.notes, 8)
    here = [*wandering(2, 4), *tune[:11]]
    there = [*tune[11:], *(moved(wandering(3, 6), 40))]
    score = score_of(16, a=here, b=there, c=wandering(16, 5, 40, 60))
    whole = [one for one in find_theme(JOY, score) if len(one.players) > 1]
    assert [(one.players, one.start, one.end) for one in whole] == [((0, 1), 8, 40)]


def test_a_score_without_the_theme_gives_next_to_nothing() -> None:
    """Lines at random, 360 bars of them: hardly ever a short likeness, never a whole statement."""
    index = ScoreIndex(score_of(60, **{f"p{seed}": wandering(60, seed) for seed in range(6)}))
    found = [one for theme in (JOY, GREEN, SILENT, FAIR) for one in find_theme(theme, index)]
    assert len(found) <= 2
    assert all(one.likeness < 0.65 for one in found)


def test_one_note_is_no_theme() -> None:
    lonely: list[Note] = list(JOY.notes[:1])
    with pytest.raises(MusicError, match="fewer than two"):
        find_theme(replace(JOY, notes=tuple(lonely)), score_of(4, a=wandering(4, 1)))
