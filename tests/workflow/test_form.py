"""The form of a cue in its file: written by the machine, changed by a person."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.adapters.store.form_file import FORM
from scorestage.errors import InputError, ProjectError
from scorestage.music.key import Key
from scorestage.production import Cue, Layer, WayOut
from scorestage.timebase import FilmTime, Tempo
from scorestage.workflow.compose import COMPOSE, SKETCH, read_sketch, request_of
from scorestage.workflow.form import (
    BEFORE,
    FORM_SOURCE,
    change_section,
    forget_form,
    form_file,
    lay_out,
    pin,
    planned,
    planned_and_told,
)
from scorestage.workflow.job import Job
from scorestage.workflow.sources import SourceState, refresh
from scorestage.workflow.themes import ensure_theme


@pytest.fixture
def cue_job(tmp_path: Path) -> tuple[Job, Cue]:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 68)
    write_map(job, cue, map_of_bars(FilmTime(20), 24))
    job = ensure_theme(again(job))
    return job, job.cue(cue.id)


def _text(job: Job, cue: Cue) -> str:
    return (job.folder.cue_folder(cue.id) / FORM).read_text(encoding="utf-8")


def test_the_machine_writes_what_it_would_read(cue_job: tuple[Job, Cue]) -> None:
    job, cue = cue_job
    form = planned(job, cue)
    said = form_file(job, cue)
    assert said.wish.sections == () and said.wish.starts == ()
    before = _text(job, cue)
    assert planned(job, cue) == form
    assert _text(job, cue) == before
    assert refresh(job, cue, FORM_SOURCE).state is SourceState.KEPT


def test_a_key_changed_by_hand_is_obeyed_and_stays(cue_job: tuple[Job, Cue]) -> None:
    job, cue = cue_job
    form = planned(job, cue)
    path = job.folder.cue_folder(cue.id) / FORM
    text = _text(job, cue).replace(
        f'texture = "{form.sections[0].texture}"', 'texture = "tremolo"\nmine = "do not touch"', 1
    )
    path.write_text("# my plan\n" + text, encoding="utf-8")
    changed = planned(job, cue)
    assert changed.sections[0].texture == "tremolo"
    assert changed.sections[1:] == form.sections[1:]
    kept = _text(job, cue)
    assert kept.startswith("# my plan\n") and 'mine = "do not touch"' in kept
    assert form_file(job, cue).wish.sections[0].asked() == {"texture": "tremolo"}
    assert planned(job, cue) == changed


def test_the_sketch_follows_the_form(cue_job: tuple[Job, Cue]) -> None:
    job, cue = cue_job
    refresh(job, cue, COMPOSE)
    sketch = job.folder.cue_folder(cue.id) / SKETCH
    before = sketch.read_bytes()
    first = planned(job, cue).sections[0].bar
    change_section(job, cue, first, {"texture": "tremolo"})
    assert refresh(job, cue, COMPOSE).state is SourceState.MADE
    assert sketch.read_bytes() != before
    change_section(job, cue, first, {"texture": ""})
    refresh(job, cue, COMPOSE)
    assert sketch.read_bytes() == before


def test_sections_are_divided_and_joined(cue_job: tuple[Job, Cue]) -> None:
    job, cue = cue_job
    starts = [one.bar for one in planned(job, cue).sections]
    divided = lay_out(job, cue, begin="6")
    assert [one.bar for one in divided.sections] == sorted({*starts, "6"}, key=int)
    joined = lay_out(job, cue, join="6")
    assert [one.bar for one in joined.sections] == starts
    forget_form(job, cue)
    assert [one.bar for one in planned(job, cue).sections] == starts
    assert form_file(job, cue).wish.starts == ()


def test_a_changed_end_moves_the_next_beginning(cue_job: tuple[Job, Cue]) -> None:
    job, cue = cue_job
    lay_out(job, cue, begin="6")
    form = planned(job, cue)
    place = [one.bar for one in form.sections].index("6")
    before = form.sections[place - 1]
    path = job.folder.cue_folder(cue.id) / FORM
    path.write_text(_text(job, cue).replace(f'to = "{before.to}"', 'to = "6"', 1), encoding="utf-8")
    assert [one.bar for one in planned(job, cue).sections][place] == "7"


def test_what_cannot_be_is_refused_and_nothing_changes(cue_job: tuple[Job, Cue]) -> None:
    job, cue = cue_job
    form = planned(job, cue)
    before = _text(job, cue)
    with pytest.raises(InputError, match="zap"):
        change_section(job, cue, form.sections[0].bar, {"operation": "zap"})
    with pytest.raises(InputError, match="no section begins"):
        change_section(job, cue, "99", {"texture": "pad"})
    with pytest.raises(InputError, match="no bar 99"):
        lay_out(job, cue, begin="99")
    assert _text(job, cue) == before
    path = job.folder.cue_folder(cue.id) / FORM
    path.write_text(before + '\n[[section]]\nbar = "1"\n', encoding="utf-8")
    with pytest.raises(ProjectError, match="two sections begin at bar 1"):
        planned(job, cue)


def test_a_form_written_by_hand_is_obeyed(cue_job: tuple[Job, Cue]) -> None:
    job, cue = cue_job
    path = job.folder.cue_folder(cue.id) / FORM
    path.write_text(
        '[[section]]\nbar = "1"\ntexture = "drone"\n\n[[section]]\nbar = "10"\n', encoding="utf-8"
    )
    form = planned(job, cue)
    assert [one.bar for one in form.sections] == ["1", "10"]
    assert form.sections[0].texture == "drone"


def test_a_segue_knows_key_and_speed_of_the_cue_it_leads_into(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 32, way_out=WayOut.SEGUE)
    other = cue_in(job, 32, 47)
    write_map(job, cue, map_of_bars(FilmTime(20), 6))
    job = ensure_theme(again(job))
    assert request_of(job, job.cue(cue.id)).segue_to == ""
    write_map(job, other, map_of_bars(FilmTime(32), 6, 96))
    asked = request_of(job, job.cue(cue.id))
    assert (asked.segue_to, asked.segue_tempo) == (other.number, Tempo(96))
    assert asked.segue_key is not None
    refresh(job, job.cue(cue.id), COMPOSE)
    words = [mark.text for mark in read_sketch(job, job.cue(cue.id)).marks]
    assert f"segue {other.number}, at quarter = 96" in words


def test_a_segue_leads_into_the_key_that_the_next_cue_begins_in(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 32, way_out=WayOut.SEGUE)
    other = cue_in(job, 32, 47)
    for one, start in ((cue, 20), (other, 32)):
        write_map(job, one, map_of_bars(FilmTime(start), 6))
    job = ensure_theme(again(job))
    path = job.folder.cue_folder(other.id) / FORM
    for key in ("Eb major", "F# minor"):
        path.write_text(f'[[section]]\nbar = "1"\nkey = "{key}"\n', encoding="utf-8")
        assert request_of(job, job.cue(cue.id)).segue_key == Key(*key.split())
        assert planned(job, job.cue(other.id)).sections[0].key == key
    path.write_text('[[section]]\nbar = "1"\nkey = "H major"\n', encoding="utf-8")
    assert request_of(job, job.cue(cue.id)).segue_key is not None


def test_a_segue_that_names_nobody_goes_into_the_next_score(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 32, way_out=WayOut.SEGUE, segue_to="c99")
    source = cue_in(job, 31, 36, layer=Layer.SOURCE)
    later, next_one = cue_in(job, 60, 72), cue_in(job, 32, 47)
    for one, start in ((cue, 20), (source, 31), (next_one, 32), (later, 60)):
        write_map(job, one, map_of_bars(FilmTime(start), 6))
    job = ensure_theme(again(job))
    assert request_of(job, job.cue(cue.id)).segue_to == next_one.number


def test_an_energy_of_nought_is_a_wish_and_none_is_left_to_the_plan(
    cue_job: tuple[Job, Cue],
) -> None:
    job, cue = cue_job
    form = planned(job, cue)
    assert _text(job, cue).count("energy = ") == len(form.sections)
    first = form.sections[0]
    other = 0 if first.energy else 1
    assert change_section(job, cue, first.bar, {"energy": str(other)}).sections[0].energy == other
    assert form_file(job, cue).wish.sections[0].asked() == {"energy": str(other)}
    nought = change_section(job, cue, first.bar, {"energy": "0"})
    assert nought.sections[0].energy == 0 and "energy = 0" in _text(job, cue)
    assert change_section(job, cue, first.bar, {"energy": ""}) == form
    assert form_file(job, cue).wish.sections == ()
    with pytest.raises(InputError, match="-2 to 2"):
        change_section(job, cue, first.bar, {"energy": "loud"})


def test_a_wish_whose_section_is_gone_is_told_and_its_file_kept(cue_job: tuple[Job, Cue]) -> None:
    job, cue = cue_job
    last = planned(job, cue).sections[-1].bar
    change_section(job, cue, last, {"texture": "tremolo"})
    before = _text(job, cue)
    assert int(last) > 6
    write_map(job, cue, map_of_bars(FilmTime(20), 6))
    report = refresh(job, cue, FORM_SOURCE)
    assert report.state is SourceState.MADE
    (words,) = report.remarks
    assert f"at bar {last} any more" in words and BEFORE in words
    assert (job.folder.cue_folder(cue.id) / BEFORE).read_text(encoding="utf-8") == before
    assert planned_and_told(job, cue)[1] == ()


def test_forgetting_a_form_leaves_its_pins_at_every_moment(
    cue_job: tuple[Job, Cue], monkeypatch: pytest.MonkeyPatch
) -> None:
    job, cue = cue_job
    refresh(job, cue, COMPOSE)
    pin(job, cue, ("5-8",))
    path = job.folder.cue_folder(cue.id) / FORM
    with monkeypatch.context() as killed:
        killed.setattr("scorestage.workflow.form.write_text", _killed)
        with pytest.raises(KeyboardInterrupt):
            forget_form(job, cue)
    assert form_file(job, cue).pinned == ("5-8",)
    forget_form(job, cue)
    assert form_file(job, cue).pinned == ("5-8",) and "section" not in _text(job, cue)
    pin(job, cue, ("5-8",), off=True)
    forget_form(job, cue)
    assert not path.exists()


def _killed(path: Path, text: str) -> None:
    raise KeyboardInterrupt
