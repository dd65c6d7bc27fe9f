"""Progress: how much is written, whose turn it is, how much a day."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.small_production import small_production

from scorestage.paperwork import progress_of, progress_table
from scorestage.production import Cue, CueStatus, Person, Production
from scorestage.timebase import FRAMES_24


def _film() -> Production:
    def cue(number: str, seconds: int, status: CueStatus, **told: str) -> Cue:
        return Cue(number, number, length_seconds=Fraction(seconds), status=status, **told)

    cues = (
        cue("1m01", 60, CueStatus.RECORDED),
        cue("1m02", 90, CueStatus.APPROVED, orchestrator="eva"),
        cue("1m03", 30, CueStatus.SPOTTED, composer="Ada"),
        cue("1m04", 600, CueStatus.OMITTED),
    )
    people = (Person("eva", "Eva Brückner"),)
    return Production("Wick", FRAMES_24, cues=cues, people=people)


def test_minutes_by_status_and_a_day() -> None:
    found = progress_of(_film(), 3)
    assert found.total_seconds == 180 and found.reached_seconds[CueStatus.APPROVED] == 150
    assert found.reached_seconds[CueStatus.RECORDED] == 60
    assert found.unwritten_seconds == 30 and found.a_day_seconds == 10
    assert progress_of(_film(), 0).a_day_seconds is None


def test_whose_turn_it_is() -> None:
    table = progress_table(_film(), 3)
    assert [(row[0], row[4], row[5]) for row in table.rows] == [
        ("1m01", "", ""),
        ("1m02", "orchestration", "Eva Brückner"),
        ("1m03", "sketch", "Ada"),
    ]
    assert ("To write a day", "0:10.00") in table.facts and ("Days left", "3") in table.facts


def test_a_film_without_cues() -> None:
    empty = replace(small_production(), cues=())
    assert progress_of(empty).total_seconds == 0 and progress_table(empty).rows == ()
