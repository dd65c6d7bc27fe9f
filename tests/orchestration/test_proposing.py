"""Which ensemble for a sketch."""

from __future__ import annotations

from tests.sketches import adventure, lament

from scorestage.adapters.catalogue import load_ensemble
from scorestage.orchestration import propose

OFFERED = [load_ensemble(one) for one in ("string-quartet", "studio-orchestra", "piano-solo")]


def test_a_big_sketch_wants_a_big_ensemble() -> None:
    written = adventure()
    ranked = propose(written.sketch, OFFERED, written.tempo_map)
    assert ranked[0].ensemble.id == "studio-orchestra"
    quartet = next(one for one in ranked if one.ensemble.id == "string-quartet")
    assert quartet.power < 1
    assert "not strong enough" in quartet.words
    assert all(0 <= one.points <= 100 for one in ranked)


def test_a_thin_soft_sketch_does_not_need_seventy_players() -> None:
    written = lament()
    ranked = propose(written.sketch, OFFERED, written.tempo_map)
    places = [one.ensemble.id for one in ranked]
    assert places.index("string-quartet") < places.index("studio-orchestra")
    studio = ranked[places.index("studio-orchestra")]
    assert "would sit out" in studio.words and studio.power == 1
    assert all(one.carried == 1 for one in ranked)
