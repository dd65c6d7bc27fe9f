"""A small project conformed to new cuts: what moves, what is mended, and the way back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.conform.known_changes import recut, recut_of
from tests.small_project import again
from tests.written_project import new_cut, written_project

from scorestage.adapters.formats.musicxml import read_score
from scorestage.adapters.store import read_provenance
from scorestage.adapters.store.form_file import FORM
from scorestage.conform.changes import Change, ChangeKind, ChangeList
from scorestage.conform.moving import CueState
from scorestage.errors import InputError
from scorestage.music.barprints import EVERYBODY, changed_bars, variation_of
from scorestage.production import BarState, CueStatus, HitStatus
from scorestage.timebase import FRAMES_24, TempoMap
from scorestage.workflow.build import SOURCES
from scorestage.workflow.compare import compare_cuts
from scorestage.workflow.compose import COMPOSE, SKETCH
from scorestage.workflow.compose_options import vary_bars
from scorestage.workflow.conform import conform
from scorestage.workflow.conform_apply import apply_conform, undo
from scorestage.workflow.conform_cut import NewCut
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE
from scorestage.workflow.picture_history import changes_between
from scorestage.workflow.shots import begins_at, say_shot, shot_words, words_file
from scorestage.workflow.sketch_bars import by_role
from scorestage.workflow.sources import SourceState, refresh, settled
from scorestage.workflow.varied_bars import variations_in


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two written cues: 20 to 44 s and 100 to 116 s."""
    return written_project(tmp_path_factory.mktemp("written") / "wick")


@pytest.fixture
def project(written: Path, tmp_path: Path) -> Job:
    """A copy of it to change."""
    shutil.copytree(written, tmp_path / "wick")
    return Job.open(tmp_path / "wick")


def content(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and "undo" not in path.parts and path.name != ".scorestage.lock"
    }


def maps_of(job: Job) -> dict[str, TempoMap]:
    """The maps as they are on disk now."""
    found = ((cue.id, job.folder.map(cue.id, job.clock)) for cue in job.cues())
    return {name: one for name, one in found if one is not None}


def test_a_trim_inside_makes_a_new_version_and_undo_brings_the_bytes_back(project: Job) -> None:
    before = content(project.folder.root)
    changes = recut((820, 14, 0))
    found = conform(project, changes, workers=1)
    first, second = found.cues
    assert first.move.state is CueState.CHANGED and second.move.state is CueState.SLID
    best = first.repairs[0]
    assert not best.missed and best.largest_step_percent < 3
    job = apply_conform(project, found, new_cut(project, changes))
    cue = job.cue("1m01")
    assert (cue.version, cue.written_to, job.production.picture) == ("v2", "v2", "v2")
    assert [hit.at.seconds * 24 for hit in cue.hits] == [624, 756, 946]
    tempo_map = job.folder.map(cue.id, job.clock)
    assert tempo_map == best.tempo_map
    sketch = read_score((job.folder.cue_folder(cue.id) / SKETCH).read_bytes(), SKETCH).score
    assert [str(bar.label) for bar in sketch.grid.bars] == [
        str(bar.label) for bar in best.tempo_map.grid.bars
    ]
    kept = job.folder.cue_folder(cue.id) / "versions" / "v1"
    assert (kept / SCORE).read_bytes() == before[f"cues/{cue.id}/{SCORE}"]
    for one in job.cues():
        for source in SOURCES:
            report = settled(job, one, source)
            assert report is not None and report.state is SourceState.KEPT, (
                one.number,
                source.file,
            )
    undo(job)
    assert content(project.folder.root) == before


def test_a_cue_that_slid_keeps_its_music_to_the_byte(project: Job) -> None:
    before, maps = content(project.folder.root), maps_of(project)
    changes = recut((100, 24, 0))
    job = apply_conform(project, conform(project, changes), new_cut(project, changes))
    after = content(job.folder.root)
    for cue in project.cues():
        for file in (SKETCH, SCORE):
            assert after[f"cues/{cue.id}/{file}"] == before[f"cues/{cue.id}/{file}"]
        old, new = maps[cue.id], maps_of(job)[cue.id]
        assert new.shifted(old.start - new.start) == old
        assert (old.start - new.start).seconds == 1
        assert job.cue(cue.id).version == "v1"


def test_an_empty_change_is_the_identity(project: Job) -> None:
    before = content(project.folder.root)
    changes = recut()
    found = conform(project, changes)
    assert {one.move.state for one in found.cues} == {CueState.UNTOUCHED}
    cut = NewCut(changes, project.picture(), film=False)
    apply_conform(project, found, cut)
    assert content(project.folder.root) == before


def test_there_and_back_the_slid_cues_return_to_the_start(project: Job) -> None:
    changes, maps = recut((100, 24, 0), (3000, 0, 60)), maps_of(project)
    there = apply_conform(project, conform(project, changes), new_cut(project, changes))
    home = changes.mirrored()
    back = apply_conform(there, conform(there, home), new_cut(there, home, "v3"))
    for cue in project.cues():
        now = back.cue(cue.id)
        assert (now.start, now.end, now.hits) == (cue.start, cue.end, cue.hits)
        assert maps_of(back)[cue.id] == maps[cue.id]


def test_the_history_of_the_picture_leads_from_any_cut_to_any_other(project: Job) -> None:
    first = recut((100, 24, 0))
    job = apply_conform(project, conform(project, first), new_cut(project, first))
    shorter = recut_of([(3000, 0, 40)], first.new_frames)
    job = apply_conform(job, conform(job, shorter), new_cut(job, shorter, "v3"))
    whole = changes_between(job, "v1", "v3")
    assert whole is not None
    for frame in range(0, 4800, 13):
        middle = first.new_place(frame)
        assert whole.new_place(frame) == (None if middle is None else shorter.new_place(middle))
    back = changes_between(job, "v3", "v1")
    assert back is not None and back.changes == whole.mirrored().changes
    assert changes_between(job, "v1", "v9") is None
    told = compare_cuts("v1", "v3", job.folder.root)
    assert told.changes == whole


def test_an_orphan_is_omitted_and_says_why_and_a_lost_hit_is_dropped(project: Job) -> None:
    changes = recut((750, 12, 0), (2300, 600, 0))
    found = conform(project, changes, workers=1)
    assert [one.move.state for one in found.cues] == [CueState.CHANGED, CueState.ORPHANED]
    job = apply_conform(project, found, new_cut(project, changes))
    orphan = job.production.cue(found.cues[1].cue.id)
    assert orphan.status is CueStatus.OMITTED and "removed in cut 4" in orphan.why[-1]
    lost = next(hit for hit in job.cue("1m01").hits if hit.id == "h2")
    assert lost.status is HitStatus.DROPPED and "removed in cut 4" in lost.why
    assert lost.at.seconds * 24 == 750


def test_a_choice_that_is_none_writes_nothing(project: Job) -> None:
    before = content(project.folder.root)
    changes = recut((820, 14, 0))
    found = conform(project, changes, workers=1)
    for choices in ({"1m01": 99}, {"9m99": 1}):
        with pytest.raises(InputError, match="there is no"):
            apply_conform(project, found, new_cut(project, changes), choices)
    assert content(project.folder.root) == before


def test_bars_named_as_recorded_are_left_alone_where_they_can_be(project: Job) -> None:
    changes = recut((820, 6, 0))
    free = conform(project, changes, workers=1).cue("1m01").repairs[0]
    taken = {"1m01": [("1-6", BarState.RECORDED)]}
    careful = conform(project, changes, taken, workers=1).cue("1m01").repairs[0]
    assert len(careful.retake) <= len([bar for bar in free.touched if bar < 6])


def test_a_sketch_changed_by_hand_stays_a_persons(project: Job) -> None:
    path = project.folder.cue_folder(project.cue("1m01").id) / SKETCH
    path.write_bytes(path.read_bytes().replace(b"<work-title>", b"<work-title>my "))
    changes = recut((820, 14, 0))
    job = apply_conform(project, conform(project, changes, workers=1), new_cut(project, changes))
    report = settled(job, job.cue("1m01"), COMPOSE)
    assert report is not None and report.state is SourceState.BY_HAND


def test_varied_bars_of_a_sketch_are_known_as_varied_after_a_trim(project: Job) -> None:
    cue = project.cues()[0]
    vary_bars(project, cue, "2-3")
    folder = project.folder.cue_folder(cue.id)
    form = (folder / FORM).read_bytes()
    changes = recut((820, 14, 0))
    found = conform(project, changes, workers=1)
    sources = found.cues[0].repairs[0].sources
    job = apply_conform(project, found, new_cut(project, changes))
    prints = read_provenance(folder).prints_of(SKETCH)
    score = by_role(read_score((folder / SKETCH).read_bytes(), SKETCH).score)
    assert set(prints) == {line.player.id for line in score.lines} | {EVERYBODY}
    theirs = {bar for bar, one in enumerate(sources) if set(one.old_bars) & {1, 2}}
    assert theirs
    assert not changed_bars(prints, score)
    for bars in prints.values():
        varied = {bar for bar, told in enumerate(bars) if variation_of(told) == (1, 1)}
        assert varied == theirs
    assert (folder / "versions" / "v1" / FORM).read_bytes() == form
    report = refresh(job, job.cue(cue.id), COMPOSE, again=True)
    assert report.state is SourceState.MADE
    assert any("as you had them varied" in remark for remark in report.remarks)
    assert all(variations_in(read_provenance(folder).prints_of(SKETCH)))


def test_words_of_shots_go_with_their_shots_to_the_new_picture(project: Job) -> None:
    """At 24 frames: 14 frames out at 820, and the film's shots described around it."""
    said = {400: "WS, the hut", 820: "MCU, she looks up", 2000: "the lamp"}
    for frame, words in said.items():
        say_shot(again(project), project.production.rate.time_of(frame), words)
    changes = recut((820, 14, 0))
    job = again(project)
    before = content(job.folder.root)
    done = apply_conform(job, conform(job, changes, workers=1), new_cut(job, changes))
    rate = done.production.rate
    moved = {rate.nearest_frame(at): words for at, words in shot_words(done).items()}
    assert moved[400] == "WS, the hut" and moved[1986] == "the lamp"
    assert moved.get(820, "MCU, she looks up") == "MCU, she looks up"
    assert words_file(done) != words_file(job) and words_file(job).is_file()
    undo(done)
    assert content(job.folder.root) == before


@pytest.mark.parametrize(
    ("kind", "old", "new", "described", "found"),
    [
        (ChangeKind.SHORTENED_HEAD, (100, 112), (100, 100), 100, 100),
        (ChangeKind.LENGTHENED_HEAD, (100, 100), (100, 110), 100, 100),
        (ChangeKind.REMOVED, (100, 200), (100, 100), 100, None),
        (ChangeKind.INSERTED, (60, 60), (60, 75), 100, 115),
    ],
)
def test_where_a_shot_begins_after_a_change(
    kind: ChangeKind,
    old: tuple[int, int],
    new: tuple[int, int],
    described: int,
    found: int | None,
) -> None:
    grown = (new[1] - new[0]) - (old[1] - old[0])
    stretches = [
        Change(ChangeKind.KEPT, 0, old[0], 0, old[0]),
        Change(kind, *old, *new),
        Change(ChangeKind.KEPT, old[1], 600, new[1], 600 + grown),
    ]
    whole = ChangeList(tuple(stretches), 600, 600 + grown, FRAMES_24, FRAMES_24)
    places = begins_at(FRAMES_24.time_of(described), whole)
    assert places == (None if found is None else FRAMES_24.time_of(found))
