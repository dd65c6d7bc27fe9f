"""What a fit answers: the same facts as JSON and in words."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from tests.small_project import again, cue_in, small_project

from scorestage.production import HitWant
from scorestage.timebase import FilmTime
from scorestage.workflow.cues import add_hit
from scorestage.workflow.fit import fit_cue
from scorestage.workflow.fit_answers import tell_candidate
from scorestage.workflow.fit_words import chance_words, describe
from scorestage.workflow.job import Job


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A cue of twelve seconds with two hits."""
    job = small_project(tmp_path / "wick")
    cue_in(job)
    add_hit(again(job), "1m01", FilmTime(24), want=HitWant.DOWNBEAT, words="door")
    add_hit(again(job), "1m01", FilmTime("28.5"))
    return again(job)


def test_an_answer_is_json_and_says_the_same_twice(job: Job) -> None:
    """Exact text and float agree; beats stand where the map puts them; chance is in words."""
    candidate = fit_cue(job, job.cues()[0])[0]
    told = tell_candidate(candidate, job.production.rate)
    assert json.loads(json.dumps(told)) == told
    assert len(told["bars"]) == len(candidate.tempo_map.grid.bars)
    assert told["bars"][0]["bar"] == "1" and told["bars"][0]["bar_index"] == 0
    for beat in told["beats"]:
        assert float(Fraction(beat["at_seconds"])) == beat["at_seconds_float"]
    downbeats = [beat["at_seconds"] for beat in told["beats"] if beat["beat"] == "1"]
    assert downbeats == [bar["at_seconds"] for bar in told["bars"]]
    assert [hit["id"] for hit in told["hits"]] == ["h1", "h2"]
    assert told["chance"]["words"] == chance_words(candidate)
    assert f"{len(candidate.caught)} of 2 hits caught" in chance_words(candidate)
    assert told["chance"]["better_than_chance"] == ("Better" in chance_words(candidate))
    assert describe(candidate).startswith(f"{len(told['bars'])} bars, ♩ ")
    assert f"{len(candidate.caught)} of 2 hits" in describe(candidate)


def test_anybody_finds_the_largest_step_in_the_times_of_the_beats(job: Job) -> None:
    """From the floats alone, by a stranger's sum; and in words which hit a ritardando serves."""
    found = fit_cue(job, job.cues()[0])
    for candidate in found:
        told = tell_candidate(candidate, job.production.rate)
        at = [beat["at_seconds_float"] for beat in told["beats"]]
        lasting = [after - before for before, after in pairwise(at)]
        largest = max((max(two) / min(two) - 1 for two in pairwise(lasting)), default=0.0)
        assert told["largest_step_percent"] == pytest.approx(100 * largest, abs=1e-6)
        assert told["largest_unwritten_step_percent"] <= told["largest_step_percent"] + 1e-9
        if any(one["law"].startswith("linear") for one in told["tempos"]):
            assert "rit." in candidate.why or "accel." in candidate.why
