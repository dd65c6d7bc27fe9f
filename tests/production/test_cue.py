"""Cues and hits refuse what cannot be, and keep their hits in order."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from fractions import Fraction

import pytest
from tests.small_production import HITS, SONG, STORM

from scorestage.errors import InputError
from scorestage.production import Cue, Hit, HitStatus
from scorestage.timebase import FilmTime


@pytest.mark.parametrize("weight", [0, 6, -1])
def test_a_weight_lies_between_1_and_5(weight: int) -> None:
    with pytest.raises(InputError, match="between 1 and 5"):
        Hit("h1", FilmTime(0), weight=weight)


@pytest.mark.parametrize("which", ["early_frames", "late_frames"])
def test_tolerances_are_not_negative(which: str) -> None:
    with pytest.raises(InputError, match="negative"):
        replace(HITS[0], **{which: Fraction(-1, 2)})
    assert replace(HITS[0], aim_frames=Fraction(-2)).aim_frames == -2


@pytest.mark.parametrize("end", ["20", "19.999"])
def test_a_cue_ends_after_it_starts(end: str) -> None:
    with pytest.raises(InputError, match=r"cue 1m01: the cue ends .* before it starts"):
        Cue("c", "1m01", start=FilmTime(20), end=FilmTime(end))


@pytest.mark.parametrize("length", [0, -5])
def test_a_length_is_longer_than_nothing(length: int) -> None:
    with pytest.raises(InputError, match="cannot last"):
        Cue("c", "1m01", length_seconds=Fraction(length))


def test_hits_stand_in_film_order_however_they_came() -> None:
    assert [hit.id for hit in STORM.hits] == ["h1", "h3", "h2"]
    assert replace(STORM, hits=STORM.hits[::-1]).hits == STORM.hits
    assert [hit.id for hit in STORM.live_hits] == ["h1", "h3"]
    assert all(hit.status is not HitStatus.DROPPED for hit in STORM.live_hits)


def test_how_long_a_cue_lasts() -> None:
    """Its place in the film counts before the length wished for."""
    assert STORM.seconds == Fraction(49, 2)
    assert replace(STORM, length_seconds=Fraction(3)).seconds == Fraction(49, 2)
    assert SONG.seconds == 180
    assert replace(SONG, length_seconds=None).seconds is None
    assert replace(STORM, end=None).seconds is None


def test_values_do_not_change_under_anyone() -> None:
    with pytest.raises(FrozenInstanceError):
        STORM.title = "Calm"  # type: ignore[misc]
