"""The cue sheet: who is paid for which seconds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.small_production import ADA, CLOCK, EVA, RADIO, SONG, STORM, small_production

from scorestage.paperwork import cue_sheet
from scorestage.paperwork.cue_sheet import COLUMNS, faults
from scorestage.production import Credit, Person
from scorestage.timebase import FilmTime

HALF = Fraction(50)


def cells(heading: str, rows: tuple[tuple[str, ...], ...]) -> list[str]:
    place = [column.heading for column in COLUMNS].index(heading)
    return [row[place] for row in rows]


def test_one_line_per_cue_and_writer() -> None:
    """24.5 s and 30.5 s round half up to 25 and 31; their sum, 55 s, does not round at all."""
    shared = (Credit("ada", "C", HALF), Credit("eva", "C", HALF))
    sheet = cue_sheet(small_production(credits=shared), CLOCK)
    assert cells("No.", sheet.rows) == ["1", "", "2", ""]
    assert cells("Duration", sheet.rows) == ["0:25", "", "0:31", ""]
    assert cells("Use", sheet.rows) == ["BI", "", "VI", ""]
    assert cells("In", sheet.rows)[0] == "01:00:20:00"
    assert cells("Out", sheet.rows)[0] == "01:00:44:12"
    assert cells("Writer", sheet.rows) == [ADA.name, EVA.name] * 2
    assert cells("IPI", sheet.rows) == [ADA.ipi, EVA.ipi] * 2
    assert cells("Share %", sheet.rows) == ["50"] * 4
    assert dict(sheet.facts) == {"Production": "Wick", "Cues": "2", "Music": "0:55"}


def test_a_cues_own_composer_comes_before_the_credits() -> None:
    cues = (replace(STORM, composer="eva"), RADIO)
    sheet = cue_sheet(small_production(cues=cues), CLOCK)
    assert cells("Writer", sheet.rows) == [EVA.name, ADA.name]


def test_a_sheet_without_writers_still_lists_the_music() -> None:
    sheet = cue_sheet(small_production(credits=(), people=()), CLOCK)
    assert cells("Title", sheet.rows) == ["Storm", "Radio"]
    assert cells("Writer", sheet.rows) == ["", ""]


def test_the_shortest_sting_is_paid_for_a_second() -> None:
    sting = replace(STORM, end=FilmTime("20.2"), hits=())
    assert cells("Duration", cue_sheet(small_production(cues=(sting,)), CLOCK).rows) == ["0:01"]


def test_thirds_are_written_as_they_are_shared() -> None:
    thirds = tuple(Credit(one, "C", Fraction(100, 3)) for one in ("ada", "eva", "ada"))
    production = small_production(credits=thirds)
    assert cells("Share %", cue_sheet(production, CLOCK).rows)[0] == "33.3333"
    assert faults(production) == ()


def test_a_sheet_that_is_ready_has_no_faults() -> None:
    assert faults(small_production()) == ()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"credits": (Credit("ada", "C", HALF),)}, "role C add up to 50 %, not 100 %"),
        ({"credits": ()}, "no writer is credited"),
        ({"credits": (Credit("bob", "C", Fraction(100)),)}, "bob is credited"),
        ({"people": (Person("ada", "Ada", "", "1"),)}, "Ada has no society or IPI"),
        ({"people": (Person("ada", "Ada", "STIM", ""),)}, "Ada has no society or IPI"),
        ({"cues": (replace(STORM, composer="zoe"),)}, "zoe is credited"),
    ],
)
def test_each_reason_why_nobody_would_be_paid(changes: dict[str, object], told: str) -> None:
    found = faults(small_production(**changes))
    assert len(found) == 1 and told in found[0]


def test_whoever_is_not_to_be_paid_needs_no_society() -> None:
    director = Person("dora", "Dora")
    assert faults(small_production(people=(ADA, director))) == ()


def test_cues_with_composers_of_their_own_need_no_credits() -> None:
    cues = (replace(STORM, composer="ada"), replace(RADIO, composer="eva"), SONG)
    assert faults(small_production(credits=(), cues=cues)) == ()
