"""A fit from a spreadsheet of hits, and what is refused on the way."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from scorestage.errors import FitError, FormatError, TimecodeError
from scorestage.timebase import FRAMES_24, FRAMES_25, FRAMES_29_97_DROP, FilmClock, FilmTime
from scorestage.workflow.fit_alone import fit_alone
from scorestage.workflow.fit_wish import FitWish

QUICK = FitWish(draws=0)
CLOCK = FilmClock(FRAMES_24)


@pytest.fixture
def hits(tmp_path: Path) -> Path:
    """Hits every two seconds from 3 s."""
    path = tmp_path / "hits.csv"
    path.write_text("id,at,want\n" + "".join(f"h{n},{1 + 2 * n},downbeat\n" for n in range(1, 5)))
    return path


def test_a_fit_without_a_project(hits: Path) -> None:
    """Hits every two seconds from a downbeat at 1 s: 120 bpm places each on a downbeat."""
    wish = FitWish(wish_bpm=Fraction(120), top=2)
    found = fit_alone(hits, "1", "0:13", FilmClock(FRAMES_25), wish)
    assert found.rate == FRAMES_25 and 1 <= len(found.candidates) <= 2
    assert (found.start, found.end, found.not_read) == (FilmTime(1), FilmTime(13), ())
    best = found.candidates[0]
    assert not best.missed and best.tempo_map.start == FilmTime(1)
    for landing in best.hits:
        assert landing.position.beat == 1 and abs(landing.off_frames) <= 1
        heard = best.tempo_map.time_at(landing.at)
        assert abs(FRAMES_25.frames_in(heard - landing.hit.at)) <= 1


def test_start_and_end_in_every_form(hits: Path) -> None:
    for start, end in (("1", "13"), ("00:00:01:00", "00:00:13:00"), ("1+08", "19+08")):
        found = fit_alone(hits, start, end, CLOCK, QUICK)
        assert (found.start, found.end) == (FilmTime(1), FilmTime(13))
    drop = fit_alone(hits, "0", "00:01:00;02", FilmClock(FRAMES_29_97_DROP), QUICK)
    assert drop.rate == FRAMES_29_97_DROP
    assert drop.end == FilmTime(1800 * Fraction(1001, 30000))
    assert fit_alone(hits, "0", "", CLOCK, QUICK).end is None


@pytest.mark.parametrize(
    ("start", "end", "fault", "told"),
    [
        ("soon", "13", TimecodeError, "--start: 'soon' is no moment"),
        ("1", "nan", TimecodeError, "--end: 'nan' is no moment"),
        ("1", "inf", TimecodeError, "--end"),
        ("1", "00:00:13:24", TimecodeError, "--end.*does not exist"),
        ("13", "1", FitError, "ends before it starts"),
        ("1", "1", FitError, "ends before it starts"),
        ("1", "9000000000", FitError, "would last 9e\\+09 s"),
        ("4", "13", FormatError, "line 2, column at: a hit lies outside .* h1 at 3.000"),
        ("1", "8", FormatError, "line 5, column at: a hit lies outside .* h4 at 9.000"),
    ],
)
def test_what_cannot_be_is_refused(
    hits: Path, start: str, end: str, fault: type[Exception], told: str
) -> None:
    with pytest.raises(fault, match=told):
        fit_alone(hits, start, end, CLOCK, QUICK)


def test_an_empty_list_has_maps_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    path.write_text("id,at\n")
    found = fit_alone(path, "0", "20", CLOCK, FitWish(wish_bpm=Fraction(96)))
    assert found.candidates and found.candidates[0].tempo_map.end == FilmTime(20)
    assert found.candidates[0].chance is None


def test_two_hits_a_frame_apart_are_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "near.csv"
    path.write_text("id,at\na,00:00:05:00\nb,00:00:05:01\n")
    best = fit_alone(path, "0", "20", CLOCK, QUICK).candidates[0]
    assert len(best.caught) >= 1
