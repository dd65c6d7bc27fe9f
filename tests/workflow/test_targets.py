"""What was read is never written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorestage.errors import InputError
from scorestage.workflow.targets import refuse_own_source


def test_a_source_is_no_target_by_any_name(tmp_path: Path) -> None:
    taps = tmp_path / "taps.csv"
    taps.write_text("1\n")
    (tmp_path / "link.csv").symlink_to(taps)
    for name in ("taps.csv", "../" + tmp_path.name + "/taps.csv", "link.csv"):
        with pytest.raises(InputError, match="over itself"):
            refuse_own_source([tmp_path / "map.mid", tmp_path / name], None, taps)
    refuse_own_source([tmp_path / "map.mid", None], taps, None)
    assert taps.read_text() == "1\n"
