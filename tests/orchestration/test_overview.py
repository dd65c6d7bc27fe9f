"""The table a conductor leafs through."""

from __future__ import annotations

from tests.sketches import lament

from scorestage.adapters.catalogue import load_ensemble
from scorestage.orchestration import orchestrate, overview


def test_players_by_bars() -> None:
    written = lament()
    result = orchestrate(written.sketch, load_ensemble("string-quartet"), written.tempo_map)
    rows = overview(result).splitlines()
    assert rows[0].split() == [str(bar) for bar in range(1, 11)]
    assert [row.split()[0] for row in rows[1:]] == ["Vln.", "Vln.", "Vla.", "Vc."]
    assert any("M" in row for row in rows[1:])
    assert all(len(row) == len(rows[0]) for row in rows)
