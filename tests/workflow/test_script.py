"""Drafts, cuts and cues: what keeps its identity and what follows."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from tests.breakdown.scripts import ALL, BEACH, GRAVE, HUT, SHIP, TOWN
from tests.small_project import again, map_of_bars, small_project, write_map

from scorestage.errors import InputError, ProjectError
from scorestage.production import Hit, Scene
from scorestage.timebase import FilmRange, FilmTime
from scorestage.workflow.cues import change_cue
from scorestage.workflow.job import Job
from scorestage.workflow.new import Beginning, new_project
from scorestage.workflow.paper import Paper, paper_of
from scorestage.workflow.scenes import scene_named, scenes_of
from scorestage.workflow.script import (
    cue_in_scenes,
    import_script,
    place_by_words,
    place_scene,
    time_scene,
)
from scorestage.workflow.script_answers import tell_script


def draft(folder: Path, *scenes: str, name: str = "wick.fountain") -> Path:
    path = folder / name
    path.write_text("\n\n".join(scenes), encoding="utf-8")
    return path


def span(start: int, end: int) -> FilmRange:
    return FilmRange(FilmTime(start), FilmTime(end))


@pytest.fixture
def scripted(tmp_path: Path) -> Job:
    return import_script(small_project(tmp_path / "wick"), draft(tmp_path, *ALL)).job


def test_a_project_from_a_script_alone(tmp_path: Path) -> None:
    job = new_project(tmp_path / "p", Beginning(script=draft(tmp_path, "Title: Wick\n", *ALL)))
    assert job.production.title == "Wick" and job.production.script == "script/draft1.fountain"
    assert [one.number for one in job.production.scenes] == ["1", "2", "3", "4", "5"]
    cue = cue_in_scenes(job, ("2",))
    assert (
        cue.start is None and cue.length_seconds == scenes_of(again(job))[1].length.likely_seconds
    )
    assert cue.tone == ("chase",) and "running" not in " ".join(cue.why) and "run" in cue.why[0]


def test_a_new_draft_keeps_scenes_and_cues(scripted: Job, tmp_path: Path) -> None:
    cue = cue_in_scenes(scripted, ("3",), (Fraction(1, 2), Fraction(1)))
    ids = {one.written.place: one.scene.id for one in scenes_of(again(scripted))}
    change = import_script(
        again(scripted), draft(tmp_path, HUT, "INT. CAVE - DAY\n\nBats.\n", GRAVE, SHIP * 2, TOWN)
    )
    after = {one.written.place: one.scene.id for one in scenes_of(again(scripted))}
    assert {place: after[place] for place in ("HUT", "GRAVE", "SHIP", "TOWN HALL")} == {
        place: ids[place] for place in ("HUT", "GRAVE", "SHIP", "TOWN HALL")
    }
    assert after["CAVE"] not in ids.values()
    assert change.new and change.gone == ("2",) and change.cues == (cue.number,)
    moved = again(scripted).cue(cue.id)
    assert moved.number == cue.number and moved.scenes == cue.scenes
    place = scene_named(again(scripted), "4")
    assert moved.length_seconds == place.length.likely_seconds / 2


def test_a_cue_of_a_scene_that_is_gone_is_told(scripted: Job, tmp_path: Path) -> None:
    cue = cue_in_scenes(scripted, ("2",))
    change = import_script(again(scripted), draft(tmp_path, HUT, SHIP, TOWN, GRAVE))
    assert any(cue.number in remark and "no longer" in remark for remark in change.remarks)
    assert again(scripted).cue(cue.id) == cue
    back = import_script(again(scripted), draft(tmp_path, *ALL))
    assert back.gone == () and len(scenes_of(back.job)) == 5


def test_as_scenes_are_cut_estimates_give_way_to_timecode(scripted: Job) -> None:
    cue = cue_in_scenes(scripted, ("2", "3"), (Fraction(0), Fraction(1, 2)))
    one = place_scene(again(scripted), "2", span(20, 50))
    assert one.job.cue(cue.id).start is None
    length = one.job.cue(cue.id).length_seconds
    assert length == (30 + scenes_of(one.job)[2].length.likely_seconds) / 2
    two = place_scene(again(scripted), "3", span(50, 100))
    placed = two.job.cue(cue.id)
    assert (placed.start, placed.end) == (FilmTime(20), FilmTime(60))
    assert placed.length_seconds is None and placed.number == cue.number
    assert placed.written_to == two.job.production.picture
    moved = place_scene(again(scripted), "2", span(10, 50)).job.cue(cue.id)
    assert (moved.start, moved.end) == (FilmTime(10), FilmTime(55))
    freed = place_scene(again(scripted), "2", None).job.cue(cue.id)
    assert freed.start is None and freed.length_seconds is not None


def test_hits_go_along_and_what_a_person_moved_stays(scripted: Job) -> None:
    place_scene(again(scripted), "1", span(20, 50))
    cue = cue_in_scenes(again(scripted), ("1",))
    change_cue(again(scripted), cue.id, hits=(Hit("h1", FilmTime(30)),))
    moved = place_scene(again(scripted), "1", span(40, 70)).job.cue(cue.id)
    assert moved.hits[0].at == FilmTime(50)
    change_cue(again(scripted), cue.id, start=FilmTime(42))
    change = place_scene(again(scripted), "1", span(50, 80))
    assert change.job.cue(cue.id).start == FilmTime(42)
    assert any("stays where it was put" in remark for remark in change.remarks)


def test_a_length_of_a_persons_own_stays(scripted: Job) -> None:
    cue = cue_in_scenes(scripted, ("1",))
    change_cue(again(scripted), cue.id, length_seconds=Fraction(40))
    time_scene(again(scripted), "1", Fraction(90))
    assert again(scripted).cue(cue.id).length_seconds == 40
    free = cue_in_scenes(again(scripted), ("2",), free=True)
    time_scene(again(scripted), "2", Fraction(90))
    assert again(scripted).cue(free.id).length_seconds is None


def test_by_words_leaves_what_a_person_placed(scripted: Job) -> None:
    root = scripted.folder.root
    titles = []
    for n, scene in enumerate(scenes_of(scripted)):
        words = " ".join(line.words for line in scene.written.spoken)
        titles.append(
            f"{n + 1}\n00:00:{10 * n + 1:02},000 --> 00:00:{10 * n + 6:02},000\n{words}\n"
        )
    (root / "talk.srt").write_text("\n".join(titles), encoding="utf-8")
    scripted.save(replace(scripted.production, subtitles="talk.srt"))
    place_scene(again(scripted), "1", span(100, 120))
    change = place_by_words(again(scripted))
    placed = {one.scene.number: one.scene.at for one in scenes_of(change.job)}
    assert placed["1"] == span(100, 120) and placed["3"] == span(21, 26)
    assert any("where a person put it" in remark for remark in change.remarks)


def test_a_file_exchanged_behind_our_back_is_told(scripted: Job) -> None:
    path = scripted.folder.root / scripted.production.script
    path.write_text(HUT, encoding="utf-8")
    with pytest.raises(ProjectError, match="script import"):
        scenes_of(again(scripted))


def test_faults_name_what_there_is(scripted: Job, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no scene '77'"):
        scene_named(scripted, "77")
    for name, content in (("a.pdf", b"%PDF"), ("b.fountain", b"\n"), ("c.fdx", b"<a/>")):
        (tmp_path / name).write_bytes(content)
        before = again(scripted)
        with pytest.raises(InputError):
            import_script(before, tmp_path / name)
        assert again(scripted) == before
    with pytest.raises(InputError):
        Scene("s1", "1", start=FilmTime(2), end=FilmTime(1))


def test_answer_and_paper_tell_every_scene(scripted: Job) -> None:
    cue_in_scenes(scripted, ("2",))
    told = tell_script(again(scripted))
    assert [one["cues"] for one in told["scenes"]] == [[], ["1m01"], [], [], []]
    assert told["low_seconds_float"] < told["likely_seconds_float"] < told["high_seconds_float"]
    table = paper_of(again(scripted), Paper.SCRIPT)[0]
    assert len(table.rows) == 5 and table.rows[1][-1] == "1m01"


def test_the_project_reads_what_it_writes(scripted: Job) -> None:
    place_scene(scripted, "2", span(10, 20))
    time_scene(again(scripted), "4", Fraction(61, 2))
    job = again(scripted)
    job.save(job.production)
    assert again(scripted).production == job.production
    assert job.production.scenes[1].by_hand and job.production.scenes[3].timed_seconds == Fraction(
        61, 2
    )


def test_the_same_draft_again_changes_nothing(scripted: Job, tmp_path: Path) -> None:
    before = again(scripted)
    change = import_script(before, draft(tmp_path, HUT, BEACH, SHIP, TOWN, GRAVE))
    assert (change.new, change.gone, change.cues) == ((), (), ())
    assert again(scripted).production == before.production
    assert len(list((before.folder.root / "script").iterdir())) == 1


def png(path: Path, width: int, height: int, colour: tuple[int, int, int]) -> None:
    import av

    canvas = np.full((height, width, 3), colour, dtype=np.uint8)
    with av.open(str(path), "w", format="image2") as out:
        stream = out.add_stream("png", rate=1)
        stream.width, stream.height, stream.pix_fmt = width, height, "rgb24"
        for packet in (
            *stream.encode(av.VideoFrame.from_ndarray(canvas, "rgb24")),
            *stream.encode(None),
        ):
            out.mux(packet)


def test_an_animatic_is_the_picture_and_places_scenes(tmp_path: Path) -> None:
    from scorestage.adapters.machines.film import probe, read_frames
    from scorestage.workflow.storyboard import Board, animatic_in

    job = new_project(tmp_path / "p", Beginning(script=draft(tmp_path, *ALL)))
    cue = cue_in_scenes(job, ("2",))
    scenes = tuple(replace(one, by_hand=True) for one in again(job).production.scenes)
    again(job).save(replace(again(job).production, scenes=scenes))
    board = tmp_path / "board"
    board.mkdir()
    png(board / "sc1_p1.png", 64, 64, (250, 0, 0))
    png(board / "sc2_p2_36f.png", 128, 32, (0, 250, 0))
    png(board / "sc2_p3_12f.png", 160, 90, (0, 0, 250))
    write_map(again(job), cue, map_of_bars(FilmTime(0)))
    made = animatic_in(again(job), Board(board, size_px=(160, 90), label="board 1"))
    after = again(job)
    first = round(scenes_of(job)[0].length.likely_seconds * 24)
    facts = probe(made.film)
    assert facts.frame_count == first + 48 and str(facts.start_timecode) == "01:00:00:00"
    assert after.production.current_picture is not None
    assert after.production.current_picture.label == "board 1"
    drawn = [(one.drawn, one.by_hand) for one in after.production.scenes]
    assert drawn == [(True, False)] * 2 + [(False, True)] * 3
    placed = after.cue(cue.id)
    assert placed.end is not None and placed.start == FilmTime(Fraction(first, 24))
    assert placed.end - placed.start == FilmTime(2) - FilmTime(0)
    own = after.folder.map(cue.id, after.clock)
    assert own is not None and own.start == placed.start
    assert made.change is not None
    assert any("its map, which is yours, went along" in one for one in made.change.remarks)
    assert any("another length now: say `fit`" in one for one in made.change.remarks)
    wanted = {2: (250, 0, 0), first + 2: (0, 250, 0), first + 40: (0, 0, 250)}
    for number, _, picture in read_frames(made.film):
        if number in wanted:
            assert np.abs(picture[45, 80].astype(int) - wanted[number]).max() < 12
            assert number != first + 2 or picture[5, 80].max() < 12


def shots_of(job: Job) -> dict[str, str]:
    """Scene ids by where the scenes play."""
    return {one.written.place: one.scene.id for one in scenes_of(job)}


def test_a_draft_changed_behind_our_back_is_taken_in(scripted: Job) -> None:
    cue = cue_in_scenes(scripted, ("3",))
    ids = shots_of(again(scripted))
    path = scripted.folder.root / scripted.production.script
    path.write_text("\n\n".join((HUT, SHIP, BEACH, GRAVE)), encoding="utf-8")
    with pytest.raises(ProjectError, match="script import"):
        scenes_of(again(scripted))
    change = import_script(again(scripted), path)
    assert shots_of(change.job) == {p: ids[p] for p in ("HUT", "SHIP", "BEACH", "GRAVE")}
    assert change.gone == ("4",) and change.new == ()
    assert any("number and heading" in remark for remark in change.remarks)
    assert change.job.cue(cue.id).scenes == cue.scenes


def test_two_scenes_exchanged_in_the_file_keep_who_they_are(scripted: Job) -> None:
    ids = shots_of(scripted)
    path = scripted.folder.root / scripted.production.script
    path.write_text("\n\n".join((HUT, SHIP, BEACH, TOWN, GRAVE)), encoding="utf-8")
    with pytest.raises(ProjectError, match="script import"):
        scenes_of(again(scripted))
    assert shots_of(import_script(again(scripted), path).job) == ids


@pytest.mark.parametrize("named", [True, False])
def test_a_lost_draft_loses_no_scene(scripted: Job, tmp_path: Path, named: bool) -> None:
    ids = shots_of(scripted)
    (scripted.folder.root / scripted.production.script).unlink()
    if not named:
        scripted.save(replace(scripted.production, script=""))
    change = import_script(again(scripted), draft(tmp_path, HUT, SHIP, TOWN, GRAVE, name="b.txt"))
    assert shots_of(change.job) == {p: i for p, i in ids.items() if p != "BEACH"}
    assert change.gone == ("2",)


def test_hits_and_spans_go_into_the_film_and_back(scripted: Job) -> None:
    cue = cue_in_scenes(scripted, ("1",))
    hits, spans = (Hit("h1", FilmTime(10)),), (span(2, 5),)
    change_cue(again(scripted), cue.id, hits=hits, steady=spans, dialogue=spans)
    cut = place_scene(again(scripted), "1", span(20, 50)).job.cue(cue.id)
    assert (cut.start, cut.hits[0].at) == (FilmTime(20), FilmTime(30))
    assert cut.steady == cut.dialogue == (span(22, 25),)
    moved = place_scene(again(scripted), "1", span(40, 70)).job.cue(cue.id)
    assert moved.hits[0].at == FilmTime(50) and moved.steady == moved.dialogue == (span(42, 45),)
    free = place_scene(again(scripted), "1", None).job.cue(cue.id)
    assert free.start is None and free.hits == hits and free.steady == free.dialogue == spans
    assert again(scripted).cue(cue.id) == free


def test_no_scene_stands_before_the_film(scripted: Job) -> None:
    before = again(scripted)
    with pytest.raises(InputError, match="before the film"):
        place_scene(before, "1", span(-10, 20))
    assert again(scripted) == before


def test_scenes_are_named_with_or_without_leading_noughts(tmp_path: Path) -> None:
    first, second = HUT.replace("NIGHT", "NIGHT #01#"), BEACH.replace("DAY", "DAY #012A#")
    job = import_script(small_project(tmp_path / "wick"), draft(tmp_path, first, second)).job
    for name, number in (("1", "01"), ("01", "01"), ("12a", "012A"), ("012A", "012A")):
        assert scene_named(job, name).scene.number == number


CAR = "INT. CAR - NIGHT\n\n{}\n"
FIRST, SECOND = CAR.format("She drives. Rain."), CAR.format("The engine dies. He laughs at her.")


def test_scenes_of_one_heading_exchanged_in_the_file_are_noticed(tmp_path: Path) -> None:
    job = import_script(small_project(tmp_path / "wick"), draft(tmp_path, FIRST, SECOND, HUT)).job
    ids = [one.scene.id for one in scenes_of(again(job))]
    cue = cue_in_scenes(again(job), ("1",))
    path = job.folder.root / job.production.script
    path.write_text("\n\n".join((SECOND, FIRST, HUT)), encoding="utf-8")
    with pytest.raises(ProjectError, match="has the words of scene"):
        scenes_of(again(job))
    change = import_script(again(job), path)
    assert [one.scene.id for one in scenes_of(change.job)] == [ids[1], ids[0], ids[2]]
    assert change.job.cue(cue.id).scenes == (ids[0],)


def test_retyping_a_scene_in_the_file_is_no_exchange(tmp_path: Path) -> None:
    job = import_script(small_project(tmp_path / "wick"), draft(tmp_path, FIRST, SECOND, HUT)).job
    path = job.folder.root / job.production.script
    path.write_text("\n\n".join((FIRST + "\nA dog.\n", SECOND, HUT)), encoding="utf-8")
    assert len(scenes_of(again(job))) == 3
