from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.errors import FitError
from scorestage.production import Hit
from scorestage.tempofit import tempo_list
from scorestage.timebase import FRAMES_24, FilmTime

PUBLISHED = tuple(Hit(str(frame), FRAMES_24.time_of(frame)) for frame in (62, 169, 308, 447, 616))


def test_the_published_list() -> None:
    """V29: within a frame only 93.5 catches five, 93.25 four and 93.75 three."""
    within_a_frame = (FRAMES_24, Fraction(80), Fraction(110), Fraction(1, 4), Fraction(1))
    rows = tempo_list(FilmTime(0), PUBLISHED, *within_a_frame)
    assert len(rows) == 121
    by_bpm = {row.bpm: row for row in rows}
    assert [row.bpm for row in rows if len(row.caught) == 5] == [Fraction("93.5")]
    assert rows[0].bpm == Fraction("93.5")
    assert rows[0].rms_frames == pytest.approx(0.3048, abs=5e-5)
    assert len(by_bpm[Fraction("93.25")].caught) == 4
    assert by_bpm[Fraction("93.25")].rms_frames == pytest.approx(1.0078, abs=5e-5)
    assert len(by_bpm[Fraction("93.75")].caught) == 3


def test_the_chance_trap_of_the_published_list() -> None:
    """V29: over a wider range and two frames, fast tempos catch all five too."""
    rows = tempo_list(
        FilmTime(0), PUBLISHED, FRAMES_24, Fraction(60), Fraction(180), tolerance_frames=Fraction(2)
    )
    all_five = sorted(float(row.bpm) for row in rows if len(row.caught) == 5)
    assert all_five == [93.25, 93.5, 93.75, 135.25, 135.5, 135.75, 163.75]


def test_the_best_single_tempo_of_the_piecewise_example() -> None:
    """V30: near 94.95 bpm the worst of the four misses is 3.5 frames."""
    hits = tuple(Hit(text, FilmTime(text)) for text in ("7.5", "13.2", "21.0", "26.4"))
    rows = tempo_list(FilmTime(0), hits, FRAMES_24, Fraction(90), Fraction(102), Fraction(1, 100))
    best = min(rows, key=lambda row: max(abs(off) for off in row.off_frames))
    assert abs(best.bpm - Fraction("94.95")) <= Fraction(1, 50)
    assert float(max(abs(off) for off in best.off_frames)) == pytest.approx(3.5, abs=0.06)


def test_early_is_negative_and_the_aim_moves_the_hit() -> None:
    hit = Hit("door", FRAMES_24.time_of(25), late_frames=Fraction(0), early_frames=Fraction(1))
    row = tempo_list(FilmTime(0), (hit,), FRAMES_24, Fraction(120), Fraction(120))[0]
    assert row.off_frames == (Fraction(-1),)
    assert row.caught == ("door",)
    aimed = Hit("door", FRAMES_24.time_of(22), aim_frames=Fraction(2))
    row = tempo_list(FilmTime(0), (aimed,), FRAMES_24, Fraction(120), Fraction(120))[0]
    assert row.off_frames == (Fraction(0),)


def test_a_list_needs_a_range() -> None:
    with pytest.raises(FitError):
        tempo_list(FilmTime(0), PUBLISHED, FRAMES_24, Fraction(110), Fraction(80))
