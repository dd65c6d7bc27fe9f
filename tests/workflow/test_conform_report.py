"""What a new cut costs, the change report, and the verbs that tell of it."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from tests.conform.known_changes import recut
from tests.written_project import new_cut, written_project
from typer.testing import CliRunner

from scorestage.adapters.machines.bound_pages import page_count
from scorestage.adapters.machines.music_diff_pages import one_page
from scorestage.apps.cli.main import app
from scorestage.conform import ChangeList
from scorestage.errors import InputError
from scorestage.workflow.compare import tell_change
from scorestage.workflow.conform import conform
from scorestage.workflow.conform_cost import cost_of, cost_words
from scorestage.workflow.conform_podium import podium_places, podium_table, write_podium
from scorestage.workflow.conform_report import change_report, write_change_report
from scorestage.workflow.job import Job


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written_project(tmp_path_factory.mktemp("reported") / "wick")


@pytest.fixture
def project(written: Path, tmp_path: Path) -> Job:
    shutil.copytree(written, tmp_path / "wick")
    return Job.open(tmp_path / "wick")


def told(changes: ChangeList, path: Path) -> Path:
    answer = {"changes": [tell_change(changes, one) for one in changes.changes]}
    path.write_text(json.dumps(answer), encoding="utf-8")
    return path


def test_the_cost_is_told_and_nothing_is_written(project: Job) -> None:
    before = sorted(path for path in project.folder.root.rglob("*"))
    changes = recut((820, 14, 0))
    cost = cost_of(project, conform(project, changes, workers=1), new_cut(project, changes))
    assert sorted(path for path in project.folder.root.rglob("*")) == before
    kinds = {one.kind for one in cost.rebuilt if one.cue == "1m01"}
    assert {"score and parts", "click track", "mock-up"} <= kinds
    assert cost.kept == 0 and "deliverables again" in cost_words(cost)


def test_the_report_names_cues_hits_bars_and_players(project: Job, tmp_path: Path) -> None:
    changes = recut((750, 12, 0))
    found, cut = conform(project, changes, workers=1), new_cut(project, changes)
    report = change_report(project, found, cut)
    text = " ".join(cell for table in report.tables for row in table.rows for cell in row)
    assert "12 frames out" in text and "slid 12 frames earlier" in text
    assert "lost its picture" in text and "door" in text
    (strip,) = report.strips
    repair = found.cue("1m01").repairs[0]
    assert [box.label for box in strip.new] == [
        str(bar.label) for bar in repair.tempo_map.grid.bars
    ]
    write_change_report(report, tmp_path / "r.pdf", "Wick")
    write_change_report(report, tmp_path / "r.html", "Wick")
    assert page_count((tmp_path / "r.pdf").read_bytes()) == 1 < len(report.tables)
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert page.count("<svg") >= 1 and "look" in page
    with pytest.raises(InputError, match=r"\.pdf or \.html"):
        write_change_report(report, tmp_path / "r.doc", "Wick")


def test_titles_cannot_put_markup_into_the_page(project: Job, tmp_path: Path) -> None:
    from dataclasses import replace

    job = project.save_cue(replace(project.cue("1m01"), title="<script>alert(1)</script>"))
    changes = recut((820, 14, 0))
    report = change_report(job, conform(job, changes, workers=1), new_cut(job, changes))
    write_change_report(report, tmp_path / "r.html", "Wick")
    assert "<script>" not in (tmp_path / "r.html").read_text(encoding="utf-8")


def run(project: Job, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["--project", str(project.folder.root), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit | InputError)
    return result.exit_code, result.stdout


def test_conform_tells_applies_and_undo_takes_back(project: Job, tmp_path: Path) -> None:
    cut = str(told(recut((820, 14, 0)), tmp_path / "cut4.json"))
    status, words = run(project, "conform", cut)
    assert status == 0 and "14 frames out" in words and "nothing is written yet" in words
    status, words = run(project, "conform", cut, "--json")
    answer = json.loads(words)
    first = answer["cues"][0]
    assert (first["state"], first["chosen"]) == ("changed inside", 1)
    assert not first["repairs"][0]["missed"] and not answer["applied"]
    assert len(first["repairs"][0]["hits"]) == 3
    status, words = run(project, "conform", cut, "--choose", "1m01=2", "--apply", "--json")
    answer = json.loads(words)
    assert answer["applied"] and answer["cues"][0]["chosen"] == 2
    assert [Path(one).suffix for one in answer["reports"]] == [".html", ".pdf"]
    assert page_count(Path(answer["podium"]).read_bytes()) == 1
    assert Job.open(project.folder.root).production.picture == "v2"
    status, words = run(project, "undo")
    assert status == 0 and "taken back: conformed to cut4" in words
    assert Job.open(project.folder.root).production.picture == "v1"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("--choose", "1m01"), "chooses nothing"),
        (("--choose", "1m01=99"), "there is no repair 99"),
        (("--choose", "7m01=1"), "there is no cue"),
        (("--recorded", "1m01"), "names no bars"),
        (("--issued", "1m01:70-80"), "has no bar 70"),
    ],
)
def test_what_cannot_be_asked_is_told(
    project: Job, tmp_path: Path, words: tuple[str, ...], fault: str
) -> None:
    cut = str(told(recut((820, 14, 0)), tmp_path / "cut4.json"))
    result = CliRunner().invoke(
        app, ["--project", str(project.folder.root), "conform", cut, *words]
    )
    told_words = str(result.exception) + result.stdout
    assert fault in told_words


def test_a_cut_that_is_none_is_told(project: Job, tmp_path: Path) -> None:
    text = tmp_path / "words.json"
    text.write_text("{}", encoding="utf-8")
    with pytest.raises(Exception, match="no change list"):
        CliRunner().invoke(
            app, ["-p", str(project.folder.root), "conform", str(text)], catch_exceptions=False
        )


def test_the_page_for_the_podium_puts_the_biggest_change_first(
    project: Job, tmp_path: Path
) -> None:
    changes = recut((700, 0, 1), (2500, 48, 0))
    found, cut = conform(project, changes, workers=1), new_cut(project, changes)
    choices = {
        one.cue.number: next(n for n, each in enumerate(one.repairs, start=1) if each.edits)
        for one in found.cues
    }
    table = podium_table(project, found, cut, choices)
    touched = [
        len(one.repairs[choices[one.cue.number] - 1].touched)
        for row in table.rows
        for one in found.cues
        if row[0].split()[0] == one.cue.number
    ]
    assert len(table.rows) == 2 and touched == sorted(touched, reverse=True)
    assert dict(table.facts)["Music changed"] == "2 of 2 cues"
    write_podium(table, tmp_path / "podium.pdf")
    assert page_count((tmp_path / "podium.pdf").read_bytes()) == 1
    with pytest.raises(InputError, match=r"is a \.pdf"):
        write_podium(table, tmp_path / "podium.doc")


def test_the_page_for_the_podium_shows_the_changed_bars_where_they_fit(
    project: Job, tmp_path: Path
) -> None:
    changes = recut((2500, 48, 0))
    found, cut = conform(project, changes, workers=1), new_cut(project, changes)
    choices = {
        one.cue.number: next(n for n, each in enumerate(one.repairs, start=1) if each.edits)
        for one in found.cues
        if one.repairs
    }
    table = podium_table(project, found, cut, choices)
    music = change_report(project, found, cut, None, choices, drawn=True).music
    places = podium_places(table, music)
    assert places and all(place.title.startswith(table.rows[0][0]) for place in places)
    write_podium(table, tmp_path / "drawn.pdf", music)
    write_podium(table, tmp_path / "plain.pdf")
    drawn, plain = ((tmp_path / f"{name}.pdf").read_bytes() for name in ("drawn", "plain"))
    assert page_count(drawn) == page_count(plain) == 1
    crowd = tuple(replace(place, title=f"{n} {place.title}") for n in range(40) for place in places)
    assert one_page(crowd, (), (), "For the podium") is None
    with pdfium.PdfDocument(drawn) as document:
        words = document[0].get_textpage().get_text_bounded()
    assert "Before: " in words and "After: " in words and table.rows[0][0] in words
