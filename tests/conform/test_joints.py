"""Where written music may be joined: told by music whose repeats everybody knows."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import numpy as np
from tests.shared_material import shared

from scorestage.adapters.formats.musicxml import read_score
from scorestage.conform.heard import hear, leading_line
from scorestage.conform.joints import JointTerms, hold_points, joint_terms, joint_words
from scorestage.music import Note, Pitch
from scorestage.timebase import BarGrid, Beat, Beats, Meter


def notes_of(*told: tuple[float, float, str]) -> tuple[Note, ...]:
    return tuple(
        Note(f"n{place}", Beat(Fraction(onset)), Beats(Fraction(length)), (Pitch.parse(pitch),))
        for place, (onset, length, pitch) in enumerate(told)
    )


def clicks(grid: BarGrid) -> tuple[Beat, ...]:
    starts = zip(grid.starts, grid.bars, strict=False)
    return (*(s + c for s, bar in starts for c in bar.meter.clicks), grid.end)


def terms_of(
    notes: tuple[Note, ...], grid: BarGrid, themes: tuple[tuple[int, int], ...] = ()
) -> JointTerms:
    places = clicks(grid)
    heard = hear(notes, leading_line(notes), places, grid.starts)
    beats = np.array([float(grid.position(at).beat) for at in places[:-1]] + [1.0])
    over = np.array([any(a < at.quarters < b for a, b in themes) for at in places])
    return joint_terms(heard, beats, over)


TUNE = (
    (0, 1, "C5"), (1, 1, "D5"), (2, 2, "E5"), (4, 1, "F5"), (5, 1, "E5"), (6, 2, "D5"),
    (8, 1, "C5"), (9, 1, "D5"), (10, 2, "E5"), (12, 1, "G5"), (13, 1, "F5"), (14, 2, "C5"),
)  # fmt: skip
GRID = BarGrid.regular(4, Meter(4, 4))


def test_going_on_where_one_was_costs_nothing() -> None:
    total = terms_of(notes_of(*TUNE), GRID).total
    assert np.abs(np.diag(total)[1:-1]).max() < 1e-9


def test_the_same_phrase_again_is_the_best_joint() -> None:
    total = terms_of(notes_of(*TUNE), GRID).total
    others = [total[8, into] for into in range(1, 16) if into not in (0, 8)]
    assert total[8, 8] == 0 and min(others) > 1


def test_a_held_note_is_cut_at_a_price_unless_it_sounds_on() -> None:
    held = notes_of((0, 6, "C4"), (6, 2, "D4"), (8, 6, "C4"), (14, 2, "G4"))
    terms = terms_of(held, GRID)
    assert terms.held[2, 10] == 0
    assert terms.held[2, 7] > 2


def test_a_statement_of_a_theme_is_not_cut_into() -> None:
    plain = terms_of(notes_of(*TUNE), GRID)
    kept = terms_of(notes_of(*TUNE), GRID, ((0, 8),))
    assert kept.theme[2, 13] > 1 and plain.theme[2, 13] == 0
    assert kept.theme[8, 12] == 0
    assert "within a theme" in joint_words(kept, 2, 13)


def test_holding_is_dear_where_the_music_moves() -> None:
    moving = notes_of(
        (0, 4, "C5"), (4, 0.5, "D5"), (4.5, 0.5, "E5"), (5, 0.5, "F5"), (5.5, 0.5, "G5"),
        (6, 2, "A5"),
    )  # fmt: skip
    places = clicks(GRID)
    price = hold_points(hear(moving, leading_line(moving), places, GRID.starts))
    assert price[3] < price[4]


def test_the_leading_line_is_what_is_on_top() -> None:
    notes = notes_of((0, 4, "C5"), (1, 1, "E4"), (2, 1, "G5"), (4, 1, "A3"))
    assert [str(note.pitches[0]) for note in leading_line(notes)] == ["C5", "G5", "A3"]


@cache
def haydn() -> tuple[JointTerms, BarGrid]:
    """The first 100 bars of the first movement of Haydn's symphony 104."""
    path = shared("scores/haydn-104-1.mxl")
    score = read_score(path.read_bytes(), path.name).score
    grid = BarGrid(score.grid.bars[:100], score.grid.pickup)
    notes = tuple(note for _, note in score.notes() if note.onset < grid.end)
    return terms_of(notes, grid), grid


def test_in_haydn_the_theme_again_is_the_best_place_to_join() -> None:
    terms, grid = haydn()
    total = terms.total
    clicks_of = {at: number for number, at in enumerate(clicks(grid))}

    def at(bar: int, beat: int = 1) -> int:
        return clicks_of[grid.starts[bar - 1] + grid.bars[bar - 1].meter.clicks[beat - 1]]

    best = total[at(18), at(26)]
    assert best < 0.5, "the theme of the Allegro begins at 17 and again at 25"
    inner = total[1:-1, 1:-1]
    assert best < np.percentile(inner, 1)
    assert np.median(inner) > 4
