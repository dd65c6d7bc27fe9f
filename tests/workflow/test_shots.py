"""Words for shots: a person's before what was measured, kept over every watching."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from tests.breakdown.scripts import ALL
from tests.small_project import again, cue_in, small_project

from scorestage.errors import InputError
from scorestage.timebase import FilmRange, FilmTime
from scorestage.workflow.cues import change_cue
from scorestage.workflow.job import Job
from scorestage.workflow.script import import_script, place_scene
from scorestage.workflow.shots import forget_shot, say_shot, shot_words, words_file
from scorestage.workflow.timing import cue_timing_notes


@pytest.fixture
def job(tmp_path: Path) -> Job:
    job = small_project(tmp_path / "wick")
    cue_in(job, 20, 40)
    watched(job, 22, 25, 30)
    return again(job)


def watched(job: Job, *cuts: int | Fraction) -> None:
    """What spotting leaves when it has watched the film."""
    told = json.dumps([{"at": str(at), "kind": "cut"} for at in cuts])
    (job.folder.root / "pictures" / "v1.shots.json").write_text(told, encoding="utf-8")


def descriptions(job: Job) -> list[str]:
    return [row[3] for row in cue_timing_notes(again(job), again(job).cue("1m01")).rows]


def test_words_take_the_place_of_what_was_measured(job: Job) -> None:
    say_shot(job, FilmTime(25), "MCU, she looks up")
    say_shot(again(job), FilmTime(30), "")
    say_shot(again(job), FilmTime(27), "the lamp goes out")
    say_shot(again(job), FilmTime(20), "WS, the hut")
    assert descriptions(job) == [
        "MUSIC STARTS (hard)  WS, the hut",
        "CUT to next shot",
        "MCU, she looks up",
        "the lamp goes out",
        "MUSIC OUT by this point (ring-off)",
    ]


def test_they_stay_when_the_film_is_watched_again_and_a_seam_moves_by_a_frame(job: Job) -> None:
    say_shot(job, FilmTime(25), "MCU")
    watched(job, 22, Fraction(601, 24), 30)
    notes = cue_timing_notes(again(job), again(job).cue("1m01"))
    assert [row[:2] for row in notes.rows if row[3] == "MCU"] == [("0:05.04", "01:00:25:01")]
    watched(job, 22)
    assert "MCU" in descriptions(job)


def test_saying_it_anew_and_taking_it_back(job: Job) -> None:
    say_shot(job, FilmTime(25), "MCU")
    say_shot(again(job), FilmTime(Fraction(601, 24)), "CU")
    assert list(shot_words(again(job)).values()) == ["CU"]
    forget_shot(again(job), FilmTime(25))
    assert shot_words(again(job)) == {} and "CUT to next shot" in descriptions(job)
    with pytest.raises(InputError, match="nobody has said"):
        forget_shot(again(job), FilmTime(25))
    with pytest.raises(InputError, match="outside the film"):
        say_shot(again(job), FilmTime(500), "x")


def test_what_a_person_writes_into_the_file_stays(job: Job) -> None:
    say_shot(job, FilmTime(25), "MCU")
    path = words_file(job)
    path.write_text("# from the editor\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    say_shot(again(job), FilmTime(22), "WS")
    assert "# from the editor" in path.read_text(encoding="utf-8")
    assert list(shot_words(again(job))) == [FilmTime(22), FilmTime(25)]


def test_script_lines_are_told_as_the_scripts_where_nobody_heard_words(
    job: Job, tmp_path: Path
) -> None:
    path = tmp_path / "wick.fountain"
    path.write_text("\n\n".join(ALL), encoding="utf-8")
    import_script(again(job), path)
    place_scene(again(job), "3", FilmRange(FilmTime(18), FilmTime(60)))
    speech = (FilmRange(FilmTime(24), FilmTime(26)), FilmRange(FilmTime(33), FilmTime(35)))
    change_cue(again(job), "1m01", dialogue=speech)
    found = descriptions(job)
    assert "dialogue (script: CAPTAIN: All hands to the pumps, now!) until 0:06.00" in found
    assert "dialogue (script: MATE: She is going down, captain.) until 0:15.00" in found


def test_subtitles_get_their_speakers(job: Job, tmp_path: Path) -> None:
    from dataclasses import replace

    path = tmp_path / "wick.fountain"
    path.write_text("\n\n".join(ALL), encoding="utf-8")
    import_script(again(job), path)
    srt = "1\n00:00:24,000 --> 00:00:26,000\nAll hands to the pumps!\n"
    (job.folder.root / "talk.srt").write_text(srt, encoding="utf-8")
    changed = again(job)
    changed.save(replace(changed.production, subtitles="talk.srt"))
    change_cue(again(job), "1m01", dialogue=(FilmRange(FilmTime(24), FilmTime(26)),))
    assert "“CAPTAIN: All hands to the pumps!” until 0:06.00" in descriptions(job)
