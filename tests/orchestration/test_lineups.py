"""Three line-ups for a sketch."""

from __future__ import annotations

import pytest
from tests.sketches import lament

from scorestage.adapters.catalogue import load_ensemble
from scorestage.errors import InputError
from scorestage.music.mood import mood_names
from scorestage.orchestration import Lineup, lineups

OFFERED = [
    load_ensemble(one)
    for one in ("string-quartet", "studio-orchestra-c", "irish-band", "big-band", "session-strings")
]


def _three(*words: str, players: int | None = None) -> tuple[Lineup, ...]:
    written = lament()
    pieces = [(written.sketch, written.tempo_map)]
    return lineups(pieces, OFFERED, mood_names(words), players)


def test_three_are_named_each_with_what_speaks_for_and_against_it() -> None:
    found = _three("tender", "sad", players=24)
    assert [one.title for one in found] == ["as asked", "another colour", "fewest players"]
    for one in found:
        assert one.gains and 0 <= one.points <= 100 and len(one.trials) == 1
        assert one.ensemble.head_count <= 24
    first, second, third = found
    assert {p.instrument.id for p in first.ensemble.players} != {
        p.instrument.id for p in second.ensemble.players
    }
    assert third.ensemble.head_count <= first.ensemble.head_count // 2 + 1
    assert any("suits" in gain for gain in first.gains)


def test_the_brief_decides() -> None:
    assert _three("An Irish coast")[0].source.id == "irish-band"
    assert _three("noir jazz")[0].source.id == "big-band"


def test_what_was_changed_in_the_catalogues_ensemble_is_said() -> None:
    found = _three("comic", "wonder", players=30)
    made = [one for one in found if one.ensemble is not one.source]
    assert made and all(one.changes for one in made)
    assert all(one.ensemble.head_count <= 30 for one in found)


def test_nothing_to_cast_is_refused() -> None:
    with pytest.raises(InputError, match="no sketch"):
        lineups([], OFFERED, ())
