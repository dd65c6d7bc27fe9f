"""What made a file, and the moment it becomes a person's."""

from __future__ import annotations

from pathlib import Path

from scorestage.adapters.store import (
    Made,
    Origin,
    Provenance,
    is_by_hand,
    read_provenance,
    sha256_of,
    write_provenance,
)


def test_a_file_becomes_a_persons_when_it_is_changed(tmp_path: Path) -> None:
    sketch = tmp_path / "sketch.musicxml"
    sketch.write_text("<a/>")
    made = Made("sketch.musicxml", "compose", sha256_of(sketch), "f00")
    origins = [Origin("sketch.musicxml", "mel-1-1", "theme:main")]
    write_provenance(tmp_path, Provenance().with_file(made, origins))
    kept = read_provenance(tmp_path)
    assert kept.of("sketch.musicxml") == made and kept.origins == tuple(origins)
    assert not is_by_hand(tmp_path, "sketch.musicxml", kept)
    sketch.write_text("<b/>")
    assert is_by_hand(tmp_path, "sketch.musicxml", kept)
    assert is_by_hand(tmp_path, "sketch.musicxml", Provenance())
    assert not is_by_hand(tmp_path, "score.musicxml", kept)
