"""`paper`: every document in every form."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest
from tests.small_project import again, cue_in, small_project
from typer.testing import CliRunner

from scorestage.apps.cli.main import app
from scorestage.errors import InputError
from scorestage.workflow.cues import change_cue
from scorestage.workflow.job import Job
from scorestage.workflow.paper import Paper, paper_of, write_paper
from scorestage.workflow.script import import_script
from scorestage.workflow.tasks import add_task


@pytest.fixture
def job(tmp_path: Path) -> Job:
    made = small_project(tmp_path / "p")
    cue_in(made, 20, 32, title="Storm")
    cue_in(made, 90, 99, title="Calm")
    draft = tmp_path / "wick.fountain"
    draft.write_text("INT. HUT - NIGHT\n\nDark.\n", encoding="utf-8")
    import_script(again(made), draft)
    change_cue(again(made), "1m01", scenes=("s001",))
    add_task(again(made), "parts", cues=("1m01",), person="Ada", due="2026-12-01")
    return again(made)


@pytest.mark.parametrize("kind", Paper)
@pytest.mark.parametrize("suffix", [".pdf", ".xlsx", ".md"])
def test_every_paper_in_every_form(job: Job, kind: Paper, suffix: str, tmp_path: Path) -> None:
    tables = paper_of(job, kind, recording="2026-12-01", today="2026-11-23")
    path = write_paper(job, tables, kind, tmp_path / f"x{suffix}")
    content = path.read_bytes()
    if suffix == ".pdf":
        document = pypdfium2.PdfDocument(content)
        words = "".join(page.get_textpage().get_text_range() for page in document)
        document.close()
    else:
        words = content.decode("utf-8", "replace")
    assert content[:2] == {".pdf": b"%P", ".xlsx": b"PK", ".md": b"# "}[suffix]
    assert suffix == ".xlsx" or "1m01" in words


def test_what_cannot_be_is_told(job: Job, tmp_path: Path) -> None:
    timing = paper_of(job, Paper.TIMING)
    with pytest.raises(InputError, match="one CSV holds one cue"):
        write_paper(job, timing, Paper.TIMING, tmp_path / "x.csv")
    with pytest.raises(InputError, match="no such paper"):
        write_paper(job, timing, Paper.TIMING, tmp_path / "x.doc")
    with pytest.raises(InputError, match="whole film"):
        paper_of(job, Paper.CUES, ("1m01",))
    with pytest.raises(InputError, match="is no day"):
        paper_of(job, Paper.PROGRESS, recording="soon", today="2026-11-23")
    with pytest.raises(InputError, match="no cue has a place"):
        paper_of(small_project(tmp_path / "q"), Paper.TIMING)


def test_from_the_command_line(job: Job, tmp_path: Path) -> None:
    head = ["--project", str(job.folder.root), "paper"]
    told = json.loads(CliRunner().invoke(app, [*head, "timing", "1m02", "--json"]).stdout)
    assert told["tables"][0]["facts"]["Cue"] == "1m02"
    shown = CliRunner().invoke(app, [*head, "spotting"]).stdout
    assert "Storm" in shown and "Spotting notes" in shown
    target = tmp_path / "x.csv"
    assert CliRunner().invoke(app, [*head, "cues", "--out", str(target)]).exit_code == 0
    assert "1m01" in target.read_text(encoding="utf-8-sig")
