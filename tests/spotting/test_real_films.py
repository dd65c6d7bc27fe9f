"""The laws of spotting on a real film: words, silences, true reasons, the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.judging.evidence import Material, lies
from tests.shared_material import shared

from scorestage.production import Layer
from scorestage.spotting import Amount, Footage, Moment, SpottingRules, propose
from scorestage.spotting.room import DENSE_TALK
from scorestage.timebase import FilmRange
from scorestage.workflow.watching import footage_of, moments_in

AMOUNTS = (Amount.SPARSE, Amount.NORMAL, Amount.WALL_TO_WALL)
FILM = "films/sintel-trailer.mp4"


@pytest.fixture(scope="module")
def film() -> Path:
    return shared(FILM)


@pytest.fixture(scope="module")
def footage(film: Path, tmp_path_factory: pytest.TempPathFactory) -> Footage:
    return footage_of(film, tmp_path_factory.mktemp("index"), lambda share, words: None)[0]


@pytest.fixture(scope="module")
def moments(footage: Footage) -> tuple[Moment, ...]:
    return moments_in(footage)


@pytest.mark.parametrize("amount", AMOUNTS)
def test_no_cue_begins_or_ends_in_a_word_or_covers_what_stays_dry(
    footage: Footage, moments: tuple[Moment, ...], amount: Amount
) -> None:
    proposal = propose(footage, moments, SpottingRules(amount))
    assert proposal.cues == propose(footage, moments, SpottingRules(amount)).cues
    dry = [one.range for one in proposal.room.dry if one.words != DENSE_TALK]
    if amount is not Amount.WALL_TO_WALL:
        dry = [one.range for one in proposal.room.dry]
    scored = [cue for cue in proposal.cues if cue.layer is Layer.SCORE]
    assert scored
    for cue in scored:
        assert cue.start is not None and cue.end is not None and cue.why
        for line in footage.speech:
            assert not line.range.start < cue.start < line.range.end
            assert cue.end == footage.picture.end or not line.range.holds(cue.end)
        span = FilmRange(cue.start, cue.end)
        assert not any(one.overlaps(span) for one in dry)
    for one in proposal.proposed:
        assert one.start and one.end
        assert all(evidence for _, evidence in one.hits)


def test_what_the_detectors_say_they_measured_is_so(
    film: Path, moments: tuple[Moment, ...]
) -> None:
    material = Material.of(film)
    assert len(moments) > 25
    assert [told for one in moments for told in lies(material, one)] == []
