"""Signs of a staff by their place in the bar."""

from __future__ import annotations

from tests.engraving.small_cue import small_score

from scorestage.engraving.lines import written_line
from scorestage.engraving.mei.signs import StaffSigns, signs_of
from scorestage.engraving.stretches import Stretch, one_by_one
from scorestage.music.written import WrittenStaff


def staff(player: str, index: int = 0) -> WrittenStaff:
    score = small_score()
    return written_line(score.line_of(player), score.grid, concert=True)[index]


def by_bar(player: str) -> list[str]:
    written = staff(player)
    return StaffSigns(written, 3, one_by_one(len(written.bars)), 1.0).by_stretch()


def test_a_hairpin_reaches_into_the_bar_where_it_stops() -> None:
    bars = by_bar("flute1")
    assert '<hairpin form="cres" staff="3" place="below" tstamp="2" tstamp2="0m+5"/>' in bars[0]
    assert '<dynam staff="3" tstamp="1" place="below">mf</dynam>' in bars[0]
    assert 'tstamp="1.5"' not in bars[1]


def test_slurs_join_the_notes_they_were_put_on() -> None:
    assert '<slur staff="3" startid="#n3-0-1-0" endid="#n3-0-1-2"/>' in by_bar("flute1")[0]


def test_techniques_are_upright_words_over_the_staff() -> None:
    assert "pizz." in by_bar("violinsi")[1] and 'fontstyle="normal"' in by_bar("violinsi")[1]


def test_on_a_page_with_film_times_the_top_staff_has_its_words_over_them() -> None:
    written = staff("violinsi")
    stretches = one_by_one(len(written.bars))
    timed = signs_of([written, written], stretches, 1.0, timed=True)[1]
    assert '<tempo staff="1"' in timed and '<dir staff="2"' in timed


def test_a_hairpin_counts_bars_as_they_stand_on_the_page() -> None:
    written = staff("flute1")
    joined = (Stretch(0), Stretch(1, 7))
    told = StaffSigns(written, 1, joined, 1.0).by_stretch()
    assert len(told) == 2 and "hairpin" in told[0]
