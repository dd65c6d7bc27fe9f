"""Errata: what was and what is, bar by bar, as the player reads it."""

from __future__ import annotations

from fractions import Fraction

from tests.engraving.small_cue import CLARINET, GRID, note, player, small_edition, staff

from scorestage.engraving.errata import Music, errata
from scorestage.engraving.strips import bar_faces
from scorestage.music import Dynamic, DynamicMark, Line, Score
from scorestage.timebase import Bar, BarGrid, BarLabel, Beat, FilmTime, Tempo, TempoMap

BEFORE = (note("a", 0, 2, "Bb4"), note("b", 4, 4, "C5"), note("c", 8, 1, "D5"))


def music(line: Line, grid: BarGrid = GRID) -> Music:
    """A line by itself, at a tempo that never changes."""
    tempo_map = TempoMap.steady(FilmTime(100), Tempo(90), grid)
    faces = bar_faces(Score(grid, (line,)), line, tempo_map, small_edition())
    return Music(line, grid, faces)


def clarinet(*notes: object, **signs: object) -> Line:
    return Line(player("Clarinet", CLARINET), (staff(*notes, **signs),))  # type: ignore[arg-type]


def test_the_same_music_has_no_errata() -> None:
    assert errata(music(clarinet(*BEFORE)), music(clarinet(*BEFORE))) == ()


def test_a_note_that_changed_is_told_as_the_player_reads_it() -> None:
    other = (note("a", 0, 2, "Bb4"), note("b", 4, "7/2", "B4"), note("c", 8, 1, "D5"))
    (one,) = errata(music(clarinet(*BEFORE)), music(clarinet(*other)))
    assert (one.bars, one.was, one.now) == ("102", "beat 1 D5 (4 q)", "beat 1 C♯5 (3½ q)")


def test_a_dynamic_alone_is_told_as_such() -> None:
    louder = clarinet(*BEFORE, dynamics=(DynamicMark(Beat(8), Dynamic.FF),))
    (one,) = errata(music(clarinet(*BEFORE)), music(louder))
    assert (one.bars, one.was, one.now) == ("103", "no dynamic", "ff")


def test_bars_that_went_are_told_together_and_those_put_in_with_their_notes() -> None:
    bars = (*GRID.bars[:1], *GRID.bars[3:], Bar(GRID.bars[-1].meter, BarLabel(108, "A")))
    grid = BarGrid(bars)
    line = clarinet(note("a", 0, 2, "Bb4"), note("z", grid.starts[-2].quarters, 1, "C5"))
    cut, fresh = errata(music(clarinet(*BEFORE)), music(line, grid))
    assert (cut.bars, cut.was, cut.now) == ("102–103", "music", "cut")
    assert fresh.bars == "108A" and fresh.was == "—"
    assert fresh.now.endswith("beat 1 D5 (1 q)") and fresh.old_bar == 7


def test_short_notes_are_told_without_a_nought() -> None:
    after = (*BEFORE[:2], note("c", 8, Fraction(1, 6), "D5"))
    found = errata(music(clarinet(*BEFORE)), music(clarinet(*after)))
    assert [one.now for one in found] == ["beat 1 E5 (1/6 q)"]
