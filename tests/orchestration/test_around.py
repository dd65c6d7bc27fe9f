"""One hit less: the score changes in its own bar and the two beside it, in every ensemble."""

from __future__ import annotations

import pytest
from tests.composing.cues import request
from tests.judging.locality import dropped

from scorestage.adapters.catalogue import load_ensemble
from scorestage.composing import compose
from scorestage.music import MarkKind
from scorestage.orchestration import FaultKind, Settings, Severity, orchestrate
from scorestage.orchestration.around import aligned, surroundings, with_hit

HITS = (("7", "accent", 5), ("20", "stop", 4), ("31", "change", 3))
CUES = (
    ("chamber-ensemble", "action"),
    ("string-orchestra", "tender"),
    ("piano-solo", "adventure"),
    ("jazz-combo", "noir-jazz"),
    ("rock-band", "rock"),
    ("synth-ensemble", "electronic"),
)


@pytest.mark.parametrize(("ensemble", "style"), CUES)
def test_one_hit_less_changes_its_bar_and_those_beside_it(ensemble: str, style: str) -> None:
    asked = request(style, meters=("4/4",) * 10, bpm=100, hits=HITS, seed=4)
    for one in dropped(asked, load_ensemble(ensemble)):
        assert one.notes, "a hit is played"
        assert not one.far()["sketch"], (one.hit, one.bar)
        assert not one.far()["notes"], (one.hit, one.bar)
        assert all(abs(bar - one.bar) <= 2 for bar in one.signs), (one.hit, one.bar)


def test_what_is_set_in_can_be_played() -> None:
    asked = request("adventure", meters=("4/4",) * 10, bpm=120, hits=HITS, seed=2)
    written = compose(asked)
    players = load_ensemble("small-orchestra")
    result = orchestrate(
        written.sketch, players, asked.tempo_map, Settings(), ground=written.ground
    )
    wrong = [one for one in result.faults if one.severity is Severity.WRONG]
    assert not [one for one in wrong if one.kind is not FaultKind.LOST], wrong


def test_without_hits_the_ground_is_the_sketch() -> None:
    asked = request("tender", meters=("3/4",) * 6, bpm=80)
    written = compose(asked)
    assert written.ground == written.sketch
    players = load_ensemble("string-quartet")
    plain = orchestrate(written.sketch, players, asked.tempo_map)
    assert orchestrate(written.sketch, players, asked.tempo_map, ground=written.ground) == plain


def test_the_bars_of_each_hit_and_the_sketch_with_one_of_them() -> None:
    asked = request("action", meters=("4/4",) * 10, bpm=100, hits=HITS)
    written = compose(asked)
    ground = aligned(written.ground, written.sketch)
    assert ground is not None
    places = surroundings(ground, written.sketch)
    assert len(places) == len(HITS)
    for (at, _, _), here in zip(HITS, places, strict=True):
        assert int(at) // 4 in here.bars
        alone = with_hit(ground, written.sketch, here)
        marks = [mark for mark in alone.marks if mark.kind is MarkKind.HIT]
        assert [here.holds(mark.at.quarters) for mark in marks] == [True]
    assert aligned(written.sketch, compose(request("action")).sketch) is None
