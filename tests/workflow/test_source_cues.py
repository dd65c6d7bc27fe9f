"""Music of the scene: no hit bends it, it begins anywhere in its tune, it is cut off at its out."""

from fractions import Fraction
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, small_project

from scorestage.errors import InputError
from scorestage.paperwork.cue_sheet import usage
from scorestage.production import Layer, WayOut
from scorestage.timebase import Beat, FilmTime
from scorestage.workflow.compose import COMPOSE, map_of, read_sketch
from scorestage.workflow.cues import add_hit, change_cue
from scorestage.workflow.fit import FIT, fit_cue
from scorestage.workflow.job import Job
from scorestage.workflow.products.cuefacts import facts_of
from scorestage.workflow.sources import refresh
from scorestage.workflow.themes import ensure_theme


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return ensure_theme(small_project(tmp_path))


def sketched(job: Job, name: str) -> Job:
    for source in (FIT, COMPOSE):
        job = again(job)
        refresh(job, job.cue(name), source)
    return again(job)


def source_cue(job: Job, **changes: object) -> str:
    return cue_in(job, 20, 47, layer=Layer.SOURCE, **changes).number


def test_hits_neither_bend_its_map_nor_change_a_note(job: Job) -> None:
    name = source_cue(job)
    plain = sketched(job, name)
    before = read_sketch(plain, plain.cue(name))
    add_hit(plain, name, FilmTime("30.37"), weight=5, locked=True)
    hit = sketched(plain, name)
    (candidate,) = fit_cue(hit, hit.cue(name))
    assert len(candidate.tempo_map.events) == 1 and candidate.hits == ()
    assert candidate.tempo_map == map_of(plain, plain.cue(name))
    assert read_sketch(hit, hit.cue(name)) == before


def test_a_score_cue_with_the_same_hit_is_bent_as_ever(job: Job) -> None:
    cue = cue_in(job, 20, 47)
    add_hit(again(job), cue.number, FilmTime("30.37"), weight=5, locked=True)
    found = fit_cue(again(job), again(job).cue(cue.number))
    assert any(one.caught for one in found) and len(found) > 1


def test_it_begins_in_the_middle_of_a_bar_of_its_tune(job: Job) -> None:
    name = source_cue(job, start_at="5:3")
    made = sketched(job, name)
    cue = made.cue(name)
    own = map_of(made, cue)
    assert own.time_at(Beat(0) - own.grid.pickup) == cue.start
    assert str(own.grid.pickup_label) == "5" and str(own.grid.bars[0].label) == "6"
    strands = read_sketch(made, cue).strands
    first = min(note.onset for strand in strands for note in strand.staff.notes)
    assert first == Beat(0) - own.grid.pickup


def test_what_is_heard_from_a_later_bar_is_the_same_tune_from_there(job: Job) -> None:
    early, late = (
        source_cue(job),
        cue_in(again(job), 60, 80, layer=Layer.SOURCE, start_at="5").number,
    )
    made = sketched(sketched(job, early), late)
    whole, part = (read_sketch(made, made.cue(name)) for name in (early, late))
    assert str(map_of(made, made.cue(late)).grid.bars[0].label) == "5"
    assert whole.strands and part.strands


def test_it_is_cut_off_at_its_out_without_an_ending(job: Job) -> None:
    name = source_cue(job)
    made = sketched(job, name)
    cue = made.cue(name)
    own = map_of(made, cue)
    assert own.end >= FilmTime(47)
    ends = [own.time_at(n.end) for s in read_sketch(made, cue).strands for n in s.staff.notes]
    assert max(ends) <= FilmTime(47)
    assert FilmTime(47).seconds - max(ends).seconds < 2
    facts = facts_of(made, cue)
    assert facts.timeline.cut_off == FilmTime(47) and facts.cue.way_out is WayOut.CUT


def test_with_a_button_the_band_ends_in_the_scene(job: Job) -> None:
    name = source_cue(job, way_out=WayOut.BUTTON)
    made = sketched(job, name)
    assert map_of(made, made.cue(name)).end == FilmTime(47)
    assert made.cue(name).leaves is WayOut.BUTTON


def test_papers_say_what_it_is(job: Job) -> None:
    name = source_cue(job)
    cue = again(job).cue(name)
    assert usage(cue) == "VI"
    sung = change_cue(again(job), cue.number, song="waltz", singer="tenor")
    assert usage(sung) == "VV"
    assert usage(change_cue(again(job), cue.number, singer="none")) == "VI"


def test_a_beat_that_the_bar_has_not_is_told(job: Job) -> None:
    name = source_cue(job, start_at="5:9")
    with pytest.raises(InputError, match="has no beat 9"):
        fit_cue(again(job), again(job).cue(name))


def test_a_wished_tempo_is_kept(job: Job) -> None:
    name = source_cue(job)
    change_cue(again(job), name, bpm_wish=Fraction(77))
    (candidate,) = fit_cue(again(job), again(job).cue(name))
    assert candidate.tempo_map.events[0].tempo.bpm == 77
