"""The small sketches that other tests score, engrave and play."""

from __future__ import annotations

import pytest

from tests.sketches import SKETCHES


@pytest.mark.parametrize("name", SKETCHES)
def test_they_are_sound(name: str) -> None:
    written = SKETCHES[name]()
    ids = [note.id for strand in written.sketch.strands for note in strand.staff.notes]
    assert len(ids) == len(set(ids))
    assert written.tempo_map.grid == written.sketch.grid
    for strand in written.sketch.strands:
        for note in strand.staff.notes:
            assert -written.sketch.grid.pickup.quarters <= note.onset.quarters
            assert note.end <= written.sketch.grid.end
