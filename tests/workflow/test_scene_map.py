"""The bars and tempo of music of the scene."""

from fractions import Fraction
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, small_project

from scorestage.production import Layer, WayOut
from scorestage.timebase import Beat, Meter
from scorestage.workflow.job import Job
from scorestage.workflow.scene_map import as_it_goes, source_inputs, steady_map

WALTZ = Meter(3, 4)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return small_project(tmp_path)


@pytest.mark.parametrize(("bpm", "seconds"), [(90, 27), (97, 31), (61, 19)])
def test_a_button_stretches_the_tempo_to_end_on_the_last_bar(
    job: Job, bpm: int, seconds: int
) -> None:
    cue = cue_in(job, 20, 20 + seconds, layer=Layer.SOURCE, way_out=WayOut.BUTTON)
    found = steady_map(again(job), cue, Fraction(bpm), WALTZ)
    tempo = found.tempo_at(Beat(0)).bpm
    bars = len(found.grid.bars)
    assert found.end == cue.end
    assert tempo == Fraction(60 * 3 * bars, seconds)
    assert bars == round(Fraction(seconds * bpm, 180))


def test_music_that_is_cut_off_has_its_tempo_and_bars_past_its_out(job: Job) -> None:
    cue = cue_in(job, 20, 47, layer=Layer.SOURCE)
    found = steady_map(again(job), cue, Fraction(97), WALTZ)
    assert found.tempo_at(Beat(0)).bpm == 97
    assert cue.end is not None and found.end >= cue.end
    bar = Fraction(180, 97)
    assert found.end.seconds - cue.end.seconds < bar


def test_no_hit_is_heeded_and_that_is_said(job: Job) -> None:
    cue = cue_in(job, 20, 47, layer=Layer.SOURCE)
    told = as_it_goes(steady_map(again(job), cue, Fraction(97), WALTZ))
    assert told.hits == () and "no hit is heeded" in told.why


def test_where_it_is_entered_is_part_of_what_it_is_made_from(job: Job) -> None:
    early = cue_in(job, 20, 47, layer=Layer.SOURCE)
    late = cue_in(again(job), 60, 87, layer=Layer.SOURCE, start_at="5:3")
    job = again(job)
    assert source_inputs(job, early)[0] == "source" != source_inputs(job, late)[4]
    assert source_inputs(job, late)[4] == "5:3"
