"""Quick turns of two keys are a trill, measured notes are notes."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from tests.takedown.hands import click, plan, tone, track

from scorestage.adapters.catalogue import load_instrument
from scorestage.music import Note
from scorestage.takedown import PlayedTone, Playing, take_down
from scorestage.takedown.trills import trills_of
from scorestage.timebase import BarGrid, Meter


def _shaken(seed: int, key: int = 72, apart: int = 2, count: int = 14) -> list[PlayedTone]:
    """A trill by hand: turns of 60 to 95 ms."""
    random = Random(seed)
    at, found = Fraction(2), []
    for number in range(count):
        lasts = Fraction(random.randint(60, 95), 1000)
        found.append(PlayedTone(at, at + lasts, key + apart * (number % 2), random.randint(60, 80)))
        at += lasts
    return found


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("apart", [1, 2])
def test_a_trill_is_found_while_others_play(seed: int, apart: int) -> None:
    shaken = _shaken(seed, apart=apart)
    held = [PlayedTone(Fraction(1), Fraction(4), key, 60) for key in (48, 55)]
    running = [
        PlayedTone(Fraction(2 * at, 10), Fraction(2 * at + 1, 10), 60 + at % 5, 60)
        for at in range(16)
    ]
    (found,) = trills_of([*held, *running, *shaken])
    assert found.strokes == tuple(shaken)
    assert (found.tone.key, found.semitones) == (72, apart)
    assert found.tone.end_seconds == shaken[-1].end_seconds


def test_sixteenths_at_a_walking_pace_and_repeated_notes_are_no_trill() -> None:
    slow = [tone(Fraction(at, 4), "1/4", 60 + 2 * (at % 2)) for at in range(16)]
    same = [PlayedTone(Fraction(at, 12), Fraction(at + 1, 12), 60, 60) for at in range(16)]
    wide = [PlayedTone(Fraction(at, 12), Fraction(at + 1, 12), 60 + 4 * (at % 2), 60)
            for at in range(16)]  # fmt: skip
    for tones in (slow, same, wide, _shaken(1)[:5]):
        assert trills_of(tones) == ()


def test_it_is_one_long_note_with_its_sign_on_paper() -> None:
    shaken = _shaken(3, count=13)
    line = [PlayedTone(Fraction(at), Fraction(at + 1), 67, 70) for at in (0, 1)]
    after = PlayedTone(Fraction(3), Fraction(4), 71, 70)
    grid = BarGrid.regular(2, Meter(4, 4))
    violin = plan(load_instrument("violin"), (track([*line, *shaken, after]), Playing()), count=1)
    made = take_down([violin], grid, click)
    notes: tuple[Note, ...] = tuple(made.score.lines[0].notes)
    signs = ["trill-mark" in str(note.signs) for note in notes]
    assert [note.onset.quarters for note in notes][:2] == [0, 2]
    assert signs == [False, False, True, False]
    assert str(notes[2].sounding[0]) == "C5"
    assert made.players[0].doubled == 0
