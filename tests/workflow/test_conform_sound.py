"""A take cut like its music: where it begins by its stamp, and where its attacks lie in samples."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from tests.conform.known_changes import recut, recut_of
from tests.conform_killer import write_changes
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map
from tests.written_project import new_cut
from typer.testing import CliRunner

from scorestage.adapters.formats.edl import read_edl
from scorestage.adapters.formats.reaper.blocks import Block, parsed
from scorestage.adapters.formats.wav import BroadcastStamp, read_wav, write_wav
from scorestage.apps.cli.main import app
from scorestage.errors import InputError
from scorestage.timebase import FilmTime
from scorestage.workflow.conform import conform
from scorestage.workflow.conform_apply import apply_conform
from scorestage.workflow.conform_session import write_open_edits
from scorestage.workflow.conform_sound import conform_sound, conform_sounds
from scorestage.workflow.job import Job
from scorestage.workflow.sound_cut import kept_sound_cut, recordings_of, sound_cut

RATE = 8000
HOUR = 3600


@pytest.fixture
def project(tmp_path: Path) -> Job:
    """A cue of 6 bars at 120, from 20 to 32 s."""
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 32)
    write_map(again(job), cue, map_of_bars(FilmTime(20)))
    return again(job)


def take(path: Path, begins: int = 18) -> Path:
    """A take that begins at a film second, with a stroke on every beat from 20 s on."""
    sound = np.zeros((16 * RATE, 1), dtype=np.float32)
    for beat in range(24):
        at = (2 * RATE) + beat * RATE // 2
        sound[at : at + 6] = 0.8
    write_wav(path, sound, RATE, stamp=BroadcastStamp((HOUR + begins) * RATE))
    return path


def strokes(path: Path) -> list[float]:
    """Film seconds of the strokes in a file."""
    sound, header = read_wav(path)
    assert header.stamp is not None
    begins = header.stamp.start_samples / RATE - HOUR
    places = np.nonzero(sound[:, 0] > 0.5)[0]
    starts = [int(at) for n, at in enumerate(places) if n == 0 or at - places[n - 1] > 100]
    return [begins + at / RATE for at in starts]


def test_a_take_of_a_cue_that_slid_keeps_its_samples(project: Job, tmp_path: Path) -> None:
    changes = recut((100, 48, 0))
    one = conform(project, changes, workers=1).cues[0]
    source = take(tmp_path / "1m01-take3_01-00-18-00.wav")
    made = conform_sound(
        sound_cut(project, one, None, new_cut(project, changes)), source, tmp_path / "out"
    )
    assert made.path.name == "1m01-take3_01-00-16-00-v2.wav"
    assert np.array_equal(read_wav(made.path)[0], read_wav(source)[0])
    assert strokes(made.path)[0] == pytest.approx(18)


def test_a_take_is_cut_where_the_music_was(project: Job, tmp_path: Path) -> None:
    changes = recut((600, 48, 0))
    one = conform(project, changes, workers=1).cues[0]
    repair = next(x for x in one.repairs if x.edits and x.edits[0].kind.value == "cut")
    cut = new_cut(project, changes)
    made = conform_sound(
        sound_cut(project, one, repair, cut), take(tmp_path / "t.wav"), tmp_path / "out"
    )
    wanted = [
        float(repair.tempo_map.time_at(click.at).seconds) for click in repair.tempo_map.clicks()
    ]
    found = [at for at in strokes(made.path) if at < wanted[-1] + 0.1]
    assert found == pytest.approx(wanted, abs=0.012)
    assert sum((e.old_out - e.old_in for e in made.edits), Fraction(0)) == 10


def test_a_mix_and_its_stems_are_cut_at_the_same_places(project: Job, tmp_path: Path) -> None:
    changes = recut((600, 46, 0))
    one = conform(project, changes, workers=1).cues[0]
    repair = next(x for x in one.repairs if x.edits and x.edits[0].kind.value == "cut")
    random = np.random.default_rng(5)
    fading = np.linspace(1, 0, RATE // 2, dtype=np.float32)[:, None]
    low = random.normal(0, 0.1, (16 * RATE, 1)).astype(np.float32) * np.tile(fading, (32, 1))
    high = np.roll(low, RATE // 4, axis=0)[::-1].copy()
    files = []
    for name, sound in (("mix", low + high), ("low", low), ("high", high[: 15 * RATE])):
        files.append(tmp_path / f"{name}.wav")
        write_wav(files[-1], sound, RATE, stamp=BroadcastStamp((HOUR + 18) * RATE))
    cut = new_cut(project, changes)
    made = conform_sounds(sound_cut(project, one, repair, cut), files, tmp_path / "out")
    assert len({one.edits for one in made}) == 1
    mix, *stems = (read_wav(one.path)[0][: 12 * RATE] for one in made)
    assert np.abs(sum(stems) - mix).max() < 1e-3


def test_a_file_without_a_stamp_is_refused(project: Job, tmp_path: Path) -> None:
    path = tmp_path / "bare.wav"
    write_wav(path, np.zeros((RATE, 1), dtype=np.float32), RATE)
    changes = recut((600, 48, 0))
    one = conform(project, changes, workers=1).cues[0]
    with pytest.raises(InputError, match="timecode"):
        conform_sound(
            sound_cut(project, one, one.chosen(1), new_cut(project, changes)), path, tmp_path
        )


def test_the_edits_stay_open_in_a_session(project: Job, tmp_path: Path) -> None:
    changes = recut((600, 48, 0))
    one = conform(project, changes, workers=1).cues[0]
    repair = next(x for x in one.repairs if x.edits and x.edits[0].kind.value == "cut")
    cut = new_cut(project, changes)
    made = conform_sound(
        sound_cut(project, one, repair, cut), take(tmp_path / "t.wav"), tmp_path / "out"
    )
    opened = write_open_edits(sound_cut(project, one, repair, cut), made)
    assert [each.path.suffix for each in opened] == [".rpp", ".aaf", ".edl"]
    root = parsed(opened[0].path.read_bytes(), "t.rpp")
    items = list(next(root.named("TRACK")).named("ITEM"))

    def told(item: Block, name: str) -> float:
        words = item.first(name)
        assert words is not None
        return float(words[1])

    laid = [(told(item, "POSITION"), told(item, "SOFFS")) for item in items]
    begins = float((made.edits[0].new_at - (made.edits[0].old_in - made.begins)) // 1)
    for edit in made.edits:
        into, at = float(edit.old_in - made.begins), float(edit.new_at) - begins
        assert any(
            abs((soffs - into) - (place - at)) < 1e-6 and 0 <= at - place < 0.013
            for place, soffs in laid
        )
    joints = sum(one.old_out != other.old_in for one, other in pairwise(made.edits))
    assert sum(item.first("FADEIN") is not None for item in items) == joints > 0


def test_the_list_of_a_cut_take_tells_each_stretch(project: Job, tmp_path: Path) -> None:
    changes = recut((600, 48, 0))
    one = conform(project, changes, workers=1).cues[0]
    repair = next(x for x in one.repairs if x.edits and x.edits[0].kind.value == "cut")
    cut = new_cut(project, changes)
    made = conform_sound(
        sound_cut(project, one, repair, cut), take(tmp_path / "t.wav"), tmp_path / "out"
    )
    opened = write_open_edits(sound_cut(project, one, repair, cut), made)
    listed = read_edl(opened[2].path.read_bytes(), "t.edl").cut
    assert listed.first_frame == cut.picture.start_frames + 18 * 24
    for before, after in pairwise(listed.events):
        assert before.record_out_frames == after.record_in_frames
    whole = sum(event.frames for event in listed.events)
    assert whole == (14 * 24)


def test_a_take_that_comes_later_is_cut_as_one_that_was_there(project: Job, tmp_path: Path) -> None:
    """After the cut was applied, and after another one that only moved the cue."""
    changes = recut((600, 48, 0))
    found, cut = conform(project, changes, workers=1), new_cut(project, changes)
    source = take(tmp_path / "t.wav")
    one = found.cues[0]
    there = conform_sound(sound_cut(project, one, one.chosen(1), cut), source, tmp_path / "there")
    job = apply_conform(project, found, cut)
    later = conform_sound(kept_sound_cut(job, job.cues()[0]), source, tmp_path / "later")
    assert later.path.name == there.path.name
    assert later.path.read_bytes() == there.path.read_bytes()
    slid = recut_of([(100, 0, 24)], changes.new_frames)
    moved = apply_conform(job, conform(job, slid, workers=1), new_cut(job, slid, "v3"))
    plan = kept_sound_cut(moved, moved.cues()[0])
    last = conform_sound(plan, source, tmp_path / "last")
    assert np.array_equal(read_wav(last.path)[0], read_wav(there.path)[0])
    assert strokes(last.path) == pytest.approx([at + 1 for at in strokes(there.path)])
    still = recut_of([(2000, 0, 24)], slid.new_frames)
    again_moved = apply_conform(
        moved, conform(moved, still, workers=1), new_cut(moved, still, "v4")
    )
    kept = kept_sound_cut(again_moved, again_moved.cues()[0])
    assert (kept.was.id, kept.now.id, kept.version) == ("v1", "v4", "v1")
    assert kept.edits == plan.edits


def test_a_cue_that_nothing_was_done_to_has_no_cut_of_sound(project: Job) -> None:
    still = recut((2000, 0, 24))
    job = apply_conform(project, conform(project, still, workers=1), new_cut(project, still))
    with pytest.raises(InputError, match="no new cut was applied"):
        kept_sound_cut(job, job.cues()[0])


def test_the_sound_there_is_of_a_cue_is_found_and_cut_by_one_word(
    project: Job, tmp_path: Path
) -> None:
    number = project.cues()[0].number
    with pytest.raises(InputError, match="there is no sound"):
        recordings_of(project, project.cues()[0], "v1")
    audio = project.folder.build / "cues" / number / "audio"
    takes = project.folder.root / "takes"
    for folder in (audio / "stems", takes):
        folder.mkdir(parents=True, exist_ok=True)
    take(audio / f"{number}_v1_mockup_01-00-18-00.wav")
    take(audio / "stems" / f"{number}_v1_stem-strings_01-00-18-00.wav")
    take(audio / "stems" / f"{number}_v2_stem-strings_01-00-18-00.wav")
    take(takes / f"{number}_take3.wav")
    take(takes / f"{number}1_take1.wav")
    names = [one.name for one in recordings_of(project, project.cues()[0], "v1")]
    assert names == [
        f"{number}_v1_mockup_01-00-18-00.wav",
        f"{number}_v1_stem-strings_01-00-18-00.wav",
        f"{number}_take3.wav",
    ]
    cut = write_changes(tmp_path / "changes.json", recut((600, 48, 0)))
    for words in (
        ["conform", str(cut), "--sound", "all", "--apply"],
        ["conform", "v2", "--sound", number],
    ):
        result = CliRunner().invoke(app, ["--project", str(project.folder.root), *words])
        assert result.exit_code == 0, result.stdout
        assert result.stdout.count("sound cut with the music") == 3


def test_of_all_cues_those_without_sound_are_named(project: Job, tmp_path: Path) -> None:
    number = project.cues()[0].number
    silent = cue_in(project, 40, 52)
    write_map(again(project), silent, map_of_bars(FilmTime(40)))
    (project.folder.root / "takes").mkdir(exist_ok=True)
    take(project.folder.root / "takes" / f"{number}_take3.wav")
    cut = write_changes(tmp_path / "changes.json", recut((600, 48, 0)))
    words = ["--project", str(project.folder.root), "conform", str(cut), "--sound"]
    told = json.loads(CliRunner().invoke(app, [*words, "all", "--json"]).stdout)
    assert [one["cue"] for one in told["sound"]] == [number]
    assert [one["cue"] for one in told["sound_passed_over"]] == [silent.number]
    said = CliRunner().invoke(app, [*words, "all"]).stdout
    assert f"no sound cut: cue {silent.number}: there is no sound of {silent.number}" in said
    named = CliRunner().invoke(app, [*words, silent.number])
    assert named.exit_code != 0 and isinstance(named.exception, InputError)
