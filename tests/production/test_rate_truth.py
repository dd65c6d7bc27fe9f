"""Doubts about a film's speed: who disagrees, and what it costs."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from scorestage.production import Cue
from scorestage.production.rate_truth import RateEvidence, drift_frames, rate_doubts
from scorestage.timebase import RATES, FilmTime, frame_rate

THREE_MINUTES = RateEvidence("cut.mov", frame_rate("24"), 4320, Fraction(180), (Fraction(24),))


def kinds(evidence: RateEvidence, project: str = "24") -> list[str]:
    return [one.kind for one in rate_doubts(evidence, frame_rate(project))]


def test_where_all_agree_there_is_no_doubt() -> None:
    told = replace(THREE_MINUTES, label="01:00:00:00", label_rate=Fraction(24), label_drop=False)
    assert rate_doubts(replace(told, sound_seconds=Fraction(180)), frame_rate("24")) == ()


def test_23_976_taken_for_24_costs_4_32_frames_in_three_minutes() -> None:
    (doubt,) = rate_doubts(THREE_MINUTES, frame_rate("23.976"))
    assert doubt.kind == "project"
    assert round(float(doubt.cost_frames), 2) == 4.32
    assert "23.976" in doubt.what and "24" in doubt.what and doubt.do
    assert drift_frames(frame_rate("24"), frame_rate("23.976"), Fraction(180)) == doubt.cost_frames


def test_the_cost_is_told_at_the_end_of_every_cue_too() -> None:
    cues = (
        Cue("cue001", "1m01", start=FilmTime(0), end=FilmTime(60)),
        Cue("cue002", "1m02"),
    )
    doubts = rate_doubts(THREE_MINUTES, frame_rate("23.976"), cues)
    assert [one.where for one in doubts] == ["the end of the film", "the end of 1m01"]
    assert doubts[1].cost_frames == doubts[0].cost_frames / 3


def test_drop_against_non_drop_is_108_frames_in_an_hour() -> None:
    rate = RATES["29.97 drop"]
    hour = RateEvidence("cut.mxf", rate, 107892, Fraction(3600))
    (doubt,) = rate_doubts(hour, RATES["29.97"])
    assert doubt.kind == "drop"
    assert round(float(doubt.cost_frames)) == 108


def test_a_timecode_track_that_counts_at_another_rate_is_named() -> None:
    told = replace(THREE_MINUTES, label="01:00:00:00", label_rate=Fraction(24000, 1001))
    (doubt,) = rate_doubts(told, frame_rate("24"))
    assert doubt.kind == "timecode" and "23.976" in doubt.what
    assert round(float(doubt.cost_frames), 2) == 4.32


def test_a_label_that_cannot_be_at_the_films_rate_is_named() -> None:
    told = replace(THREE_MINUTES, label="01:00:00:27", label_fault="there is no frame 27")
    assert kinds(told) == ["timecode"]


@pytest.mark.parametrize("flag", [True, False])
def test_a_drop_flag_against_its_own_label(flag: bool) -> None:
    rate = RATES["29.97"] if flag else RATES["29.97 drop"]
    told = RateEvidence(
        "a.mov", rate, 5400, Fraction(5400 * 1001, 30000), label="x", label_drop=flag
    )
    assert [one.kind for one in rate_doubts(told, rate)] == ["drop"]


def test_a_variable_film_says_how_far_its_frames_lie_off() -> None:
    told = replace(THREE_MINUTES, variable=True, off_grid_frames=Fraction(7, 2))
    (doubt,) = rate_doubts(told, frame_rate("24"))
    assert doubt.kind == "variable" and "3.5 frames" in doubt.what


def test_a_file_that_claims_another_rate() -> None:
    assert kinds(replace(THREE_MINUTES, told=(Fraction(24), Fraction(24000, 1001)))) == ["claim"]


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (Fraction(1001, 1000), "pulled down"),
        (Fraction(1000, 1001), "pulled up"),
        (Fraction(25, 24), "24 frames"),
        (Fraction(24, 25), "25 frames"),
    ],
)
def test_sound_of_another_length_as_by_a_pull(ratio: Fraction, words: str) -> None:
    (doubt,) = rate_doubts(replace(THREE_MINUTES, sound_seconds=180 * ratio), frame_rate("24"))
    assert doubt.kind == "sound" and words in doubt.what
    assert doubt.cost_frames == abs(180 * ratio - 180) * 24


def test_sound_that_is_merely_cut_off_is_a_slight_matter() -> None:
    assert kinds(replace(THREE_MINUTES, sound_seconds=Fraction(170))) == ["length"]
    assert kinds(replace(THREE_MINUTES, sound_seconds=180 + Fraction(1, 24))) == []


def test_a_film_without_sound_has_no_doubt_about_it() -> None:
    assert kinds(replace(THREE_MINUTES, sound_seconds=None)) == []
