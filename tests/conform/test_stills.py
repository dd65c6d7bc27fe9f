"""Titles, black and freezes are laid where the old film has the same, from their ends."""

from fractions import Fraction

import numpy as np
import pytest

from scorestage.conform import ChangeKind, FilmFrames, compare_films
from scorestage.conform.lines import Weighing
from scorestage.conform.stills import still_lines, still_runs
from scorestage.conform.tracks import Stretch
from scorestage.timebase import FrameRate

RATE = FrameRate("24")
EVERY = np.ones((18, 32), dtype=np.bool_)


def film(*shots: np.ndarray) -> FilmFrames:
    return FilmFrames(np.concatenate(shots).astype(np.uint8), RATE)


def moving(seed: int, frames: int) -> np.ndarray:
    """A shot that pans over a picture drawn by chance."""
    chance = np.random.default_rng(seed)
    wide = chance.integers(20, 230, (9, 16 + frames // 4 + 2)).repeat(2, axis=0).repeat(8, axis=1)
    return np.stack([wide[:, 2 * at : 2 * at + 32] for at in range(frames)])


def still(seed: int, frames: int) -> np.ndarray:
    return moving(seed, 1).repeat(frames, axis=0)


def test_runs_are_found_whatever_is_burnt_in() -> None:
    shots = moving(1, 30), still(2, 20), still(3, 7), moving(4, 30), still(5, 9)
    plain = film(*shots)
    assert still_runs(plain, EVERY) == [(30, 50), (87, 96)]
    marked = plain.signatures.copy()
    marked[:, 0, 0] = np.arange(len(marked)) * 97 % 251
    counted = EVERY.copy()
    counted[0, 0] = False
    assert still_runs(FilmFrames(marked, RATE), counted) == [(30, 50), (87, 96)]
    assert still_runs(FilmFrames(marked, RATE), EVERY) == []


def test_lines_stand_at_both_ends_of_the_old_run() -> None:
    old = film(moving(1, 40), still(2, 60), moving(3, 40))
    new = film(moving(1, 40), moving(9, 25), still(2, 45), moving(3, 40))

    def measure(news: np.ndarray, olds: np.ndarray) -> np.ndarray:
        off = new.signatures[news].astype(np.float32) - old.signatures[olds]
        return np.minimum(np.abs(off).mean(axis=(1, 2)) / 20, 1).astype(np.float32)

    weighing = Weighing(measure, len(old), len(new))
    way = [Stretch(0, len(new), None)]
    found = list(still_lines(way, (old, new), EVERY, 0.3, weighing))
    assert {one.at for one in found} == {Fraction(40 - 65), Fraction(100 - 110)}
    for one in found:
        assert one.first <= 65 and one.last >= 110
        assert not one.costs[65 - one.first : 110 - one.first].any()


def test_a_run_that_lies_well_is_left() -> None:
    old = film(moving(1, 40), still(2, 60), moving(3, 40))

    def measure(news: np.ndarray, olds: np.ndarray) -> np.ndarray:
        raise AssertionError("nothing is to be weighed")

    def same(news: np.ndarray, olds: np.ndarray) -> np.ndarray:
        return (news != olds).astype(np.float32)

    line = Weighing(same, len(old), len(old)).line(Fraction(0), Fraction(1), 0, len(old))
    assert line is not None
    way = [Stretch(0, len(old), line)]
    asked = Weighing(measure, len(old), len(old))
    assert not list(still_lines(way, (old, old), EVERY, 0.3, asked))


@pytest.mark.parametrize("title", [12, 40, 90])
def test_a_title_and_the_black_after_it_go_with_their_cuts(title: int) -> None:
    """Shots before were cut out: title and black are kept whole all the same."""
    black = np.zeros((33, 18, 32))
    shots = [moving(seed, 60) for seed in range(3, 9)]
    old = film(*shots, still(2, title), black)
    new = film(*shots[:2], moving(30, 23), *shots[3:], still(2, title), black)
    told = compare_films(old, new)
    kept = [one for one in told.of(ChangeKind.KEPT) if one.old_out_frames == len(old)]
    assert len(kept) == 1
    assert kept[0].new_out_frames == len(new)
    assert kept[0].old_in_frames == 180


def test_a_title_moved_to_the_front_is_told_as_moved() -> None:
    black = np.zeros((33, 18, 32))
    shots = [moving(seed, 60) for seed in range(3, 9)]
    old = film(*shots, still(2, 57), black)
    new = film(shots[0], still(2, 57), *shots[1:], black)
    told = compare_films(old, new)
    moves = [(one.old_in_frames, one.new_in_frames) for one in told.of(ChangeKind.MOVED)]
    assert moves == [(360, 60)]
    assert not told.of(ChangeKind.INSERTED) and not told.of(ChangeKind.REMOVED)
