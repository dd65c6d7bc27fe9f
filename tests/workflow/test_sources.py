"""A cue's own files: made when their inputs change, never over a person's work."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.small_project import cue_in, small_project

from scorestage.adapters.store import Origin, read_provenance
from scorestage.production import Cue
from scorestage.workflow.job import Job
from scorestage.workflow.sources import Source, SourceState, Written, refresh

FILE = "sketch.txt"


@dataclass
class Maker:
    """Counts how often it was asked, and makes what it is told to."""

    text: str = "first"
    inputs: str = "a"
    calls: list[str] = field(default_factory=list)

    def source(self) -> Source:
        return Source(FILE, "compose", lambda job, cue: self.inputs, self.make)

    def make(self, job: Job, cue: Cue) -> Written:
        self.calls.append(self.text)
        return Written(self.text.encode(), (("n1", "theme:main"),), ("one remark",))


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return small_project(tmp_path / "wick")


@pytest.fixture
def cue(job: Job) -> Cue:
    return cue_in(job)


def written(job: Job, cue: Cue) -> Path:
    return job.folder.cue_folder(cue.id) / FILE


def test_made_once_and_kept_while_nothing_changes(job: Job, cue: Cue) -> None:
    maker = Maker()
    first = refresh(job, cue, maker.source())
    assert (first.state, first.remarks) == (SourceState.MADE, ("one remark",))
    maker.text = "second"
    assert refresh(job, cue, maker.source()).state is SourceState.KEPT
    assert maker.calls == ["first"] and written(job, cue).read_text() == "first"
    provenance = read_provenance(job.folder.cue_folder(cue.id))
    assert provenance.origins == (Origin(FILE, "n1", "theme:main"),)


def test_made_again_when_its_inputs_change_or_it_is_gone(job: Job, cue: Cue) -> None:
    maker = Maker()
    refresh(job, cue, maker.source())
    maker.inputs, maker.text = "b", "second"
    assert refresh(job, cue, maker.source()).state is SourceState.MADE
    written(job, cue).unlink()
    assert refresh(job, cue, maker.source()).state is SourceState.MADE
    assert maker.calls == ["first", "second", "second"]


def test_a_persons_file_wins_over_new_inputs(job: Job, cue: Cue) -> None:
    maker = Maker()
    refresh(job, cue, maker.source())
    written(job, cue).write_text("mine")
    maker.inputs = "b"
    assert refresh(job, cue, maker.source()).state is SourceState.BY_HAND
    assert written(job, cue).read_text() == "mine" and maker.calls == ["first"]


def test_a_file_that_was_there_first_is_a_persons(job: Job, cue: Cue) -> None:
    written(job, cue).write_text("mine")
    maker = Maker()
    assert refresh(job, cue, maker.source()).state is SourceState.BY_HAND
    assert maker.calls == []


def test_again_is_the_one_way_to_write_over_it(job: Job, cue: Cue) -> None:
    maker = Maker()
    written(job, cue).write_text("mine")
    assert refresh(job, cue, maker.source(), again=True).state is SourceState.MADE
    assert written(job, cue).read_text() == "first"
    assert refresh(job, cue, maker.source()).state is SourceState.KEPT


def test_a_maker_that_fails_leaves_what_was(job: Job, cue: Cue) -> None:
    maker = Maker()
    refresh(job, cue, maker.source())

    def fails(job: Job, cue: Cue) -> Written:
        raise RuntimeError("no ink")

    broken = Source(FILE, "compose", lambda job, cue: "b", fails)
    with pytest.raises(RuntimeError, match="no ink"):
        refresh(job, cue, broken)
    assert written(job, cue).read_text() == "first"
    assert refresh(job, cue, maker.source()).state is SourceState.KEPT
