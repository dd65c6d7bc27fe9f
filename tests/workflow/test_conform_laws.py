"""Laws of conforming: there and back is the start, and straight is as by way of others."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from tests.conform.known_changes import recut, recut_of
from tests.workflow.test_conform_apply import content
from tests.written_project import new_cut, written_project

from scorestage.conform.through import through
from scorestage.workflow.conform import conform
from scorestage.workflow.conform_apply import apply_conform, undo
from scorestage.workflow.job import Job

CLEAR = (100, 480, 1300, 2300, 3500, 4500)
"""Frames between the cues, which lie at 480 to 1056 and at 2400 to 2784."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written_project(tmp_path_factory.mktemp("laws") / "wick")


def copy_of(written: Path, to: Path) -> Job:
    shutil.copytree(written, to)
    return Job.open(to)


def music_of(job: Job) -> dict[str, object]:
    """Of each cue its place, hits, map and music."""
    return {
        cue.id: (
            cue.start,
            cue.end,
            cue.hits,
            job.folder.map(cue.id, job.clock),
            [
                (job.folder.cue_folder(cue.id) / name).read_bytes()
                for name in ("sketch.musicxml", "score.musicxml")
            ],
        )
        for cue in job.cues()
    }


def drawn_edits(chance: random.Random) -> list[tuple[int, int, int]]:
    """Picture out or in at places between cues, in order."""
    at = sorted(chance.sample(CLEAR, 3))
    return [(frame, 0, chance.randint(1, 90)) for frame in at]


@pytest.mark.parametrize("seed", range(2))
def test_there_and_back_returns_and_undo_brings_every_byte(
    written: Path, tmp_path: Path, seed: int
) -> None:
    job = copy_of(written, tmp_path / "wick")
    before, bytes_before = music_of(job), content(job.folder.root)
    changes = recut(*drawn_edits(random.Random(seed)))
    there = apply_conform(job, conform(job, changes, workers=1), new_cut(job, changes))
    assert music_of(there) != before
    home = changes.mirrored()
    back = apply_conform(there, conform(there, home, workers=1), new_cut(there, home, "v3"))
    assert music_of(back) == before
    undo(back)
    undo(Job.open(job.folder.root))
    assert content(job.folder.root) == bytes_before


@pytest.mark.parametrize("seed", range(2))
def test_straight_there_is_the_same_as_by_way_of_the_cuts_between(
    written: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    job = copy_of(written, tmp_path / "steps")
    straight = copy_of(written, tmp_path / "straight")
    steps = [recut(*drawn_edits(chance))]
    for _ in range(2):
        steps.append(recut_of([(50, 0, chance.randint(1, 60))], steps[-1].new_frames))
    whole = steps[0]
    for number, step in enumerate(steps, start=2):
        cut = new_cut(job, step, f"v{number}")
        job = apply_conform(job, conform(job, step, workers=1), cut)
        whole = whole if number == 2 else through(whole, step)
    cut = new_cut(straight, whole, "v4")
    straight = apply_conform(straight, conform(straight, whole, workers=1), cut)
    assert music_of(straight) == music_of(job)
