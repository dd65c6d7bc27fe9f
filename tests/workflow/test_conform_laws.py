"""Laws of conforming: there and back is the start, and straight is as by way of others."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from tests.conform.known_changes import recut, recut_of
from tests.workflow.test_conform_apply import content
from tests.written_project import new_cut, written_project

from scorestage.adapters.formats.otio import write_otio
from scorestage.adapters.machines.engravers import Engraver
from scorestage.conform import ChangeList, compare_lists
from scorestage.conform.through import through
from scorestage.production import BarState, CutEvent, CutList, CutSource, Hit, HitStatus
from scorestage.timebase import FRAMES_24
from scorestage.workflow.conform import conform
from scorestage.workflow.conform_apply import apply_conform, undo
from scorestage.workflow.editorial import EDIT_SUFFIX
from scorestage.workflow.issue import issue_cue
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


def drawn_inside(chance: random.Random) -> tuple[int, int, int]:
    """Picture out or in somewhere within the first cue, so that its music is mended."""
    at = chance.randint(520, 980)
    frames = chance.randint(6, 60)
    return (at, frames, 0) if chance.random() < 0.5 else (at, 0, frames)


def applied(job: Job, changes: ChangeList, name: str) -> Job:
    return apply_conform(job, conform(job, changes, workers=1), new_cut(job, changes, name))


@pytest.mark.parametrize("seed", range(3))
def test_there_and_back_through_mended_music_returns_to_the_byte(
    written: Path, tmp_path: Path, seed: int
) -> None:
    """The second cut takes the picture back: the first version is played, files as they were."""
    job = copy_of(written, tmp_path / "wick")
    before, bytes_before = music_of(job), content(job.folder.root)
    changes = recut(drawn_inside(random.Random(seed)), (3000, 0, 30))
    there = applied(job, changes, "v2")
    assert there.cue("1m01").version == "v2"
    home = changes.mirrored()
    found = conform(there, home, workers=1)
    first = found.cue("1m01").repairs[0]
    assert (first.returns, first.missed) == ("v1", ())
    back = apply_conform(there, found, new_cut(there, home, "v3"))
    assert music_of(back) == before
    assert back.cue("1m01").version == "v1"
    kept = back.folder.cue_folder(back.cue("1m01").id) / "versions" / "v2" / "map.toml"
    assert kept.is_file()
    undo(back)
    undo(Job.open(job.folder.root))
    assert content(job.folder.root) == bytes_before


def test_a_hit_whose_picture_came_back_lives_again(written: Path, tmp_path: Path) -> None:
    job = copy_of(written, tmp_path / "wick")
    before = music_of(job)
    changes = recut((750, 12, 0))
    there = applied(job, changes, "v2")
    assert {hit.id: str(hit.status) for hit in there.cue("1m01").hits}["h2"] == "dropped"
    assert music_of(applied(there, changes.mirrored(), "v3")) == before


def test_work_done_on_the_mended_music_is_not_written_over_unasked(
    written: Path, tmp_path: Path
) -> None:
    job = copy_of(written, tmp_path / "wick")
    changes = recut((820, 14, 0))
    there = applied(job, changes, "v2")
    sketch = there.folder.cue_folder(there.cue("1m01").id) / "sketch.musicxml"
    sketch.write_bytes(sketch.read_bytes().replace(b"<step>C</step>", b"<step>D</step>", 1))
    found = conform(there, changes.mirrored(), workers=1).cue("1m01")
    assert [one.returns for one in found.repairs].index("v1") == len(found.repairs) - 1
    assert "is not in it" in found.repairs[-1].why


def test_straight_there_is_the_same_as_by_way_of_a_cut_that_was_taken_back(
    written: Path, tmp_path: Path
) -> None:
    """Written to v1: to v4 the cue only slides, though v2 and v3 were cut within it."""
    job, straight = copy_of(written, tmp_path / "steps"), copy_of(written, tmp_path / "straight")
    inside = recut((700, 30, 0))
    later = recut_of([(2000, 0, 40)], inside.new_frames)
    mended = applied(applied(job, inside, "v2"), later, "v3")
    home = through(inside, later).mirrored()
    back = applied(mended, home, "v4")
    slid = recut((100, 0, 24))
    by_way = applied(back, slid, "v5")
    assert music_of(by_way) == music_of(applied(straight, slid, "v5"))


def test_lists_tell_that_only_a_cues_own_picture_came_back(written: Path, tmp_path: Path) -> None:
    """The cut within the cue is taken back, another cut before it stays: the lists know it."""
    job = copy_of(written, tmp_path / "wick")
    first = shots(0, 4800)
    second = shots(0, 700, 730, 4800)
    third = shots(0, 300, 324, 4800)
    path = job.folder.root / "pictures" / f"v1{EDIT_SUFFIX}"
    path.write_bytes(write_otio(first).content)
    one = compare_lists(first, second)
    cut = replace(new_cut(job, one, "v2"), edit=second)
    there = apply_conform(job, conform(job, one, workers=1, edit=second), cut)
    two = compare_lists(second, third)
    found = conform(there, two, workers=1, edit=third).cue("1m01")
    assert found.repairs[0].returns == "v1"
    assert found.earlier is not None and found.earlier.by.seconds == -1
    assert conform(there, two, workers=1).cue("1m01").earlier is None


def test_a_hit_set_since_to_picture_that_is_gone_again_is_dropped(
    written: Path, tmp_path: Path
) -> None:
    job = copy_of(written, tmp_path / "wick")
    changes = recut((700, 0, 30))
    there = applied(job, changes, "v2")
    cue = there.cue("1m01")
    late = Hit("h9", FRAMES_24.time_of(715), "lamp", weight=3)
    there.save_cue(replace(cue, hits=(*cue.hits, late)))
    there = Job.open(there.folder.root)
    home = changes.mirrored()
    found = conform(there, home, workers=1)
    first = found.cue("1m01").repairs[0]
    assert first.returns == "v1" and "h9" not in [one.hit.id for one in first.hits]
    back = apply_conform(there, found, new_cut(there, home, "v3")).cue("1m01")
    hits = {one.id: one for one in back.hits}
    assert hits["h9"].status is HitStatus.DROPPED
    assert "its picture was removed" in hits["h9"].why
    assert hits["h9"].at == FRAMES_24.time_of(700)
    assert all(hits[name].status is not HitStatus.DROPPED for name in ("h1", "h2", "h3"))


def test_a_file_that_cannot_be_read_is_the_fault_of_its_cue_alone(
    written: Path, tmp_path: Path
) -> None:
    changes = recut((700, 0, 30))
    there = applied(copy_of(written, tmp_path / "wick"), changes, "v2")
    sketch, map_file = (
        there.folder.cue_folder(there.cue(name).id) / file
        for name, file in (("1m01", "sketch.musicxml"), ("2m02", "map.toml"))
    )
    sketch.write_bytes(b"<score-partwise")
    map_file.write_bytes(b"tempo = [")
    found = conform(there, changes.mirrored(), workers=1)
    assert found.cue("1m01").fault and not found.cue("1m01").repairs
    assert found.cue("2m02").move.slid_frames == -30


def without_followed(folder: Path) -> dict[str, bytes]:
    return {name: held for name, held in content(folder).items() if name != "followed.json"}


def test_a_version_handed_out_is_followed_by_the_next_number(written: Path, tmp_path: Path) -> None:
    """Handed out as v1 and touched by nobody, only slid: the new cut makes it v2."""
    job = copy_of(written, tmp_path / "wick")
    issue_cue(job, "1m01", Engraver.VEROVIO)
    slid = applied(Job.open(job.folder.root), recut((100, 0, 24)), "v2")
    assert slid.cue("1m01").version == "v1"
    there = applied(slid, recut_of([(724, 0, 30)], 4824), "v3")
    cue = there.cue("1m01")
    home = there.folder.cue_folder(cue.id) / "versions"
    assert cue.version == "v2" and [one.name for one in home.iterdir()] == ["v1"]
    assert issue_cue(there, "1m01", Engraver.VEROVIO).version == "v2"


def test_no_version_kept_or_handed_out_is_written_over(written: Path, tmp_path: Path) -> None:
    """Handed out as v1, cut into twice, taken back, worked on: each keeps its name."""
    job = copy_of(written, tmp_path / "wick")
    issue_cue(job, "1m01", Engraver.VEROVIO)
    job = Job.open(job.folder.root)
    cuts = [recut((700, 0, 30)), recut_of([(800, 0, 40)], 4830)]
    once = applied(job, cuts[0], "v2")
    home = once.folder.cue_folder(once.cue("1m01").id) / "versions"
    first = without_followed(home / "v1")
    twice = applied(once, cuts[1], "v3")
    assert without_followed(home / "v1") == first
    assert sorted(one.name for one in home.iterdir()) == ["v1", "v2"]
    back = applied(twice, through(*cuts).mirrored(), "v4")
    assert back.cue("1m01").version == "v1"
    kept, handed_out = content(home), content(job.folder.root / "issued")
    score = back.folder.cue_folder(back.cue("1m01").id) / "score.musicxml"
    score.write_bytes(score.read_bytes().replace(b"<step>C</step>", b"<step>D</step>", 1))
    assert Job.open(back.folder.root).cue("1m01").version == "v4"
    issue_cue(Job.open(back.folder.root), "1m01", Engraver.VEROVIO)
    assert Job.open(back.folder.root).cue("1m01").version == "v4"
    assert content(home) == kept
    assert {**content(job.folder.root / "issued"), **handed_out} == content(
        job.folder.root / "issued"
    )


def test_bars_that_the_take_lacks_are_told_and_the_version_with_them_comes_last(
    written: Path, tmp_path: Path
) -> None:
    job = copy_of(written, tmp_path / "wick")
    changes = recut((700, 60, 0))
    there = applied(job, changes, "v2")
    tempo_map = there.folder.map(there.cue("1m01").id, there.clock)
    assert tempo_map is not None
    labels = [str(one.label) for one in tempo_map.grid.bars]
    home = changes.mirrored()
    for state in (BarState.ISSUED, BarState.RECORDED):
        states = {"1m01": [(f"{labels[0]}-{labels[-1]}", state)]}
        found = conform(there, home, states, workers=1).cue("1m01").repairs
        back = next(one for one in found if one.returns == "v1")
        lacking = sum(not one.old_bars for one in back.sources)
        assert back.touched and (lacking == 0 or back.reprint)
        assert (back is found[-1]) == (state is BarState.RECORDED)
        if state is BarState.RECORDED:
            assert back.retake or f"{lacking})" in back.why
    free = conform(there, home, workers=1).cue("1m01").repairs[0]
    assert (free.returns, free.reprint, free.retake) == ("v1", (), ())


def shots(*frames: int) -> CutList:
    """One film, of which what lies between each pair of frames is left."""
    events, at = [], 0
    for low, high in zip(frames[::2], frames[1::2], strict=True):
        source = CutSource("A001", "film")
        events.append(CutEvent(at, at + high - low, source, Fraction(low), Fraction(high)))
        at += high - low
    return CutList("film", FRAMES_24, tuple(events))
