"""One exposed line: a solo over chords is written down, everything else is silence."""

from __future__ import annotations

import numpy as np
import pytest
from tests.spotting.temp.solos import (
    CELLO,
    FLUTE,
    OBOE,
    STRINGS,
    VIOLIN,
    chords,
    heard,
    render,
    right,
    solo,
    tune,
)

from scorestage.spotting.temp.exposed import NO_LINE, LineIndexBuilder, exposed_line
from scorestage.timebase import FilmRange, FilmTime


@pytest.mark.parametrize(("program", "centre"), [(FLUTE, 79), (VIOLIN, 76), (CELLO, 55)])
def test_a_solo_over_chords_ten_decibels_softer(program: int, centre: int) -> None:
    truth, sound = solo(31, program, centre, -10.0)
    line = heard(sound)
    precision, recall = right(line, truth)
    assert precision > 0.75 and recall > 0.75
    assert line.confidence > 0.7
    assert all(0 <= note.confidence <= 1 for note in line.notes)
    ends = [note.range.end for note in line.notes]
    assert all(a <= b.range.start for a, b in zip(ends, line.notes[1:], strict=False))


def test_what_is_no_exposed_line_is_not_told() -> None:
    pad = chords(20)
    low, middle, high = tune(1, 60), tune(2, 67), tune(3, 72)
    assert heard(render([(pad, STRINGS, 70, 0.0)])) == NO_LINE
    assert heard(render([(low.notes, VIOLIN, 80, 0.0), (high.notes, FLUTE, 80, 0.0)])) == NO_LINE
    three = [(low.notes, VIOLIN, 80, 0.0), (middle.notes, OBOE, 80, 0.0)]
    assert heard(render([*three, (high.notes, FLUTE, 80, 0.0)])) == NO_LINE
    noise = np.random.default_rng(1).normal(0, 0.05, (24_000 * 12, 2)).astype(np.float32)
    assert heard(noise) == NO_LINE
    assert heard(np.zeros((24_000 * 12, 2), np.float32)) == NO_LINE


def test_pieces_of_any_length_make_the_same_index() -> None:
    _, sound = solo(31, FLUTE, 79, -10.0)
    whole, parts = LineIndexBuilder(), LineIndexBuilder()
    whole.add(sound)
    for start in range(0, len(sound), 7_001):
        parts.add(sound[start : start + 7_001])
    one, other = whole.finish(), parts.finish()
    assert len(one) == len(other) == -(-len(sound) // 1200)
    assert np.array_equal(one.key, other.key)
    late = LineIndexBuilder()
    late.add(np.concatenate((np.zeros((24_000, 2), np.float32), sound)))
    span = FilmRange(FilmTime(0), FilmTime(len(one) // 20))
    moved = FilmRange(FilmTime(1), FilmTime(len(one) // 20 + 1))
    assert exposed_line(one, span).keys == exposed_line(late.finish(), moved).keys
