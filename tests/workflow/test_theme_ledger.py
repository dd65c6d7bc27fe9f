"""The ledger of a small project: themes written by hand into its cues are found and placed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map
from tests.thematics.recognition.scores import moved, score_of, wandering
from tests.thematics.tunes import GREENSLEEVES, ODE_TO_JOY

from scorestage.adapters.formats.musicxml import write_score
from scorestage.errors import InputError
from scorestage.production import Cue
from scorestage.thematics import of_notes
from scorestage.timebase import FilmTime, Meter
from scorestage.workflow.job import Job
from scorestage.workflow.theme_ledger import ledger_of
from scorestage.workflow.theme_ledger_answers import ledger_answer, write_picture
from scorestage.workflow.theme_sharing import share_theme
from scorestage.workflow.themes import save_theme

JOY = of_notes(ODE_TO_JOY, Meter(4, 4), theme_id="hope", title="Hope")
GREEN = of_notes(GREENSLEEVES, Meter(6, 8), theme_id="green", title="Green")


def _write(job: Job, cue: Cue, *lines: list) -> None:
    score = score_of(10, **{f"p{place}": notes for place, notes in enumerate(lines)})
    tempo_map = map_of_bars(cue.start or FilmTime(0), 10)
    path = job.folder.cue_folder(cue.id) / "sketch.musicxml"
    path.write_bytes(write_score(score, tempo_map))
    write_map(job, cue, tempo_map)


@pytest.fixture
def film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    """Two cues of twenty seconds: hope in the first, nothing known in the second."""
    monkeypatch.setenv("SCORESTAGE_LIBRARY", str(tmp_path / "own"))
    job = small_project(tmp_path / "film")
    save_theme(again(job), JOY)
    first, second = cue_in(job, 20, 40), cue_in(job, 100, 120)
    _write(job, first, moved(JOY.notes, 4, 2), wandering(10, 3, 40, 60))
    _write(job, second, wandering(10, 4), wandering(10, 5, 40, 60))
    return again(job)


def test_a_theme_is_placed_in_film_time(film: Job) -> None:
    (story,) = ledger_of(film).themes
    assert story.cells == (1, 0)
    whole = story.first_whole
    assert whole is not None
    assert (whole.start_seconds, whole.end_seconds) == (22, 38)
    assert whole.transformations == ("transposed (real)",)
    assert whole.bar == "2"


def test_a_new_cue_enters_by_itself_and_the_rest_is_remembered(film: Job) -> None:
    before = ledger_of(film)
    third = cue_in(film, 150, 170)
    _write(film, third, moved(JOY.notes, 0), wandering(10, 6, 40, 60))
    after = ledger_of(again(film))
    assert before.themes[0].cells == (1, 0)
    assert after.themes[0].cells == (1, 0, 1)
    assert after.themes[0].statements[0] == before.themes[0].statements[0]
    assert (film.folder.build / "theme-ledger.json").exists()


def test_a_theme_of_another_film_is_known_again(film: Job, tmp_path: Path) -> None:
    share_theme(film, "hope")
    other = small_project(tmp_path / "second")
    other = other.save(_renamed(other))
    save_theme(again(other), GREEN)
    cue = cue_in(other, 10, 30)
    _write(other, cue, moved(JOY.notes, 0, -3))
    assert len(ledger_of(again(other)).themes) == 1
    stories = ledger_of(again(other), series=True).themes
    quoted = stories[1]
    assert quoted.cells == (1,)
    assert quoted.notes[0].startswith("quoted from Wick")
    with pytest.raises(InputError, match="no theme"):
        share_theme(film, "nobody")


def _renamed(job: Job) -> object:
    from dataclasses import replace

    return replace(job.production, title="Wick II")


def test_answers_and_pictures(film: Job, tmp_path: Path) -> None:
    ledger = ledger_of(film)
    told = ledger_answer(film, ledger)
    assert told["themes"][0]["cells"] == {"1m01": 1, "2m02": 0} or len(told["cues"]) == 2
    assert told["themes"][0]["first_whole"]["at_seconds"] == "22"
    write_picture(film, ledger, tmp_path / "ledger.html")
    page = (tmp_path / "ledger.html").read_text(encoding="utf-8")
    assert "<svg" in page and "Hope" in page and "<script" not in page
    write_picture(film, ledger, tmp_path / "ledger.png")
    with Image.open(tmp_path / "ledger.png") as image:
        assert image.width == 2240
    with pytest.raises(InputError, match="no picture"):
        write_picture(film, ledger, tmp_path / "ledger.gif")
