"""A house that counts free bars before the music: every file calls its first bar by one name."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, small_project

from scorestage.adapters.formats.musicxml import read_score
from scorestage.adapters.session import Session
from scorestage.timebase import FRAMES_24, FilmClock, FilmSpan, FilmTime
from scorestage.workflow.build import build_project
from scorestage.workflow.click_alone import PlainMusic, plain_music
from scorestage.workflow.exchange import bring, counted_by, plain_session, put
from scorestage.workflow.exchange_in import ImportWish, import_into
from scorestage.workflow.fit import MAP, fit_cue, keep_best
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE
from scorestage.workflow.products.cuefacts import facts_of

CATALOGUE = Path(__file__).parents[2] / "src" / "scorestage" / "adapters" / "catalogue"


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A cue of twelve seconds in a house where music begins at bar 3."""
    job = small_project(tmp_path / "wick")
    own = job.folder.user_library / "houses"
    own.mkdir(parents=True)
    text = (CATALOGUE / "houses" / "london.toml").read_text(encoding="utf-8")
    text = text.replace("free_bars = 0", "free_bars = 2").replace('"london"', '"counted"')
    (own / "counted.toml").write_text(text, encoding="utf-8")
    again(job).save(replace(again(job).production, house="counted"))
    cue_in(job)
    return again(job)


def test_music_begins_at_bar_3_in_map_score_parts_click_and_session(job: Job) -> None:
    build_project(job.folder.root, only=("MIDI", "MusicXML", "click"), workers=1)
    job = again(job)
    cue = job.cues()[0]
    facts = facts_of(job, cue)
    labels = [str(bar.label) for bar in facts.tempo_map.grid.bars]
    assert labels == [str(number) for number in range(3, 3 + len(labels))]
    text = (job.folder.cue_folder(cue.id) / MAP).read_text(encoding="utf-8")
    assert 'from = "3"' in text
    score = read_score((job.folder.cue_folder(cue.id) / SCORE).read_bytes(), SCORE).score
    assert [str(bar.label) for bar in score.grid.bars] == labels
    parts = [path for path in job.folder.build.rglob("*.musicxml") if path.is_file()]
    assert len(parts) >= 2
    for path in parts:
        numbers = re.findall(r'<measure number="(\w+)"', path.read_text(encoding="utf-8"))
        assert [one for one in numbers if one in labels][: len(labels)] == labels, path.name
        assert "1" not in numbers


def test_the_click_leads_in_with_as_many_bars_as_are_counted(job: Job) -> None:
    cue = job.cues()[0]
    keep_best(job, cue, fit_cue(job, cue))
    facts = facts_of(again(job), cue)
    bar = facts.tempo_map.grid.bars[0].meter
    assert facts.house.warning_clicks == 2 * len(bar.clicks)
    lead = facts.timeline.downbeat - facts.timeline.first_click
    beats = facts.tempo_map.tempo_at(facts.tempo_map.grid.starts[0])
    assert lead.seconds == beats.seconds_per_quarter * 2 * bar.length.quarters


def test_a_map_in_force_is_numbered_as_the_house_counts(job: Job) -> None:
    cue = job.cues()[0]
    own = job.production
    plain = again(job).save(replace(own, house="london"))
    keep_best(plain, cue, fit_cue(plain, cue))
    before = facts_of(again(plain), cue).tempo_map
    counted = again(plain).save(replace(own, house="counted"))
    keep_best(counted, cue, fit_cue(counted, cue))
    after = facts_of(again(counted), cue).tempo_map
    assert str(before.grid.bars[0].label) == "1" and str(after.grid.bars[0].label) == "3"
    assert after.grid.starts == before.grid.starts and after.events == before.events


def test_bars_asked_to_stay_keep_their_numbers(job: Job) -> None:
    cue = job.cues()[0]
    plain = again(job).save(replace(job.production, house="london"))
    keep_best(plain, cue, fit_cue(plain, cue))
    counted = again(plain).save(replace(job.production, house="counted"))
    best = fit_cue(counted, cue, keep=("1-2",))[0]
    assert str(best.tempo_map.grid.bars[0].label) == "1"
    assert best.tempo_map.start >= FilmTime(20)


def test_maps_of_other_programs_are_numbered_and_led_in_as_the_house_says(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCORESTAGE_LIBRARY", str(job.folder.user_library))
    music = plain_music(PlainMusic(bpm="96", meter="3/4", bars=4, house="counted"))
    assert [str(bar.label) for bar in music.tempo_map.grid.bars] == ["3", "4", "5", "6"]
    assert music.house.warning_clicks == 6
    path = tmp_path / "logic.mid"
    clock = FilmClock(FRAMES_24)
    put(Session("x", clock, FilmTime(0), music.tempo_map.shifted(FilmSpan(-3600))), path, "")
    brought = counted_by(bring(path, clock), "counted")
    found = brought.found.tempo_map
    assert found is not None and str(found.grid.bars[0].label) == "3"
    _, written = put(plain_session(brought, clock, "x"), tmp_path / "y.mid", "")
    assert "bar numbers (bar 3 of the cue is bar 1 there)" in written.not_carried
    report = import_into(
        job, job.cues()[0], bring(path, clock).found, ImportWish(at="cue", dry=True)
    )
    assert report.new_map is not None and str(report.new_map.grid.bars[0].label) == "3"
