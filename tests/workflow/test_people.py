"""People and licences by their verbs: in headings, on the cue sheet, never in anybody's way."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from tests.small_project import again, cue_in, small_project
from typer.testing import CliRunner

from scorestage.apps.cli.main import app
from scorestage.errors import InputError
from scorestage.paperwork import cue_sheet, spotting_notes
from scorestage.paperwork.cue_sheet import faults
from scorestage.production import Layer
from scorestage.timebase import FilmRange, FilmTime
from scorestage.workflow.job import Job
from scorestage.workflow.licences import drop_licence, keep_temp, license_cue, tell_licences
from scorestage.workflow.paper import Paper, paper_of
from scorestage.workflow.people import (
    add_person,
    change_person,
    credit_person,
    drop_person,
    tell_people,
)
from scorestage.workflow.temp import HeardTemp
from scorestage.workflow.to_write import cues_to_write

FULL = {
    "work": "Clair de lune",
    "artist": "Vera Lind",
    "writer": "C. Debussy",
    "publisher": "Fromont; Jobert",
    "master": "Nordisk",
    "territory": "world",
    "term": "in perpetuity",
    "fee": "EUR 4,000",
}


@pytest.fixture
def job(tmp_path: Path) -> Job:
    job = small_project(tmp_path / "wick")
    for start in (20, 60):
        cue_in(job, start, start + 20)
    return again(job)


def test_people_stand_in_the_headings_of_all_papers(job: Job) -> None:
    add_person(job, "Åsa Lind", roles=("Composer", "orchestrator"), society="STIM", ipi="1")
    add_person(again(job), "Mia Ek", roles=("director",))
    add_person(again(job), "Åsa Berg", roles=("foley artist", "music editor"))
    assert [one.id for one in again(job).production.people] == ["asa", "mia", "asa-berg"]
    for kind in (Paper.SPOTTING, Paper.CUES, Paper.SHEET, Paper.PROGRESS, Paper.TIMING):
        for table in paper_of(again(job), kind):
            told = dict(table.facts)
            assert told["Director"] == "Mia Ek" and told["Composer"] == "Åsa Lind"
            assert told["Music editor"] == told["Foley artist"] == "Åsa Berg"
            roles = [name for name, _ in table.facts if name in ("Director", "Composer")]
            assert roles == ["Director", "Composer"]


def test_people_are_changed_credited_and_dropped(job: Job) -> None:
    add_person(job, "Ada Holm")
    credit_person(again(job), "ada holm", "c", Fraction(100))
    change_person(again(job), "ada", name="Ada Holmes", roles=("composer",), ipi="12")
    (ada,) = tell_people(again(job))
    assert ada["credits"] == [{"role": "C", "share_percent": "100"}]
    assert (ada["name"], ada["ipi"], ada["roles"]) == ("Ada Holmes", "12", ["composer"])
    credit_person(again(job), "ada", "C", Fraction(0))
    assert tell_people(again(job))[0]["credits"] == []
    drop_person(again(job), "Ada Holmes")
    assert tell_people(again(job)) == []


def test_what_cannot_be_is_refused(job: Job) -> None:
    add_person(job, "Ada")
    with pytest.raises(InputError, match="there already"):
        add_person(again(job), "ADA")
    add_person(again(job), "Bea Lund")
    with pytest.raises(InputError, match="there already"):
        change_person(again(job), "bea", name="Ada ")
    with pytest.raises(InputError, match="nobody here"):
        credit_person(again(job), "Bo", "C", Fraction(1))
    with pytest.raises(InputError, match="no role"):
        credit_person(again(job), "Ada", "X", Fraction(1))
    with pytest.raises(InputError, match="between 0 and 100"):
        credit_person(again(job), "Ada", "C", Fraction(101))
    with pytest.raises(InputError, match="what music"):
        license_cue(again(job), "1m01", writer="Bach")
    with pytest.raises(InputError, match="a right is not"):
        license_cue(again(job), "1m01", work="Air", sync="perhaps")


def test_licensed_music_is_paid_to_its_owners_and_not_written(job: Job) -> None:
    license_cue(job, "1m02", **FULL)
    now = again(job)
    rows = cue_sheet(now.production, now.clock).rows
    owners = [(row[7], row[8], row[11]) for row in rows if row[1] == "1m02" or not row[1]]
    assert owners[-3:] == [
        ("C. Debussy", "C", "100"),
        ("Fromont", "E", "50"),
        ("Jobert", "E", "50"),
    ]
    (told,) = cue_sheet(now.production, now.clock).legend
    assert "master Nordisk" in told and "sync to ask" in told and "for world" in told
    assert "4,000" not in told
    assert any("1m02" in fault and "not cleared" in fault for fault in faults(now.production))
    notes = spotting_notes(now.production, now.clock)
    (row,) = (row for row in notes.rows if row[0] == "1m02")
    assert "licensed: “Clair de lune”, Vera Lind" in row[6] and "in perpetuity" in row[6]
    assert row[5].endswith("licensed")
    cues, (skipped,) = cues_to_write(now)
    assert [cue.number for cue in cues] == ["1m01"] and skipped.cue == "1m02"
    license_cue(now, "1m02", sync="cleared", master_use="not needed")
    assert not any("1m02" in fault for fault in faults(again(job).production))
    assert tell_licences(again(job))[0]["cleared"] is True
    license_cue(again(job), "1m02", sync="not needed", master_use="cleared")
    assert tell_licences(again(job))[0]["cleared"] is True
    drop_licence(again(job), "1m02")
    assert [cue.number for cue in cues_to_write(again(job))[0]] == ["1m01", "1m02"]


def test_licensed_minutes_are_not_left_to_write(job: Job) -> None:
    facts = dict(paper_of(job, Paper.PROGRESS, recording="2026-12-11", today="2026-12-01")[0].facts)
    license_cue(job, "1m02", **FULL)
    (table,) = paper_of(again(job), Paper.PROGRESS, recording="2026-12-11", today="2026-12-01")
    assert (facts["To write a day"], dict(table.facts)["To write a day"]) == ("0:04.00", "0:02.00")
    assert table.rows[1][4:6] == ("licence", "music supervisor")


def temp_of(*spans: tuple[int, int]) -> tuple[HeardTemp, ...]:
    """A temp with pieces at these seconds, as far as keeping one reads it."""
    pieces = [
        SimpleNamespace(range=FilmRange(FilmTime(Fraction(a, 100)), FilmTime(Fraction(b, 100))))
        for a, b in spans
    ]
    track = SimpleNamespace(pieces=tuple(pieces))
    return (cast(HeardTemp, SimpleNamespace(file=Path("temp.wav"), track=track)),)


def test_a_piece_of_the_temp_that_is_kept_becomes_a_licensed_cue(job: Job) -> None:
    heard = temp_of((0, 1000), (2001, 3999))
    with pytest.raises(InputError, match="none of number 3"):
        keep_temp(job, heard, 3, Layer.SONG, FilmTime(0), work="Air")
    with pytest.raises(InputError, match="what music"):
        keep_temp(job, heard, 2, Layer.SONG, FilmTime(0))
    cue = keep_temp(job, heard, 2, Layer.SONG, FilmTime(100), work="Air", writer="J. S. Bach")
    assert (cue.start, cue.end) == (FilmTime(120), FilmTime(140))
    now = again(job)
    assert now.cue(cue.number).layer is Layer.SONG and now.cue(cue.number).kept
    licence = now.production.licence(cue.id)
    assert licence is not None and licence.writer == "J. S. Bach" and "temp.wav" in licence.note
    assert cue.number not in {one.number for one in cues_to_write(now)[0]}


def test_the_verbs(job: Job) -> None:
    def run(*words: str) -> str:
        result = CliRunner().invoke(app, ["--project", str(job.folder.root), *words])
        assert result.exit_code == 0, result.output
        return result.output

    run("person", "add", "Ada Holm", "--role", "composer", "--role", "music editor")
    run("person", "credit", "ada", "C", "200/3")
    told = json.loads(run("person", "list", "--json"))["people"][0]
    assert told["roles"] == ["composer", "music editor"]
    assert told["credits"] == [{"role": "C", "share_percent": "200/3"}]
    said = run("licence", "say", "1m01", "--work", "Air", "--writer", "J. S. Bach", "--fee", "€500")
    assert "NOT CLEARED" in said and "fee €500" in said
    assert json.loads(run("licence", "list", "--json"))["licences"][0]["master_use"] == "to ask"
    run("licence", "drop", "1m01")
    assert "nothing is licensed" in run("licence", "list")
