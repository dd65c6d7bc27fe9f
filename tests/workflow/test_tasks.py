"""Who owes what by when: kept, shown late, printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.small_production import ADA
from tests.small_project import again, cue_in, small_project

from scorestage.errors import InputError
from scorestage.production import Task
from scorestage.workflow.paper import Paper, paper_of
from scorestage.workflow.tasks import add_task, change_task, drop_task, set_recording, tell_tasks


def test_work_is_kept_and_what_is_late_is_told(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    job = job.save(replace(job.production, people=(ADA,)))
    first, second = cue_in(job), cue_in(job, 60, 70)
    found = add_task(
        again(job), "parts", cues=("1m01", "1m02"), person="ada lindqvist", due="2031-05-04"
    )
    add_task(again(job), "mix", person="Bo")
    assert found == (
        Task("t1", "parts", "ada", first.id, "2031-05-04"),
        Task("t2", "parts", "ada", second.id, "2031-05-04"),
    )
    change_task(again(job), "t2", done="2031-05-03")
    change_task(again(job), "t3", due="2031-05-08")
    told = tell_tasks(again(job), "2031-05-06")
    assert [(one["id"], one["state"], one["late"]) for one in told] == [
        ("t1", "2 days late", True),
        ("t3", "in 2 days", False),
        ("t2", "done 2031-05-03", False),
    ]
    assert told[0]["person"] == "Ada Lindqvist" and told[0]["cue"] == "1m01"
    table = paper_of(again(job), Paper.TASKS, today="2031-05-06")[0]
    assert table.strong == frozenset({0}) and ("Late", "1") in table.facts
    cues = paper_of(again(job), Paper.CUES, today="2031-05-06")[0]
    assert "parts, Ada Lindqvist, 2031-05-04 (2 days late)" in cues.rows[0]
    drop_task(again(job), "t1")
    assert [task.id for task in again(job).production.tasks] == ["t2", "t3"]


def test_the_day_of_the_recording_is_kept_for_progress(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue_in(job, 20, 80)
    add_task(again(job), "sketch", cues=("1m01",), person="Cleo", due="2031-05-01")
    set_recording(again(job), "2031-05-16")
    table = paper_of(again(job), Paper.PROGRESS, today="2031-05-06")[0]
    facts = dict(table.facts)
    assert (facts["Days left"], facts["To write a day"], facts["Late"]) == ("10", "0:06.00", "1")
    assert table.rows[0][-1] == "sketch, Cleo, 2031-05-01 (5 days late)" and table.strong


def test_faults_name_what_there_is(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    for wrong in ("noon", "2031-13-01", "1.5.2031"):
        with pytest.raises(InputError, match="is no day"):
            add_task(job, "parts", due=wrong)
        with pytest.raises(InputError, match="is no day"):
            set_recording(job, wrong)
    with pytest.raises(InputError, match="no cue '9m99'"):
        add_task(job, "parts", cues=("9m99",))
    with pytest.raises(InputError, match="no task 't9'"):
        change_task(job, "t9", due="2031-05-04")
    assert again(job).production.tasks == ()


def test_a_day_is_kept_in_one_way(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    add_task(job, "mix", due="20310504")
    change_task(again(job), "t1", done="2031-W18-7")
    task = again(job).production.tasks[0]
    assert (task.due, task.done) == ("2031-05-04", "2031-05-04")
    assert set_recording(again(job), "20310601").production.recording == "2031-06-01"
    change_task(again(job), "t1", done="")
    assert not again(job).production.tasks[0].done
    with pytest.raises(InputError, match="no day"):
        change_task(again(job), "t1", due="soon")
