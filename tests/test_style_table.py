"""The table of styles in the docs is the catalogue's."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_docs_hold_the_table_as_it_is_made() -> None:
    table = runpy.run_path(str(ROOT / "benchmarks" / "style_table.py"))["table"]()
    told = (ROOT / "docs" / "styles.md").read_text(encoding="utf-8")
    assert table in told, "make it anew: uv run --no-sync python -m benchmarks.style_table"
