"""The lettering is written at an even pace and stands where it is set."""

from __future__ import annotations

from math import hypot

import numpy as np
import pytest

from scorestage.adapters.demofilm.drawing.lettering import Writing, strokes


def _writing() -> Writing:
    return Writing(strokes("LITTLE LIGHT", 50, (480, 200)), 4.0, (255.0, 240.0, 210.0))


def test_words_stand_about_their_centre() -> None:
    points = [point for line in strokes("THE END", 40, (480, 200)) for point in line]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    assert (min(xs) + max(xs)) / 2 == pytest.approx(480, abs=3)
    assert (min(ys), max(ys)) == (180, 220)


def test_the_pen_starts_at_the_first_stroke_and_ends_with_the_last() -> None:
    writing = _writing()
    assert writing.pen(0.0) == writing.lines[0][0]
    assert writing.pen(1.0) == pytest.approx(writing.lines[-1][-1])


def test_half_way_half_of_the_ink_is_on_the_paper() -> None:
    ink = []
    for share in (0.0, 0.5, 1.0):
        stage = np.zeros((540, 960, 3), np.uint16)
        _writing().lay(stage, share)
        ink.append(int(stage.sum()))
    assert ink[0] == 0
    assert ink[1] == pytest.approx(ink[2] / 2, rel=0.1)


def test_the_light_is_at_the_end_of_what_is_written() -> None:
    writing = _writing()
    for share in (0.2, 0.45, 0.8):
        stage = np.zeros((540, 960, 3), np.uint16)
        writing.lay(stage, share)
        x, y = writing.pen(share)
        rows, columns = np.nonzero(stage[:, :, 0] > 100)
        assert min(hypot(x - c, y - r) for r, c in zip(rows, columns, strict=True)) < 3


def test_what_stands_already_is_not_drawn_again() -> None:
    writing = _writing()
    one, two = np.zeros((540, 960, 3), np.uint16), np.zeros((540, 960, 3), np.uint16)
    writing.lay(one, 1.0)
    writing.lay(two, 1.0)
    assert np.array_equal(one, two)
