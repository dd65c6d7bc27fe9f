"""The talk with the director, as it grows."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.small_project import again, cue_in, small_project

from scorestage.errors import InputError, TimecodeError
from scorestage.production import Note
from scorestage.workflow.brief import BriefChange, change_brief, tell_brief, tell_cue_brief


def test_words_are_added_once_and_in_order(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    job = change_brief(job, BriefChange(tone=("tender", "wonder"), avoid=("choir",)), "")
    job = change_brief(job, BriefChange(tone=("wonder", "threat", "threat"), style=("sparse",)), "")
    assert again(job).production.brief == job.production.brief
    told = tell_brief(again(job))
    assert told["tone"] == ["tender", "wonder", "threat"]
    assert told["avoid"] == ["choir"] and told["style"] == ["sparse"] and told["references"] == []


def test_a_new_amount_takes_the_place_of_the_old(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    assert tell_brief(job)["amount"] == "normal"
    job = change_brief(job, BriefChange(amount="sparse"), "")
    job = change_brief(job, BriefChange(tone=("calm",)), "")
    assert tell_brief(again(job))["amount"] == "sparse"
    before = again(job)
    with pytest.raises(InputError, match="say none, sparse, normal, wall to wall"):
        change_brief(job, BriefChange(amount="lots"), "")
    assert again(job) == before


def test_a_note_carries_who_when_and_the_frame(tmp_path: Path) -> None:
    """62.5 s are frame 1500, and the picture begins at one hour."""
    job = small_project(tmp_path / "wick")
    change = BriefChange(note="no music before the lamp", who="Mia", at="1:02.50")
    job = change_brief(job, change, "2031-05-04")
    note = Note("no music before the lamp", "Mia", "2031-05-04", "01:01:02:12")
    assert again(job).production.brief.notes == (note,)
    assert tell_brief(job)["notes"] == [
        {"text": note.text, "who": "Mia", "when": "2031-05-04", "timecode": "01:01:02:12"}
    ]
    with pytest.raises(TimecodeError):
        change_brief(job, BriefChange(note="x", at="noon"), "")
    assert len(again(job).production.brief.notes) == 1


def test_words_and_notes_can_be_taken_back_and_mended(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    job = change_brief(job, BriefChange(tone=("tender", "threat"), avoid=("choir",)), "")
    job = change_brief(job, BriefChange(without=("threat", "choir")), "")
    assert job.production.brief.tone == ("tender",) and job.production.brief.avoid == ()
    with pytest.raises(InputError, match="was not said"):
        change_brief(job, BriefChange(without=("joy",)), "")
    for text in ("one", "two", "three"):
        job = change_brief(job, BriefChange(note=text), "2031-05-04")
    job = change_brief(job, BriefChange(note_number=2, who="Mia", at="0:10"), "2031-06-01")
    assert job.production.brief.notes[1] == Note("two", "Mia", "2031-05-04", "01:00:10:00")
    job = change_brief(job, BriefChange(drop_note=1), "")
    assert [note.text for note in job.production.brief.notes] == ["two", "three"]
    with pytest.raises(InputError, match="no note 3"):
        change_brief(job, BriefChange(drop_note=3), "")
    with pytest.raises(InputError, match="who said what"):
        change_brief(job, BriefChange(who="Mia"), "")


def test_the_brief_of_a_cue(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job)
    change = BriefChange(
        cue=cue.number, tone=("grief",), references=("Vertigo",), avoid=("piano",), note="colder"
    )
    job = change_brief(again(job), change, "2031-05-04")
    kept = job.cue(cue.id)
    assert (kept.tone, kept.references, kept.avoid) == (("grief",), ("Vertigo",), ("piano",))
    assert job.production.brief.notes == (Note("colder", "", "2031-05-04", "", cue.id),)
    assert job.production.brief.tone == ()
    told = tell_cue_brief(job, kept)
    assert told["references"] == ["Vertigo"] and told["notes"][0]["text"] == "colder"
    job = change_brief(job, BriefChange(cue=cue.number, without=("grief",)), "")
    assert job.cue(cue.id).tone == ()
    with pytest.raises(InputError, match="no style"):
        change_brief(job, BriefChange(cue=cue.number, style=("nonsense",)), "")
