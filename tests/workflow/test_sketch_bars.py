"""Bars that are a person's: pinned, changed, varied; reasons, options."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from itertools import pairwise
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.adapters.formats.musicxml import read_score
from scorestage.errors import FormatError, InputError
from scorestage.music import Sketch
from scorestage.music.barprints import bar_prints
from scorestage.production import Cue, CurveKind, Hit
from scorestage.timebase import Beat, Beats, FilmTime
from scorestage.workflow.brief_curves import draw_curves
from scorestage.workflow.compose import COMPOSE, SKETCH, as_file, ground_of, request_of
from scorestage.workflow.compose_options import choose_take, options_of, vary_bars
from scorestage.workflow.form import pin
from scorestage.workflow.job import Job
from scorestage.workflow.products.sketch_why import cue_reasons, make_reasons
from scorestage.workflow.sketch_bars import by_role
from scorestage.workflow.sources import SourceState, refresh
from scorestage.workflow.themes import ensure_theme
from scorestage.workflow.why import copy_of_sketch, why_of

COUNT = 16


@pytest.fixture
def cue_job(tmp_path: Path) -> tuple[Job, Cue]:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 52)
    write_map(job, cue, map_of_bars(FilmTime(20), COUNT))
    job = ensure_theme(again(job))
    refresh(job, job.cue(cue.id), COMPOSE)
    return job, job.cue(cue.id)


def _path(job: Job, cue: Cue) -> Path:
    return job.folder.cue_folder(cue.id) / SKETCH


def _prints(job: Job, cue: Cue) -> dict[str, tuple[str, ...]]:
    score = by_role(read_score(_path(job, cue).read_bytes(), SKETCH).score)
    return {name: bars for name, bars in bar_prints(score).items() if name}


def _differing(one: dict[str, tuple[str, ...]], other: dict[str, tuple[str, ...]]) -> set[int]:
    """Bars in which some strand differs; a strand that one lacks is left out."""
    return {
        bar
        for name in set(one) & set(other)
        for bar in range(COUNT)
        if one[name][bar] != other[name][bar]
    }


def _heard(job: Job, cue: Cue) -> list[frozenset[int]]:
    """The keys that sound on every eighth; a tie cut at a border is heard as it was."""
    score = read_score(_path(job, cue).read_bytes(), SKETCH).score
    notes = [note for _, note in score.notes()]
    return [
        frozenset(
            pitch.key for note in notes if note.onset <= at < note.end for pitch in note.sounding
        )
        for at in (Beat(0) + Beats("1/2") * number for number in range(COUNT * 8))
    ]


def test_pinned_bars_stay_when_the_brief_changes(cue_job: tuple[Job, Cue]) -> None:
    job, cue = cue_job
    before, heard = _prints(job, cue), _heard(job, cue)
    pin(job, cue, ("5-8",))
    job = draw_curves(job, cue, {CurveKind.TENSION: "0:00=9"})
    cue = job.cue(cue.id)
    report = refresh(job, cue, COMPOSE)
    assert report.state is SourceState.MADE
    changed = _differing(before, _prints(job, cue))
    assert changed and not changed & {5, 6}
    now = _heard(job, cue)
    assert now[32:64] == heard[32:64]
    assert now != heard
    assert refresh(job, cue, COMPOSE).state is SourceState.KEPT
    pin(job, cue, ("5-8",), off=True)
    job = draw_curves(job, cue, {CurveKind.TENSION: "0:00=8"})
    refresh(job, job.cue(cue.id), COMPOSE, everything=True)
    assert _differing(before, _prints(job, cue)) & {4, 5, 6, 7}


def test_bars_changed_by_hand_survive_the_rest_written_anew(cue_job: tuple[Job, Cue]) -> None:
    job, cue = cue_job
    path = _path(job, cue)
    text = path.read_text(encoding="utf-8")
    bar = text.index('<measure number="3"')
    place = text.index("<octave>", bar)
    octave = text[place + 8]
    path.write_text(
        text[: place + 8] + ("3" if octave != "3" else "4") + text[place + 9 :], encoding="utf-8"
    )
    hand = _prints(job, cue)
    assert refresh(job, cue, COMPOSE).state is SourceState.BY_HAND
    job = draw_curves(job, cue, {CurveKind.TENSION: "0:00=9"})
    cue = job.cue(cue.id)
    report = refresh(job, cue, COMPOSE, again=True)
    assert [one.bars for one in report.kept] == [("3",)]
    name = report.kept[0].player
    assert _prints(job, cue)[name][2] == hand[name][2]
    reasons = [one for one in why_of(job, cue, "3") if one.origin == "person"]
    assert {one.bar_index for one in reasons} == {2}
    assert len({one.strand for one in reasons}) == 1


def test_every_note_has_its_reason(cue_job: tuple[Job, Cue]) -> None:
    job, cue = cue_job
    reasons = why_of(job, cue, "1-16")
    assert len(reasons) > 20
    assert {one.origin.split(":")[0] for one in reasons} <= {"theme", "rule", "hit"}
    assert all(one.words for one in reasons)
    assert {one.bar for one in why_of(job, cue, "3")} == {"3"}
    with pytest.raises(InputError, match="no bar '99'"):
        why_of(job, cue, "99")


def test_reasons_stand_over_the_notes_of_a_copy(cue_job: tuple[Job, Cue], tmp_path: Path) -> None:
    job, cue = cue_job
    marked = tmp_path / "marked.musicxml"
    before = _path(job, cue).read_bytes()
    copy_of_sketch(job, cue, marked, marks=True)
    copy_of_sketch(job, cue, tmp_path / "plain.musicxml")
    assert _path(job, cue).read_bytes() == before
    read = Sketch.of_score(read_score(marked.read_bytes(), marked.name).score)
    plain = Sketch.of_score(
        read_score((tmp_path / "plain.musicxml").read_bytes(), "plain.musicxml").score
    )
    causes = {one.cause for one in why_of(job, cue)}
    assert {"theme", "rule"} <= causes
    for strand, bare in zip(read.strands, plain.strands, strict=True):
        assert strand.staff.notes == bare.staff.notes
        told = [words for words in strand.staff.words if words.text.startswith("[")]
        assert told[0].at == strand.staff.notes[0].onset
        assert all(
            one.text != other.text or (other.at - one.at).quarters >= 4
            for one, other in pairwise(told)
        )
    assert any(": " in words.text for words in read.strands[0].staff.words)
    with pytest.raises(FormatError, match="cannot be written"):
        copy_of_sketch(job, cue, tmp_path / "sketch.doc", marks=True)


def test_a_page_tells_what_put_each_note_there(cue_job: tuple[Job, Cue], tmp_path: Path) -> None:
    job, cue = cue_job
    (product,) = cue_reasons(job, cue)
    (output,) = make_reasons(str(job.folder.root), str(tmp_path / "out"), cue.id)
    page = (tmp_path / "out" / output.path).read_text(encoding="utf-8")
    assert product.kind == output.kind == "sketch reasons"
    reasons = why_of(job, cue)
    bars = {(one.strand, one.bar_index) for one in reasons}
    assert page.count("<template id=") == page.count("<button data-t=") == len(bars)
    assert all(escape(one.words) in page for one in reasons)
    assert "<h2>Form</h2>" in page
    pin(job, cue, ("5-8",))
    assert cue_reasons(again(job), cue)[0].inputs != product.inputs


def test_options_differ_and_come_again(cue_job: tuple[Job, Cue]) -> None:
    job, cue = cue_job
    found = options_of(job, cue, 3)
    assert [one.take for one in found] == ["1", "2", "3"]
    assert found[0].like_first == 1 and all(one.like_first < 0.9 for one in found[1:])
    again_found = options_of(job, cue, 3)
    assert [one.piece for one in found] == [one.piece for one in again_found]
    near = options_of(job, cue, 3, like="2")
    assert near[0].piece == found[1].piece
    shape = [(s.bar, s.part, s.key) for s in near[0].piece.form.sections]
    for one in near[1:]:
        assert [(s.bar, s.part, s.key) for s in one.piece.form.sections] == shape
    with pytest.raises(InputError):
        options_of(job, cue, 0)


def test_the_chosen_option_is_written(cue_job: tuple[Job, Cue]) -> None:
    job, cue = cue_job
    first = _path(job, cue).read_bytes()
    job = choose_take(job, cue, "2")
    assert refresh(job, job.cue(cue.id), COMPOSE).state is SourceState.MADE
    assert _path(job, cue).read_bytes() != first
    job = choose_take(job, job.cue(cue.id), "1")
    refresh(job, job.cue(cue.id), COMPOSE)
    assert _path(job, cue).read_bytes() == first
    with pytest.raises(InputError, match="no option"):
        choose_take(job, cue, "best")


def test_only_the_bars_asked_for_are_varied(cue_job: tuple[Job, Cue]) -> None:
    job, cue = cue_job
    before = _prints(job, cue)
    assert vary_bars(job, cue, "9-12") == ("9", "10", "11", "12")
    changed = _differing(before, _prints(job, cue))
    assert changed and changed <= set(range(7, 13))
    assert changed & {8, 9, 10, 11}
    assert refresh(job, cue, COMPOSE).state is SourceState.KEPT


def test_varied_bars_follow_a_changed_brief_in_their_own_way(cue_job: tuple[Job, Cue]) -> None:
    job, cue = cue_job
    job = draw_curves(job, cue, {CurveKind.TENSION: "0:00=9"})
    cue = job.cue(cue.id)
    vary_bars(job, cue, "9-12")
    report = refresh(job, cue, COMPOSE)
    assert report.state is SourceState.MADE and not report.kept
    assert "bars 9, 10, 11, 12 written in way 1, as you had them varied" in report.remarks
    assert refresh(job, cue, COMPOSE).state is SourceState.KEPT
    varied = _prints(job, cue)
    refresh(job, cue, COMPOSE, everything=True)
    assert {8, 9, 10, 11} & _differing(varied, _prints(job, cue)) <= set(range(7, 13))


def test_what_put_the_notes_of_varied_bars_there(cue_job: tuple[Job, Cue]) -> None:
    job, cue = cue_job
    vary_bars(job, cue, "9-12", 2)
    reasons = why_of(job, cue)
    assert {one.bar for one in reasons} == {str(number) for number in range(1, COUNT + 1)}
    assert {one.cause for one in reasons} <= {"theme", "rule", "hit"}
    assert all(one.words for one in reasons)
    theirs = why_of(job, replace(cue, take="1~2"), "9-12")
    assert theirs == why_of(job, cue, "9-12")


def test_a_hit_that_moves_is_followed_in_varied_bars_and_only_there(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    hits = (Hit("h1", FilmTime(24), "door"), Hit("h2", FilmTime(42), "shot"))
    cue = cue_in(job, 20, 52, hits=hits)
    write_map(job, cue, map_of_bars(FilmTime(20), COUNT))
    job = ensure_theme(again(job))
    cue = job.cue(cue.id)
    refresh(job, cue, COMPOSE)
    vary_bars(job, cue, "5-6")
    vary_bars(job, cue, "9-14")
    varied, music = _prints(job, cue), _path(job, cue).read_bytes()
    assert ground_of(job, cue) is not None
    assert refresh(job, cue, COMPOSE, again=True).state is SourceState.MADE
    assert _path(job, cue).read_bytes() == music
    moved = replace(cue, hits=(hits[0], replace(hits[1], at=FilmTime(43))))
    job = job.save_cue(moved)
    assert refresh(job, moved, COMPOSE).state is SourceState.MADE
    changed = _differing(varied, _prints(job, moved))
    assert changed and changed <= set(range(9, 14))
    assert all(one.cause != "person" for one in why_of(job, moved))
    assert any(one.origin == "hit:h2" for one in why_of(job, moved, "12"))


def test_a_hand_in_varied_bars_is_a_persons_and_stays(cue_job: tuple[Job, Cue]) -> None:
    job, cue = cue_job
    vary_bars(job, cue, "9-12")
    path = _path(job, cue)
    text = path.read_text(encoding="utf-8")
    place = text.index("<octave>", text.index('<measure number="10"'))
    other = "3" if text[place + 8] != "3" else "4"
    path.write_text(text[: place + 8] + other + text[place + 9 :], encoding="utf-8")
    hand = _prints(job, cue)
    (strand,) = {one.strand for one in why_of(job, cue) if one.origin == "person"}
    assert {one.bar for one in why_of(job, cue) if one.origin == "person"} == {"10"}
    name = strand.lower()
    vary_bars(job, cue, "10-11", 3)
    assert _prints(job, cue)[name][9] == hand[name][9]
    job = draw_curves(job, cue, {CurveKind.TENSION: "0:00=9"})
    cue = job.cue(cue.id)
    report = refresh(job, cue, COMPOSE, again=True)
    assert [one.bars for one in report.kept] == [("10",)]
    assert _prints(job, cue)[name][9] == hand[name][9]
    pin(job, cue, ("10-11",))
    with pytest.raises(InputError, match="person's, or pinned"):
        vary_bars(job, cue, "10-11")


def test_a_chosen_answer_is_written_as_it_was_shown(cue_job: tuple[Job, Cue]) -> None:
    job, cue = cue_job
    vary_bars(job, cue, "9-12")
    shown = options_of(job, cue, 2)[1]
    job = choose_take(job, cue, "2")
    refresh(job, job.cue(cue.id), COMPOSE)
    request = request_of(job, job.cue(cue.id))
    assert _path(job, cue).read_bytes() == as_file(request, shown.piece.sketch)


def test_more_like_a_near_answer_and_no_answer_of_that_name(cue_job: tuple[Job, Cue]) -> None:
    job, cue = cue_job
    assert [one.take for one in options_of(job, cue, 3, "2~1")] == ["2~1", "2~2", "2~3"]
    for name in ("abc", "2~", "~1", "2~x"):
        with pytest.raises(InputError, match="no option"):
            options_of(job, cue, 2, name)
